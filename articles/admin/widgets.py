"""Inputs of the desk that work without script and have one label each."""

from django import forms
from django.db import models


class MomentInput(forms.DateTimeInput):
    """A day and a time in one field, with the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


ONE_FIELD = {models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}, models.DateField: {"widget": DayInput}}
"""The stock admin divides a moment into two fields, of which neither has a label."""
