from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db.models import QuerySet

from appeals.models import Appeal
from articles.links import absolute
from articles.models import Kind, Post, Status
from articles.preflight import Finding, Run, findings

BATCH = 200
"""Posts in memory at a time."""


class Command(BaseCommand):
    help = "Reads every post that is not withdrawn as an editor's machine would: what to mend, at each post. Fails if a finding is an error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--errors", action="store_true", help="leave out warnings")

    def handle(self, *, errors: bool, **options: Any) -> None:
        run, read, told, wrong = Run(), 0, 0, 0
        for post in archive():
            read += 1
            found = [finding for finding in findings(post, run) if finding.blocks or not errors]
            told += len(found)
            wrong += sum(finding.blocks for finding in found)
            self.tell(post, found)
        summary = f"{read} posts read, {told} findings, {wrong} of them errors."
        if wrong:
            raise CommandError(summary)
        self.stdout.write(summary)

    def tell(self, post: Post, found: list[Finding]) -> None:
        if not found:
            return
        self.stdout.write(f"{post.title}\n  {absolute(post.get_absolute_url()) if post.get_absolute_url() else f'draft {post.pk}'}")
        for finding in found:
            self.stdout.write(f"  {finding.severity} in {finding.field} ({finding.check}): “{finding.quote}”\n    {finding.why} {finding.mend}")


def archive() -> Iterator[Post]:
    """Every post but the withdrawn, newest first; appeals with their records."""
    posts = Post.objects.exclude(status=Status.WITHDRAWN).newest_first()
    reports = posts.exclude(kind=Kind.APPEAL).select_related("picture").prefetch_related("labels", "updates", "events")
    appeals = Appeal.objects.exclude(status=Status.WITHDRAWN).newest_first().select_related("picture").with_records().prefetch_related("labels")
    yield from batches(reports)
    yield from batches(appeals)


def batches(posts: QuerySet) -> Iterator[Post]:
    return posts.iterator(chunk_size=BATCH)
