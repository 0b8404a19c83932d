// <markdown-bar>: buttons over a Markdown box for those who do not know the signs. Each wraps or begins what is selected.
const SIGNS = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"], heading: ["\n## ", "\n"], list: ["\n- ", "\n"], quote: ["\n> ", "\n"] };

class MarkdownBar extends HTMLElement {
  connectedCallback() {
    this.box = document.getElementById(this.dataset.for);
    this.setAttribute("role", "toolbar");
    this.setAttribute("aria-controls", this.dataset.for);
    for (const [sign, label] of Object.entries(JSON.parse(this.dataset.labels))) {
      const button = this.appendChild(document.createElement("button"));
      Object.assign(button, { type: "button", textContent: label, onclick: () => this.set(...SIGNS[sign]) });
    }
  }

  set(before, after) {
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    const selected = value.slice(start, end);
    const lines = before.startsWith("\n");
    const opening = lines && (start === 0 || value.slice(0, start).endsWith("\n\n")) ? before.slice(1) : lines ? `\n${before}` : before;
    const words = lines ? selected.replaceAll("\n", before) : selected;
    this.box.setRangeText(opening + words + after, start, end, "end");
    const at = start + opening.length;
    this.box.setSelectionRange(at, at + words.length);
    this.box.focus();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("markdown-bar", MarkdownBar);
