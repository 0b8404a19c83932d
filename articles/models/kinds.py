"""What a post may be, and who may see it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    REPORT = "report", _("Report")
    STRIKE_UPDATE = "strike-update", _("Strike update")
    OBITUARY = "obituary", _("Obituary")
    STATEMENT = "statement", _("Statement")
    PRESS_RELEASE = "press-release", _("Press release")
    OPEN_LETTER = "open-letter", _("Open letter")
    INTERVIEW = "interview", _("Interview")
    APPEAL = "appeal", _("Appeal")
    PAGE = "page", _("Page")

    @property
    def plural(self) -> str:
        """The name of an archive of this kind."""
        return PLURALS[self]


PLURALS = {
    Kind.REPORT: _("Reports"),
    Kind.STRIKE_UPDATE: _("Strike updates"),
    Kind.OBITUARY: _("Obituaries"),
    Kind.STATEMENT: _("Statements"),
    Kind.PRESS_RELEASE: _("Press releases"),
    Kind.OPEN_LETTER: _("Open letters"),
    Kind.INTERVIEW: _("Interviews"),
    Kind.APPEAL: _("Appeals"),
    Kind.PAGE: _("Pages"),
}

ARTICLE_KINDS = tuple(kind for kind in Kind if kind not in (Kind.APPEAL, Kind.PAGE))


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PRIVATE = "private", _("Private")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
