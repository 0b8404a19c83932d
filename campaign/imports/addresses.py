"""Addresses as old sites wrote them: some are none, and that stops nothing."""

from urllib.parse import SplitResult, urljoin, urlsplit


def split(address: str) -> SplitResult:
    """Its parts, all of them empty where it is no address ("http://[the site]/")."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def joined(base: str, address: str) -> str:
    """The whole address of one that a page at `base` gave in part."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
