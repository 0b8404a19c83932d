"""Pictures that no camera made: each as bytes, by name. Data alone."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin

MARK = b"GPS 51.5033 -0.1196 serial 12345"
SCRIPT = b"<script>alert(1)</script>"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), colour: object = None, **options: object) -> bytes:
    stream = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert(mode) if colour is None else Image.new(mode, size, colour)
    image.save(stream, kind, **options)
    return stream.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (60, 40), (shade, 0, 0)) for shade in (0, 120, 240)]
    stream = io.BytesIO()
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


def exif(**tags: object) -> Image.Exif:
    """Where it was, with what, and how the camera was held."""
    notes = Image.Exif()
    notes[0x010E], notes[0x0110], notes[0x0112] = MARK.decode(), MARK.decode(), tags.get("orientation", 1)
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 12.0), 29: MARK.decode()})
    return notes


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def noted_jpeg() -> bytes:
    """Exif, XMP, ICC, IPTC and a comment, and words after its end."""
    plain = saved("JPEG", exif=exif(), comment=MARK, icc_profile=MARK * 4, xmp=b"<x:xmpmeta>" + MARK)
    iptc = segment(0xED, b"Photoshop 3.0\0" + MARK)
    return plain[:2] + iptc + segment(0xEF, MARK) + plain[2:] + MARK


def noted_png(mode: str = "RGB") -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARK.decode())
    notes.add_text("zipped", MARK.decode(), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", MARK.decode())
    notes.add(b"prVt", MARK)
    return saved("PNG", mode, pnginfo=notes, exif=exif(), icc_profile=MARK * 4) + MARK


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes, *more: bytes, bits: int = 8, colour: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zipped(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("index.html", data)
    return stream.getvalue()


def huge(kind: str) -> bytes:
    """A picture of 60 × 40 that says it has 30,000 × 20,000."""
    data = saved(kind)
    sizes = {"GIF": (6, "<HH"), "PNG": (16, ">II"), "JPEG": (data.find(b"\xff\xc0") + 5, ">HH")}
    at, form = sizes[kind]
    numbers = struct.pack(form, *((20_000, 30_000) if kind == "JPEG" else (30_000, 20_000)))
    data = data[:at] + numbers + data[at + len(numbers) :]
    return data[:29] + struct.pack(">I", zlib.crc32(data[12:29])) + data[33:] if kind == "PNG" else data


TAKEN: dict[str, Callable[[], bytes]] = {
    "jpeg with notes of every kind": noted_jpeg,
    "png with notes of every kind": noted_png,
    "png with a palette and notes": lambda: noted_png("P"),
    "webp with notes": lambda: saved("WEBP", exif=exif(), xmp=MARK, icc_profile=MARK * 4) + MARK,
    "gif with a comment": lambda: saved("GIF", "P", comment=MARK) + MARK,
    "avif with notes": lambda: saved("AVIF", exif=exif(), xmp=MARK, icc_profile=MARK * 4),
    "png with a page behind it": lambda: saved("PNG") + SCRIPT,
    "jpeg with a page in its comment": lambda: saved("JPEG", comment=SCRIPT + MARK),
    "jpeg that is a zip too": lambda: saved("JPEG") + zipped(SCRIPT + MARK),
    "gif that is a script too": lambda: saved("GIF", "P", comment=b"*/=1;alert(1)//" + MARK),
    "moving gif": lambda: moving("GIF"),
    "moving webp": lambda: moving("WEBP"),
    "moving png": lambda: moving("PNG"),
    "four inks": lambda: saved("JPEG", "CMYK"),
    "grey in sixteen bits": lambda: saved("PNG", "I;16", colour=30_000),
    "one bit": lambda: saved("PNG", "1"),
    "grey with alpha": lambda: saved("PNG", "LA", colour=(100, 50)),
    "palette with alpha": lambda: saved("PNG", "P", transparency=0),
    "one pixel": lambda: saved("PNG", size=(1, 1)),
    "one pixel wide": lambda: saved("PNG", size=(1, 65_535)),
    "one pixel high": lambda: saved("PNG", size=(100_000, 1)),
    "notes cut off": lambda: saved("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12\0\x03\xff\xff"),
    "notes that lead in a circle": lambda: saved("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"),
    "an orientation of 99": lambda: saved("JPEG", exif=exif(orientation=99)),
}
REFUSED: dict[str, Callable[[], bytes]] = {
    "one byte": lambda: b"\xff",
    "half a jpeg": lambda: saved("JPEG", size=(400, 400))[:1500],
    "half a png": lambda: saved("PNG", size=(400, 400))[:300],
    "half a webp": lambda: saved("WEBP", size=(400, 400))[:150],
    "half an avif": lambda: saved("AVIF", size=(400, 400))[:400],
    "a head alone": lambda: b"\x89PNG\r\n\x1a\n",
    "svg": lambda: SVG,
    "svg behind a mark": lambda: b"\xef\xbb\xbf" + SVG,
    "a page": lambda: b"<!DOCTYPE html>" + SCRIPT,
    "a gif of words alone": lambda: b"GIF89a/*" + SCRIPT,
    "a jpeg of words alone": lambda: b"\xff\xd8\xff\xe0" + SCRIPT,
    "pdf": lambda: saved("PDF"),
    "tiff": lambda: saved("TIFF"),
    "eps": lambda: saved("EPS"),
    "ico": lambda: saved("ICO"),
    "bmp": lambda: saved("BMP"),
    "psd": lambda: b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, 40, 60, 8, 3) + bytes(8000),
    "jpeg 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(500),
    "zip": lambda: zipped(SCRIPT),
    "a program": lambda: b"MZ" + bytes(500),
    "gif that says it is huge": lambda: huge("GIF"),
    "png that says it is huge": lambda: huge("PNG"),
    "jpeg that says it is huge": lambda: huge("JPEG"),
    "png of 41 million pixels": lambda: saved("PNG", "1", (8_000, 5_126), 0),
    "png of 400 million pixels": lambda: saved("PNG", "1", (20_000, 20_000), 0),
    "webp of 41 million pixels": lambda: saved("WEBP", size=(8_000, 5_126), colour=0, quality=1, method=0),
    "png of no width": lambda: png(0, 1, zlib.compress(b"\0")),
    "png of negative size": lambda: png(2**32 - 1, 2**32 - 1, zlib.compress(b"\0")),
    "png of notes that unpack to a gigabyte": lambda: png(1, 1, zlib.compress(b"\0\0\0\0"), chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(300_000_000), 9))),
}
