// <copy-text>: puts a button to work beside text that is already there, where there is a clipboard.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button[data-done]");
    if (!this.button || !this.words || !navigator.clipboard) return;
    this.said = this.button.textContent;
    this.status = document.createElement("span");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
  }

  get words() {
    return this.querySelector("[data-copy]");
  }

  get text() {
    return "value" in this.words ? this.words.value : this.words.innerText.trim();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.say(this.button.dataset.done, "copied");
      this.status.textContent = `${this.button.dataset.done}: ${this.text.slice(0, 100)}`;
    } catch {
      this.select();
      this.say(this.button.dataset.failed, "failed");
      this.status.textContent = this.button.dataset.failed;
    }
  }

  select() {
    if (this.words.select) {
      this.words.focus();
      this.words.select();
    } else {
      getSelection().selectAllChildren(this.words);
    }
  }

  say(words, state) {
    this.button.textContent = words;
    this.button.dataset.state = state;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.button.textContent = this.said;
      delete this.button.dataset.state;
    }, 2500);
  }
}
customElements.define("copy-text", CopyText);
