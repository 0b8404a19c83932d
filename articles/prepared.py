"""Queries that are put into SQL once and asked often: writing a query down costs Django more than answering it costs the database.

    @prepared
    def of_day(day: date, slug: str, now: datetime) -> QuerySet:
        return Post.objects.public(now).filter(published_on=day, slug=slug)

is called like the function itself and gives the rows. The function sees stand-ins for its values, once, and may only filter by
them: where a stand-in turned up among the parameters of the statement, every later call puts its own value.
"""

import copy
import inspect
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, update_wrapper
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects

STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: -(10**12) - number,
    str: lambda number: f"\ue000{number}",
    date: lambda number: date(1000, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(1000, 1, 1, tzinfo=UTC) + timedelta(microseconds=number + 1),
}
"""Values that nothing else has, of each type."""


MANY = 32
"""Values that a list of numbers has room for; a shorter one says its first again."""


class Slot(NamedTuple):
    """Where a value goes among the parameters of a statement."""

    name: str
    index: int | None = None

    def of(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        return value if self.index is None else value[self.index if self.index < len(value) else 0]


def as_parameter(value: Any) -> Any:
    """The value as Django hands it to this database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def stand_ins(types: dict[str, Any]) -> dict[str, Any]:
    """A value, or MANY for a `list[int]`, under each name."""
    numbered = ((name, kind, number * MANY) for number, (name, kind) in enumerate(types.items()))
    return {
        name: [STAND_INS[int](number + index) for index in range(MANY)] if kind == list[int] else STAND_INS[kind](number) for name, kind, number in numbered
    }


def with_slots(params: Iterable[Any], standing_in: dict[str, Any]) -> list[Any]:
    """The parameters of a statement, with a slot wherever a stand-in has got to."""
    slots = {as_parameter(value): Slot(name) for name, value in standing_in.items() if not isinstance(value, list)}
    slots |= {value: Slot(name, index) for name, many in standing_in.items() if isinstance(many, list) for index, value in enumerate(many)}
    return [slots.get(param, param) for param in params]


def filled(params: list[Any], values: dict[str, Any]) -> list[Any]:
    values = {name: as_parameter(value) for name, value in values.items()}
    return [param.of(values) if type(param) is Slot else param for param in params]


class prepared:
    """The queryset that a function of typed values builds, for the database engine in use."""

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self.types = {name: value.annotation for name, value in inspect.signature(build).parameters.items()}
        self.known_converters: dict[int, Any] | None = None
        update_wrapper(self, build)

    @cached_property
    def statement(self) -> tuple[QuerySet, Any, str, list[Any]]:
        standing_in = stand_ins(self.types)
        rows = self.build(**standing_in)
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, with_slots(params, standing_in)

    def converters(self, columns: Any) -> dict[int, Any]:
        """What turns the database's values into Python's: looked up for the first rows, the same for all others."""
        if self.known_converters is None:
            self.known_converters = type(self.statement[1]).get_converters(self.statement[1], columns)
        return self.known_converters

    def __call__(self, **values: Any) -> list[Any]:
        rows, compiler, sql, params = self.statement
        compiler = copy.copy(compiler)  # a thread's own, on its own connection
        compiler.connection = connection
        compiler.as_sql = lambda: (sql, filled(params, values))
        compiler.get_converters = self.converters
        asked = SimpleNamespace(db=rows.db, model=rows.model, query=SimpleNamespace(get_compiler=lambda using: compiler), _known_related_objects={})
        found = list(rows._iterable_class(asked))
        prefetch_related_objects(found, *rows._prefetch_related_lookups)
        return found
