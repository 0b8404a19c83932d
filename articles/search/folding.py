"""Words as search sees them: the same for both databases, for what is indexed and for what is asked."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
WORD_LENGTH = 40
"""Letters of a word that count; what is cut from a longer one is cut from the question too."""


STRETCH = re.compile(r"[^\x00-\x7f](?:[^A-Za-z]*[^\x00-\x7f])?")
"""From a letter that is not ASCII to the last before one that is."""
STROKES = str.maketrans("әғқңөұүһіҳҷłøđıŧħ", "агкноуухихчlodith")
"""Letters whose mark Unicode does not take apart, and that people leave out: Жаңаөзен is Жанаозен too."""


def fold_letter(letter: str) -> str:
    """Lower case, without diacritics: "É" → "e", "ё" → "е", "ß" → "ss"; a mark alone, a soft hyphen, a direction mark → ""."""
    small = letter.casefold()
    if small == "й":  # its mark makes it another letter
        return small
    parts = unicodedata.normalize("NFKD", small).casefold().translate(STROKES)
    return "".join(part for part in parts if not unicodedata.combining(part) and unicodedata.category(part) != "Cf")


class Folding(dict):
    """A table for str.translate that fills itself; only scripts with case and diacritics are kept, so that it stays small."""

    def __init__(self, same_length: bool) -> None:
        self.same_length = same_length

    def __missing__(self, code: int) -> str:
        folded = fold_letter(chr(code))
        if self.same_length and len(folded) != 1:
            folded = chr(code)
        if code < 0x3000:
            self[code] = folded
        return folded


FOLD = Folding(same_length=False)
ALIGNED = Folding(same_length=True)


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(FOLD)


def fold_aligned(text: str) -> str:
    """As `fold`, letter for letter, so that a place in it is the same place in `text` (which must be in NFC).

    A whole text takes its table 120 µs; `lower` takes the Latin letters 2, and only "İ", which no stretch leaves standing, would grow under it.
    """
    return STRETCH.sub(lambda stretch: stretch[0].translate(ALIGNED), text).lower()


def words(text: str) -> list[str]:
    return [word[:WORD_LENGTH] for word in WORD.findall(fold(text))]
