"""Versions of a post: the whole of it as JSON, kept at every save of the desk, compared line by line, brought back through the form."""

import datetime
import difflib
import json
from collections.abc import Iterator
from types import NoneType
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import Post, Version

ROWS = ["life", "updates", "events"]
"""Related names of what hangs on a post; the floor above adds its own. The forms of the desk have the same names."""
NOT_RESTORED = frozenset({"status", "published_at", "slug", "kind"})
"""What says whether, when and where readers see it: an old version brings back words and records, never that."""
PLAIN = (str, int, bool, list, dict, datetime.date, NoneType)
"""Types that JSON has, or Django's encoder; a country is its code."""
CONTEXT = 2
"""Unchanged lines shown round a change."""

Data = dict[str, Any]
Lines = list[tuple[str, str]]


def snapshot(post: Post) -> Data:
    """Everything of a post that an editor can change, as JSON has it."""
    data = {
        "fields": values(post),
        "labels": {str(label.pk): label.name for label in post.labels.all()},
        **{name: [values(row, of=post) for row in rows(post, name)] for name in ROWS if hasattr(type(post), name)},
    }
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def rows(post: Post, name: str) -> list[models.Model]:
    relation = type(post)._meta.get_field(name)
    return list(relation.related_model.objects.filter(**{relation.field.name: post.pk}).order_by("pk"))


def values(row: models.Model, of: Post | None = None) -> Data:
    """Its editable fields; of a row that hangs on a post, its number too. What a number points at is said in words beside it."""
    found: Data = {"id": row.pk} if of else {}
    for field in type(row)._meta.concrete_fields:
        if not field.editable or field.primary_key or (of and isinstance(of, field.related_model or ())):
            continue
        value = field.value_from_object(row)
        found[field.name] = value if isinstance(value, PLAIN) else str(value)
        if field.is_relation and value:
            found[f"{field.name} in words"] = str(getattr(row, field.name))
    return found


def keep(post: Post, by: Any, data: Data | None = None) -> Version | None:
    """A version of the post as it stands, unless the last one is the same."""
    data = data or snapshot(post)
    last = Version.objects.filter(post_id=post.pk).first()
    if last and last.data == data:
        return None
    return Version.objects.create(post_id=post.pk, by=by, data=data)


def lines(data: Data, model: type[models.Model] = Post) -> list[str]:
    """A version as lines to read and compare."""
    said = list(fields_in_words(data.get("fields", {}), model))
    if data.get("labels"):
        said.append(f"{_('Labels')}: {', '.join(sorted(data['labels'].values()))}")
    for name, found in in_order(data, model):
        for row in found if name not in ("fields", "labels") else ():
            related = model._meta.get_field(name).related_model if has_field(model, name) else None
            said += [f"{capfirst(name.replace('_', ' '))}:", *(f"    {line}" for line in fields_in_words(row, related))]
    return said


def has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def in_order(data: Data, model: type[models.Model] | None) -> list[tuple[str, Any]]:
    """As the model has its fields: PostgreSQL keeps the keys of a JSON in an order of its own."""
    order = {field.name: number for number, field in enumerate(model._meta.get_fields())} if model else {}
    return sorted(data.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))


def fields_in_words(data: Data, model: type[models.Model] | None) -> Iterator[str]:
    for name, value in in_order(data, model):
        if name == "id" or name.endswith(" in words") or value in (None, "", [], False):
            continue
        label = capfirst(model._meta.get_field(name).verbose_name) if model and has_field(model, name) else name
        value = data.get(f"{name} in words", value)
        words = [str(line) for line in value] if isinstance(value, list) else str(value).splitlines()
        yield from [f"{label}: {words[0]}"] if len(words) == 1 else [f"{label}:", *words]


def diff(before: Data, after: Data, model: type[models.Model] = Post) -> Lines:
    """Marked lines, "-" gone, "+" new, " " unchanged, "…" where unchanged ones are left out; empty where nothing changed."""
    old, new = lines(before, model), lines(after, model)
    marked: Lines = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        marked += [("…", "")] if marked else []
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                marked += [(" ", line) for line in old[i1:i2]]
            else:
                marked += [("-", line) for line in old[i1:i2]] + [("+", line) for line in new[j1:j2]]
    return marked
