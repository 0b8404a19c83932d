"""Pictures: found however they are named, re-encoded, and where they are not at hand a link to where they were."""

import base64
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from articles.models import Origin, Picture, Post
from campaign.imports.media import Media, name_key
from campaign.imports.sources import members
from campaign.tests.imports.expected import addresses
from campaign.tests.imports.exports import classic, classic_entry, item, saved, takeout, takeout_entry, wxr

UPLOADS = "https://shaft.example.org/wp-content/uploads"


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media-root"


def picture(colour: str = "red", width: int = 30, kind: str = "JPEG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, 20), colour).save(stream, kind)
    return stream.getvalue()


def body(entry: str) -> str:
    return Origin.objects.get(entry_id=entry).post.body_html


def images(html: str) -> list[str]:
    return sorted(addresses(html, "img", "src").elements())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a.jpg", "a.jpg"), ("Que raza+1-300x200.JPEG", "que_raza_1.jpg"), ("a-scaled.jpg", "a.jpg"), ("a%252Bb.jpg", "a_b.jpg"),
        ("a-e1234567890123-1024x768.png", "a.png"), ("2012-06-05.jpg", "2012_06_05.jpg"),
    ],
)  # fmt: skip
def test_one_picture_has_many_names(name, key):
    assert name_key(name) == key


def find(folder: Path, address: str) -> str | None:
    found = Media(members([str(folder)])).find(address)
    return found and found.name


def test_the_folder_decides_between_pictures_of_one_name(tmp_path):
    for colour, name in {"red": "uploads/2011/05/a.jpg", "blue": "uploads/2012/06/a.jpg", "green": "uploads/2012/06/a-300x200.jpg"}.items():
        saved(tmp_path, picture(colour, width=300 if "300" in name else 600), name)
    assert find(tmp_path, f"{UPLOADS}/2012/06/a-150x150.jpg?w=1024") == "uploads/2012/06/a.jpg"
    assert find(tmp_path, "https://i0.wp.com/shaft.example.org/wp-content/uploads/2011/05/a.jpg") == "uploads/2011/05/a.jpg"
    assert find(tmp_path, "https://elsewhere.example.org/b.jpg") is None


def test_a_name_that_may_mean_two_pictures_means_none(tmp_path):
    saved(tmp_path, picture(width=30), "one/a.jpg")
    saved(tmp_path, picture(width=60), "two/a.jpg")
    assert find(tmp_path, "https://p.example.org/s1600/a.jpg") is None


def test_names_that_takeout_cut_are_found(tmp_path):
    long = "the-strike-committee-of-the-eleventh-shaft-before-the-gate-in-may.jpg"
    saved(tmp_path, picture(), f"Albums/Shaft/{long[:46]}.jpg")
    saved(tmp_path, picture("blue", 40), "Albums/Shaft/image(1).png")
    saved(tmp_path, json.dumps({"filename": "Gate at noon.png"}), "Albums/Shaft/image(1).png.json")
    assert find(tmp_path, f"https://1.bp.blogspot.com/-x/s320/{long}") == f"Albums/Shaft/{long[:46]}.jpg"
    assert find(tmp_path, "https://1.bp.blogspot.com/-x/s320/Gate%2Bat%2Bnoon.png") == "Albums/Shaft/image(1).png"


@pytest.mark.django_db
def test_pictures_at_hand_are_shown_from_here_and_others_linked(tmp_path):
    media = tmp_path / "media"
    saved(media, picture(), "uploads/2011/06/gate.jpg")
    here, gone = f'<img src="{UPLOADS}/2011/06/gate-300x200.jpg" alt="The gate" />', f'<img src="{UPLOADS}/2011/06/gone.jpg" alt="Gone" />'
    path = saved(tmp_path, wxr(item(f"{here}\n\n{gone}\n\n<img src='/rel/x.jpg'>", post_id=5)))
    report = tmp_path / "report.json"
    call_command("import_wordpress", path, media=[str(media)], report=report)
    [kept] = Picture.objects.all()
    assert (kept.alt, kept.original) == ("The gate", f"{UPLOADS}/2011/06/gate-300x200.jpg")
    assert images(body("5")) == [f"/media/{kept.renditions[0]['webp']}"]
    assert {f"{UPLOADS}/2011/06/gone.jpg", "https://shaft.example.org/rel/x.jpg"} <= set(addresses(body("5"), "a", "href"))
    said = json.loads(report.read_text())
    assert said["came"]["pictures"] == 1
    assert [one["picture"] for one in said["pictures_elsewhere"]] == [f"{UPLOADS}/2011/06/gone.jpg", "https://shaft.example.org/rel/x.jpg"]


