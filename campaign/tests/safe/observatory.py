"""The rules of Mozilla's HTTP Observatory, in our own words: what it would say of an answer.

Followed are the tests and the table of scores of mdn/mdn-http-observatory as of commit 048ff598 (src/analyzer/tests, src/grader). Left out
is what cannot be asked here (the browsers' list of preloaded hosts) and can only add.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import html5lib

BROAD = {"*", "http:", "https:", "ftp:", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = BROAD | {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
TELLING = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
SIX_MONTHS = 15_552_000
BONUS_FROM = 90
"""What is more than asked for counts only where nothing much is missing."""


@dataclass
class Seen:
    """One page as the Observatory gets it: its answer over TLS, and the addresses that plain http led through."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    body: str = ""
    route: list[str] = field(default_factory=list)
    foreign_origin: str = "https://http-observatory.security.mozilla.org"

    def header(self, name: str) -> str:
        return next((value.strip() for key, value in self.headers.items() if key.lower() == name), "")


def policy(seen: Seen) -> dict[str, set[str]]:
    parts = (part.split() for part in seen.header("content-security-policy").lower().split(";"))
    return {name: set(sources) for name, *sources in filter(None, parts)}


def csp(seen: Seen) -> int:
    found = policy(seen)
    if not found:
        return -25
    default = found.get("default-src", {"*"})
    script, style, objects = (found.get(name, default) for name in ("script-src", "style-src", "object-src"))
    passive = {source for name in ("img-src", "media-src") for source in found.get(name, default)}
    active = {source for name, sources in found.items() if name not in ("img-src", "media-src") for source in sources}
    if script & UNSAFE or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style or any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & UNSAFE:
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(seen: Seen) -> int:
    worst, strict = 0, bool(seen.cookies)
    for line in seen.cookies:
        name, *rest = (part.strip().lower() for part in line.split(";"))
        session = any(word in name.partition("=")[0] for word in ("login", "sess"))
        samesite = next((part.partition("=")[2] for part in rest if part.startswith("samesite")), None)
        strict &= bool(samesite)
        if samesite is not None and samesite not in ("lax", "strict", "none"):
            worst = min(worst, -20)
        if "secure" not in rest:
            protected = hsts(seen) == 0
            worst = min(worst, (-10 if session else -5) if protected else (-40 if session else -20))
        if "csrf" in name.partition("=")[0] and not samesite:
            worst = min(worst, -20)
        if session and "httponly" not in rest:
            worst = min(worst, -30)
    return worst or (5 if strict else 0)


def cors(seen: Seen) -> int:
    everyone = seen.header("access-control-allow-origin") == seen.foreign_origin
    return -50 if everyone and seen.header("access-control-allow-credentials").lower() == "true" else 0


def redirection(seen: Seen) -> int:
    first, *later = (urlsplit(url) for url in seen.route)
    if not later:
        return -20
    if later[-1].scheme != "https":
        return -20
    if later[0].scheme == "http":
        return -10
    return 0 if later[0].hostname == first.hostname else -5


def referrer(seen: Seen) -> int:
    said = [part.strip().lower() for part in seen.header("referrer-policy").split(",") if part.strip()]
    known = [part for part in said if part in PRIVATE | TELLING]
    if not said:
        return 0
    return 5 if known and known[-1] in PRIVATE else -5


def hsts(seen: Seen) -> int:
    said = seen.header("strict-transport-security").lower()
    age = re.search(r"(?:^|;)\s*max-age=(\d+)", said)
    if not age or "," in said:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def integrity(seen: Seen) -> int:
    worst, marked = 0, False
    for script in html5lib.parse(seen.body, namespaceHTMLElements=False).iter("script"):
        source = script.get("src", "")
        elsewhere = source.startswith("//") or (source.startswith("http") and urlsplit(source).hostname != urlsplit(seen.url).hostname)
        safe = source.startswith("https:")
        if elsewhere and not script.get("integrity"):
            worst = min(worst, -5 if safe else -50)
        elif elsewhere and not safe:
            worst = min(worst, -20)
        marked |= bool(script.get("integrity"))
    return worst or (5 if marked else 0)


def sniffing(seen: Seen) -> int:
    return 0 if seen.header("x-content-type-options").lower() == "nosniff" else -5


def framing(seen: Seen) -> int:
    if "frame-ancestors" in policy(seen):
        return 5
    said = seen.header("x-frame-options").lower()
    return 0 if said in ("deny", "sameorigin") or said.startswith("allow-from") else -20


def embedding(seen: Seen) -> int:
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(seen.header("cross-origin-resource-policy").lower(), -5)


RULES: tuple[Callable[[Seen], int], ...] = (csp, cookies, cors, redirection, referrer, hsts, integrity, sniffing, framing, embedding)


def score(seen: Seen) -> int:
    """100 and more is A+."""
    found = [rule(seen) for rule in RULES]
    bare = 100 + sum(one for one in found if one < 0)
    return 100 + sum(found) if bare >= BONUS_FROM else max(0, bare)
