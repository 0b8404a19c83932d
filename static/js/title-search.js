// <title-search>: narrows the list of window.titles to the words typed; works from file://.
class TitleSearch extends HTMLElement {
  connectedCallback() {
    if (!window.titles) return;
    this.hidden = false;
    this.input = this.querySelector("input");
    this.input.value = new URLSearchParams(location.search).get("q") || "";
    this.input.addEventListener("input", () => this.find());
    this.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    this.find();
  }

  find() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? window.titles.filter((row) => words.every((word) => row[3].includes(word))) : [];
    this.querySelector("[role=status]").textContent = words.length && !found.length ? this.dataset.none : "";
    this.querySelector("ol").replaceChildren(...found.slice(0, 100).map((row) => this.entry(row)));
  }

  entry([address, title, day]) {
    const link = document.createElement("a");
    link.href = this.dataset.root + address;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(`${day} `, link);
    return item;
  }
}
customElements.define("title-search", TitleSearch);
