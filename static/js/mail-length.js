// <mail-length>: below a letter, how long its mail link is with the addresses and demands that stand in the form.
class MailLength extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.form = this.closest("form");
    this.follow = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.measure(), 400);
    };
    this.form.addEventListener("input", this.follow);
    this.form.addEventListener("change", this.follow);
    this.measure();
  }

  disconnectedCallback() {
    this.form.removeEventListener("input", this.follow);
    this.form.removeEventListener("change", this.follow);
  }

  async measure() {
    const row = this.previousElementSibling.name.replace(/-body$/, "");
    if (row.includes("__prefix__")) return;
    const body = new URLSearchParams({ row });
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && /^(csrfmiddlewaretoken|demands|appeal_addresses-|pasted-|letters-)/.test(name)) body.append(name, value);
    }
    const said = await fetch(this.dataset.url, { method: "POST", body }).then((answer) => answer.json()).catch(() => null);
    if (!said) return;
    this.textContent = said.words;
    this.toggleAttribute("data-over", said.over > 0);
  }
}
customElements.define("mail-length", MailLength);
