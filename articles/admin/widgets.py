"""Inputs of the desk that work without script and have one label each."""

import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class MomentInput(forms.DateTimeInput):
    """A day and a time in one field, with the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MarkdownInput(AdminTextareaWidget):
    """A text with its preview beside it, made by the server's own renderer; without script it is the text alone."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        words = {"url": reverse("admin:render_text"), "words": _("% words"), "heading": _("As readers will see it"), "paste": reverse("admin:paste_text")}
        data = format_html_join("", ' data-{}="{}"', words.items())
        labels = {"bold": _("Bold"), "italic": _("Italic"), "link": _("Link"), "heading": _("Heading"), "list": _("List"), "quote": _("Quotation")}
        bar = format_html(
            '<markdown-bar data-for="{}" data-labels="{}" aria-label="{}">', (attrs or {}).get("id", ""), json.dumps(labels), _("Signs of Markdown")
        )
        text = super().render(name, value, attrs, renderer)
        return format_html('<div class="writing">{}</markdown-bar>{}<live-preview{}></live-preview></div>', bar, text, data)


class LetterInput(AdminTextareaWidget):
    """A letter's text, with the length of its mail link as one types."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        text = super().render(name, value, attrs, renderer)
        return format_html('<div class="writing">{}<mail-length data-url="{}"></mail-length></div>', text, reverse("admin:mail_length"))


ONE_FIELD = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}, models.DateField: {"widget": DayInput}}
"""The stock admin divides a moment into two fields, of which neither has a label."""
