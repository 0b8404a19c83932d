from collections.abc import Iterable


def index(ids: Iterable[int]) -> None:
    raise NotImplementedError
