"""Appeals that an old site made: over here, with their addresses in the ledger and nobody greeted by mistake."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from appeals.models import Address, Appeal, Outcome, Party, Recipient, Role
from appeals.tests.factories import make_address, make_recipient
from articles.models import Origin, Post, Update
from campaign.tests.imports.exports import classic, classic_entry, item, saved, wxr

pytestmark = pytest.mark.django_db

ASKS = (
    "<p>The miners of shaft 7 are on strike.</p><p>Please send protests before 20 June 2012 to:</p>"
    "<p>Director of the Shaft Company<br/>Email: <a href='mailto:director@shaft.example.com'>director@shaft.example.com</a><br/>Fax: +44 20 7946 0018</p>"
    "<p>Please send messages of solidarity to: strikers@union.example.org</p>"
)
REPORT = "<p>The protest goes on, and hundreds came to the gate. Contact: editor@example.org</p>"


def brought(tmp_path: Path, *entries: str, **options: str) -> dict:
    report = tmp_path / "report.json"
    call_command("import_blogger", saved(tmp_path, classic(*entries)), report=report, **options)
    return json.loads(report.read_text())


def roles(appeal: Appeal) -> dict[str, str]:
    return {str(used.address): used.role for used in appeal.appeal_addresses.all()}


def test_a_post_that_asks_for_protest_is_an_appeal_that_is_over(tmp_path, client):
    said = brought(tmp_path, classic_entry(ASKS, number=5, title="Protest now"), classic_entry(REPORT, number=6, title="Report"))
    appeal = Appeal.objects.get()
    assert (appeal.outcome, appeal.closed_at.date(), appeal.act_by, appeal.state) == (Outcome.ENDED, date(2012, 6, 20), date(2012, 6, 20), "closed")
    assert not Update.objects.exists()
    assert roles(appeal) == {
        "director@shaft.example.com": Role.PROTEST, "+44 20 7946 0018": Role.PROTEST, "strikers@union.example.org": Role.SOLIDARITY,
    }  # fmt: skip
    assert (said["came"]["closed appeals"], said["came"]["published posts"]) == (1, 1)
    assert any("is an appeal that is over, with 3 addresses" in remark["says"] for remark in said["remarks"])
    page = client.get("/appeals/strike-5/")
    assert page.status_code == 200
    assert b"director@shaft.example.com" in page.content
    assert b"mailto:director" not in page.content
    assert client.get("/2012/06/strike-5.html").headers["Location"] == appeal.get_absolute_url()
    assert Post.objects.get(origins__entry_id="6").kind == "report"


def test_the_ledger_holds_each_address_once_and_keeps_whose_it_is(tmp_path):
    known = make_address(make_recipient(name="The union"), value="strikers@union.example.org")
    brought(tmp_path, classic_entry(ASKS, number=5), classic_entry(ASKS, number=6))
    assert Address.objects.count() == 3
    assert Appeal.objects.count() == 2
    assert Address.objects.get(value="strikers@union.example.org").recipient == known.recipient


def test_what_the_role_guard_refuses_comes_under_protest_and_is_said(tmp_path):
    make_address(make_recipient(name="The company", party=Party.COMPANY), value="strikers@union.example.org")
    said = brought(tmp_path, classic_entry(ASKS, number=5))
    assert roles(Appeal.objects.get())["strikers@union.example.org"] == Role.PROTEST
    assert any("asked for solidarity at strikers@union.example.org, which is the other side's (The company)" in one["says"] for one in said["remarks"])


def test_appeals_may_come_as_drafts_or_as_posts(tmp_path):
    brought(tmp_path, classic_entry(ASKS, number=5), appeals="draft")
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.closed_at, appeal.appeal_addresses.count()) == ("draft", None, 3)
    brought(tmp_path, classic_entry(ASKS, number=6), appeals="none")
    assert Post.objects.get(origins__entry_id="6").kind == "report"


def test_what_readers_did_not_see_becomes_no_appeal(tmp_path):
    posts = [item(ASKS, post_id=5, status="private"), item(ASKS, post_id=6, status="draft"), item(ASKS, post_id=7, post_type="page")]
    call_command("import_wordpress", saved(tmp_path, wxr(*posts)))
    assert (Appeal.objects.count(), Recipient.objects.count(), Post.objects.count()) == (0, 0, 3)


def test_a_second_run_and_a_dry_run_change_nothing(tmp_path):
    said = brought(tmp_path, classic_entry(ASKS, number=5), dry_run=True)
    assert said["came"] == {"closed appeals": 1, "old addresses": 1}
    assert any("with 3 addresses: check who is written to" in remark["says"] for remark in said["remarks"])
    assert (Post.objects.count(), Recipient.objects.count()) == (0, 0)
    for _run in range(2):
        brought(tmp_path, classic_entry(ASKS, number=5))
    assert (Appeal.objects.count(), Address.objects.count(), Origin.objects.count()) == (1, 3, 1)
