"""Constant words of templates, looked up once in each language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

pytestmark = pytest.mark.once


def test_words_are_said_in_the_language_of_the_moment():
    page = Template('{% translate "Yes" %}, {% translate "No" as refusal %}{{ refusal }}, {% translate answer %}')
    said = {}
    for language in ("en-gb", "de", "ru", "de"):
        with override(language):
            said[language] = page.render(Context({"answer": "Save"}))
    assert said == {"en-gb": "Yes, No, Save", "de": "Ja, Nein, Sichern", "ru": "Да, Нет, Сохранить"}


def test_a_percent_sign_stands_as_it_is_written():
    assert Template('{% translate "100 % of them" %}').render(Context()) == "100 % of them"
