"""Mail source and HTML source to the words a reader would see, with every address that hides in a link."""

import re
from email import message_from_string, policy
from email.errors import MessageError
from html.parser import HTMLParser
from urllib.parse import unquote

TAG = re.compile(r"</?(?:p|br|div|a|span|td|tr|table|li|ul|ol|b|i|strong|em|h[1-6]|html|body|font|blockquote|hr|img)\b[^<>]{0,2000}>", re.IGNORECASE)
BLOCKS = {
    "p",
    "div",
    "tr",
    "table",
    "ul",
    "ol",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "dl",
    "title",
    "form",
}
HIDDEN = {"script", "style", "head", "template", "noscript"}
HEADER = re.compile(r"(?:[A-Z][A-Za-z-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){3}")
MIME = re.compile(r"^(?:MIME-Version|Content-Type|Received|Message-ID|Return-Path|Content-Transfer-Encoding):", re.IGNORECASE | re.MULTILINE)


def words(text: str) -> str:
    """The text itself unless it is HTML source."""
    if len(TAG.findall(text[:50_000])) < 2 and not re.search(r"<a\s[^<>]{0,300}href=|<br\s?/?>|&lt;", text, re.IGNORECASE):
        return text
    if not TAG.search(text):
        return text
    reader = Words()
    reader.feed(ANGLED.sub(r"&lt;\1&gt;", text))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n (?=\S)", "\n", "".join(reader.out))).strip("\n")


ANGLED = re.compile(r"<((?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,100}|https?://[^\s<>]{1,500})>")


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0
        self.pre = 0
        self.links: list[tuple[str, int]] = []

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """A section of no known kind ("<![CDATA[<![x"), on which the library stops, is a comment to every browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag == "hr":
            self.out.append("\n\n----------\n\n")
        elif tag == "li":
            self.out.append("\n• ")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag in BLOCKS:
            self.out.append("\n\n")
        self.pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "a" and self.links:
            href, start = self.links.pop()
            self.close_link(href.strip(), "".join(self.out[start:]))
        elif tag in BLOCKS:
            self.out.append("\n\n")
        self.pre = max(0, self.pre - (tag == "pre"))

    def close_link(self, href: str, said: str) -> None:
        """A link whose words do not hold its address gets it in brackets beside it."""
        if href.lower().startswith("mailto:"):
            for address in filter(None, re.split(r"[,;]", unquote(href[7:].partition("?")[0]))):
                if address.strip().lower() not in said.lower():
                    self.out.append(f" <{address.strip()}>" if said.strip() else f" {address.strip()}")
        elif href.lower().startswith(("http://", "https://")) and "." not in said:
            self.out.append(f" ({href})")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.out.append(data if self.pre else re.sub(r"\s+", " ", data))


def opened(text: str) -> str:
    """The words of a mail pasted with its source, after the headers that tell what it is about; any other text as it came."""
    start = text.lstrip("\ufeff\n ")
    if not HEADER.match(start) or not MIME.search(start[:10_000]):
        return text
    try:
        message = message_from_string(start, policy=policy.default)
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part else ""
    except (MessageError, LookupError, ValueError, KeyError, AttributeError, UnicodeError):
        return text
    if not content.strip():
        return text
    heads = [f"{name}: {message[name]}" for name in ("From", "Date", "Subject") if message[name]]
    return "\n".join(heads) + "\n\n" + content
