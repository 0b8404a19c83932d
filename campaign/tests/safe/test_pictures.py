"""Hostile pictures: what is taken is written anew and tells nothing; the rest is refused in a sentence, soon and in little memory."""

import io
import struct
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import pictures, pixels
from articles.models import Picture
from campaign.tests.safe.odd_pictures import MARK, REFUSED, TAKEN, exif, moving, saved

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore:Corrupt EXIF data")]

SECONDS = 2
TYPES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg_parts(data: bytes) -> tuple[set[object], bytes]:
    """The segments of a JPEG, and what follows its end."""
    found, at = set(), 2
    while data[at] == 0xFF and data[at + 1] != 0xD9:
        marker, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        found.add(marker)
        at += 2 + size
        if marker == 0xDA:
            while data[at] != 0xFF or data[at + 1] in (0, *range(0xD0, 0xD8)):
                at += 1
    return found, data[at + 2 :]


def png_parts(data: bytes) -> tuple[set[object], bytes]:
    found, at = set(), 8
    while b"IEND" not in found:
        size, name = struct.unpack(">I4s", data[at : at + 8])
        found.add(name)
        at += 12 + size
    return found, data[at:]


def webp_parts(data: bytes) -> tuple[set[object], bytes]:
    found, at, end = set(), 12, 8 + struct.unpack("<I", data[4:8])[0]
    while at < end:
        name, size = struct.unpack("<4sI", data[at : at + 8])
        found.add(name)
        at += 8 + size + size % 2
    return found, data[end:]


ALLOWED = {  # frame heads, tables and scans; never an APP segment but JFIF's own, nor a comment
    "jpg": (jpeg_parts, {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD}),
    "png": (png_parts, {b"IHDR", b"IDAT", b"IEND"}),
    "webp": (webp_parts, {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}),
}


def told(media) -> list[str]:
    """All that stored files hold besides one still picture of their own type."""
    found = []
    for file in (one for one in media.rglob("*") if one.is_file()):
        data, kind = file.read_bytes(), file.suffix[1:]
        read, allowed = ALLOWED[kind]
        parts, behind = read(data)
        with Image.open(io.BytesIO(data)) as image:
            still = (image.format, getattr(image, "n_frames", 1)) == (TYPES[kind], 1)
        found += [file.name] if parts - allowed or behind or MARK in data or b"script" in data or not still else []
    return found


@pytest.mark.parametrize("part", range(4))
def test_what_is_taken_is_written_anew(media, part):
    for name in list(TAKEN)[part::4]:
        made = pixels.encode(TAKEN[name](), media)
        assert (name, max(made["width"], made["height"]) <= pixels.LARGEST, told(media)) == (name, True, [])
    assert len(list(media.iterdir())) > 6


def test_notes_are_found_where_they_are(media):
    """The search above can fail."""
    for number, kind in enumerate(("jpg", "png", "webp")):
        (media / f"{number}.{kind}").write_bytes(saved(TYPES[kind], exif=exif()))
    (media / "3.png").write_bytes(saved("PNG") + b"x")
    (media / "4.webp").write_bytes(moving("WEBP"))
    assert len(told(media)) == 5


def test_what_is_refused_is_refused_in_a_sentence(media):
    sentences = {str(sentence) for sentence in pictures.REASONS.values()}
    said = {}
    for name, make in REFUSED.items():
        data = make()
        began = time.process_time()
        with pytest.raises(pixels.PictureRefused) as refused:
            pixels.decode(data)
        said[name] = pictures.REASONS[str(refused.value)] in sentences and time.process_time() - began < SECONDS
    assert said == dict.fromkeys(REFUSED, True)
    assert pictures.REASONS["pixels"] != pictures.REASONS["unreadable"]


@pytest.mark.parametrize("name", ["png of 41 million pixels", "gif that says it is huge", "png of notes that unpack to a gigabyte", "svg"])
def test_a_refused_upload_leaves_nothing(media, name):
    picture = Picture(alt="x", file=SimpleUploadedFile("photo.png", REFUSED[name](), content_type="image/png"))
    with pytest.raises(ValidationError, match=r"40 million pixels|cannot be read as a picture"):
        picture.full_clean()
    assert [file for file in media.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize(("name", "kind"), [("../../evil.php", "image/png"), ("x.svg", "image/svg+xml"), ("a\r\nb.jpg", "text/html"), ("", "")])
def test_name_and_type_of_an_upload_count_for_nothing(media, db, name, kind):
    picture = Picture(alt="x", file=SimpleUploadedFile(name or "x", saved("GIF", "P"), content_type=kind))
    picture.full_clean()
    picture.save()
    names = [file.relative_to(media).as_posix() for file in media.rglob("*") if file.is_file()]
    assert {one.partition("-")[2] for one in names} == {"60.png", "60.webp", "60.jpg"}
    assert {len(one.partition("-")[0]) for one in names} == {len("pictures/") + 24}


def test_a_file_of_21_megabytes_is_refused_unread(media):
    with pytest.raises(ValidationError, match="20 MB at most"):
        pictures.encode(bytes(21 * 1024**2))


@pytest.mark.parametrize("way", range(1, 9))
def test_a_picture_stands_upright(way):
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 30, 20))  # the corner that the first row and column of the file hold
    stream = io.BytesIO()
    image.save(stream, "PNG", exif=exif(orientation=way))
    made = pixels.decode(stream.getvalue())
    corners = [(0, 0), (made.width - 1, 0), (made.width - 1, made.height - 1), (0, made.height - 1)]
    assert [corner for corner in range(4) if made.getpixel(corners[corner]) == (255, 0, 0)] == [[0, 1, 2, 3, 0, 1, 2, 3][way - 1]]
    assert made.size == ((60, 40) if way < 5 else (40, 60))


@pytest.mark.parametrize(("mode", "colour", "grey"), [("I;16", 30_000, 117), ("L", 117, 117), ("1", 1, 255), ("LA", (117, 255), 117)])
def test_a_grey_picture_keeps_its_grey(mode, colour, grey):
    assert pixels.decode(saved("PNG", mode, colour=colour)).getpixel((0, 0))[:3] == (grey,) * 3


def test_the_largest_picture_is_done_in_time(media):
    data = saved("PNG", "RGBA", (7_700, 5_190), (1, 2, 3, 4), compress_level=1)
    began = time.monotonic()
    made = pictures.encode(data)
    assert (made["width"], made["height"], time.monotonic() - began < 5 * SECONDS) == (2560, 1726, True)
