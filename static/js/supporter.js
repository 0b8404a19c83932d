// What a supporter does beside writing: ticks off whom they have written to, and passes the appeal on. One file, for one request.

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

// <share-page>: a button that hands the page's address to the reader's own device, where it can pass things on (Web Share).
// The address and the title stand in the page: nothing is added to them.
class SharePage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const page = { title: this.dataset.title, url: this.dataset.url };
    if (!navigator.canShare?.(page)) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      // Closing the device's own box is no failure.
      navigator.share(page).catch(() => {});
    });
  }
}
customElements.define("share-page", SharePage);
