"""What a check says."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AROUND = 40
"""Characters quoted on each side of the words found."""


ROWS = frozenset({"updates", "events", "appeal_addresses", "letters"})
"""Fields that are rows of their own in the form."""

PLACES = {
    "title": _("title"), "standfirst": _("standfirst"), "body": _("text"), "updates": _("updates"), "events": _("events"), "labelled": _("labels"),
    "picture": _("picture"), "dateline": _("dateline"), "correction": _("correction"), "demands": _("demands"), "appeal_addresses": _("addresses"),
    "letters": _("letters"), "text": _("what is new"), "summary": _("in a sentence or two"),
}  # fmt: skip
"""Fields as their labels in the forms say them."""


class Severity(StrEnum):
    """An error blocks publishing; a warning asks once. Errors are for what is certain and does harm: an urgent appeal is never
    held up by what could be meant so."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One fault: the words it stands in, why it matters, how to mend it, and the field of the form."""

    check: str
    severity: Severity
    quote: str
    why: str
    mend: str
    field: str
    url: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def anchor(self) -> str:
        """Where the form has the field, or the rows."""
        return f"{self.field}-group" if self.field in ROWS else f"id_{self.field}"

    @property
    def place(self) -> str | Promise:
        """The field in an editor's words."""
        return PLACES.get(self.field, self.field)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same fault as one found before."""
        return self.check, self.field, self.quote


def around(text: str, start: int, end: int) -> str:
    """The words found, with a little of what stands around them, in whole words and one line."""
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    while end < right < len(text) and not text[right].isspace():
        right -= 1
    before, after = ("…" if left else ""), ("…" if right < len(text) else "")
    return f"{before}{' '.join(text[left:right].split())}{after}"
