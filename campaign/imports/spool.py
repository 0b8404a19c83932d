"""Between reading and writing: everything of all files in a temporary database on disk, so that memory stays bounded
however long the archive is, and parts of one export find each other whatever order they come in.
"""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from campaign.imports.addresses import split
from campaign.imports.entries import Attachment, Block, Comment, Entry, LeftOut, Record, Site, Term
from campaign.imports.places import host

TABLES = """
CREATE TABLE site (source TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
CREATE TABLE entry (n INTEGER PRIMARY KEY, source TEXT, id TEXT, updated TEXT, data TEXT, plan TEXT, UNIQUE (source, id));
CREATE TABLE comment (n INTEGER PRIMARY KEY, source TEXT, id TEXT, post TEXT, data TEXT, UNIQUE (source, post, id));
CREATE INDEX comment_post ON comment (source, post);
CREATE TABLE attachment (source TEXT, id TEXT, parent TEXT, url TEXT, data TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE INDEX attachment_parent ON attachment (source, parent);
CREATE TABLE block (source TEXT, id TEXT, html TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE TABLE term (n INTEGER PRIMARY KEY, source TEXT, taxonomy TEXT, slug TEXT, number TEXT, data TEXT, UNIQUE (source, taxonomy, slug));
CREATE TABLE left_out (why TEXT, which TEXT);
CREATE TABLE place (address TEXT PRIMARY KEY, url TEXT) WITHOUT ROWID;
CREATE TABLE picture (address TEXT PRIMARY KEY, url TEXT, picture INTEGER) WITHOUT ROWID;
CREATE TABLE slug (scope TEXT, slug TEXT, PRIMARY KEY (scope, slug)) WITHOUT ROWID;
"""
QUICK = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
CHUNK = 200
PREFIX = ".import-"


