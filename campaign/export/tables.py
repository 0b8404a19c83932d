"""Which tables make the site, and each row as JSON: named as the models' fields are, so that a new field comes along by itself."""

import json
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from articles.models import AuditEntry, Labelling, Post, Revision
from campaign.models import DeskSession

APPS = ("articles", "appeals", "campaign")
ELSEWHERE = (Post, Labelling, Revision, AuditEntry, DeskSession)
"""Posts are files of their own and name their labels; the revision begins anew; the audit log and sessions are of editors."""
DERIVED = {"body", "body_html", "body_text", "search_order"}
"""Of posts: the body stands below the head, and what is made from it is made again."""
BREAKS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\\u007f"}
"""Characters that JSON lets stand, but at which other programs end a line."""
NAMES = {
    "address": "addresses", "appealaddress": "appeal-addresses", "failurereport": "failure-reports", "letterclaim": "letter-claims", "life": "lives",
    "oldaddress": "old-addresses", "press": "presses", "siteprofile": "profile",
}  # fmt: skip


@cache
def tables() -> dict[str, type[models.Model]]:
    """The models that are written as JSON, by the names of their files. Accounts, and what only makes sense with them, stay behind."""
    own = [model for app in APPS for model in apps.get_app_config(app).get_models() if not model._meta.proxy]
    kept = [model for model in own if model not in ELSEWHERE and not any(needs_others(field) for field in model._meta.local_concrete_fields)]
    return {NAMES.get(model._meta.model_name, f"{model._meta.model_name}s"): model for model in kept}


def is_foreign(field: models.Field) -> bool:
    """Whether it names a row that is not exported: an editor's account."""
    return field.is_relation and field.related_model._meta.app_label not in APPS


def needs_others(field: models.Field) -> bool:
    return is_foreign(field) and not field.null


def values(row: models.Model, fields: list[models.Field]) -> dict[str, Any]:
    return {field.name: None if is_foreign(field) else plain(field, row) for field in fields}


def plain(field: models.Field, row: models.Model) -> Any:
    """A value as JSON has it; moments to the microsecond, for pages are ordered by them."""
    value = getattr(row, field.attname)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | list | dict) else str(value)


def row_of(model: type[models.Model], given: dict[str, Any], fields: list[models.Field]) -> models.Model:
    """The row again; ValueError or ValidationError where a value is not what its field takes."""
    known = {field.name: field for field in fields}
    if unknown := given.keys() - known.keys():
        raise ValueError(f"there is no field {', '.join(sorted(unknown))}")
    made = {known[name].attname: typed(known[name], value) for name, value in given.items()}
    return model(**made)


def typed(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if field.is_relation else field).to_python(value)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if model is not Post or field.name not in DERIVED]


def on_one_line(values: Any) -> str:
    """JSON on one line, whatever program splits it."""
    words = json.dumps(values, ensure_ascii=False)
    for character, escaped in BREAKS.items():
        words = words.replace(character, escaped)
    return words
