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

from PIL import ExifTags, Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 40_000_000
LARGEST = 2560
"""Pixels of the longer side of what is kept: the size of a large screen, and a time that is bounded."""
WIDTHS = (480, 960, 1600)
SECONDS, MEMORY = 10, 1024**3
REFUSED = 3
"""Exit status that says: standard output names the reason (`articles.pictures` has the sentences)."""
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""What each orientation that a camera may have noted (Exif 2.3, 0x0112) asks for."""


class PictureRefused(ValueError):
    """Not a picture we take; the message is one of `articles.pictures.REASONS`."""


def decode(data: bytes) -> Image.Image:
    """The pixels, upright and no larger than is kept, copied to an image that has never seen the metadata. Of what moves, the first frame."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureRefused("pixels")
            picture.draft("RGB", (LARGEST, LARGEST))  # a JPEG can be unpacked at a half or a quarter
            picture.load()
            plain = turned(smaller(colours(picture)), orientation(picture))
    except (PictureRefused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("pixels") from error
    except Exception as error:  # a decoder may fail in any way on a hostile file
        raise PictureRefused("unreadable") from error
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def colours(picture: Image.Image) -> Image.Image:
    """In eight bits a channel: red, green, blue and, where anything is transparent, alpha."""
    if picture.mode.startswith("I"):  # grey in 16 bits, which convert() would cut off instead of scaling
        return picture.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def smaller(image: Image.Image) -> Image.Image:
    scale = max(image.size) / LARGEST
    if scale <= 1:
        return image
    size = [max(1, round(side / scale)) for side in image.size]
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def orientation(picture: Image.Image) -> int:
    """As the camera noted it; upright where its notes cannot be read."""
    try:
        return picture.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # notes that are broken in any way spoil no picture
        return 1


def turned(image: Image.Image, orientation: object) -> Image.Image:
    way = UPRIGHT.get(orientation) if isinstance(orientation, int) else None
    return image if way is None else image.transpose(way)


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
    """The picture at its own size, up to LARGEST, and at the fixed widths below it."""
    image = decode(data)
    widths = [width for width in WIDTHS if width < image.width]
    if image.width <= WIDTHS[-1]:
        widths.append(image.width)
    few_colours = image.getcolors(256) is not None
    whole = (
        write(image, directory, "png", compress_level=4)
        if few_colours or image.mode == "RGBA"
        else write(image, directory, "jpeg", quality=88, progressive=True)
    )
    renditions = [rendition(image, width, directory) for width in sorted(widths, reverse=True)]
    return {"file": whole, "width": image.width, "height": image.height, "renditions": renditions}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # told first, killed after
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        print(json.dumps(encode(sys.stdin.buffer.read(), Path(sys.argv[1]))))
    except PictureRefused as refused:
        print(refused)
        return REFUSED
    except MemoryError:
        print("memory")
        return REFUSED
    except OSError:  # a decoder's own is refused by now: it was the writing
        print("full")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
