// <unsaved-text>: in a form, asks before a page with unsaved words is left.
class UnsavedText extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    let unsaved = "dirty" in this.dataset;
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }
}
customElements.define("unsaved-text", UnsavedText);
