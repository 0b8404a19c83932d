// <written-to>: a list to tick off. It is forgotten with the page unless the reader presses Keep, and with the tab in any case.
class WrittenTo extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.boxes = [...this.querySelectorAll("input")];
    this.status = this.querySelector("[role=status]");
    const kept = JSON.parse(sessionStorage.getItem(this.key) || "[]");
    this.boxes.forEach((box) => { box.checked = kept.includes(box.value); });
    this.querySelector("[data-do=keep]").addEventListener("click", () => this.keep());
    this.querySelector("[data-do=forget]").addEventListener("click", () => this.forget());
  }

  get key() { return `written ${this.dataset.appeal}`; }

  keep() {
    sessionStorage.setItem(this.key, JSON.stringify(this.boxes.filter((box) => box.checked).map((box) => box.value)));
    this.status.textContent = this.dataset.kept;
  }

  forget() {
    sessionStorage.removeItem(this.key);
    this.boxes.forEach((box) => { box.checked = false; });
    this.status.textContent = this.dataset.forgotten;
  }
}
customElements.define("written-to", WrittenTo);
