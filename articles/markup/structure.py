"""The blocks of an HTML file: paragraphs, headings, lists, quotes, code, tables, pictures with captions."""

from collections.abc import Iterator

from articles.markup.reading import HEADINGS, Block, Flow, Words, without
from articles.markup.soup import Node
from articles.markup.spans import Mark

CAPTIONS = ("tr-caption", "wp-caption-text", "wp-caption-dd", "gallery-caption")
CAPTIONED = ("tr-caption-container", "wp-caption", "gallery-item")
GALLERIES = ("blocks-gallery-grid", "wp-block-gallery", "gallery")
Marks = tuple[Mark, ...]


class Reader(Words):
    def read(self) -> list[Block]:
        return self.blocks(self.root, ())

    def block(self, node: Node, flow: Flow, marks: Marks) -> None:
        if (node.tag == "figure" or node.has_class(*CAPTIONED)) and (caption := cut_caption(node)):
            body = self.blocks(node, marks)
            flow.add(Block("figure", blocks=[*body, *self.part("figcaption", caption, marks)]))
        elif node.tag in HEADINGS:
            self.heading(node, flow, marks)
        elif node.tag == "blockquote":
            flow.add(Block("blockquote", blocks=self.blocks(node, marks)))
        elif node.has_class(*GALLERIES):
            for child in parcelled(node.children):
                flow.close()
                self.walk(child, flow, marks)
        elif node.tag in ("ul", "ol"):
            flow.add(self.list_of_items(node, marks))
        elif node.tag == "li":  # without a list
            flow.add(Block("ul", blocks=self.part("li", node, marks)))
        elif node.tag == "pre" and not flow.letters:
            self.letters(node, flow, marks)
        elif node.tag == "table":
            self.table(node, flow, marks)
        elif node.tag in ("dl", "details"):
            self.terms(node, flow, marks)
        elif node.tag == "hr":
            flow.add(Block("hr"))
        else:
            self.walk(node, flow, marks)

    def part(self, tag: str, node: Node, marks: Marks) -> list[Block]:
        """This element with what stands in it, if anything does."""
        blocks = self.blocks(node, marks)
        return [Block(tag, blocks=blocks)] if blocks else []

    def heading(self, node: Node, flow: Flow, marks: Marks) -> None:
        for block in self.blocks(node, marks):
            if block.tag == "p":
                bold = all(("strong", "") in piece.marks for piece in block.pieces if not piece.blank)
                pieces = [without(piece, "strong") if bold else piece for piece in block.pieces]
                block = Block(node.tag, pieces=pieces)
            flow.add(block)

    def list_of_items(self, node: Node, marks: Marks) -> Block:
        """A list. What stands in it outside its items belongs to the item before, as it looks to a reader."""
        items: list[Block] = []
        for child in parcelled(node.children):
            if child.tag == "li":
                items += self.part("li", child, marks)
            elif blocks := self.blocks(child, marks):
                if items:
                    items[-1].blocks += blocks
                else:
                    items.append(Block("li", blocks=blocks))
        start = node.get("start")
        return Block(node.tag, blocks=items, attributes={"start": start} if node.tag == "ol" and start.isdecimal() else {})

    def letters(self, node: Node, flow: Flow, marks: Marks) -> None:
        inner = Flow(letters=True)
        self.walk(node, inner, marks)
        inner.close_letters()
        for block in inner.blocks:
            flow.add(block)

    def table(self, node: Node, flow: Flow, marks: Marks) -> None:
        """A table; one that only lays out a single column is read as what it holds."""
        rows, captions, strays = table_parts(node)
        for part in strays if max(map(len, rows), default=0) > 1 else (*strays, *captions, *(cell for cells in rows for cell in cells)):
            self.walk(part, flow, marks)
            flow.close()
        if max(map(len, rows), default=0) < 2:
            return
        blocks = [block for caption in captions for block in self.part("caption", caption, marks)]
        for cells in rows:
            read = [Block(cell.tag, blocks=self.blocks(cell, marks), attributes=spans(cell)) for cell in cells]
            if any(cell.blocks for cell in read):
                blocks.append(Block("tr", blocks=read))
        flow.add(Block("table", blocks=blocks))

    def terms(self, node: Node, flow: Flow, marks: Marks) -> None:
        """A list of definitions, or a fold with its summary."""
        tags = ("dt", "dd") if node.tag == "dl" else ("summary",)
        parts = [
            block
            for child in parcelled(unwrapped(node, tags), tags)
            for block in (self.part(child.tag, child, marks) if child.tag in tags else self.blocks(child, marks))
        ]
        if any(part.tag in tags for part in parts):
            flow.add(Block(node.tag, blocks=[part if part.tag in tags or node.tag == "details" else Block("dd", blocks=[part]) for part in parts]))
        else:
            for part in parts:
                flow.add(part)


def parcelled(children: list[Node | str], tags: tuple[str, ...] = ("li",)) -> Iterator[Node]:
    """The children of these names, and what stands between them as elements of its own."""
    between: list[Node | str] = []
    for child in (*children, None):
        if child is None or (isinstance(child, Node) and child.tag in tags):
            if between:
                yield Node("div", children=between)
                between = []
            if child is not None:
                yield child
        else:
            between.append(child)


def unwrapped(node: Node, tags: tuple[str, ...]) -> list[Node | str]:
    """Children, those of a bare <div> around terms included."""
    return [
        one
        for child in node.children
        for one in (
            child.children if isinstance(child, Node) and child.tag == "div" and any(isinstance(x, Node) and x.tag in tags for x in child.children) else [child]
        )
    ]


def table_parts(node: Node) -> tuple[list[list[Node]], list[Node], list[Node]]:
    """The rows of cells, the captions, and what stands between them where a table was cut for being too deep."""
    rows: list[list[Node]] = []
    captions: list[Node] = []
    strays: list[Node] = []
    waiting: list[Node | str] = list(reversed(node.children))
    while waiting:
        part = waiting.pop()
        tag = part.tag if isinstance(part, Node) else ""
        if tag == "caption":
            captions.append(part)
        elif tag in ("td", "th"):
            rows[-1].append(part)
        elif tag in ("thead", "tbody", "tfoot", "tr"):
            rows += [[]] if tag == "tr" else []
            waiting += reversed(part.children)
        elif tag or part.strip():
            strays.append(Node("div", children=[part]))
    return rows, captions, strays


def spans(cell: Node) -> dict[str, str]:
    return {name: value for name in ("colspan", "rowspan") if (value := cell.get(name)).isdecimal() and 1 < int(value) < 1000}


def cut_caption(node: Node) -> Node | None:
    """The caption of a picture, taken out of where it stands."""
    waiting = [node]
    while waiting:
        parent = waiting.pop(0)
        for child in parent.children:
            if not isinstance(child, Node):
                continue
            if child.tag == "figcaption" or child.has_class(*CAPTIONS):
                parent.children.remove(child)
                return child
            if child.tag != "figure":
                waiting.append(child)
    return None
