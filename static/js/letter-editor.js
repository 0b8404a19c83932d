// <letter-editor>: the model letter in the supporter's own words. Mail link, length and copying follow; nothing is sent to us.
class LetterEditor extends HTMLElement {
  connectedCallback() {
    this.fields = [this.piece("subject"), this.piece("body")];
    this.model = this.fields.map((field) => field.value);
    this.links = [...document.querySelectorAll(`a[data-letter="${this.dataset.letter}"]`)].map((link) => [link, link.href]);
    this.querySelector("[data-do=edit]").hidden = false;
    this.addEventListener("click", (event) => ({ edit: this.open, keep: this.keep, forget: this.forget })[event.target.dataset.do]?.call(this));
    this.addEventListener("input", (event) => (event.target.dataset.gap ? this.fill(event.target) : this.follow()));
    if (this.key in sessionStorage) this.open(JSON.parse(sessionStorage[this.key]));
  }

  piece(name) { return this.querySelector(`[data-part=${name}]`); }
  get key() { return `letter ${this.dataset.letter}`; }
  say(words) { this.piece("status").textContent = words; }
  get typed() { return this.fields.map((field) => field.value); }

  open(words = this.typed) {
    this.piece("editor").hidden = false;
    this.piece("words").hidden = true;
    this.piece("words").toggleAttribute("data-copy", false);
    this.piece("body").toggleAttribute("data-copy", true);
    this.querySelector("[data-do=edit]").hidden = true;
    this.fields.forEach((field, number) => { field.value = words[number]; });
    this.follow();
    this.piece("body").focus();
  }

  fill(input) {
    const before = input.filled || `[${input.dataset.gap}]`;
    this.piece("body").value = this.piece("body").value.replaceAll(before, (input.filled = input.value || `[${input.dataset.gap}]`));
    this.follow();
  }

  follow() {
    const encode = (words) => encodeURIComponent(words.replace(/\r?\n/g, "\r\n"));
    const [subject, body] = this.typed;
    let over = 0;
    this.piece("shown").textContent = subject;
    for (const [link, address] of this.links) {
      const [to, query] = address.split("?");
      const short = [to, [...query.split("&").filter((one) => one.startsWith("cc=")), `subject=${encode(subject)}`].join("&")].join("?");
      const full = `${short}&body=${encode(body)}`;
      over = full.length - Number(this.dataset.limit);
      link.href = over > 0 ? short : full;
    }
    this.say(over > 0 ? this.dataset.over.replace("%", over) : this.dataset.fits.replace("%", body.length));
  }

  keep() {
    sessionStorage[this.key] = JSON.stringify(this.typed);
    this.say(this.dataset.kept);
  }
  forget() {
    sessionStorage.removeItem(this.key);
    this.open(this.model);
    this.say(this.dataset.forgotten);
  }
}
customElements.define("letter-editor", LetterEditor);
