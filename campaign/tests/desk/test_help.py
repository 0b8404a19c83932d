"""Help beside the fields, and the editors' guide."""

import re

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image

from campaign.tests.accounts import at_desk

PLAIN = {
    "text", "name", "organisation", "place", "state", "sent_at", "post", "reply_to", "died", "age", "labels", "appeal", "address", "recipient", "day", "target",
    "path", "query", "token", "source_url",
}  # fmt: skip
"""Fields of readers' words and of tables that nobody fills in by hand, or whose name is all there is to say."""
FILLED_IN = ("article", "appeal", "recipient", "address", "appealaddress", "letter", "letterclaim", "life", "update", "event", "picture", "label")


def test_every_field_that_an_editor_fills_in_says_what_it_is_for():
    models = [model for app in ("articles", "appeals") for model in apps.get_app_config(app).get_models() if model._meta.model_name in FILLED_IN]
    assert len(models) == len(FILLED_IN)
    fields = [field for model in models for field in model._meta.get_fields() if getattr(field, "editable", False) and not field.auto_created]
    assert sorted({field.name for field in fields if not field.help_text} - PLAIN) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_the_guide_is_there_for_every_account_with_few_small_pictures(role):
    page = at_desk(role).get(reverse("admin:guide")).content.decode()
    shots = re.findall(r'<img class="shot" src="/static/([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"', page)
    assert 1 <= len(shots) == page.count("<img") <= 4
    for path, alt, width, height in shots:
        with open(finders.find(path), "rb") as file:
            assert len(file.read()) < 40_000
            assert (Image.open(file, formats=("WEBP",)).size, len(alt) > 20) == ((int(width), int(height)), True)


@pytest.mark.django_db
def test_every_place_the_guide_leads_to_is_there():
    client = at_desk("editor")
    page = client.get(reverse("admin:guide")).content.decode()
    links = set(re.findall(r'href="(/[^"]+)"', page.partition('class="guide"')[2]))
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    anchors = re.findall(r'href="#([^"]+)"', page.partition('class="guide"')[2])
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []
