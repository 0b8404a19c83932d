// <copy-text>: puts buttons to work beside text that is already there, where there is a clipboard.
// A button with data-join parts the addresses by that sign instead of commas.
class CopyText extends HTMLElement {
  connectedCallback() {
    const buttons = this.querySelectorAll("button[data-done]");
    if (!buttons.length || !this.words || !navigator.clipboard) return;
    this.status = document.createElement("span");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    for (const button of buttons) {
      button.dataset.said = button.textContent;
      button.hidden = false;
      button.addEventListener("click", () => this.copy(button));
    }
  }

  get words() {
    return this.querySelector("[data-copy]");
  }

  get text() {
    return "value" in this.words ? this.words.value : this.words.innerText.trim();
  }

  async copy(button) {
    const { done, failed, join } = button.dataset;
    const text = join ? this.text.replace(/,\s*/g, `${join} `) : this.text;
    try {
      await navigator.clipboard.writeText(text);
      this.say(button, done, "copied");
      this.status.textContent = `${done}: ${text.slice(0, 100)}`;
    } catch {
      this.select();
      this.say(button, failed, "failed");
      this.status.textContent = failed;
    }
  }

  select() {
    const words = this.words;
    words.focus();
    words.select ? words.select() : getSelection().selectAllChildren(words);
  }

  say(button, words, state) {
    button.textContent = words;
    button.dataset.state = state;
    setTimeout(() => {
      button.textContent = button.dataset.said;
      delete button.dataset.state;
    }, 2500);
  }
}
customElements.define("copy-text", CopyText);
