"""Who converts: this process for a small archive, every processor of the machine for a large one."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from campaign.imports.convert import Converter
from campaign.imports.helper import Job, begin, convert, convert_share
from campaign.imports.spool import Spool
from campaign.imports.writer import Item

MANY = 1000
"""Entries from which on starting other processes pays."""
SHARE = 20
"""Entries handed out at a time."""
AHEAD = 3
"""Batches that may be under way while one is written."""


def converted(spool: Spool, batches: Iterable[list[Item]], total: int) -> Iterator[list[Item]]:
    """The batches in their order, each item with what it is made of."""
    return by_many(spool, batches) if total >= MANY else by_one(spool, batches)


def by_one(spool: Spool, batches: Iterable[list[Item]]) -> Iterator[list[Item]]:
    converter = Converter(spool)
    for items in batches:
        for item in items:
            item.made = convert(converter, job_of(item))
        yield items


def by_many(spool: Spool, batches: Iterable[list[Item]]) -> Iterator[list[Item]]:
    under_way: deque[tuple[list[Item], list[Future]]] = deque()
    context = multiprocessing.get_context("spawn")  # a forked child would share the database's connection
    with ProcessPoolExecutor(os.cpu_count(), context, begin, (spool.path, os.environ["DJANGO_SETTINGS_MODULE"])) as pool:
        for items in batches:
            shares = [items[start : start + SHARE] for start in range(0, len(items), SHARE)]
            under_way.append((items, [pool.submit(convert_share, [job_of(item) for item in share]) for share in shares]))
            if len(under_way) > AHEAD:
                yield finished(*under_way.popleft())
        while under_way:
            yield finished(*under_way.popleft())


def finished(items: list[Item], shares: list[Future]) -> list[Item]:
    made = [one for share in shares for one in share.result()]
    for item, one in zip(items, made, strict=True):
        item.made = one
    return items


def job_of(item: Item) -> Job:
    return item.n, item.is_new or item.changed, item.comments
