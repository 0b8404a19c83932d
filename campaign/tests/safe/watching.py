"""A browser that opens pages of Django's test client, pokes at every element and notes whatever runs, leaves or is asked elsewhere."""

from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

HOST = "http://localhost"
HOOKS = """
for (const name of ["alert", "confirm", "prompt", "print", "msgbox"])
  window[name] = () => console.log("RAN " + name);
open = (url) => { if (new URL(url, location.href).origin !== location.origin) console.log("RAN open"); return {focus() {}, close() {}}; };
addEventListener("click", (event) => {
  const link = event.composedPath().find((one) => one.href !== undefined);
  if (link && !/^[\\s\\S]{0,9}script:/i.test(String(link.href.baseVal ?? link.href))) event.preventDefault();
}, true);
addEventListener("submit", (event) => { if (!/script:/i.test(event.target.getAttribute?.("action"))) event.preventDefault(); }, true);
"""
POKE = """() => {
  const found = [];
  const runs = /^(?:javascript|data|vbscript|blob|filesystem|view-source|jar|file|intent|ms-[a-z]+|search-ms|steam|x):|^feed:(?!http)/;
  const led = new Set(["href", "src", "action", "formaction", "data", "poster", "xlink:href", "cite", "background", "ping", "longdesc"]);
  for (const name of ["getElementById", "querySelector", "createElement", "addEventListener"])
    if (typeof document[name] !== "function") found.push(`clobbered ${name}`);
  for (const name of ["body", "forms", "currentScript", "cookie", "documentElement", "defaultView"])
    if (Object.hasOwn(document, name)) found.push(`clobbered ${name}`);
  for (const one of [...document.querySelectorAll("*")]) {
    const tag = one.localName;
    if (/^(iframe|frame|object|embed|base|portal|applet|math|foreignobject|animate|set)$/i.test(tag)) found.push(`<${tag}>`);
    if (tag === "style" && document.contentType === "text/html") found.push("<style>");  // Chromium shows a feed with one of its own
    if (tag === "script" && !one.src && !/json/.test(one.type)) found.push("<script>");
    if (tag === "meta" && one.httpEquiv && !/^(content-security-policy)$/i.test(one.httpEquiv)) found.push("<meta>");
    for (const {name, value} of [...one.attributes]) {
      if (/^on/i.test(name) || name === "style" || name === "srcdoc") found.push(`${tag} ${name}`);
      if (led.has(name.toLowerCase())) {
        let seen = value;
        try { seen = new URL(value, document.baseURI).href } catch {}
        if (runs.test(seen)) found.push(`${tag} ${name}=${value}`);
      }
    }
    for (const type of ["mouseover", "pointerover", "focus", "keydown", "input", "error", "toggle", "animationstart"])  // a handler is a fault by itself
      one.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
    one.focus?.();
    if (one.click) one.click(); else one.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
  return found;
}"""
MARKS = """() => [...document.querySelectorAll("main *")].filter((one) => one.getClientRects().length).map((one) => {
  const box = one.getBoundingClientRect(); return [box.x + scrollX + Math.min(box.width / 2, 40), box.y + scrollY + Math.min(box.height / 2, 8)];
})"""


@dataclass
class Watcher:
    """`seen`: every fault, with the page on which it was; nothing else is to be looked at."""

    browser: Browser
    client: Client
    bypass_csp: bool
    seen: list[tuple[str, str]] = field(default_factory=list)
    opened: int = 0

    def __post_init__(self) -> None:
        self.path = ""
        self.here = copy_context()  # Playwright calls back in a context of its own, in which Django would open another database
        self.context: BrowserContext = self.browser.new_context(bypass_csp=self.bypass_csp, viewport={"width": 1000, "height": 4000})
        self.context.add_init_script(HOOKS)
        self.context.route("**/*", self.answer)
        self.context.on("page", self.watch)
        self.page: Page = self.context.new_page()

    def watch(self, page: Page) -> None:
        self.opened += 1
        if self.opened > 1:
            self.note("a window was opened")
        page.on("console", lambda message: self.listen(message.text))
        page.on("pageerror", lambda error: self.note(f"an error: {error}"))
        page.on("dialog", self.hear)
        page.on("framenavigated", lambda frame: self.note(f"went to {frame.url}") if not self.is_here(frame.url) else None)

    def listen(self, words: str) -> None:
        """What ran, and what the policy had to stop; Chromium shows a feed with styles of its own, and stops those."""
        if "RAN" in words or ("Content Security Policy" in words and not self.path.endswith("/feed/")):
            self.note(words)

    def hear(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # ours: something has been typed
            dialog.accept()
        else:
            self.note("a dialog")
            dialog.dismiss()

    def is_here(self, url: str) -> bool:
        return url.partition("#")[0] in ("about:blank", HOST + self.path)

    def note(self, what: str) -> None:
        self.seen.append((self.path, what))

    def answer(self, route: Route) -> None:
        """What the site answers, with its headers; any other host is noted and not asked."""
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            self.note(f"asked {route.request.url}")
            route.abort()
        elif parts.path.startswith("/static/"):
            route.fulfill(path=finders.find(parts.path.removeprefix("/static/")))
        elif parts.path.startswith("/media/") or parts.path == "/favicon.ico":
            route.fulfill(status=404, body="")
        else:
            self.here.copy().run(self.serve, route, parts.path + (f"?{parts.query}" if parts.query else ""))

    def serve(self, route: Route, address: str) -> None:
        request = route.request
        if request.method == "POST":
            reply = self.client.post(address, request.post_data or "", content_type=request.headers["content-type"], headers={"origin": HOST})
        else:
            reply = self.client.get(address)
        if reply.status_code >= 500:
            self.note(f"status {reply.status_code}")
        route.fulfill(status=reply.status_code, headers=dict(reply.items()), body=reply.getvalue())

    def open(self, path: str, *, by_hand: int = 0) -> None:
        """Opens the page and pokes at all of it; `by_hand`: a real mouse goes over so many of its elements too, and presses them."""
        self.path = path
        self.page.goto(HOST + path)
        for fault in self.page.evaluate(POKE):
            self.note(fault)
        places: list[Any] = self.page.evaluate(MARKS)[:by_hand] if by_hand else []
        for x, y in places:
            self.page.mouse.move(x, y)
            self.page.mouse.click(x, y)
        self.page.wait_for_timeout(20)  # what an element has begun to load fails, or runs, by then

    def close(self) -> list[tuple[str, str]]:
        self.context.close()
        return self.seen
