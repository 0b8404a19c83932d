"""Lines of JSON: what each post says, links and shows, as readers saw it while its appeal was open."""

import base64
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from appeals.tests.factories import make_appeal
from articles.models import Message, MessageState, OldAddress, Origin, Page, Picture
from articles.tests.factories import make_article
from campaign.tests.imports.exports import classic, classic_entry, item, saved, wxr

pytestmark = pytest.mark.django_db

FIELDS = ["title", "url", "published", "labels", "text", "links", "images", "comments", "status", "kind", "old_urls"]
ELSEWHERE = "https://x.example.org/s320/gate.jpg"


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def lines() -> list[dict]:
    out = io.StringIO()
    call_command("export", jsonl=True, stdout=out)
    return [json.loads(line) for line in out.getvalue().split("\n") if line]


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    return stream.getvalue()


def test_a_post_is_one_line_with_everything(settings):
    at = datetime(2012, 6, 7, 12, 30, tzinfo=UTC)
    body = "One *two*three [link](https://x.example.com/?a=1&b=2).\n\n- four\n- five"
    post = make_article(("Oil", "Газ"), title="Strike\u2028on", published_at=at, body=body)
    OldAddress.objects.moved("/2012/06/strike.html", post.get_absolute_url())
    OldAddress.objects.moved("/?p=5", post.get_absolute_url())
    Origin.objects.create(post=post, source="s", entry_id="5", url="http://old.example.org/2012/06/strike.html")
    Message.objects.create(post=post, name="Marat", text="Well\nsaid", sent_at=at, state=MessageState.PUBLISHED)
    Message.objects.create(post=post, name="Nobody", text="No", state=MessageState.REJECTED)
    [line] = lines()
    assert list(line) == FIELDS
    assert line == {
        "title": "Strike\u2028on", "url": settings.SITE_URL + post.get_absolute_url(), "published": "2012-06-07T12:30:00Z", "labels": ["Oil", "Газ"],
        "text": "One twothree link.\nfour\nfive", "links": ["https://x.example.com/?a=1&b=2"], "images": [],
        "comments": [{"text": "Well\nsaid", "author": "Marat", "published": "2012-06-07T12:30:00Z"}], "status": "published", "kind": "post",
        "old_urls": ["http://old.example.org/2012/06/strike.html", "/?p=5", "/2012/06/strike.html"],
    }  # fmt: skip


def test_every_status_and_kind_is_told():
    make_article(title="draft", status="draft", published_at=None)
    make_article(title="private", status="private")
    make_article(title="scheduled", published_at=timezone.now() + timedelta(days=3))
    make_article(title="withdrawn", status="withdrawn")
    Page.objects.create(title="page", body="About", status="published")
    found = {line["title"]: (line["status"], line["kind"], line["published"] is None, line["url"] is None) for line in lines()}
    assert found == {
        "draft": ("draft", "post", True, True), "private": ("private", "post", False, False), "scheduled": ("scheduled", "post", False, False),
        "withdrawn": ("withdrawn", "post", False, False), "page": ("published", "page", False, False),
    }  # fmt: skip


def test_a_closed_appeal_s_links_are_those_it_had():
    appeal = make_appeal(body="Write to [us](mailto:us@example.org).")
    appeal.close("ended")
    assert "mailto" not in appeal.body_html
    [line] = lines()
    assert line["links"] == ["mailto:us@example.org"]


def test_pictures_are_told_with_the_address_they_had(tmp_path):
    head = Picture.objects.create(file=ContentFile(png(), name="a.png"), alt="Head", original="https://x.example.org/head.jpg")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "gate.jpg").write_bytes(png())
    entries = [classic_entry(f"<img src='{address}' alt='Gate'/>") for address in (ELSEWHERE, ELSEWHERE.replace("s320", "s1600"), "http://y.example.org/b.jpg")]
    call_command("import_blogger", saved(tmp_path / "in", classic(*entries)), media=[str(tmp_path / "in")])
    make_article(picture=head)
    first, second, third, fourth = lines()
    shown = f"/media/{Picture.objects.get(alt='Gate').renditions[0]['webp']}"
    assert first["images"] == [{"src": shown, "alt": "Gate", "original": ELSEWHERE}]
    assert second["images"] == [{"src": shown, "alt": "Gate", "original": ELSEWHERE.replace("s320", "s1600")}]
    assert third["images"] == [{"src": "http://y.example.org/b.jpg", "alt": "Gate", "original": "http://y.example.org/b.jpg"}]
    assert third["links"] == ["http://y.example.org/b.jpg"]
    assert fourth["images"] == [{"src": head.url, "alt": "Head", "original": "https://x.example.org/head.jpg"}]


def test_one_file_under_many_addresses_is_told_by_that_of_each_place(tmp_path):
    """Sizes, a data: URI of the same picture, a gallery: all become one file."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "gate.png").write_bytes(png())
    data = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    base = "https://shaft.example.org/uploads/gate"
    shown = "".join(f"<p><img src='{address}'></p>" for address in (f"{base}-300x200.png", data, f"{base}.png", "/uploads/gate-100x50.png", "../away.png"))
    library = item("", post_type="attachment", status="inherit", post_parent=6, post_id=7, attachment_url=f"{base}.png")
    posts = [item(shown, post_id=5), item("[gallery]", post_id=6, meta={"_thumbnail_id": "7"})]
    call_command("import_wordpress", saved(tmp_path, wxr(*posts, library)), media=[str(folder)])
    first, second = lines()
    assert [picture["original"] for picture in first["images"]] == [f"{base}-300x200.png", data, f"{base}.png", "/uploads/gate-100x50.png", "../away.png"]
    assert [picture["original"] for picture in second["images"]] == [f"{base}.png", f"{base}.png"]


def test_one_of_the_two_ways_out_must_be_named(tmp_path):
    with pytest.raises(CommandError, match="Name a new folder"):
        call_command("export")
