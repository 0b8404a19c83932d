"""From a pasted text to an Intake: each step is a module of its own; here is their order."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from appeals.intake import bodies, deadlines, demands, events, headings, markup
from appeals.intake.dates import written
from appeals.intake.emails import emails, handles, links
from appeals.intake.languages import language
from appeals.intake.letters import letters
from appeals.intake.numbers import Numbers
from appeals.intake.owners import Owners
from appeals.intake.placing import placed
from appeals.intake.post import Post
from appeals.intake.records import Intake, Unplaced
from appeals.intake.regions import Regions
from appeals.intake.repairing import repaired
from appeals.intake.retired import mark_gone
from appeals.intake.roles import Reader
from appeals.intake.segments import Segments
from appeals.intake.tokens import MASK, Token
from appeals.intake.weighing import complete, weigh
from appeals.intake.withheld import mark_withheld

LONGEST = 400_000
"""Characters; an appeal has a tenth of it with everything that a mail program adds."""


def read(text: str, today: date | None = None) -> Intake:
    """What stands in a pasted text. `today` serves days that are named without a year, where the text has no other."""
    problem = unreadable(text)
    if problem:
        return Intake(problem=problem)
    around = written(text) or today or date.today()
    text, repairs = repaired(markup.opened(text))
    problem = unreadable(text)
    found = Intake(problem=problem) if problem else parts(text, around)
    return replace(found, repairs=tuple(repairs))


def parts(text: str, today: date) -> Intake:
    """The parts of a text that is whole again."""
    heads = headings.mail_heads(text)
    without_heads = masked(text, heads)
    spans = letters(without_heads)
    plain = masked(without_heads, [(span.start, span.end) for span in spans])
    segments, around = Segments(plain), written(text) or today
    head = headings.heading(text, heads, plain)
    sender = headings.letterhead(plain, [span.start for span in spans])
    tokens, empty = addresses(plain, segments, head.end, headings.signatures(text, heads, plain), sender)
    found, unplaced = placed(tokens)
    unplaced += [Unplaced(words, _("nothing follows these words")) for words in dict.fromkeys(empty)]
    unplaced += from_heads(text, heads, {address.value for address in found})
    asked = demands.demands(plain, head.title)
    deadline, dated = last_day(plain, segments, around, head.title)
    return Intake(
        title=head.title,
        standfirst=head.standfirst,
        byline=head.byline,
        dateline=head.dateline,
        deadline=deadline,
        demands=tuple(asked),
        events=tuple(events.events(plain, segments, around, head.title)),
        letters=tuple(span.letter for span in spans),
        addresses=tuple(found),
        unplaced=tuple(unplaced),
        body=bodies.body(segments, tokens, asked, head.end),
        language=language(plain),
        marks={} if dated else {"deadline": _("The text names no year.")},
    )


def last_day(plain: str, segments: Segments, around: date, title: str) -> tuple[str, bool]:
    """As the text says it, or else its title."""
    found = deadlines.deadline(plain, segments, around)
    return found if found[0] else deadlines.deadline(title, Segments(title), around)


def addresses(plain: str, segments: Segments, floor: int, signatures: list[int], sender: int) -> tuple[list[Token], list[str]]:
    """Every address of the text with role and owner, and the cues that nothing follows."""
    tokens: list[Token] = []
    covered = plain
    for finder in (emails, links, handles):
        new = list(finder(covered))
        tokens += new
        covered = masked(covered, [(token.start, token.end) for token in new])
    tokens += Numbers(covered, Regions(plain)).tokens()
    tokens.sort(key=lambda token: token.start)
    covered = masked(plain, [(token.start, token.end) for token in tokens], MASK)
    tokens += Post(plain, segments, tokens, floor).tokens()
    tokens.sort(key=lambda token: token.start)
    reader = Reader(covered, segments, tokens, floor, signatures, sender)
    reader.read()
    Owners(plain, segments, tokens, reader.cues, floor, reader.signed).read()
    mark_gone(plain, segments, tokens)
    mark_withheld(plain, tokens)
    weigh(plain[:floor], tokens, reader.asked)
    complete(tokens)
    return tokens, reader.empty


def from_heads(text: str, heads: list[tuple[int, int]], known: set[str]) -> list[Unplaced]:
    """Sender and receivers of a forwarded mail are no recipients of ours."""
    found = [token for start, end in heads for token in emails(text[start:end])]
    values = dict.fromkeys(token.value for token in found if token.value and token.value not in known)
    return [Unplaced(value, _("it stands in the head of the mail, as a sender or receiver")) for value in values]


def masked(text: str, spans: list[tuple[int, int]], mask: str = " ") -> str:
    """The text with spaces for what is set aside; every place stays where it was."""
    out, last = [], 0
    for start, end in spans:
        if start >= last:
            out += [text[last:start], "".join("\n" if character == "\n" else mask for character in text[start:end])]
            last = end
    return "".join([*out, text[last:]])


def unreadable(text: str) -> str:
    """Why a text cannot be read, or nothing."""
    if not text.strip():
        return _("There is nothing to read: paste the text of an e-mail or a statement.")
    if len(text) > LONGEST:
        return _("This is %(length)s characters long, and at most %(longest)s can be read at once. Paste the part that holds the appeal.") % {
            "length": f"{len(text):,}",
            "longest": f"{LONGEST:,}",
        }
    sample = text[:20_000]
    strange = sum(character == "\ufffd" or (ord(character) < 32 and character not in "\n\r\t\f\v\x00") or character == "\x00" for character in sample)
    if (strange > len(sample) / 20 and len(sample) > 20) or (strange and not any(character.isalpha() for character in sample)):
        return _("This looks like a file and not like text (a picture or a document?). Open it, and paste the words from it.")
    return ""
