"""Publishing at the desk: preflight stands before it, nothing typed is lost, and two editors see each other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appeals.models import Appeal, Party, Role
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles import previews
from articles.models import Article, Picture, Post, Status, Version
from articles.tests.factories import make_article, make_label, make_update
from campaign.tests.accounts import at_desk
from campaign.tests.desk.typing import typed

pytestmark = pytest.mark.django_db

FAULTY = "Please send messages of support to:"


def change(post: Post) -> str:
    return reverse(f"admin:{post._meta.app_label}_{post._meta.model_name}_change", args=[post.pk])


def preview(post: Post) -> str:
    return reverse("admin:preview", args=[post.pk])


def save(client, post: Post, press: str = "_save", **changes):
    page = client.get(change(post))
    return client.post(change(post), typed(page, press, **changes))


@pytest.fixture
def desk():
    return at_desk("editor")


@pytest.fixture
def draft() -> Article:
    return make_article(labels=("Strikes",), status=Status.DRAFT, published_at=None)


def test_a_draft_without_fault_is_published_at_one_press(desk, draft):
    answer = save(desk, draft, "_publish")
    draft.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert draft.is_public()
    assert desk.get("/admin/").context["messages"]


def test_an_error_blocks_and_everything_typed_is_kept(desk, draft):
    answer = save(desk, draft, "_publish", title="A new title", body=FAULTY)
    draft.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, draft.status, draft.title == "A new title", Version.objects.count()) == (200, "draft", False, 0)
    assert (typed(answer)["title"], typed(answer)["body"]) == ("A new title", FAULTY)
    assert "Not published yet: mend what is marked as an error above." in page
    assert "<q>Please send messages of support to:</q>" in page
    assert '<a href="#id_body">' in page
    assert ('name="_publish"' in page, "/withdraw/" in page) == (True, False)
    assert "_publish_anyway" not in page


def test_an_error_keeps_a_new_post_too_and_makes_none(desk):
    add = reverse("admin:articles_article_add")
    answer = desk.post(add, typed(desk.get(add), "_publish", title="New", body=FAULTY, **{"events-0-place": "Typed too", "events-TOTAL_FORMS": "1"}))
    assert (answer.status_code, Post.objects.count()) == (200, 0)
    assert (typed(answer)["title"], typed(answer)["events-0-place"]) == ("New", "Typed too")


def test_a_warning_asks_once(desk, draft):
    asked = save(desk, draft, "_publish", body="Click above to send the protest.")
    assert asked.status_code == 200
    assert "_publish_anyway" not in typed(asked)
    assert desk.post(change(draft), typed(asked, "_publish")).status_code == 200
    answer = desk.post(change(draft), typed(asked, "_publish", _publish_anyway="1"))
    draft.refresh_from_db()
    assert (answer.status_code, draft.is_public()) == (302, True)
    assert save(desk, draft, title="Another title").status_code == 302


def test_a_tick_lets_no_error_through(desk, draft):
    assert save(desk, draft, "_publish", body=FAULTY, _publish_anyway="1").status_code == 200


def test_a_draft_may_hold_any_fault(desk, draft):
    assert save(desk, draft, body=FAULTY).status_code == 302


def test_the_status_field_is_no_way_round(desk, draft):
    assert save(desk, draft, status="published", body=FAULTY).status_code == 200
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_what_readers_see_already_does_not_stop_a_correction(desk):
    old = make_article(body=FAULTY)
    assert save(desk, old, title="Corrected").status_code == 302
    assert save(desk, old, body=f"{FAULTY}\n\nWrite tosolidarity@example.org").status_code == 200


def test_a_post_with_a_day_to_come_is_scheduled(desk, draft):
    later = timezone.localtime() + timedelta(days=3)
    save(desk, draft, "_publish", published_at=later.strftime("%Y-%m-%dT%H:%M:%S"))
    draft.refresh_from_db()
    assert (draft.status, draft.is_public()) == ("published", False)
    assert abs(draft.published_at - later) < timedelta(seconds=2)


def test_a_reporter_finds_no_button_and_forges_none():
    reporter = at_desk("reporter")
    draft = make_article(labels=("Strikes",), status=Status.DRAFT, published_at=None, created_by=reporter.user)
    page = reporter.get(change(draft))
    assert 'name="_publish"' not in page.content.decode()
    reporter.post(change(draft), typed(page, "_publish", status="published"))
    assert reporter.post(preview(draft)).status_code == 403
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_appeals_records_are_checked_as_they_were_typed(desk):
    appeal = make_appeal(labels=("Strikes",), status=Status.DRAFT, published_at=None)
    owner = make_recipient(party=Party.NOT_KNOWN)
    rows = {"appeal_addresses-TOTAL_FORMS": "1", "appeal_addresses-0-address": str(make_address(owner).pk), "appeal_addresses-0-role": Role.SOLIDARITY}
    answer = save(desk, appeal, "_publish", **rows, **{"appeal_addresses-0-order": "0"})
    assert (answer.status_code, appeal.appeal_addresses.count()) == (200, 0)
    assert "Nobody has said whose address this is." in answer.content.decode()
    assert '<a href="#appeal_addresses-group">' in answer.content.decode()


def test_the_second_of_two_editors_is_told_and_shown_both(desk, draft):
    mine = desk.get(change(draft))
    theirs = at_desk("editor", name="other")
    save(theirs, draft, title="Their title")
    answer = desk.post(change(draft), typed(mine, title="My title"))
    page = answer.content.decode()
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (200, "Their title")
    assert "Somebody else saved this post while you were writing." in page
    assert '<td dir="auto">Title: Their title</td>' in page
    assert '<td dir="auto">Title: My title</td>' in page
    assert desk.post(change(draft), typed(answer)).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "My title"
    assert [version.data["fields"]["title"] for version in draft.versions.all()][:2] == ["My title", "Their title"]


def test_a_slip_in_the_form_does_not_hide_the_other_editor(desk, draft):
    mine = desk.get(change(draft))
    save(at_desk("editor", name="other"), draft, title="Their title")
    slip = desk.post(change(draft), typed(mine, title=""))
    answer = desk.post(change(draft), typed(slip, title="My title"))
    assert "Somebody else saved this post" in answer.content.decode()


def test_every_save_keeps_a_version_of_the_whole_post(desk):
    appeal = make_appeal(labels=("Strikes",))
    add_address(appeal, address=make_address(value="office@example.org"))
    make_letter(appeal, subject="Free them")
    make_update(appeal)
    save(desk, appeal, demands="Free them\nPay them")
    after, before = appeal.versions.all()
    assert (before.by, after.by) == (None, desk.user)
    assert (before.data["fields"]["demands"], after.data["fields"]["demands"]) == (["Free the strikers"], ["Free them", "Pay them"])
    assert sorted(after.data) == ["appeal_addresses", "events", "fields", "labels", "letter_claims", "letters", "life", "updates"]
    assert list(after.data["labels"].values()) == ["Strikes"]
    assert (after.data["letters"][0]["subject"], "office@example.org" in after.data["appeal_addresses"][0]["address in words"]) == ("Free them", True)


def test_a_save_that_changes_nothing_keeps_no_version(desk, draft):
    save(desk, draft, title="One")
    save(desk, draft)
    assert draft.versions.count() == 2


def test_the_list_of_versions_leads_to_what_changed(desk, draft):
    save(desk, draft, title="A new title", body="First line\n\nSecond line")
    after, before = draft.versions.all()
    listed = desk.get(f"/admin/articles/article/{draft.pk}/versions/").content.decode()
    assert (f"/versions/{after.pk}/" in listed, f"?version={before.pk}" in listed, desk.user.username in listed) == (True, True, True)
    shown = desk.get(f"/admin/articles/article/{draft.pk}/versions/{after.pk}/")
    assert ("-", f"Title: {draft.title}") in shown.context["changed"]
    assert ("+", "Title: A new title") in shown.context["changed"]
    assert shown.context["since"] == []


def test_a_version_comes_back_through_the_form(desk):
    appeal = make_appeal(labels=("Strikes",))
    kept, lost = add_address(appeal), add_address(appeal, address=make_address(value="lost@example.org"))
    make_letter(appeal, subject="As it was")
    save(desk, appeal, title="First")
    first = appeal.versions.first()
    appeal.letters.update(subject="As it is")
    lost.delete()
    added = add_address(appeal, address=make_address(value="added@example.org"))
    save(desk, appeal, title="Second", labelled=[make_label(name="Other").pk])
    page = desk.get(f"{change(appeal)}?version={first.pk}")
    assert Appeal.objects.get().title == "Second"
    assert desk.post(change(appeal), typed(page)).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.title, [label.name for label in appeal.labels.all()], appeal.letters.get().subject) == ("First", ["Strikes"], "As it was")
    addresses = {used.address.value for used in appeal.appeal_addresses.all()}
    assert addresses == {kept.address.value, "lost@example.org"}
    assert added.address.value not in addresses


def test_an_old_version_does_not_take_a_post_back_to_draft(desk, draft):
    save(desk, draft, title="First")
    first = draft.versions.first()
    save(desk, draft, "_publish")
    desk.post(change(draft), typed(desk.get(f"{change(draft)}?version={first.pk}"), title="Second"))
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Second", "published")


def test_a_reporter_sees_versions_of_own_drafts_alone(draft):
    assert at_desk("reporter").get(f"/admin/articles/article/{draft.pk}/versions/").status_code == 404


def test_what_to_mend_stands_above_the_page_as_readers_will_get_it(desk, client):
    draft = make_appeal(title="Not yet", body=FAULTY, demands=["Free them"], status=Status.DRAFT, published_at=None)
    add_address(draft, address=make_address(value="office@example.org"))
    answer = desk.get(preview(draft))
    page = answer.content.decode().replace("<wbr>", "")
    places = [
        page.index(words)
        for words in ("<q>Please send messages of support to:</q>", 'name="csrfmiddlewaretoken"', "Not yet</h1>", "office@example.org", "Free them")
    ]
    assert (answer.status_code, places) == (200, sorted(places))
    assert f'<a href="{change(draft)}#id_body">Go to the field: text</a>' in page
    assert ("no-store" in answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (True, "noindex")
    shown = client.get(previews.link(draft).removeprefix("http://localhost:8000")).content.decode()
    assert ("Not yet</h1>" in shown, "Go to the field" in shown, "csrfmiddlewaretoken" in shown) == (True, False, False)


def test_a_reporter_previews_own_drafts_alone(draft):
    reporter = at_desk("reporter")
    own = make_article(title="Mine", status=Status.DRAFT, published_at=None, created_by=reporter.user)
    page = reporter.get(preview(own)).content.decode()
    assert ("Mine</h1>" in page, ">Publish</button>" in page) == (True, False)
    assert reporter.get(preview(draft)).status_code == 404


def test_a_picture_without_words_is_caught_at_the_preview_page(desk, draft):
    draft.picture = Picture.objects.create(file="pictures/a.jpg")
    draft.save()
    url = preview(draft)
    page = desk.get(url).content.decode()
    assert "pictures/a.jpg" in page
    answer = desk.post(url, {"_publish_anyway": "1"})
    assert (answer.status_code, Post.objects.get().status) == (422, "draft")
    Picture.objects.update(alt="A square full of people")
    assert desk.post(url).status_code == 302
    assert Post.objects.get().is_public()
