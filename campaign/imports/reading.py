"""The first pass: every file is read whole before a word is written. What is not whole, or hostile, is refused here."""

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from campaign.imports.blogger import BloggerReader
from campaign.imports.problems import ExportRefused
from campaign.imports.repair import repaired
from campaign.imports.report import Report
from campaign.imports.sniff import BLOGGER_KINDS, What
from campaign.imports.sources import Member, members, settings_beside
from campaign.imports.spool import Spool
from campaign.imports.wordpress import WordPressReader
from campaign.imports.xml_reader import NotWellFormed, Reader, XmlRefused

COMMANDS = {"import_blogger": BLOGGER_KINDS, "import_wordpress": (What.WORDPRESS,)}
HINTS = {
    What.RSS: "an RSS feed holds only the newest posts; export the whole site under Tools, Export",
    What.ATOM: "an Atom feed holds only the newest posts; export the whole site",
    What.WEB_PAGE: "it may be an error page that was saved under the export's name; get the export again",
    What.TAR: "unpack it and name the folder",
    What.ZIP: "unpack it and name the folder",
}
WANTED = {
    "import_blogger": "That is what takeout.google.com sends for Blogger (a zip, its folder or feed.atom), or an older backup's XML",
    "import_wordpress": "That is the XML which WordPress makes under Tools, Export (or its zip)",
}
UNDECLARED = "the prefix “{prefix}” was not declared"

MakeReader = Callable[[], BloggerReader | WordPressReader]


def read_all(paths: list[str], command: str, spool: Spool, report: Report) -> list[Member]:
    """Read every export under these paths into the spool; answers with the files that are none, among which pictures may be."""
    wanted = COMMANDS[command]
    others: list[Member] = []
    exports: list[tuple[Member, list[Member]]] = []
    for path in paths:
        found = list(members([path]))
        mine = [member for member in found if member.what in wanted]
        if not mine and not any(member.what == What.PICTURE for member in found):
            raise refusal(path, found, command)
        exports += [(member, found) for member in mine]
        others += [member for member in found if member not in mine]
    if not exports:
        raise ExportRefused(_("%(path)s holds pictures but no export.") % {"path": ", ".join(paths)})
    for member, beside in exports:
        read_one(member, beside, spool, report)
    return others


def refusal(path: str, found: list[Member], command: str) -> ExportRefused:
    """The one line that says what is there instead of an export, and what to do."""
    for other, kinds in COMMANDS.items():
        if any(member.what in kinds for member in found):
            what = next(member.what for member in found if member.what in kinds)
            return ExportRefused(_("%(path)s is %(what)s. Use: manage.py %(command)s %(path)s") % {"path": path, "what": what, "command": other})
    kind = "Blogger" if command == "import_blogger" else "WordPress"
    if len(found) != 1 or Path(path).is_dir():
        return ExportRefused(_("%(path)s holds no %(kind)s export.") % {"path": path, "kind": kind})
    what = found[0].what
    if what == What.EMPTY:
        return ExportRefused(_("%(path)s is empty.") % {"path": path})
    hint = f": {HINTS[what]}" if what in HINTS else f". {WANTED[command]}"
    said = _("%(path)s is %(what)s, not a %(kind)s export%(hint)s.") if what != What.OTHER else _("%(path)s is not a %(kind)s export%(hint)s.")
    return ExportRefused(said % {"path": path, "what": what, "kind": kind, "hint": hint})


def read_one(member: Member, beside: list[Member], spool: Spool, report: Report) -> None:
    """As it stands or, where it is not well-formed, repaired."""
    settings = settings_beside(member, beside) if member.what == What.TAKEOUT else {}
    make = WordPressReader if member.what == What.WORDPRESS else lambda: BloggerReader(settings)
    repairs: Counter[str] = Counter()
    try:
        with member.open() as stream:
            take(stream, make, spool, repairs)
    except NotWellFormed as error:
        if error.cut_off:
            raise cut_off(member, error) from error
        repairs.clear()
        read_repaired(member, make, spool, repairs, error)
    except XmlRefused as error:
        raise ExportRefused(_("%(file)s was refused: %(reason)s.") % {"file": member.shown, "reason": error}) from error
    report.read(member.shown, member.what, repairs)


def read_repaired(member: Member, make: MakeReader, spool: Spool, repairs: Counter, first: NotWellFormed) -> None:
    """Through a repaired copy on the disk, gone afterwards."""
    try:
        with tempfile.TemporaryFile(dir=spool.folder.name) as copy:
            with member.open() as stream:
                copy.writelines(repaired(stream, repairs))
            copy.seek(0)
            take(copy, make, spool, repairs)
    except NotWellFormed as error:
        if error.cut_off:
            raise cut_off(member, error) from error
        said = _("%(file)s is damaged at line %(line)d (%(reason)s) and cannot be repaired. Nothing was imported.")
        raise ExportRefused(said % {"file": member.shown, "line": first.line, "reason": first}) from error
    except XmlRefused as error:
        raise ExportRefused(_("%(file)s was refused: %(reason)s.") % {"file": member.shown, "reason": error}) from error


def take(stream: BinaryIO, make: MakeReader, spool: Spool, repairs: Counter) -> None:
    xml = Reader()
    spool.take(make().records(xml.read(stream)))
    repairs.update(UNDECLARED.format(prefix=prefix) for prefix in sorted(xml.undeclared))


def cut_off(member: Member, error: NotWellFormed) -> ExportRefused:
    said = _("%(file)s is cut off at line %(line)d: the export or its download was not finished. Get it again. Nothing was imported.")
    return ExportRefused(said % {"file": member.shown, "line": error.line})
