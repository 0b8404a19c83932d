"""WordPress's shortcodes: those we know become HTML, those we do not stay visible, and plain words in brackets are words."""

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from typing import Protocol

from campaign.imports.entries import Attachment
from campaign.imports.words import Finder, listed

CODE = listed(
    "actionscript3 bash clojure code coldfusion cpp csharp css delphi diff erlang fsharp go groovy html java javafx javascript js latex "
    "matlab objc perl php powershell python r ruby scala sourcecode sql vb xml"
)
BY_NUMBER = {
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "googlevideo": "https://video.google.com/videoplay?docid={}",
    "polldaddy": "https://poll.fm/{}",
    "crowdsignal": "https://poll.fm/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "scribd": "https://www.scribd.com/doc/{}",
    "ted": "https://www.ted.com/talks/view/id/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "vimeo": "https://vimeo.com/{}",
    "vine": "https://vine.co/v/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "youtube": "https://www.youtube.com/watch?v={}",
}
EMBEDS = frozenset({
    *BY_NUMBER, "audio", "bandcamp", "blip.tv", "codepen", "embed", "facebook", "flickr", "flickrvideo", "flv", "googlemap", "googlemaps", "iframe",
    "instagram", "kickstarter", "mixcloud", "slideshare", "soundcloud", "spotify", "twitter", "video",
})  # fmt: skip
BUILDER = re.compile(r"(?:av|cs|et_pb|fl|fusion|mk|tatsu|themify|thrive|vc|wpb)_[a-z0-9_]+|(?:one|two|three|four)_(?:half|third|fourth|fifth|sixth)(?:_last)?")
"""Page builders' layout: readers never saw it. Words, links and pictures in its attributes they did."""
WITHIN_A_LINE = re.compile(r"dropcap|highlight|tooltip|popover|text_link")
WORDS_IN = ("text", "title", "heading", "subheading", "subtitle", "label", "button_text", "caption", "author", "name")
LINKS_IN = ("link", "url", "href", "src", "button_link", "button_url", "link_url", "video_url")
SHORTCODE = re.compile(
    r"(?P<doubled>\[?)\[(?P<name>[A-Za-z][A-Za-z0-9_.-]*)"
    r"(?P<attributes>(?:[\s=:|](?:\"[^\"]*\"|'[^']*'|[^\[\]\"']){0,2000})?(?:[\"'][^\[\]]*)?)(?<!/)(?P<empty>/?)\](?P<doubled_end>\]?)"
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)""")
ENDS_IN_ADDRESS = re.compile(r"://[^\s\"']*$")
"""A slash that follows is the address's own."""
ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>|\[\]]+")
ENDS_SHOWN = re.compile(r"\[\[/([A-Za-z][A-Za-z0-9_.-]*)\]\]")
FIRST_PICTURE = re.compile(r"\s*((?:<a\s[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE)

UNRESOLVED = "The shortcode [{name}] could not be resolved; it stands in the text as it was."


class Library(Protocol):
    """What a post's shortcodes may ask for."""

    remarks: list[str]

    def attachment(self, identity: str) -> Attachment | None: ...

    def attached(self) -> list[Attachment]: ...


def resolve(content: str, library: Library) -> str:
    """The content with its known shortcodes as HTML."""
    return Resolver(library).resolve(content)


class Resolver:
    def __init__(self, library: Library) -> None:
        self.library = library

    def resolve(self, content: str) -> str:
        out, position, ends = [], 0, Finder(content)
        while match := SHORTCODE.search(content, position):
            out.append(self.shown(content[position : match.start()]))
            words, position = self.one(content, match, ends)
            out.append(words)
        return "".join([*out, self.shown(content[position:])])

    def shown(self, words: str) -> str:
        """Text between shortcodes; the end of one that is only shown has doubled brackets as its beginning had."""
        return ENDS_SHOWN.sub(lambda match: match[0][1:-1] if self.maker(match[1].lower()) else match[0], words)

    def one(self, content: str, match: re.Match, ends: Finder) -> tuple[str, int]:
        """What stands for this shortcode, and where the text goes on."""
        name = match["name"].lower()
        make = self.maker(name)
        if make is None:
            return content[match.start() : match.end("name")], match.end("name")
        if match["doubled"] and match["doubled_end"]:
            return match[0][1:-1], match.end()
        given = match["attributes"] + (match["empty"] if ENDS_IN_ADDRESS.search(match["attributes"]) else "")
        inside, end = self.enclosed(content, match, ends, name)
        if match["doubled"] and inside is not None and content.startswith("]", end):
            return content[match.start() + 1 : end], end + 1
        made = make(name, attributes_of(given), inside)
        if made is None:
            if match["attributes"] or inside is not None or name == "gallery":
                self.library.remarks.append(UNRESOLVED.format(name=name))
            return content[match.start() : match.end("name")], match.end("name")
        return match["doubled"] + made + ("" if inside is not None else match["doubled_end"]), end

    def enclosed(self, content: str, match: re.Match, ends: Finder, name: str) -> tuple[str | None, int]:
        """What stands between the shortcode and its end; None where it has none."""
        closing = None if match["empty"] else ends.next(end_of(name), match.end())
        if closing is None:
            return None, match.end()
        inside = content[match.end() - len(match["doubled_end"]) : closing.start()]
        again = re.compile(rf"\[{re.escape(name)}[\s\]=]", re.IGNORECASE).search(inside)
        if again and name not in CODE:
            return None, match.end()
        return inside, closing.end()

    def maker(self, name: str) -> Callable[[str, dict[str, str], str | None], str | None] | None:
        if name in ("caption", "wp_caption"):
            return self.caption
        if name in ("gallery", "playlist"):
            return getattr(self, name)
        if name in CODE:
            return self.code
        if name in EMBEDS:
            return self.embed
        return self.builder if BUILDER.fullmatch(name) else None

    def caption(self, _name: str, attributes: dict[str, str], inside: str | None) -> str | None:
        if inside is None:
            return None
        match = FIRST_PICTURE.fullmatch(inside)
        picture, words = match.groups() if match else (inside, "")
        words = words.strip() or unescape(attributes.get("caption", ""))
        return f"<figure>{self.resolve(picture)}<figcaption>{self.resolve(words)}</figcaption></figure>" if words else f"<p>{picture}</p>"

    def gallery(self, _name: str, attributes: dict[str, str], _inside: str | None) -> str | None:
        pictures = self.listed(attributes)
        return "".join(figure(picture) for picture in pictures) or None

    def playlist(self, _name: str, attributes: dict[str, str], _inside: str | None) -> str | None:
        files = self.listed(attributes)
        links = "".join(f'<li><a href="{escape(file.url)}">{escape(file.title or file.url)}</a></li>' for file in files)
        return f"<ul>{links}</ul>" if links else None

    def listed(self, attributes: dict[str, str]) -> list[Attachment]:
        """The attachments a gallery names, else all that hang on the post."""
        wanted = attributes.get("ids") or attributes.get("include")
        if wanted:
            found = [(number, self.library.attachment(number)) for number in re.findall(r"\d+", wanted)]
            self.library.remarks += [f"Picture {number} of a gallery is not in the export." for number, attachment in found if attachment is None]
            return [attachment for _number, attachment in found if attachment]
        without = set(re.findall(r"\d+", attributes.get("exclude", "")))
        return [attachment for attachment in self.library.attached() if attachment.id not in without]

    def code(self, _name: str, attributes: dict[str, str], inside: str | None) -> str | None:
        """To the letter: what is escaped stays so, what is not is escaped."""
        if inside is None:
            return None
        code = inside.strip("\r\n").replace("<", "&lt;").replace(">", "&gt;")
        return f"<pre><code>{code}</code></pre>"

    def embed(self, name: str, attributes: dict[str, str], inside: str | None) -> str | None:
        """A frame or player of another site: a link to it."""
        given = [*attributes.values(), inside or ""]
        addresses = [unescape(address) for value in given for address in ADDRESS.findall(value)]
        if not addresses and name in BY_NUMBER:
            number = attributes.get("id") or attributes.get("poll") or attributes.get("0") or (inside or "").strip()
            number = number.lstrip("=").partition("&")[0]
            addresses = [BY_NUMBER[name].format(number)] if re.fullmatch(r"[\w-]+(?:/[\w-]+)?", number) else []
        if not addresses and name in ("audio", "video"):
            addresses = [file.url for file in self.library.attached() if re.search(r"\.(mp3|m4a|ogg|wav|mp4|m4v|mov|webm|ogv|flv)$", file.url, re.IGNORECASE)]
        links = "<br>".join(f'<a href="{escape(address)}">{escape(address)}</a>' for address in dict.fromkeys(addresses))
        return f"<p>{links}</p>" if links else None

    def builder(self, name: str, attributes: dict[str, str], inside: str | None) -> str:
        """The layout goes; what readers saw of it stays."""
        edge = "" if WITHIN_A_LINE.search(name) else "\n\n"
        parts = [f"<p>{attributes[key]}</p>" for key in WORDS_IN if attributes.get(key)]
        addresses = [address for key in LINKS_IN for address in ADDRESS.findall(unescape(attributes.get(key, "")))]
        parts += [f'<p><a href="{escape(address)}">{escape(address)}</a></p>' for address in addresses]
        pictures = [self.library.attachment(number) for key in ("image", "images") for number in re.findall(r"\d+", attributes.get(key, ""))]
        parts += [figure(picture) for picture in pictures if picture]
        return "".join(parts) + (f"{edge}{self.resolve(inside)}{edge}" if inside else "")


@cache
def end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"\[/{re.escape(name)}\]", re.IGNORECASE)


def attributes_of(words: str) -> dict[str, str]:
    """Named attributes by name, the others by number."""
    found: dict[str, str] = {}
    for index, match in enumerate(ATTRIBUTE.finditer(words.strip())):
        name, *values = match.groups()
        found[name.lower() if name else str(index)] = next((value for value in values if value is not None), "")
    return found


def figure(picture: Attachment) -> str:
    image = f'<img src="{escape(picture.url)}" alt="{escape(picture.alt or picture.title)}">'
    return f"<figure>{image}<figcaption>{picture.caption}</figcaption></figure>" if picture.caption else f"<p>{image}</p>"
