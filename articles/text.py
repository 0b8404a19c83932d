"""Markdown to safe HTML: the one way in which anybody's words become markup."""

from dataclasses import dataclass


class TextRefused(ValueError):
    """A text that cannot be rendered in bounded time; the message says so to the editor."""


@dataclass(frozen=True)
class Rendered:
    html: str
    text: str


def render(markdown: str, *, live: bool = True) -> Rendered:
    raise NotImplementedError
