"""Decode a picture that anybody may have made, and write it anew: runs alone in a child process, without Django.

`python -m articles.pixels DIRECTORY < picture` writes the files there and prints what it made as JSON.
"""

import hashlib
import io
import json
import resource
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 40_000_000
WIDTHS = (480, 960, 1600)
SECONDS, MEMORY = 30, 2 * 1024**3
REFUSED = 3
"""Exit status that says: standard output holds a sentence for the editor."""


class PictureRefused(ValueError):
    """Not a picture we take; the message says why and what to do."""


def decode(data: bytes) -> Image.Image:
    """The pixels, upright, copied to an image that has never seen the metadata."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureRefused(f"The picture has {picture.width} × {picture.height} pixels. Make it smaller: 40 million pixels at most.")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            converted = upright.convert(mode)
    except PictureRefused:
        raise
    except Exception as error:  # a decoder may fail in any way on a hostile file
        raise PictureRefused("This file cannot be read as a picture. Save it as JPEG, PNG or WebP and try again.") from error
    clean = Image.new(mode, converted.size)
    clean.paste(converted)
    return clean


def write(image: Image.Image, directory: Path, kind: str, **options: int | bool) -> str:
    """One file, named by its content."""
    if kind == "jpeg" and image.mode == "RGBA":
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
        image = flat
    stream = io.BytesIO()
    image.save(stream, kind.upper(), **options)
    name = f"{hashlib.sha256(stream.getvalue()).hexdigest()[:24]}-{image.width}.{'jpg' if kind == 'jpeg' else kind}"
    (directory / name).write_bytes(stream.getvalue())
    return name


def rendition(image: Image.Image, width: int, directory: Path) -> dict[str, int | str]:
    height = max(1, round(image.height * width / image.width))
    scaled = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    webp = write(scaled, directory, "webp", quality=78, method=4)
    jpeg = write(scaled, directory, "jpeg", quality=80, progressive=True, optimize=True)
    return {"width": width, "height": height, "webp": webp, "jpeg": jpeg}


def encode(data: bytes, directory: Path) -> dict:
    """The picture at its own size and at the fixed widths below it."""
    image = decode(data)
    widths = [width for width in WIDTHS if width < image.width] or []
    if image.width <= WIDTHS[-1]:
        widths.append(image.width)
    few_colours = image.getcolors(256) is not None
    whole = (
        write(image, directory, "png", optimize=True) if few_colours or image.mode == "RGBA" else write(image, directory, "jpeg", quality=88, progressive=True)
    )
    renditions = [rendition(image, width, directory) for width in sorted(widths, reverse=True)]
    return {"file": whole, "width": image.width, "height": image.height, "renditions": renditions}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        print(json.dumps(encode(sys.stdin.buffer.read(), Path(sys.argv[1]))))
    except (PictureRefused, MemoryError) as refused:
        print(refused or "The picture needs too much memory. Make it smaller.")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
