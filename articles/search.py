from collections.abc import Iterable


def index(ids: Iterable[int]) -> None:
    """Bring the search rows of these posts in step."""
