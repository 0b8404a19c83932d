"""Pages that do one thing to one post: update, close, open again, extend, withdraw."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from appeals.models import Appeal, Party, Role, State
from appeals.tests.factories import add_address, make_address, make_appeal, make_recipient
from articles.models import AuditEntry, Status, Update
from articles.tests.factories import make_article, make_page, make_update
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db
STEPS = ("add_update", "withdraw", "close", "reopen", "extend")


def url(name: str, post) -> str:
    return reverse(f"admin:{name}", args=[post.pk])


@pytest.fixture
def editor():
    return at_desk("editor")


def test_an_update_stands_on_the_page_at_once(editor, client):
    post = make_article()
    make_update(post, place="Aktau", place_zone="Asia/Aqtau")
    form = editor.get(url("add_update", post)).context["form"]
    assert (form["place"].value(), form["place_zone"].value()) == ("Aktau", "Asia/Aqtau")
    answer = editor.post(url("add_update", post), {"text": "The shift went home.", "at": "2012-08-29T18:30", "place": "Aktau", "place_zone": "Asia/Aqtau"})
    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
    assert "The shift went home." in client.get(post.get_absolute_url()).content.decode()
    assert timezone.localtime(Update.objects.latest("pk").at).isoformat() == "2012-08-29T18:30:00+01:00"


@pytest.mark.parametrize("words", [{"text": ""}, {"text": "x", "place_zone": "Nowhere/Atall"}, {"text": "x", "at": "yesterday"}, {"text": "[" * 30_000}])
def test_an_update_that_cannot_be_keeps_what_was_typed(editor, words):
    post = make_article()
    answer = editor.post(url("add_update", post), {"at": "2012-08-29T18:30", **words})
    assert (answer.status_code, Update.objects.count()) == (200, 0)
    assert answer.context["form"].errors.keys() == {next(name for name in ("place_zone", "at", "text") if name in words)}
    assert words["text"] in answer.content.decode()


def test_closing_puts_the_outcome_first_and_can_be_undone(editor, client):
    told, goes_on = make_article(title="They are free"), make_appeal()
    appeal = make_appeal(act_by=timezone.localdate())
    words = {"outcome": "won", "summary": "The court freed all three.", "post": told.pk, "successor": goes_on.pk}
    answer = editor.post(url("close", appeal), words, follow=True)
    appeal = Appeal.objects.get(pk=appeal.pk)
    assert (appeal.state, appeal.outcome_post.pk, appeal.successor) == (State.CLOSED, told.pk, goes_on)
    assert "The court freed all three." in client.get(appeal.get_absolute_url()).content.decode()
    assert url("reopen", appeal) in answer.content.decode()
    editor.post(url("reopen", appeal))
    appeal = Appeal.objects.get(pk=appeal.pk)
    assert (appeal.state, appeal.outcome) == (State.OPEN, "")
    assert list(AuditEntry.objects.filter(post=appeal).order_by("pk").values_list("account", "act")) == [("editor", "closed"), ("editor", "reopened")]


@pytest.mark.parametrize("words", [{}, {"outcome": "won"}, {"outcome": "drawn", "summary": "x"}, {"outcome": "won", "summary": "x", "post": "999"}])
def test_no_appeal_is_closed_without_saying_how(editor, words):
    appeal = make_appeal()
    answer = editor.post(url("close", appeal), words)
    assert (answer.status_code, Appeal.objects.get().closed_at) == (200, None)
    assert "errornote" in answer.content.decode()


def test_the_reports_to_choose_from_hold_no_draft(editor):
    make_article(title="Not yet out", status=Status.DRAFT)
    make_article(title="Out")
    page = editor.get(url("close", make_appeal())).content.decode()
    assert ("Out" in page, "Not yet out" in page) == (True, False)


def test_the_last_day_moves_on_but_never_into_the_past(editor):
    today = timezone.localdate()
    appeal = make_appeal(act_by=today - timedelta(days=3))
    assert editor.post(url("extend", appeal), {"act_by": today - timedelta(days=1)}).status_code == 200
    assert editor.post(url("extend", appeal), {"act_by": today + timedelta(days=30)}).status_code == 302
    assert Appeal.objects.get().act_by == today + timedelta(days=30)


def test_a_withdrawn_post_answers_that_it_was_and_why(editor, client):
    post = make_article()
    assert editor.post(url("withdraw", post), {"reason": ""}).status_code == 200
    assert client.get(post.get_absolute_url()).status_code == 200
    said = editor.post(url("withdraw", post), {"reason": "It named a witness."}, follow=True).content.decode()
    assert f'<a href="{post.get_absolute_url()}">See what readers see</a>' in said
    answer = client.get(post.get_absolute_url())
    assert (answer.status_code, "It named a witness." in answer.content.decode()) == (410, True)
    assert AuditEntry.objects.filter(act="withdrawn").values_list("account", "what").get() == ("editor", post.title)


def test_every_list_and_form_leads_to_the_steps_that_make_sense(editor):
    post, appeal, ended = make_article(), make_appeal(), make_appeal()
    ended.close("won")
    page, draft = make_page(), make_article(status=Status.DRAFT)
    expected = {
        post: ["add_update", "withdraw"],
        appeal: ["add_update", "close", "withdraw"],
        ended: ["add_update", "reopen", "withdraw"],
        page: ["withdraw"],
        draft: [],
    }
    for row, names in expected.items():
        table = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        for answer in (editor.get(reverse(f"{table}_changelist")), editor.get(reverse(f"{table}_change", args=[row.pk]))):
            assert [name for name in ("add_update", "close", "reopen", "withdraw") if f'href="{url(name, row)}"' in answer.content.decode()] == names


@pytest.mark.parametrize("role", ["reporter", "administrator", ""])
def test_only_editors_take_a_step(role):
    account, appeal = at_desk(role), make_appeal()
    answers = {(name, send(url(name, appeal)).status_code) for name in STEPS for send in (account.get, account.post)}
    assert {status for _name, status in answers} == {403}
    assert (Appeal.objects.get().status, Appeal.objects.get().closed_at) == (Status.PUBLISHED, None)


def test_each_step_leaves_a_version_and_the_one_before_it(editor):
    appeal = make_appeal(act_by=timezone.localdate())
    editor.post(url("extend", appeal), {"act_by": timezone.localdate() + timedelta(days=3)})
    editor.post(url("close", appeal), {"outcome": "won", "summary": "All three are free."})
    editor.post(url("withdraw", appeal), {"reason": "It named a witness."})
    kept = [version.data["fields"] for version in appeal.versions.order_by("pk")]
    assert [fields["outcome_summary"] for fields in kept] == ["", "", "All three are free.", "All three are free."]
    assert [fields["status"] for fields in kept] == ["published", "published", "published", "withdrawn"]
    assert [version.by_id for version in appeal.versions.order_by("pk")] == [None, *[editor.user.pk] * 3]


def test_a_step_on_what_is_not_there_is_missing(editor):
    assert {editor.get(reverse(f"admin:{name}", args=[999])).status_code for name in STEPS} == {404}


def test_an_update_with_an_error_is_not_published_and_keeps_its_words(editor):
    post = make_article(labels=("Strikes",))
    words = {"text": "Send protests to:", "at": "2012-08-29T18:30", "place": "Aktau", "_publish_anyway": "1"}
    answer = editor.post(url("add_update", post), words)
    page = answer.content.decode()
    assert (answer.status_code, Update.objects.count(), post.versions.count()) == (422, 0, 0)
    assert (answer.context["form"]["text"].value(), answer.context["form"]["place"].value()) == ("Send protests to:", "Aktau")
    assert ("<q>Send protests to:</q>" in page, '<a href="#id_text">' in page, 'id="id_text"' in page) == (True, True, True)
    assert 'name="_publish_anyway"' not in page


def test_a_warning_about_an_ending_is_asked_once(editor):
    appeal = make_appeal(labels=("Strikes",))
    words = {"outcome": "won", "summary": "They are free: click below."}
    asked = editor.post(url("close", appeal), words)
    assert (asked.status_code, Appeal.objects.get().closed_at, AuditEntry.objects.filter(act="closed").count()) == (422, None, 0)
    assert ('<a href="#id_summary">' in asked.content.decode(), 'name="_publish_anyway"' in asked.content.decode()) == (True, True)
    assert editor.post(url("close", appeal), {**words, "_publish_anyway": "1"}).status_code == 302
    assert Appeal.objects.get().state == State.CLOSED


def test_an_appeal_is_not_opened_again_with_greetings_to_nobody_knows_whom(editor):
    appeal = make_appeal(labels=("Strikes",))
    add_address(appeal, Role.SOLIDARITY, make_address(make_recipient(party=Party.NOT_KNOWN)))
    appeal.close("won")
    answer = editor.post(url("reopen", appeal))
    assert (answer.status_code, Appeal.objects.get().state) == (422, State.CLOSED)
    assert f'href="{reverse("admin:appeals_appeal_change", args=[appeal.pk])}#appeal_addresses-group"' in answer.content.decode()


def test_what_stood_there_before_stops_no_step(editor):
    appeal = make_appeal(body="Send protests to:", act_by=timezone.localdate())
    assert editor.post(url("extend", appeal), {"act_by": timezone.localdate() + timedelta(days=3)}).status_code == 302
    assert editor.post(url("withdraw", appeal), {"reason": "See below:"}).status_code == 302
