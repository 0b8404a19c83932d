"""Where an export may lie: a file, gzipped or not, a zip, a folder. Nothing is ever unpacked to the disk."""

import csv
import gzip
import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from campaign.imports.problems import ExportRefused
from campaign.imports.sniff import HEAD, What, sniff

FAIR_SIZE = 100 * 1024 * 1024
FAIR_RATIO = 200
"""Bytes that one packed byte may become, past FAIR_SIZE: text packs to a tenth, a bomb to a thousandth."""
SETTINGS_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Member:
    """One file, wherever it lies: `name` is its path inside what the user named, `shown` is for people."""

    name: str
    shown: str
    size: int
    open: Callable[[], BinaryIO]

    @cached_property
    def what(self) -> What:
        with self.open() as stream:
            return sniff(stream.read(HEAD))


class Unpacking(io.RawIOBase):
    """Reads what a packer wrote, and stops at what no honest packer writes."""

    def __init__(self, stream: BinaryIO, packed: int, shown: str, beneath: BinaryIO | None = None) -> None:
        self.stream, self.shown, self.beneath = stream, shown, beneath
        self.left = max(FAIR_SIZE, packed * FAIR_RATIO)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        try:
            data = self.stream.read(len(buffer))
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise ExportRefused(_("%(file)s is damaged or cut off: it cannot be unpacked. Get it again.") % {"file": self.shown}) from error
        self.left -= len(data)
        if self.left < 0:
            raise ExportRefused(_("%(file)s unpacks to far more than an export can hold and was refused (a “zip bomb”).") % {"file": self.shown})
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.stream.close()
        if self.beneath:
            self.beneath.close()
        super().close()


def members(paths: list[str]) -> Iterator[Member]:
    """Every file under these paths, gzip and zip opened."""
    for path in paths:
        yield from files_of(Path(path))


def files_of(path: Path) -> Iterator[Member]:
    if not path.exists():
        raise ExportRefused(_("There is no file %(file)s.") % {"file": path})
    found = [path] if not path.is_dir() else sorted(file for file in path.rglob("*") if file.is_file() and not hidden(file.relative_to(path).as_posix()))
    for file in found:
        name = file.name if file == path else file.relative_to(path).as_posix()
        member = Member(name, str(file), file.stat().st_size, lambda file=file: readable(file))
        yield from packed_in(file) if member.what == What.ZIP else [gunzipped(member, member.size)]


def readable(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise ExportRefused(_("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror}) from error


def gunzipped(member: Member, packed: int) -> Member:
    if member.what != What.GZIP:
        return member
    return replace(member, name=member.name.removesuffix(".gz"), open=lambda: ungzipping(member, packed))


def ungzipping(member: Member, packed: int) -> BinaryIO:
    stream = member.open()
    return io.BufferedReader(Unpacking(gzip.GzipFile(fileobj=stream), packed, member.shown, stream))


def packed_in(path: Path) -> Iterator[Member]:
    """The files of a zip, in order of name. What is a zip itself in there stays packed."""
    damaged = _("%(file)s is a damaged or incomplete zip archive. Get it again.") % {"file": path}
    try:
        archive = zipfile.ZipFile(path)
        infos = sorted((info for info in archive.infolist() if not info.is_dir() and not hidden(info.filename)), key=lambda info: info.filename)
        if any(info.flag_bits & 1 for info in infos):
            raise ExportRefused(_("%(file)s is locked with a password. Unpack it and name the folder instead.") % {"file": path})
        for info in infos:
            member = Member(info.filename, f"{path}: {info.filename}", info.file_size, lambda info=info: unpacking(archive, info))
            yield gunzipped(member, info.file_size)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ExportRefused(damaged) from error


def unpacking(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return io.BufferedReader(Unpacking(archive.open(info), info.compress_size, f"{archive.filename}: {info.filename}"))


def hidden(name: str) -> bool:
    """What file managers leave behind."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def settings_beside(feed: Member, others: list[Member]) -> dict[str, str]:
    """The settings that Takeout puts beside a feed: settings(1).csv belongs to feed(1).atom."""
    folder, name = posixpath.split(feed.name)
    number = name.removeprefix("feed").partition(".")[0]
    wanted = posixpath.join(folder, f"settings{number}.csv")
    found = next((member for member in others if member.name == wanted and beside(member, feed)), None)
    if found is None:
        return {}
    with found.open() as stream:
        rows = list(csv.reader(io.StringIO(stream.read(SETTINGS_BYTES).decode("utf-8-sig", "replace"))))
    if len(rows) == 2 and len(rows[0]) > 2:
        return dict(zip(*rows, strict=False))
    return {row[0]: row[1] for row in rows if len(row) == 2}


def beside(member: Member, feed: Member) -> bool:
    return member.shown.removesuffix(member.name) == feed.shown.removesuffix(feed.name)
