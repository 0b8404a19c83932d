"""What the forms ask while one writes, and a picture chosen in place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appeals.mailto import mailto
from appeals.models import Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter
from articles.models import Picture, Post, Status
from articles.tests.factories import make_article
from articles.tests.test_pictures import picture_bytes
from campaign.tests.accounts import at_desk
from campaign.tests.desk.test_publishing import FAULTY, change
from campaign.tests.desk.typing import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return at_desk("editor")


def test_the_preview_is_what_is_published(desk):
    body = "**Three** words here.\n\n- <script>x</script>"
    said = desk.post("/admin/writing/text/", {"text": body}).json()
    assert said == {"html": make_article(body=body).body_html, "words": len(make_article(body=body).body_text.split())}


def test_a_text_that_cannot_be_rendered_says_so(desk):
    answer = desk.post("/admin/writing/text/", {"text": "a" * 400_001})
    assert (answer.status_code, answer.json()["error"][:30]) == (422, "This text is longer than 400000"[:30])


def test_pasted_html_becomes_markdown_and_asks_no_other_host(desk):
    html = '<h1>Strike</h1><p>A <b>bold</b> <a href="https://example.org/">link</a><img src="https://example.org/x.png" alt="x"></p>'
    assert desk.post("/admin/writing/paste/", {"html": html}).json()["text"].split() == ["##", "Strike", "A", "**bold**", "[link](https://example.org/)", "x"]


def test_a_new_correction_is_dated_today_unless_the_editor_says_another_day(desk):
    post = make_article(labels=("Strikes",))
    began = timezone.now()
    desk.post(change(post), typed(desk.get(change(post)), "_save", correction="A name was wrong."))
    post.refresh_from_db()
    dated = post.revised_at
    assert began <= dated <= timezone.now()
    desk.post(change(post), typed(desk.get(change(post)), "_save", title="Strikes go on"))
    desk.post(change(post), typed(desk.get(change(post)), "_save", correction="Two names.", revised_at="2012-08-30T09:00:00"))
    assert [version.data["fields"]["revised_at"][:10] for version in post.versions.order_by("pk")[2:]] == [dated.isoformat()[:10], "2012-08-30"]


@pytest.mark.parametrize("path", ["text", "paste", "letter"])
def test_nobody_else_may_ask(client, path):
    assert client.post(f"/admin/writing/{path}/", {}).status_code in (302, 403)
    assert at_desk("editor").get(f"/admin/writing/{path}/").status_code == 405


def letter_form(desk, **changes) -> dict:
    appeal = make_appeal(demands=["Free them"])
    for name, role, copy in (("to", Role.PROTEST, False), ("cc", Role.PROTEST, True), ("other", Role.SOLIDARITY, False)):
        add_address(appeal, role, make_address(value=f"{name}@example.org"), copy=copy)
    make_letter(appeal, subject="Free them", body="I ask you:\n[demands]")
    return typed(desk.get(change(appeal)), row="letters-0", **changes)


def test_a_letters_length_is_that_of_the_link_that_readers_get(desk):
    link = mailto(["to@example.org"], ["cc@example.org"], "Free them", "I ask you:\n1. Free them\n2. Pay them")
    said = desk.post("/admin/writing/letter/", letter_form(desk, demands="Free them\nPay them")).json()
    assert said == {"words": f"The mail link has {len(link)} of 1900 characters.", "over": 0}


def test_an_address_marked_for_deletion_and_one_just_typed_count_as_they_stand(desk):
    new = make_address(value="a-longer-one@example.org")
    form = letter_form(desk, **{"appeal_addresses-1-DELETE": "on", "appeal_addresses-0-address": str(new.pk)})
    link = mailto(["a-longer-one@example.org"], [], "Free them", "I ask you:\n1. Free them")
    assert f" {len(link)} of " in desk.post("/admin/writing/letter/", form).json()["words"]


def test_a_letter_too_long_says_by_how_much(desk):
    form = letter_form(desk, **{"letters-0-body": "a" * 1900})
    link = mailto(["to@example.org"], ["cc@example.org"], "Free them", "a" * 1900)
    said = desk.post("/admin/writing/letter/", form).json()
    assert (said["over"], f"{said['over']} too many" in said["words"]) == (len(link) - 1900, True)


def test_a_letter_to_nobody_says_so(desk):
    assert desk.post("/admin/writing/letter/", {"row": "letters-0"}).json()["words"] == "No e-mail address stands in this role yet."


@pytest.fixture
def draft(settings, tmp_path) -> Post:
    settings.MEDIA_ROOT = tmp_path
    return make_article(labels=("Strikes",), status=Status.DRAFT, published_at=None)


def with_picture(desk, draft, press="_save", **changes):
    file = SimpleUploadedFile("camera-0815.jpg", picture_bytes((80, 60)), content_type="image/jpeg")
    return desk.post(change(draft), typed(desk.get(change(draft)), press, new_picture=file, **changes))


def test_a_picture_is_uploaded_in_place_with_its_words(desk, draft):
    assert with_picture(desk, draft, new_picture_alt="A square full of people", new_picture_credit="Robin Example").status_code == 302
    draft.refresh_from_db()
    assert (draft.picture.alt, draft.picture.credit, draft.picture.width) == ("A square full of people", "Robin Example", 80)
    assert "camera" not in draft.picture.file.name


def test_a_picture_without_words_is_not_taken(desk, draft):
    answer = with_picture(desk, draft)
    assert "Say in a sentence what the picture shows" in answer.content.decode()
    assert Picture.objects.count() == 0


def test_what_is_no_picture_is_refused_in_words(desk, draft):
    file = SimpleUploadedFile("x.jpg", b"no picture at all", content_type="image/jpeg")
    answer = desk.post(change(draft), typed(desk.get(change(draft)), new_picture=file, new_picture_alt="x"))
    assert (answer.status_code, Picture.objects.count()) == (200, 0)
    assert 'id="id_new_picture_error"' in answer.content.decode()


def test_a_picture_outlives_a_refused_publication(desk, draft):
    answer = with_picture(desk, draft, "_publish", new_picture_alt="A square full of people", body=FAULTY)
    picture = Picture.objects.get()
    form = typed(answer, body="Nothing wrong.", press="_publish")
    assert (answer.status_code, form["picture"], form["new_picture_alt"]) == (200, str(picture.pk), "")
    desk.post(change(draft), form)
    draft.refresh_from_db()
    assert draft.picture == picture
