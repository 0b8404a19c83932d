"""Blocks (see `reading`) as Markdown; those that Markdown cannot say, as the HTML that the sanitiser lets through."""

import re
from itertools import pairwise

from articles.markup.reading import HEADINGS, Block
from articles.markup.wording import Wording, as_html

INDENT = " " * 4
DEEPEST = 12
"""Lists and quotes within each other, said in Markdown. Past it they are HTML."""
TIGHT = frozenset({"li", "td", "th", "dt", "dd", "figcaption", "caption", "summary", "figure"})
BESIDE = frozenset({"ul", "ol", "figcaption"})


class Writer:
    def __init__(self, blocks: list[Block]) -> None:
        self.all = blocks
        used = sorted({block.tag for block in everything(blocks)} & HEADINGS)
        self.levels = {tag: min(level, 6) for level, tag in enumerate(used, start=2)}

    def __str__(self) -> str:
        return self.markdown(self.all)

    def as_html(self) -> str:
        return "\n".join(map(self.html, self.all))

    def markdown(self, blocks: list[Block]) -> str:
        said = [self.block(block) for block in blocks]
        gaps = ["\n\n<!-- -->\n\n" if joins(one, other) else "\n\n" for one, other in pairwise(blocks)]
        return "".join(part for pair in zip(said, [*gaps, ""], strict=True) for part in pair) if said else ""

    def block(self, block: Block) -> str:
        if not sayable(block):
            return self.html(block)
        match block.tag:
            case "p":
                return str(Wording(block.pieces))
            case "blockquote":
                return "\n".join(f"> {line}" if line else ">" for line in self.markdown(block.blocks).split("\n"))
            case "ul" | "ol":
                return self.items(block)
            case "pre":
                return fenced("".join(piece.words for piece in block.pieces))
            case "table":
                return table(block)
            case "hr":
                return "---"
            case _:
                return f"{'#' * self.levels[block.tag]} {heading(block)}"

    def items(self, block: Block) -> str:
        number = int(block.attributes.get("start", 1))
        loose = is_loose(block)
        said = []
        for count, item in enumerate(block.blocks):
            mark = f"{number + count}. " if block.tag == "ol" else "- "
            words = ("\n\n" if loose else "\n").join(map(self.block, item.blocks))
            said.append(mark + re.sub(r"\n(?=.)", f"\n{INDENT}", words))
        return ("\n\n" if loose else "\n").join(said)

    def html(self, block: Block) -> str:
        if block.tag == "hr":
            return "<hr>"
        tag = f"h{self.levels[block.tag]}" if block.tag in HEADINGS else block.tag
        attributes = "".join(f' {name}="{value}"' for name, value in block.attributes.items())
        if block.tag == "pre":
            return "<pre>" + as_html(block.pieces, letters=True) + "</pre>"
        if block.pieces:
            inner = as_html(block.pieces)
        elif not block.blocks:
            inner = ""
        elif block.tag in TIGHT and block.blocks[0].tag == "p" and all(one.tag in BESIDE for one in block.blocks[1:]):
            inner = "".join(as_html(one.pieces) if one.tag == "p" else f"\n{self.html(one)}" for one in block.blocks)
        else:
            inner = "".join(f"\n{self.html(one)}" for one in block.blocks) + "\n"
        return f"<{tag}{attributes}>{inner}</{tag}>"


def everything(blocks: list[Block]) -> list[Block]:
    found = list(blocks)
    for block in found:
        found += block.blocks
    return found


def joins(one: Block, other: Block) -> bool:
    """Whether Markdown would read two neighbours as one."""
    return one.tag == other.tag and one.tag in ("blockquote", "ol") and sayable(one) and sayable(other)


def is_loose(block: Block) -> bool:
    """Whether blank lines stand in this list: an item has a second paragraph, here or in a list within."""
    return block.tag in ("ul", "ol") and any(one.tag == "p" or is_loose(one) for item in block.blocks for one in item.blocks[1:])


def sayable(block: Block, depth: int = 0) -> bool:
    """Whether Markdown can say it: every list item begins with words, no code, table or picture with caption inside a list or a quote."""
    if depth > DEEPEST:
        return False
    match block.tag:
        case "p" | "hr":
            return True
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return True
        case "pre":
            return depth == 0 and all(piece.kind == "words" and not piece.marks for piece in block.pieces)
        case "blockquote":
            return all(sayable(one, depth + 1) for one in block.blocks)
        case "ul" | "ol":
            return all(sayable_item(item, depth + 1) for item in block.blocks)
        case "table":
            return depth == 0 and sayable_table(block)
    return False


def sayable_item(item: Block, depth: int) -> bool:
    first, *others = item.blocks
    return first.tag == "p" and all(one.tag in ("p", "ul", "ol") and sayable(one, depth) for one in others)


def sayable_table(table: Block) -> bool:
    """A row of headings, then rows of as many cells, each of one line, without anything that a table's line reads as its own."""
    if any(row.tag != "tr" for row in table.blocks) or any(cell.tag != "th" for cell in table.blocks[0].blocks):
        return False
    width = len(table.blocks[0].blocks)
    cells = [cell for row in table.blocks for cell in row.blocks]
    return (
        len(table.blocks) > 1
        and all(len(row.blocks) == width for row in table.blocks)
        and not any(cell.tag == "th" for row in table.blocks[1:] for cell in row.blocks)
        and not any(cell.attributes or [one.tag for one in cell.blocks] not in ([], ["p"]) for cell in cells)
        and not any(re.search(r"[|`\\]", piece.words + piece.target) for cell in cells for one in cell.blocks for piece in one.pieces)
    )


def table(block: Block) -> str:
    rows = [[str(Wording(cell.blocks[0].pieces, line_break="<br>")) if cell.blocks else "" for cell in row.blocks] for row in block.blocks]
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])


def heading(block: Block) -> str:
    return re.sub(r"#+$", lambda run: "\\#" * len(run[0]), Wording(block.pieces, line_break="<br>").line())


def fenced(letters: str) -> str:
    longest = max(map(len, re.findall(r"(?m)^`{3,}", letters)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{letters}\n{fence}"
