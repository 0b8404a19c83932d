"""An import from beginning to end: read all, plan all, then convert and write in batches."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from articles.models import OldAddress, Revision, Status
from campaign.imports import old_addresses, pictures, redirects
from campaign.imports.changes import Changes
from campaign.imports.entries import Attachment
from campaign.imports.labour import converted
from campaign.imports.media import Media, key_of
from campaign.imports.plan import NONE, Plan, Planner
from campaign.imports.reading import read_all
from campaign.imports.report import Report
from campaign.imports.sources import members
from campaign.imports.spool import Spool
from campaign.imports.writer import Item, Writer, known_messages, token

SOME = 1000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """What the user says beside the paths."""

    base_url: str = ""
    time_zone: str = ""
    media: tuple[str, ...] = ()
    dry_run: bool = False
    update: bool = False
    """Say what is another in the export than it was when it came."""
    redirects: Path | None = None
    appeals: str = NONE


def run(command: str, paths: list[str], options: Options, progress: Progress = lambda done, total: None) -> Report:
    """Bring these exports in. ExportRefused where one of them cannot be; then nothing is written."""
    report = Report(dry_run=options.dry_run, changes=[] if options.update else None)
    led = redirects.read(options.redirects) if options.redirects else []
    if paths:
        bring(command, paths, options, report, progress)
    redirects.add(led, report)
    return report


def bring(command: str, paths: list[str], options: Options, report: Report, progress: Progress) -> None:
    with Spool() as spool:
        others = read_all(paths, command, spool, report)
        spool.fill_in(options.base_url)
        planner = Planner(spool, zone=options.time_zone, appeals=options.appeals)
        planner.plan()
        pictures.take(spool, Media([*others, *members(list(options.media))]), report)
        writer = Writer(planner.sites, planner.clocks, spool.terms(), report)
        done, total = 0, spool.count("entry")
        changes = Changes(planner, report)
        for items in converted(spool, batches(spool, changes if options.update else None), total):
            writer.write(items)
            changes.tell(items)
            done += len(items)
            progress(done, total)
        report.came["old addresses"] += redirect(spool, planner, writer)
        finish(spool, planner, report)


def batches(spool: Spool, changes: Changes | None) -> Iterator[list[Item]]:
    """Entries with their plans and those of their comments that are not there yet."""
    for chunk in spool.chunks():
        items = [Item(n, entry, Plan.loaded(plan), spool.comments(entry.source, entry.id)) for n, entry, plan in chunk]
        known = known_messages(token(comment) for item in items for comment in item.comments)
        for item in items:
            item.comments = [comment for comment in item.comments if token(comment) not in known]
        if changes:
            changes.mark(items)
        yield items


def redirect(spool: Spool, planner: Planner, writer: Writer) -> int:
    """Old addresses of everything but the posts, whose own came with them: of archives, feeds, files."""
    count = 0
    with Revision.one_bump():
        for source, archives in planner.archives.items():
            site, labels = planner.sites[source], writer.labels.addresses(archives.labels, dry_run=writer.report.dry_run)
            blogger = old_addresses.of_labels(archives.labels, labels) if site.kind == "blogger" else ()
            wordpress = (*old_addresses.of_terms(spool.terms(), site, labels), *old_addresses.of_site(site, archives.months)) if not blogger else ()
            count += writer.addresses.keep([*blogger, *wordpress])
        attachments = (attachment for attachment in spool.attachments() if attachment.source in planner.archives)
        while some := list(islice(attachments, SOME)):
            count += writer.addresses.keep([row for attachment in some for row in rows_of(attachment, spool, planner)])
    return count


def rows_of(attachment: Attachment, spool: Spool, planner: Planner) -> Iterator[OldAddress | None]:
    plan, picture = spool.plan(attachment.source, attachment.parent), spool.picture(key_of(attachment.url))
    post = plan["url"] if plan and plan["status"] == Status.PUBLISHED else ""
    return old_addresses.of_attachment(attachment, planner.sites[attachment.source], picture[0] if picture else "", post)


def finish(spool: Spool, planner: Planner, report: Report) -> None:
    report.sites = [{**asdict(site), "time_zone": str(planner.clocks[source].zone)} for source, site in planner.sites.items()]
    for why, names in spool.left_out().items():
        report.leave_out(why, names)
    if lost := spool.lost_comments():
        report.leave_out("Comments on posts that the export does not hold", [""] * lost)
