// <live-preview>: beside a Markdown box, the text as the server renders it, its number of words, and pasted HTML as Markdown.
class LivePreview extends HTMLElement {
  connectedCallback() {
    this.box = this.previousElementSibling;
    this.count = this.add("p");
    this.count.setAttribute("role", "status");
    this.add("p").textContent = this.dataset.heading;
    this.shown = this.add("div");
    this.shown.className = "shown";
    this.shown.tabIndex = 0;
    this.shown.setAttribute("role", "region");
    this.shown.setAttribute("aria-label", this.dataset.heading);
    this.box.addEventListener("input", () => this.soon());
    this.box.addEventListener("paste", (event) => this.paste(event));
    this.render();
  }

  add(tag) { return this.appendChild(document.createElement(tag)); }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.render(), 400);
  }

  async ask(url, field, words) {
    const body = new URLSearchParams({ [field]: words, csrfmiddlewaretoken: this.box.form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(url, { method: "POST", body });
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : { error: answer.statusText || answer.status };
  }

  async render() {
    const asked = this.box.value;
    const said = await this.ask(this.dataset.url, "text", asked).catch(() => ({}));
    if (asked !== this.box.value) return;
    if (said.error) this.count.textContent = said.error;
    if (said.html === undefined) return;
    this.count.textContent = this.dataset.words.replace("%", said.words);
    this.shown.replaceChildren(...new DOMParser().parseFromString(said.html, "text/html").body.childNodes);
  }

  async paste(event) {
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    const { selectionStart, selectionEnd } = this.box;
    const said = await this.ask(this.dataset.paste, "html", html).catch(() => ({}));
    this.box.setRangeText(said.text || plain, selectionStart, selectionEnd, "end");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("live-preview", LivePreview);
