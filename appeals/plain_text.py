"""An appeal as plain text: its state, what it calls for, every address with its owner, the letters, and all a post has besides."""

from django.utils.translation import gettext as _

from appeals.entries import Entry, Part
from appeals.letters import ReadyLetter
from appeals.models import Appeal, Channel, LetterClaim, State
from appeals.panel import Panel
from articles import plain_text
from articles.links import canonical
from articles.plain_text import Lines, fact, joined, section
from articles.templatetags.articles import language_name, long_date

NUMBER = 3
"""Columns of a demand's number."""


def appeal_text(appeal: Appeal, panel: Panel) -> str:
    """The whole appeal, as `for_page()` fetched it."""
    return joined(
        plain_text.title(appeal),
        state(appeal),
        plain_text.facts(appeal),
        [appeal.standfirst] if appeal.standfirst else [],
        section(_("We call for"), [demands(appeal)] if appeal.demands else []),
        *addresses(panel),
        *(letter_lines(letter) for letter in panel.letters if letter.text),
        plain_text.updates(appeal),
        section(_("Background"), [plain_text.words(appeal)] if appeal.body_html else []),
        plain_text.picture(appeal.picture),
        plain_text.events(appeal.events.all()),
        plain_text.messages(appeal.shown_messages),
        section(_("Letters sent"), map(claim_lines, appeal.letter_claims.all())),
        plain_text.foot(appeal),
    )


def carried(appeal: Appeal) -> list[Lines]:
    """For a report that carries it: which appeal, how it stands, and its addresses as its own text has them."""
    stands = [*fact(_("State"), str(appeal.state.label), appeal.get_outcome_display()), *deadline(appeal), *fact(_("Address of the appeal"), canonical(appeal))]
    return [section(appeal.title, [stands]), *addresses(appeal.panel)]


def state(appeal: Appeal) -> Lines:
    """Where it stands, until when, and what came of it."""
    return [
        *fact(_("State"), str(appeal.state.label), _("urgent") if appeal.is_urgent else "", appeal.get_outcome_display()),
        *fact(_("Opened"), long_date(appeal.opens or appeal.published_on)),
        *deadline(appeal),
        *fact(_("Closed"), long_date(appeal.closed_at)),
        *fact(_("Outcome"), appeal.outcome_summary),
        *(fact(_("How it ended"), appeal.outcome_post.title, canonical(appeal.outcome_post)) if is_public(appeal.outcome_post) else []),
        *(fact(_("It goes on"), appeal.successor.title, canonical(appeal.successor)) if is_public(appeal.successor) else []),
    ]


def deadline(appeal: Appeal) -> Lines:
    return fact(_("The last day to write was") if appeal.state != State.OPEN else _("Write by"), long_date(appeal.act_by))


def is_public(post: object) -> bool:
    return post is not None and post.is_public()


def demands(appeal: Appeal) -> Lines:
    return [f"{number}.".ljust(NUMBER) + demand for number, demand in enumerate(appeal.demands, 1)]


def addresses(panel: Panel) -> list[Lines]:
    if panel.live:
        return [section(str(part.heading), [*([[str(part.hint)]] if part.hint else []), *entries(part)]) for part in panel.parts]
    return [section(_("Where letters went"), [block for part in panel.parts for block in ([f"{part.heading}:"], *entries(part))])]


def entries(part: Part) -> list[Lines]:
    return [entry_lines(entry, with_role=part.mixed) for entry in part.entries]


def entry_lines(entry: Entry, *, with_role: bool) -> Lines:
    """Who, how, and what to know before writing. An e-mail address stands alone on its line, ready to be copied."""
    who = f"{entry.recipient} ({entry.role.label})" if with_role else str(entry.recipient)
    address = entry.address
    value = entry.lines if address.channel in (Channel.EMAIL, Channel.POST) else [f"{address.get_channel_display()}: {entry.value}"]
    return [
        who,
        *value,
        *([entry.hours] if entry.hours else []),
        *entry.notes,
        *fact(_("Take care"), address.risk_note),
        *fact(_("Last checked"), long_date(address.verified_on)),
    ]


def letter_lines(letter: ReadyLetter) -> Lines:
    """The letter after its head, as one types it into a mail program."""
    kind = _("Message of solidarity") if letter.role == letter.role.SOLIDARITY else _("Model letter")
    head = ", ".join(filter(None, (kind, str(letter.party), language_name(letter.language))))
    addressed = [*fact(_("To"), *letter.to), *fact(_("Copies"), *letter.cc), *fact(_("Subject"), letter.subject)]
    return section(head, [addressed, letter.text.splitlines()])


def claim_lines(claim: LetterClaim) -> Lines:
    return [", ".join(filter(None, (str(claim.number), long_date(claim.day), claim.source, claim.source_url)))]
