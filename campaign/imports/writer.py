"""Records to rows, a batch in a transaction. What is there already is never touched."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from articles.models import Kind, Label, Labelling, Message, MessageState, Origin, Post, Revision, Status
from articles.models.renditions import with_renditions
from campaign.imports import old_addresses
from campaign.imports.appeals_written import AppealWriter
from campaign.imports.appeals_written import came as appeal_came
from campaign.imports.clock import Clock
from campaign.imports.convert import Converted
from campaign.imports.entries import Comment, Entry, Site, Term
from campaign.imports.old_addresses import Addresses
from campaign.imports.plan import Plan
from campaign.imports.report import Remark, Report

BYLINE, NAME, LABEL, URL = 300, 100, 200, 1000
TOKENS = 5000
LANGUAGE = re.compile(r"(?=.{2,12}\Z)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WORDLESS = "Comments without a word"


@dataclass
class Item:
    """All there is of one entry when it is written."""

    n: int
    entry: Entry
    plan: Plan
    comments: list[Comment]
    """Those that are not there yet."""
    made: Converted = field(default_factory=Converted)
    changed: bool = False
    """Whether it is there already, but its entry was another when it came."""

    @property
    def is_new(self) -> bool:
        return self.plan.post is None


class Writer:
    """Writes batches, and says in the report what came."""

    def __init__(self, sites: dict[str, Site], clocks: dict[str, Clock], terms: list[Term], report: Report) -> None:
        self.sites, self.clocks, self.report = sites, clocks, report
        self.labels = Labels(terms)
        self.addresses = Addresses(dry_run=report.dry_run)

    def write(self, items: list[Item]) -> None:
        """One batch, whole or not at all; a dry run only counts it."""
        new = [item for item in items if item.is_new]
        came = self.counted(items, new)
        if self.report.dry_run:
            came["old addresses"] = self.redirect(new)
            for plan in (item.plan for item in new if item.plan.appeal):
                plan.remarks = [*plan.remarks, appeal_came(plan.status, len(plan.appeal["addresses"]))]
        else:
            with Revision.one_bump():
                self.write_posts(new)
                came["old addresses"] = self.redirect(new)
                self.write_comments(items)
                Post.objects.sync(item.plan.post for item in new)
        self.report.came += came
        self.report.there_already["posts and pages"] += len(items) - len(new)
        for item in new:
            self.remark(item)

    def write_posts(self, items: list[Item]) -> None:
        made = list(zip(items, Post.objects.bulk_create([self.post(item) for item in items]), strict=True))
        for item, post in made:
            item.plan.post = post.pk
        Labelling.objects.bulk_create([labelling for item in items for labelling in self.labellings(item)])
        Origin.objects.bulk_create([self.origin(item) for item in items])
        for item, post in made:
            if item.plan.appeal:
                self.write_appeal(item, post)

    def write_appeal(self, item: Item, post: Post) -> None:
        writer = AppealWriter(post, item.plan.appeal, zone=str(self.clocks[item.entry.source].zone), source=item.entry.url)
        writer.write()
        item.plan.remarks = [*item.plan.remarks, *writer.remarks]

    def post(self, item: Item) -> Post:
        entry, plan, made = item.entry, item.plan, item.made
        return Post(
            kind=plan.kind, title=made.title, slug=plan.slug, standfirst=made.standfirst, byline=entry.byline[:BYLINE], body=made.markdown,
            body_html=with_renditions(made.html), body_text=made.text, language=language(entry.language, self.sites[entry.source].language),
            status=plan.status, published_at=plan.published_at, published_on=plan.published_on, picture_id=made.picture,
        )  # fmt: skip

    def labellings(self, item: Item) -> list[Labelling]:
        plan = item.plan
        when = {"status": plan.status, "published_at": plan.published_at, "published_on": plan.published_on}
        labels = dict.fromkeys(self.labels.get(name) for name in item.entry.labels)
        return [Labelling(label_id=label, post_id=plan.post, **when) for label in labels]

    def origin(self, item: Item) -> Origin:
        entry, base = item.entry, self.sites[item.entry.source].base_url.rstrip("/")
        url = f"{base}{entry.url}" if entry.url.startswith("/") else entry.url
        made = {"made": Origin.digest_of(item.made.markdown), "pictures": item.made.pictures}
        return Origin(post_id=item.plan.post, source=entry.source, entry_id=entry.id, url=url[:URL], html=entry.html, digest=entry.digest(), **made)

    def redirect(self, items: list[Item]) -> int:
        """For what readers may see alone: the address of anything else would tell that it is there."""
        public = [item for item in items if item.plan.status == Status.PUBLISHED]
        rows = [row for item in public for row in old_addresses.of_entry(item.entry, item.plan)]
        return self.addresses.keep(rows, [item.plan.url for item in public])

    def write_comments(self, items: list[Item]) -> None:
        """Answers after what they answer. A ring of answers, which only damage can make, is cut."""
        waiting = {token(comment): (item, comment, words) for item in items for comment, words in zip(item.comments, item.made.comments, strict=True) if words}
        known = known_messages(parent_token(comment) for item in items for comment in item.comments if comment.parent)
        while waiting:
            ready = [name for name, (_item, comment, _words) in waiting.items() if parent_token(comment) not in waiting] or list(waiting)
            made = Message.objects.bulk_create([self.message(name, *waiting.pop(name), known) for name in ready])
            known |= {message.token: message.pk for message in made}

    def message(self, name: str, item: Item, comment: Comment, words: str, known: dict[str, int]) -> Message:
        return Message(
            post_id=item.plan.post, name=comment.author[:NAME], text=words, token=name, reply_to_id=known.get(parent_token(comment)),
            sent_at=self.clocks[comment.source].moment(comment) or item.plan.published_at or timezone.now(),
            state=MessageState.WAITING if comment.held else MessageState.PUBLISHED,
        )  # fmt: skip

    def counted(self, items: list[Item], new: list[Item]) -> Counter:
        came: Counter[str] = Counter(what(item.plan) for item in new)
        for item in items:
            for comment, words in zip(item.comments, item.made.comments, strict=True):
                came["waiting comments" if comment.held else "comments"] += bool(words)
                if not words:
                    self.report.leave_out(WORDLESS, [comment.author])
        return came

    def remark(self, item: Item) -> None:
        for why, count in item.made.dropped.items():
            self.report.leave_out(why, [item.made.title] * count)
        says = [*item.plan.remarks, *item.made.remarks]
        if item.plan.guess:
            self.report.guessed_addresses.append({"title": item.made.title, "url": item.plan.url, "guess": item.plan.guess})
        self.report.remarks += [Remark(item.entry.id, item.made.title, item.plan.url, said) for said in says]
        self.report.pictures_elsewhere += [{"title": item.made.title, "url": item.plan.url, "picture": address} for address in item.made.elsewhere]


class Labels:
    """Labels by name: spelling is kept as it first came, and one label serves every way of writing it with capitals."""

    def __init__(self, terms: list[Term]) -> None:
        self.descriptions = {folded(term.name): term.description for term in terms if term.description}
        self.found: dict[str, int] = {}

    def get(self, name: str) -> int:
        """Its id; made where it is not there. A name too long for a label is cut."""
        key = folded(name)
        self.load()
        if key not in self.found:
            label = Label(name=name[:LABEL], description=self.descriptions.get(key, ""))
            label.save()
            self.found[key] = label.pk
        return self.found[key]

    def load(self) -> None:
        if not self.found:
            self.found = {folded(known): pk for known, pk in Label.objects.values_list("name", "pk")}

    def addresses(self, names: Iterable[str], *, dry_run: bool = False) -> dict[str, str]:
        """Where these labels' archives are, by the names given; in a dry run they are nowhere yet, and only counted."""
        if dry_run:
            return {name: f"/labels/{name}/" for name in names}
        self.load()
        urls = {label.pk: label.get_absolute_url() for label in Label.objects.only("slug")}
        return {name: urls[self.found[folded(name)]] for name in names if folded(name) in self.found}


