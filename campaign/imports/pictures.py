"""Pictures of an archive whose files are at hand: each is re-encoded once and known by every address it had."""

import base64
import binascii
import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import ValidationError

from articles import pictures
from articles.models import Picture
from campaign.imports.media import Media, key_of
from campaign.imports.report import Remark, Report
from campaign.imports.sources import Member
from campaign.imports.spool import Spool
from campaign.imports.words import IMAGE, attributes, one_line

ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)
COVER = re.compile(r'"url":"((?:[^"\\]|\\.)*)"')
DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*?(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
ALT, CAPTION = 500, 500
BODY_WIDTH = 960
AHEAD = 4
DRY = f"{settings.MEDIA_URL}pictures/dry-run.webp"


@dataclass
class Found:
    """A picture at hand with all addresses it is shown under."""

    file: Member | int
    """Where it lies, or the number of the entry that holds it as a data: URI."""
    addresses: list[str]
    alt: str = ""
    caption: str = ""
    post: str = ""


def take(spool: Spool, media: Media, report: Report) -> None:
    """Make Pictures of all that the archive shows and that is at hand; the spool knows them by address afterwards."""
    found = gather(spool, media) if media or spool.holds_pictures() else []
    known = known_pictures(address for one in found for address in one.addresses)
    new = []
    for one in found:
        picture = next((known[address] for address in one.addresses if address in known), None)
        if picture:
            spool.keep_picture(one.addresses, body_address(picture), picture.pk)
        else:
            new.append(one)
    report.there_already["pictures"] += len(found) - len(new)
    for one, picture in made(spool, new, report) if not report.dry_run else ((one, None) for one in new):
        spool.keep_picture(one.addresses, body_address(picture), picture and picture.pk)
        report.came["pictures"] += 1


def gather(spool: Spool, media: Media) -> list[Found]:
    found: dict[str, Found] = {}
    for chunk in spool.chunks():
        for n, entry, _plan in chunk:
            for address, alt in shown(entry.html):
                file = n if address.startswith("data:image/") else media.find(address)
                note(found, file, address, Found(file, [], alt, post=entry.title))
    for one in spool.attachments():
        file = media.find(one.url)
        note(found, file, one.url, Found(file, [], one_line(one.alt or one.title), one_line(one.caption)))
    return list(found.values())


def note(found: dict[str, Found], file: Member | int | None, address: str, new: Found) -> None:
    if file is None:
        return
    known = found.setdefault(key_of(address) if isinstance(file, int) else file.shown, new)
    known.alt, known.caption = known.alt or new.alt, known.caption or new.caption
    if key_of(address) not in known.addresses:
        known.addresses.append(key_of(address))


def shown(markup: str) -> Iterator[tuple[str, str]]:
    """Every address that may be a picture's, with its alt text: lazy ones and choices of sizes too."""
    for tag in IMAGE.findall(markup):
        given = {name: html.unescape(value) for name, value in attributes(tag).items()}
        alt = given.get("alt") or given.get("title", "")
        waits = any(name.startswith("data-") and ADDRESS.match(value) for name, value in given.items())
        for name, value in given.items():
            if waits and value.startswith("data:"):
                continue  # a blank that stands there until a script has fetched the picture
            if name == "src" or name.startswith("data-"):
                yield value.strip(), alt
            elif name == "srcset":
                yield from ((one.split()[0], alt) for one in value.split(", ") if one.strip())
    for address in COVER.findall(markup):
        yield address.replace("\\/", "/"), ""


def decoded(address: str) -> bytes | None:
    """What a data: URI holds (RFC 2397)."""
    match = DATA.fullmatch(address)
    if not match:
        return None
    try:
        return base64.b64decode(unquote_to_bytes(match[2])) if match[1] else unquote_to_bytes(match[2])
    except binascii.Error:
        return None


def known_pictures(addresses: Iterable[str]) -> dict[str, Picture]:
    """Pictures that an earlier import made, by the address they had."""
    wanted = sorted(set(addresses))
    pictures = (picture for start in range(0, len(wanted), 5000) for picture in Picture.objects.filter(original__in=wanted[start : start + 5000]))
    return {picture.original: picture for picture in pictures}


def made(spool: Spool, new: list[Found], report: Report) -> Iterator[tuple[Found, Picture]]:
    """Encode with every processor, a few ahead; what cannot be read stays a link, and is said."""
    under_way: deque[tuple[Found, Future]] = deque()
    with ThreadPoolExecutor(cpu_count()) as pool:
        for one in [*new, *[None] * AHEAD]:
            if one is not None:
                source = data_in(spool.entry(one.file).html, one.addresses[0]) if isinstance(one.file, int) else one.file
                under_way.append((one, pool.submit(encoded, source)))
            if under_way and (one is None or len(under_way) >= AHEAD):
                done, future = under_way.popleft()
                try:
                    yield done, saved(done, future.result())
                except ValidationError as refused:
                    report.remarks.append(Remark("", done.post or done.addresses[0][:80], "", f"shows a picture that was not taken: {refused.messages[0]}"))


def data_in(markup: str, key: str) -> bytes:
    """The picture that a post holds as a data: URI."""
    return next((decoded(address) or b"" for address, _alt in shown(markup) if key_of(address) == key), b"")


def encoded(source: Member | bytes) -> dict:
    if isinstance(source, bytes):
        return pictures.encode(source)
    with source.open() as stream:
        return pictures.encode(stream.read(pictures.MAX_BYTES + 1))


def saved(one: Found, made: dict) -> Picture:
    picture = Picture(alt=one.alt[:ALT], caption=one.caption[:CAPTION], original=one.addresses[0])
    pictures.fill(picture, made)
    picture.save()
    return picture


def body_address(picture: Picture | None) -> str:
    """What a body shows: wide enough for its column, light enough for a phone."""
    if picture is None:
        return DRY
    narrow = [one for one in picture.renditions if one["width"] <= BODY_WIDTH]
    return f"{settings.MEDIA_URL}{narrow[0]['webp']}" if narrow else picture.url
