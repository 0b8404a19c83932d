"""Addresses that somebody types and pages print as links."""

import pytest
from django.urls import reverse

from articles.links import may_lead
from articles.templatetags.articles import led
from campaign.tests.accounts import at_desk
from campaign.tests.desk.typing import typed

HARMLESS = ("", "/donate/", "?x", "#x", "https://example.org/", "HTTP://example.org", "mailto:a@example.org", "tel:+7", "sms:+7", "page?a:b")
HOSTILE = (
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
    "\u00a0javascript:alert(1)", "javascript\t:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "view-source:x", "file:///x", "intent:x", "x-y:z",
)  # fmt: skip


@pytest.mark.once
def test_an_address_that_could_run_something_leads_nowhere():
    assert [one for one in HARMLESS if not may_lead(one)] == []
    assert [one for one in HOSTILE if may_lead(one)] == []
    assert {led(one) for one in HOSTILE} == {""}
    assert led("/donate/") == "/donate/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fund_link", "javascript:alert(1)"),
        ("mirrors", '["java\\tscript:alert(1)"]'),
        ("mirrors", '{"a": 1}'),
        ("mirrors", "1"),
        ("mirrors", "[1]"),
        ("links", '[{"name": "x", "url": "data:text/html,x"}]'),
        ("links", '["x"]'),
        ("links", '[{"name": "x"}]'),
        ("links", '[{"name": ["x"], "url": "/"}]'),
    ],
)
def test_the_profile_takes_no_link_that_would_spoil_every_page(client, field, value):
    editor, address = at_desk("editor"), reverse("admin:campaign_siteprofile_change", args=[1])
    answer = editor.post(address, typed(editor.get(address), name="Changed name", **{field: value}))
    assert (answer.status_code, [*answer.context["adminform"].form.errors]) == (200, [field])
    assert b"Changed name" not in client.get("/").content
    editor.post(address, typed(editor.get(address), name="Changed name"))
    assert b"Changed name" in client.get("/").content