def folded(name: str) -> str:
    return " ".join(name[:LABEL].split()).casefold()


def language(*said: str) -> str:
    """The first of these that is a language tag; else the site's own."""
    return next((tag for tag in said if LANGUAGE.fullmatch(tag)), settings.LANGUAGE_CODE)


def what(plan: Plan) -> str:
    """ "published posts", "draft pages": how the report counts it."""
    if plan.kind == Kind.APPEAL:
        return "draft appeals" if plan.status == Status.DRAFT else "closed appeals"
    scheduled = plan.status == Status.PUBLISHED and plan.published_at > timezone.now()
    return f"{'scheduled' if scheduled else plan.status} {'pages' if plan.kind == Kind.PAGE else 'posts'}"


def token(comment: Comment) -> str:
    """The comment's identity: the same in every export that holds it. Some programs number the comments of each post from 1."""
    return imported(comment.source, f"{comment.post} {comment.id}")


def parent_token(comment: Comment) -> str:
    return imported(comment.source, f"{comment.post} {comment.parent}") if comment.parent else ""


def imported(source: str, identity: str) -> str:
    return f"import-{hashlib.sha256(f'{source} {identity}'.encode()).hexdigest()[:40]}"


def known_messages(tokens: Iterable[str]) -> dict[str, int]:
    """Messages that are there, by token."""
    wanted = sorted(set(tokens))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), TOKENS):
        found.update(Message.objects.filter(token__in=wanted[start : start + TOKENS]).values_list("token", "pk"))
    return found
