"""Checks of a post's fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.models.kinds import Kind
from articles.preflight.findings import Finding, Severity
from articles.preflight.reading import Reading
from articles.preflight.registry import check

LONGEST_TITLE = 90


@check
def title_too_long(reading: Reading) -> Iterator[Finding]:
    title = reading.post.title
    if len(title) > LONGEST_TITLE:
        yield Finding(
            "long-title", Severity.WARNING, title,
            _("The title has %(length)d characters; lists, feeds and phones show about %(most)d.") % {"length": len(title), "most": LONGEST_TITLE},
            _("Shorten it; what is left out can open the standfirst."), "title",
        )  # fmt: skip


@check
def no_label(reading: Reading) -> Iterator[Finding]:
    if reading.post.kind != Kind.PAGE and not reading.post.labels.all():
        yield Finding(
            "no-label", Severity.WARNING, _("no label"),
            _("Without a label the post stands in no archive but its month, and nobody finds what belongs with it."),
            _("Choose at least one label."), "labelled",
        )  # fmt: skip


@check
def no_alt_text(reading: Reading) -> Iterator[Finding]:
    picture = reading.post.picture
    without = [source for source, alt in reading.images if not alt.strip()]
    if picture and not picture.alt.strip():
        yield no_alt(picture.file.name, "picture")
    for source in without:
        yield no_alt(source, "body")


def no_alt(name: str, field: str) -> Finding:
    why = _("Readers who do not see the picture, or whose line is too slow for it, are told nothing.")
    mend = _("Say in one sentence what the picture shows: in the picture's own page, or between the brackets of ![…](…).")
    return Finding("no-alt", Severity.ERROR, name, why, mend, field)
