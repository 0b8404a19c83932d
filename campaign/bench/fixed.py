"""The measure of a server without a site: `/15000` is answered with so many bytes, and nothing else is done."""

from collections.abc import Callable, Iterable
from functools import cache


@cache
def body(size: int) -> bytes:
    return b"x" * size


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    size = environ["PATH_INFO"][1:]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", size)])
    return [body(int(size))]
