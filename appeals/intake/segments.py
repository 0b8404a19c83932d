"""Paragraphs and sentences of a text, found by place in logarithmic time."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
SHORTENED = (
    r"Mr Mrs Ms Dr St No Tel tel e\.g i\.e c\.c H\.E Inc Ltd Ext ext prof Prof Gen Pr Str Ave Sra Sr Lic Hon Col Av bd "
    "ул пр пл тел г д корп стр оф кв обл им ul pr str prosp bul Lic Dra Mme M Nr no Nº rd [A-ZÀ-ÞŞÇİĞА-ЯІЇЄ]"
)
ABBREVIATIONS = "".join(rf"(?<!\b{word})" for word in SHORTENED.split())
MONTHS = r"(?!\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
ITEM = r"\n[ ]*(?=[•▪■●·*‣◦-][ \xa0]|\d{1,2}[.)][ ]|\([a-z\d]{1,3}\) )"
SENTENCE_END = re.compile(
    rf"(?=[.!?…\n]){ABBREVIATIONS}[.!?…]{{1,20}}[\"”’»)\]]?{MONTHS}(?=\s+(?:[A-ZА-ЯЁ\"“«(•\-–\d+]|[a-z]\S*@))|{ITEM}|\n\n+",
)
REACHED = re.compile(r"@|\d{2}[ ()-]+\d{2,}|https?://|www\.|\b\d{5,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
IT = re.compile(r"\s*(?:It|That|He|She|They|This)(?: is|['’]s| are| can| may|['’]re)\b")
"""How a sentence begins that goes on about whom the one before has named."""
LISTY_WIDTH = 75


@dataclass(frozen=True)
class Paragraph:
    start: int
    end: int
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def is_list(self) -> bool:
        """Lines that each begin afresh, below a line that announces them, or most of them with an address."""
        if len(self.lines) < 2 or any(line.lstrip()[:1].islower() for line in self.lines[1:]):
            return False
        reached = sum(bool(REACHED.search(line)) for line in self.lines)
        return (self.lines[0].rstrip().endswith(":") and reached > 0) or (2 * reached >= len(self.lines) and reached > 1)

    @cached_property
    def is_prose(self) -> bool:
        """Running text, in contrast to names, addresses, headings and lists."""
        words = self.text.split()
        if len(words) <= 14:
            return False
        if self.is_list:
            return False
        widest = max(map(len, self.lines))
        return widest > LISTY_WIDTH or len(words) / len(self.lines) > 9 or bool(re.search(r"[a-zа-я]{2}[.!?][\"”’)]?\s*$", self.text) and len(words) > 25)


class Segments:
    """Where paragraphs and sentences begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = [Paragraph(found.start(), found.end(), found[0]) for found in PARAGRAPH.finditer(text)]
        self.paragraph_starts = [paragraph.start for paragraph in self.paragraphs]
        self.sentence_starts = [0, *(found.end() for found in SENTENCE_END.finditer(text))]

    def paragraph(self, at: int) -> int:
        return max(0, bisect_right(self.paragraph_starts, at) - 1)

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence_span(self, number: int) -> tuple[int, int]:
        end = self.sentence_starts[number + 1] if number + 1 < len(self.sentence_starts) else len(self.text)
        return self.sentence_starts[number], end

    def line_span(self, at: int) -> tuple[int, int]:
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end
