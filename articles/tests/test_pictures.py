import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from articles.links import in_full
from articles.models import Picture
from articles.models.renditions import with_renditions
from articles.tests.factories import make_article

pytestmark = pytest.mark.django_db
MARKER = b"GPS-51.5033,-0.1196 Nikon serial 12345"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def picture_bytes(size=(2000, 1000), kind="JPEG", mode="RGB", **options) -> bytes:
    image = Image.effect_noise(size, 40).convert(mode)
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def upload(data: bytes, name="a.jpg") -> Picture:
    picture = Picture(alt="Derricks at dusk")
    picture.file = ContentFile(data, name=name)
    picture.full_clean()
    picture.save()
    return picture


def test_a_picture_is_stored_at_fixed_widths(media):
    picture = upload(picture_bytes())
    assert [one["width"] for one in picture.renditions] == [1600, 960, 480]
    assert (picture.width, picture.height) == (2000, 1000)
    assert all((media / one[kind]).is_file() for one in picture.renditions for kind in ("webp", "jpeg"))


def test_a_picture_in_a_text_offers_its_widths_and_says_its_size():
    picture = upload(picture_bytes())
    post = make_article(body=f"Before.\n\n![Derricks & “dusk”]({picture.url})\n\nAfter.")
    assert f'<source type="image/webp" srcset="{picture.webp}" sizes=' in post.body_html
    assert f'<img src="{picture.url}" alt="Derricks &amp; “dusk”" srcset="{picture.jpeg}" sizes=' in post.body_html
    assert 'width="2000" height="1000" loading="lazy"></picture>' in post.body_html
    assert post.body_text == "Before.\n\n[Derricks & “dusk”]\n\nAfter."
    elsewhere = in_full(post.body_html, "https://campaign.example.org/2012/08/29/x/")
    assert f'srcset="https://campaign.example.org/media/{picture.renditions[0]["webp"]} 1600w, https://campaign.example.org/media/' in elsewhere


def test_a_picture_that_the_site_does_not_know_is_left_as_it_is():
    assert with_renditions('<p><img src="/media/pictures/gone.jpg" alt="Gone"></p>') == '<p><img src="/media/pictures/gone.jpg" alt="Gone"></p>'


def test_a_small_picture_is_never_enlarged():
    assert [(one["width"], one["height"]) for one in upload(picture_bytes((700, 350))).renditions] == [(700, 350), (480, 240)]


def test_no_metadata_survives(media):
    exif = Image.Exif()
    exif[0x010E] = MARKER.decode()
    upload(picture_bytes(exif=exif, comment=MARKER))
    stored = [file for file in media.rglob("*") if file.is_file()]
    assert len(stored) == 7
    for file in stored:
        assert MARKER not in file.read_bytes()
        with Image.open(file) as image:
            assert not image.getexif()
            assert {"icc_profile", "xmp", "comment", "exif"} & image.info.keys() == set()


def test_orientation_is_applied_before_it_is_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = upload(picture_bytes((800, 400), exif=exif))
    assert (picture.width, picture.height) == (400, 800)


def test_transparency_is_kept_in_the_file_and_flattened_in_jpeg(media):
    picture = upload(picture_bytes((300, 300), "PNG", "RGBA"), "a.png")
    with Image.open(media / picture.file.name) as whole, Image.open(media / picture.renditions[0]["jpeg"]) as jpeg:
        assert (whole.mode, jpeg.mode) == ("RGBA", "RGB")


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"%PDF-1.4", picture_bytes()[:2000], b"GIF89a<script>alert(1)</script>"],
    ids=["empty", "svg", "pdf", "truncated", "polyglot"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError, match=r"JPEG, PNG or WebP|This field is required|submitted file is empty"):
        upload(data)


def test_a_bomb_is_refused_before_it_is_unpacked():
    image = Image.new("1", (20_000, 20_000))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    with pytest.raises(ValidationError, match=r"40 million pixels|cannot be read"):
        upload(stream.getvalue(), "bomb.png")


def test_a_full_disk_is_said_before_anything_is_written(monkeypatch, media):
    monkeypatch.setattr("articles.pictures.FREE_BYTES", 10**18)
    with pytest.raises(ValidationError, match="nearly full"):
        upload(picture_bytes())
    assert [file for file in media.rglob("*") if file.is_file()] == []