@pytest.mark.django_db
def test_pictures_inside_a_post_become_files(tmp_path):
    data = "data:image/png;base64," + base64.b64encode(picture(kind="PNG")).decode()
    broken = "data:image/png;base64,AAAA"
    path = saved(
        tmp_path, takeout(takeout_entry(f'<p>One</p><img src="{data}"/><img src="{broken}"/>', number=5), takeout_entry(f"<img src='{data}'>", number=6))
    )
    for _run in range(2):
        call_command("import_blogger", path)
    [kept] = Picture.objects.all()
    assert images(body("5")) == images(body("6")) == [f"/media/{kept.renditions[0]['webp']}"]
    assert "base64" not in Post.objects.get(origins__entry_id="5").body


@pytest.mark.django_db
def test_a_featured_picture_stands_at_the_head(tmp_path):
    attachment = {"post_type": "attachment", "status": "inherit", "post_parent": 5}
    here = item(
        "",
        post_id=7,
        title="gate",
        excerpt="At <em>noon</em>",
        meta={"_wp_attachment_image_alt": "The gate"},
        attachment_url=f"{UPLOADS}/gate.jpg",
        **attachment,
    )
    gone = item("", post_id=8, title="gone", attachment_url=f"{UPLOADS}/gone.jpg", **attachment)
    posts = [
        item("One.", post_id=5, meta={"_thumbnail_id": "7"}),
        item("Two.", post_id=6, meta={"_thumbnail_id": "8"}),
        item("Three.", post_id=9, meta={"_thumbnail_id": "99"}),
    ]
    saved(tmp_path, wxr(*posts), "site.000.xml")
    saved(tmp_path, wxr(here, gone), "site.001.xml")
    saved(tmp_path, picture(), "gate.jpg")
    report = tmp_path / "report.json"
    call_command("import_wordpress", str(tmp_path), report=report)
    first, second = Post.objects.get(origins__entry_id="5"), Post.objects.get(origins__entry_id="6")
    assert (first.picture.alt, first.picture.caption, images(first.body_html)) == ("The gate", "At noon", [])
    assert (second.picture, list(addresses(second.body_html, "a", "href"))) == (None, [f"{UPLOADS}/gone.jpg"])
    assert [remark["says"] for remark in json.loads(report.read_text())["remarks"]] == ["the picture at its head, number 99, is not in the export"]


@pytest.mark.django_db
def test_what_is_no_picture_is_said(tmp_path, capsys):
    saved(tmp_path, b"\xff\xd8\xff" + b"junk" * 100, "gate.jpg")
    saved(tmp_path, wxr(item(f'<img src="{UPLOADS}/gate.jpg" alt="Gate">', post_id=5, title="Strike")))
    call_command("import_wordpress", str(tmp_path))
    assert list(addresses(body("5"), "a", "href")) == [f"{UPLOADS}/gate.jpg"]
    assert "“Strike”: shows a picture that was not taken: This file cannot be read as a picture." in capsys.readouterr().out


@pytest.mark.django_db
def test_pictures_come_out_of_a_zip(tmp_path):
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "Takeout/Blogger/Blogs/Shaft/feed.atom", takeout(takeout_entry("<img src='https://1.bp.blogspot.com/-x/w400-h300/gate.jpg'>", number=5))
        )
        archive.writestr("Takeout/Blogger/Albums/Shaft/gate.jpg", picture())
    call_command("import_blogger", str(path))
    assert len(images(body("5"))) == 1


@pytest.mark.django_db
def test_a_dry_run_stores_no_picture(tmp_path, settings, capsys):
    saved(tmp_path, picture(), "gate.jpg")
    saved(tmp_path, classic(classic_entry("<img src='https://x.example.org/gate.jpg'>")))
    call_command("import_blogger", str(tmp_path), dry_run=True)
    assert "Would come: 1 pictures, 1 published posts, 1 old addresses." in capsys.readouterr().out
    assert (Picture.objects.count(), Post.objects.count(), settings.MEDIA_ROOT.exists()) == (0, 0, False)