class Spool:
    """One import's records, gone when its `with` is left. `reopened(path)` reads them in another process."""

    def __init__(self) -> None:
        clear_stale()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=settings.VAR_DIR)
        self.path = Path(self.folder.name) / "spool.sqlite3"
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.executescript(QUICK + TABLES)

    @classmethod
    def reopened(cls, path: Path) -> Self:
        spool = cls.__new__(cls)
        spool.path = path
        spool.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        return spool

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.db.close()
        self.folder.cleanup()

    def take(self, records: Iterable[Record]) -> None:
        """All of these or, where reading them fails, none."""
        self.db.execute("BEGIN")
        try:
            for record in records:
                self.keep(record)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def keep(self, record: Record) -> None:
        match record:
            case Entry():
                self.keep_entry(record)
            case Comment():
                values = (record.source, record.id, record.post, dumped(record))
                self.db.execute("INSERT INTO comment (source, id, post, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", values)
            case Attachment():
                values = (record.source, record.id, record.parent, record.url, dumped(record))
                self.db.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", values)
            case Block():
                self.db.execute("INSERT INTO block VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (record.source, record.id, record.html))
            case Term():
                self.keep_term(record)
            case LeftOut():
                self.db.execute("INSERT INTO left_out VALUES (?, ?)", (record.why, record.which))
            case Site():
                self.keep_site(record)

    def keep_entry(self, entry: Entry) -> None:
        """Of two copies of one entry the one changed later counts."""
        self.db.execute(
            "INSERT INTO entry (source, id, updated, data) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET updated = excluded.updated, data = excluded.data WHERE excluded.updated > entry.updated",
            (entry.source, entry.id, entry.updated, dumped(entry)),
        )

    def keep_term(self, term: Term) -> None:
        """The list of terms says more than the items do."""
        self.db.execute(
            "INSERT INTO term (source, taxonomy, slug, number, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET number = excluded.number, data = excluded.data WHERE term.number = '' AND excluded.number <> ''",
            (term.source, term.taxonomy, term.slug, term.number, dumped(term)),
        )

    def keep_site(self, site: Site) -> None:
        """What one file does not tell another may."""
        known = self.sites().get(site.source)
        if known:
            site = Site(**{name: known_value or value for (name, value), known_value in zip(asdict(site).items(), asdict(known).values(), strict=True)})
        self.db.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", (site.source, dumped(site)))

    def fill_in(self, base_url: str) -> None:
        """The user's word for where a site stood: the only one where its export is silent, one more name where it is not."""
        for site in self.sites().values() if base_url else ():
            site.hosts.append(host(split(base_url).netloc))
            site.base_url = site.base_url or base_url
            self.db.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", (site.source, dumped(site)))

    def sites(self) -> dict[str, Site]:
        return {source: Site(**json.loads(data)) for source, data in self.db.execute("SELECT source, data FROM site ORDER BY source")}

    def count(self, table: str) -> int:
        return self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def chunks(self) -> Iterator[list[tuple[int, Entry, dict[str, Any] | None]]]:
        """Every entry with its number and its plan, in the order of the files, CHUNK at a time."""
        last = 0
        while rows := self.db.execute("SELECT n, data, plan FROM entry WHERE n > ? ORDER BY n LIMIT ?", (last, CHUNK)).fetchall():
            yield [(n, loaded(Entry, data), json.loads(plan) if plan else None) for n, data, plan in rows]
            last = rows[-1][0]

    def keep_plan(self, n: int, plan: Any) -> None:
        self.db.execute("UPDATE entry SET plan = ? WHERE n = ?", (dumped(plan), n))

    def claim_slug(self, scope: str, slug: str) -> bool:
        """Whether this entry is the first of the import to ask for it."""
        return self.db.execute("INSERT INTO slug VALUES (?, ?) ON CONFLICT DO NOTHING", (scope, slug)).rowcount == 1

    def entry(self, n: int) -> Entry:
        return loaded(Entry, self.db.execute("SELECT data FROM entry WHERE n = ?", (n,)).fetchone()[0])

    def plan(self, source: str, identity: str) -> dict[str, Any] | None:
        row = self.db.execute("SELECT plan FROM entry WHERE source = ? AND id = ?", (source, identity)).fetchone()
        return json.loads(row[0]) if row else None

    def comments(self, source: str, post: str) -> list[Comment]:
        """Those on the post and on what hangs on it."""
        on_files = "SELECT id FROM attachment WHERE source = ?1 AND parent = ?2"
        rows = self.db.execute(f"SELECT data FROM comment WHERE source = ?1 AND (post = ?2 OR post IN ({on_files})) ORDER BY n", (source, post))
        return [loaded(Comment, data) for (data,) in rows]

    def lost_comments(self) -> int:
        """Comments on posts that the export does not hold."""
        there = "SELECT 1 FROM entry WHERE entry.source = comment.source AND entry.id = comment.post"
        on_files = (
            "SELECT 1 FROM attachment JOIN entry USING (source) WHERE entry.id = attachment.parent AND source = comment.source AND attachment.id = comment.post"
        )
        return self.db.execute(f"SELECT count(*) FROM comment WHERE NOT EXISTS ({there}) AND NOT EXISTS ({on_files})").fetchone()[0]

    def holds_pictures(self) -> bool:
        """Whether any entry holds a picture in itself."""
        return self.db.execute("SELECT 1 FROM entry WHERE data LIKE '%data:image/%' LIMIT 1").fetchone() is not None

    def keep_picture(self, addresses: list[str], url: str, picture: int | None) -> None:
        self.db.executemany("INSERT OR REPLACE INTO picture VALUES (?, ?, ?)", [(address, url, picture) for address in addresses])

    def picture(self, address: str) -> tuple[str, int | None] | None:
        """Where a picture at hand is shown from, and its row's id."""
        return self.db.execute("SELECT url, picture FROM picture WHERE address = ?", (address,)).fetchone()

    def attachments(self) -> Iterator[Attachment]:
        return (loaded(Attachment, data) for (data,) in self.db.execute("SELECT data FROM attachment ORDER BY source, length(id), id"))

    def attachment(self, source: str, identity: str) -> Attachment | None:
        row = self.db.execute("SELECT data FROM attachment WHERE source = ? AND id = ?", (source, identity)).fetchone()
        return loaded(Attachment, row[0]) if row else None

    def attachments_of(self, source: str, parent: str) -> list[Attachment]:
        rows = self.db.execute("SELECT data FROM attachment WHERE source = ? AND parent = ? ORDER BY length(id), id", (source, parent))
        return [loaded(Attachment, data) for (data,) in rows]

    def block(self, source: str, identity: str) -> str:
        row = self.db.execute("SELECT html FROM block WHERE source = ? AND id = ?", (source, identity)).fetchone()
        return row[0] if row else ""

    def terms(self) -> list[Term]:
        return [loaded(Term, data) for (data,) in self.db.execute("SELECT data FROM term ORDER BY n")]

    def left_out(self) -> dict[str, list[str]]:
        """Why, and the names of what was left out for it."""
        found: dict[str, list[str]] = {}
        for why, which in self.db.execute("SELECT why, which FROM left_out ORDER BY rowid"):
            found.setdefault(why, []).append(which)
        return found


def clear_stale() -> None:
    """Remove what imports that were killed left behind."""
    for folder in settings.VAR_DIR.glob(f"{PREFIX}*-*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def dumped(record: Any) -> str:
    return json.dumps(vars(record), default=lambda moment: moment.isoformat(), ensure_ascii=False)


def loaded(kind: type, data: str) -> Any:
    fields = json.loads(data)
    if fields.get("published"):
        fields["published"] = datetime.fromisoformat(fields["published"])
    return kind(**fields)
