"""Words as Markdown that says just these words: what looks like Markdown is escaped, and nothing else."""

import html
import re

# python-markdown undoes a backslash before these and no others (its ESCAPED_CHARS, with the tables extension).
ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!|")
SPECIAL = re.compile(r"[\\`*<!&\[\]]|_+")
ENTITY = re.compile(r"&(?:#|\w+;|\w*$)")

AT_LINE_START = re.compile(
    r"(?P<mark>[-+*>#|])(?:(?<=>)|(?<=[-+*])(?=\s|$)|(?<=-)(?=[- ]*$)|(?<=#)(?=#{0,5}(?:\s|$))|(?<=\|)(?=[|:\- ]*$))"
    r"|(?P<fence>~)(?=~~)|(?P<rule>=)(?==*\s*$)|(?P<colon>:)(?=[|:\- ]*$)"
    r"|(?P<number>\d+)(?=\.(?:\s|$))|(?P<reference>\[)(?=[^\[\]]*\]:)"
)


def words(text: str, *, in_link: bool = False) -> str:
    """Words within a line. At their ends, where other marks may follow, whatever could join with them is escaped."""

    def escaped(match: re.Match[str]) -> str:
        char, before, after = match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        match char[0]:
            case "\\":
                plain = after and after not in ESCAPABLE
            case "*":
                plain = before == after == " "
            case "_":
                plain = before.isalnum() and after.isalnum()
            case "<":
                return "<" if after.isspace() or after.isdigit() else "&lt;"
            case "&":
                return "&amp;" if ENTITY.match(text, match.start()) else "&"
            case "!":
                plain = after != "["
            case "[":
                plain = not in_link
            case "]" if in_link and after == ":":  # "[a\\]: b](c)" would define what a means
                return "&#93;"
            case "]":
                plain = not in_link and after and after not in "([:"
            case _:
                plain = False
        return char if plain else "".join(f"\\{one}" for one in char)

    return SPECIAL.sub(escaped, text)


def line_start(line: str) -> str:
    """A line of a paragraph that begins with words, so that it begins nothing else."""
    match = AT_LINE_START.match(line)
    if not match:
        return line
    if match["number"]:
        return f"{match[0]}\\{line[match.end() :]}"
    if match["fence"] or match["rule"] or match["colon"]:
        return f"&#{ord(line[0])};{line[1:]}"
    return f"\\{line}"


def code(text: str) -> str | None:
    """A code span, or nothing where Markdown cannot say it."""
    if re.search(r"<(?!/?[A-Za-z][\w-]*/?>|[\s\d=])|^<", text):  # half a tag would swallow the lines that follow
        return None
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{padding}{text}{padding}{ticks}"


def attribute(name: str, value: str) -> str:
    """An attribute of an element within a paragraph: nothing in it that Markdown reads."""
    value = re.sub(r"[\\`*_\[\]!]", lambda char: f"&#{ord(char[0])};", html.escape(value))
    return f' {name}="{value}"'


def destination(address: str) -> str | None:
    """An address as it may stand in the round brackets of a link, or nothing where none may."""
    if not address or re.search(r"[<>\\`\"\[\]\s]", address):
        return None
    address = re.sub(r"&(?=#?\w+;)", "&amp;", address)
    return f"<{address}>" if re.search(r"[()']", address) else address


def raw(text: str, *, letters: bool = False) -> str:
    """Words in a block of HTML. `letters`: white space and all, for <pre>."""
    text = re.sub(r"`(?=``)|~(?=~~)", lambda char: f"&#{ord(char[0])};", html.escape(text, quote=False))
    if letters:
        text = re.sub(r"(?m)^ (?= *$)", "&#32;", text.replace("\t", "&#9;"))
    return text
