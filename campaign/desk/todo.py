"""What needs an editor now: one query for each section, however long its list is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.models import Address, Appeal
from articles.access import editable, may_publish
from articles.models import AuditEntry, Kind, Message, MessageState, Picture, Post, Status

SHOWN = 6
"""Lines of a section; the rest is behind its link."""
LATELY = 8

ADMINS = {Kind.APPEAL: "appeals_appeal", Kind.PAGE: "articles_page"}


@dataclass(frozen=True)
class Step:
    """One thing to do: a link, or with `data` a press that does it at once."""

    label: str
    url: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    words: str
    url: str
    about: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Section:
    name: str
    heading: str
    lines: list[Line]
    total: int
    empty: str
    more: str = ""

    @property
    def left(self) -> int:
        return self.total - len(self.lines)


@dataclass(frozen=True)
class Board:
    needs: list[Section]
    beside: list[Section]
    lately: list[AuditEntry]


def board(user: Any) -> Board:
    if not may_publish(user):
        return Board([], [drafts(user)] if user.has_perm("articles.add_article") else [], [])
    sections = (closing, failing, unchecked, silent, wordless)
    lately = AuditEntry.objects.filter(post__isnull=False).select_related("post")
    return Board([make() for make in sections], [waiting(), drafts(user), scheduled()], list(lately.only(*AUDIT)[:LATELY]))


AUDIT = ("at", "account", "act", "what", "post__title", "post__kind")


def section(name: str, heading: str, rows: QuerySet, line: Callable[[Any], Line], *, empty: str, more: str = "") -> Section:
    found = list(rows.annotate(total=Window(Count("pk")))[:SHOWN])
    return Section(name, heading, [line(row) for row in found], found[0].total if found else 0, empty, more)


def change_url(post: Post) -> str:
    return reverse(f"admin:{ADMINS.get(post.kind, 'articles_article')}_change", args=[post.pk])


def preview(post: Post) -> Step:
    return Step(_("Preview"), reverse("admin:preview", args=[post.pk]))


def step(label: str, name: str, pk: int, **data: Any) -> Step:
    return Step(label, reverse(f"admin:{name}", args=[pk]), data)


def listing(model: str, query: str = "") -> str:
    return reverse(f"admin:{model}_changelist") + query


def day(moment: Any) -> str:
    return date_format(timezone.localtime(moment) if hasattr(moment, "hour") else moment, "j F Y")


def clock(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H.i T")


def slim(posts: Any) -> Any:
    return posts.defer("body", "body_html", "body_text")


def closing() -> Section:
    appeals = slim(Appeal.objects.public().closing())
    return section("closing", _("Appeals at or near their last day"), appeals, closing_line, empty=_("No appeal closes within 7 days."))


def closing_line(appeal: Appeal) -> Line:
    left = (appeal.act_by - timezone.localdate()).days
    if left < 0:
        about = ngettext("%(days)d day past its date", "%(days)d days past its date", -left) % {"days": -left}
    else:
        about = ngettext("closes in %(days)d day", "closes in %(days)d days", left) % {"days": left} if left else _("closes today")
    close, extend = step(_("Close"), "close", appeal.pk), step(_("Extend"), "extend", appeal.pk)
    return Line(appeal.title, change_url(appeal), about, (close, extend) if left < 0 else (extend, close))


def failing() -> Section:
    addresses = Address.objects.in_open_appeals().failing().select_related("recipient").order_by("-reports", "pk")
    heading, empty = _("Addresses that fail, in open appeals"), _("No address is bouncing or reported.")
    return section("failing", heading, addresses, failing_line, empty=empty, more=reverse("admin:ledger"))


def failing_line(address: Address) -> Line:
    said = ngettext("%(number)d report", "%(number)d reports", address.reports) % {"number": address.reports} if address.reports else ""
    about = ", ".join(filter(None, (address.recipient.name, address.get_status_display().lower(), said)))
    look = step(_("Look at the reports"), "ledger_address", address.pk) if address.reports else step(_("Replace"), "ledger_replace", address.pk)
    return Line(str(address), reverse("admin:ledger_address", args=[address.pk]), about, (look,))


def unchecked() -> Section:
    addresses = Address.objects.in_open_appeals().not_verified_for(90).exclude(status="bouncing").select_related("recipient").order_by("checked_on", "pk")
    heading, empty = _("Addresses not checked for 90 days, in open appeals"), _("Every address was checked within 90 days.")
    return section("unchecked", heading, addresses, unchecked_line, empty=empty, more=reverse("admin:ledger"))


def unchecked_line(address: Address) -> Line:
    checked = _("checked %(day)s") % {"day": day(address.verified_on)} if address.verified_on else _("never checked")
    verified = step(_("Verified today"), "ledger_address", address.pk, act="verified", back="desk")
    return Line(str(address), reverse("admin:ledger_address", args=[address.pk]), f"{address.recipient.name}, {checked}", (verified,))


def silent() -> Section:
    appeals = slim(Appeal.objects.public().without_update_for(14))
    heading, empty = _("Open appeals without an update for 14 days"), _("Every open appeal has had an update within 14 days.")
    return section("silent", heading, appeals, silent_line, empty=empty)


def silent_line(appeal: Appeal) -> Line:
    said = _("last update %(day)s") if appeal.latest_update_at else _("no update since %(day)s")
    about = said % {"day": day(appeal.latest_update_at or appeal.published_at)}
    return Line(appeal.title, change_url(appeal), about, (step(_("Add an update"), "add_update", appeal.pk),))


def wordless() -> Section:
    pictures = Picture.objects.filter(alt="").order_by("-pk")
    return section("wordless", _("Pictures without alt text"), pictures, wordless_line, empty=_("Every picture says what it shows."))


def wordless_line(picture: Picture) -> Line:
    url = reverse("admin:articles_picture_change", args=[picture.pk])
    return Line(str(picture), url, picture.caption, (Step(_("Describe"), url),))


def waiting() -> Section:
    messages = Message.objects.filter(state=MessageState.WAITING).select_related("post").order_by("sent_at", "pk").only(*MESSAGE)
    return section("waiting", _("Messages waiting"), messages, waiting_line, empty=_("Every message has been read."), more=reverse("admin:queue"))


MESSAGE = ("text", "name", "organisation", "place", "sent_at", "state", "post__title", "post__kind")


def waiting_line(message: Message) -> Line:
    queue = reverse("admin:queue")
    steps = tuple(Step(label, queue, {act: message.pk, "back": "desk"}) for label, act in ((_("Publish"), "publish"), (_("Reject"), "reject")))
    sender = message.sender or _("unsigned")
    url = reverse("admin:articles_message_change", args=[message.pk])
    return Line(f"“{Truncator(message.text).chars(140)}”", url, _("%(sender)s, on “%(title)s”") % {"sender": sender, "title": message.post.title}, steps)


def drafts(user: Any) -> Section:
    mine = Case(When(created_by=user.pk, then=Value(0)), default=Value(1))
    posts = slim(editable(user, Post.objects.filter(status=Status.DRAFT))).select_related("created_by").order_by(mine, "-changed_at", "pk")
    more = listing("articles_article", "?status__exact=draft")
    return section("drafts", _("Drafts"), posts, draft_line, empty=_("No drafts: everything written is out."), more=more)


def draft_line(post: Post) -> Line:
    by = _("by %(name)s") % {"name": post.created_by.get_username()} if post.created_by else ""
    url = change_url(post)
    return Line(post.title, url, ", ".join(filter(None, (post.get_kind_display(), by, day(post.changed_at)))), (Step(_("Go on writing"), url), preview(post)))


def scheduled() -> Section:
    posts = slim(Post.objects.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())).order_by("published_at", "pk")
    return section("scheduled", _("Scheduled"), posts, scheduled_line, empty=_("Nothing is scheduled."))


def scheduled_line(post: Post) -> Line:
    url = change_url(post)
    return Line(post.title, url, _("goes out %(time)s") % {"time": clock(post.published_at)}, (preview(post),))
