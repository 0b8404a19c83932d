"""Rows that name each other."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from appeals.models import Address, AppealAddress
from articles.models import Labelling, Revision
from campaign.models import SiteProfile

ONE_OF_EACH = (Revision, SiteProfile)
Key = tuple[type[models.Model], str, Any]


def broken() -> Iterator[tuple[None, str]]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            yield from ((None, words) for (words,) in cursor.fetchall() if words != "ok")


def dangling() -> Iterator[tuple[Key, str]]:
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if field.is_relation:
                    yield from dangling_by(model, field)


def dangling_by(model: type[models.Model], field: models.ForeignKey) -> Iterator[tuple[Key, str]]:
    there = field.related_model._base_manager.order_by().filter(pk=OuterRef(field.attname))
    lost = model._base_manager.order_by().filter(~Exists(there), **{f"{field.attname}__isnull": False})
    for pk, value in lost.values_list("pk", field.attname):
        yield (model, field.name, pk), f"{model._meta.label} {pk} names {field.name} {value}, which is not there"


def let_go(keys: list[Key]) -> None:
    """Empties a field that may be empty, and drops a row that only joins two others. Whatever holds somebody's words stays for a person."""
    for model, name, pk in keys:
        row = model._base_manager.filter(pk=pk)
        if model is Labelling or model._meta.auto_created:
            row._raw_delete(row.db)
        elif model._meta.get_field(name).null:
            models.QuerySet(model).filter(pk=pk).update(**{name: None})


def missing_single() -> Iterator[tuple[type[models.Model], str]]:
    for model in ONE_OF_EACH:
        if not model._base_manager.filter(pk=1).exists():
            yield model, f"{model._meta.label} has no row"


def make_single(keys: list[type[models.Model]]) -> None:
    for model in keys:
        model._base_manager.create(pk=1)


def wrong_sides() -> Iterator[tuple[int, str]]:
    theirs = Q(address__in=Address.objects.of_the_other_side().values("pk"))
    for row in AppealAddress.objects.filter((Q(other_side=True) & ~theirs) | (Q(other_side=False) & theirs)):
        yield row.pk, f"address {row.address_id} in appeal {row.appeal_id}"


def keep_sides(keys: list[int]) -> None:
    AppealAddress.objects.filter(pk__in=keys).keep_sides()
