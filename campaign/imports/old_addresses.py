"""Every address a post, a label or an archive had, as rows that answer 301. What follows a rule needs none (campaign.oldspellings)."""

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, unquote

from django.urls import reverse
from django.utils.text import slugify

from articles.models import OldAddress
from campaign.imports.addresses import split
from campaign.imports.entries import Attachment, Entry, Site, Term
from campaign.imports.places import NUMBERED
from campaign.imports.plan import Plan

PATH, QUERY = 500, 200
FEEDS = ("feed=rss2", "feed=rss", "feed=atom", "feed=rdf")


def of_entry(entry: Entry, plan: Plan) -> list[OldAddress]:
    """Its permalink, its earlier ones, and the number WordPress knew it by."""
    rows = [row(address, plan.url) for address in [entry.url or plan.guess, *entry.old_paths] if address]
    return [one for one in rows if one and (one.path, one.query) != (plan.url, "")]


def row(address: str, target: str) -> OldAddress | None:
    """None for what cannot be told from the home page, or is longer than an address can be kept."""
    parts = split(address)
    path = unquote(parts.path) or "/"
    query = next((f"{name}={value}" for name, value in parse_qsl(parts.query) if name in NUMBERED), "")
    return kept(path if path.startswith("/") else f"/{path}", query, target)


def kept(path: str, query: str, target: str) -> OldAddress | None:
    if (path == "/" and not query) or len(path) > PATH or len(query) > QUERY or len(target) > PATH:
        return None
    return OldAddress(path=path, query=query, target=target)


def of_terms(terms: Iterable[Term], site: Site, labels: dict[str, str]) -> Iterator[OldAddress | None]:
    """Archives of labels and authors; `labels`: addresses by name. An author's posts are found by searching for the name."""
    root = split(site.base_url).path.rstrip("/")
    terms = [term for term in terms if term.source == site.source]
    parents = {term.slug: term.parent for term in terms if term.taxonomy == "category"}
    for term in terms:
        target = f"{reverse('search')}?q={quote(term.name)}" if term.taxonomy == "author" else labels.get(term.name)
        if target:
            yield from (kept(f"{root}{path}", "", target) for path in paths_of(term, parents))
            yield from (kept(f"{root}/", query, target) for query in queries_of(term))


def paths_of(term: Term, parents: dict[str, str]) -> set[str]:
    match term.taxonomy:
        case "category":
            chain = "/".join(ancestry(term.slug, parents))
            return {f"/category/{term.slug}/", f"/category/{chain}/"}
        case "post_tag":
            return {f"/tag/{term.slug}/"}
        case "post_format":
            return {f"/type/{term.slug.removeprefix('post-format-')}/"}
        case "author":
            return {f"/author/{term.slug}/", f"/author/{slugify(term.slug)}/"}
    return {f"/{term.taxonomy}/{term.slug}/"}


def ancestry(slug: str, parents: dict[str, str]) -> list[str]:
    """The slug with those above it, the highest first. A ring of parents, which only damage can make, is cut."""
    chain = [slug]
    while (parent := parents.get(chain[0])) and parent not in chain:
        chain.insert(0, parent)
    return chain


def queries_of(term: Term) -> list[str]:
    names = {"category": "cat", "author": "author"}
    numbered = [f"{names[term.taxonomy]}={term.number}"] if term.taxonomy in names and term.number else []
    return [*numbered, *([f"tag={term.slug}"] if term.taxonomy == "post_tag" else [])]


def of_labels(names: Iterable[str], labels: dict[str, str]) -> Iterator[OldAddress | None]:
    """Blogger's archives of labels."""
    return (kept(f"/search/label/{name}", "", labels[name]) for name in names if name in labels)


def of_site(site: Site, months: Iterable[str]) -> Iterator[OldAddress | None]:
    """WordPress's home, feeds and months, where they stood under a folder or were asked for by a query. `months`: "2012/06"."""
    root = split(site.base_url).path.rstrip("/")
    yield from (kept(f"{root}/", query, "/feed/") for query in FEEDS)
    yield from (kept(f"{root}/", f"m={month.replace('/', '')}", f"/{month}/") for month in months)
    if root:
        yield kept(f"{root}/", "", "/")
        yield from (kept(f"{root}/{feed}", "", "/feed/") for feed in ("feed/", "comments/feed/"))
        yield from (kept(f"{root}/{month}/", "", f"/{month}/") for month in months)
        yield from (kept(f"{root}/{year}/", "", f"/{year}/") for year in {month[:4] for month in months})


def of_attachment(attachment: Attachment, site: Site, picture: str, post: str) -> Iterator[OldAddress | None]:
    """A library file's own page leads to the post it hangs on, the file itself to the picture it has become."""
    root = split(site.base_url).path.rstrip("/")
    if picture:
        yield row(attachment.url, picture)
    if target := post or picture:
        yield kept(f"{root}/", f"attachment_id={attachment.id}", target)
        yield row(attachment.link, target) if attachment.link else None


class Addresses:
    """Writes them or, in a dry run, counts those that would be written."""

    def __init__(self, *, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.counted: set[tuple[str, str]] = set()

    def keep(self, rows: Iterable[OldAddress | None], new: Iterable[str] = ()) -> int:
        """How many came. An address that leads somewhere already goes on leading there, and what is a page's own leads nowhere."""
        wanted = {(one.path, one.query): one for one in reversed([one for one in rows if one and one.path != one.target])}
        if not self.dry_run:
            OldAddress.objects.filter(path__in=list(new), query="").delete()
        paths = sorted({path for path, _query in wanted})
        for start in range(0, len(paths), 5000):
            for known in OldAddress.objects.filter(path__in=paths[start : start + 5000]).values_list("path", "query"):
                wanted.pop(known, None)
        if self.dry_run:
            fresh = wanted.keys() - self.counted
            self.counted |= fresh
            return len(fresh)
        return len(OldAddress.objects.bulk_create(wanted.values(), batch_size=1000))
