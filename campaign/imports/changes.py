"""What an export says today of posts that came from an earlier one. It is only said: what is here is never overwritten."""

from collections.abc import Iterator

from articles.models import Origin, Post
from campaign.imports.plan import Planner
from campaign.imports.report import Report
from campaign.imports.writer import Item, folded

EDITED = "text (edited here since)"


class Changes:
    def __init__(self, planner: Planner, report: Report) -> None:
        self.planner, self.report = planner, report

    def mark(self, items: list[Item]) -> None:
        """Those whose entry is not what it was when it came."""
        there = {item.plan.post: item for item in items if not item.is_new}
        for origin in Origin.objects.filter(post__in=there, source__in={item.entry.source for item in there.values()}).defer("html"):
            item = there[origin.post_id]
            if origin.entry_id == item.entry.id and origin.digest != item.entry.digest():
                item.changed = True

    def tell(self, items: list[Item]) -> None:
        changed = {item.plan.post: item for item in items if item.changed}
        origins = {origin.post_id: origin for origin in Origin.objects.filter(post__in=changed).defer("html")} if changed else {}
        for post in Post.objects.filter(pk__in=changed).prefetch_related("labels").order_by("pk") if changed else ():
            fields = list(self.fields(changed[post.pk], post, origins[post.pk]))
            if fields:
                self.report.changes.append({"title": post.title, "url": post.get_absolute_url(), "fields": fields})

    def fields(self, item: Item, post: Post, origin: Origin) -> Iterator[str]:
        fresh, made = self.planner.fresh(item.entry), item.made
        if origin.edited(made.markdown):
            yield EDITED if origin.edited(post.body) else "text"
        pairs = {
            "title": (made.title, post.title),
            "standfirst": (made.standfirst, post.standfirst),
            "date": (fresh.published_at, post.published_at),
            "status": (fresh.status, post.status),
            "labels": ({folded(name) for name in item.entry.labels}, {folded(label.name) for label in post.labels.all()}),
        }
        yield from (name for name, (theirs, ours) in pairs.items() if theirs != ours)
