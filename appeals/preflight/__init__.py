"""Preflight of what the ledger knows: addresses in prose, an appeal's records, its letters. Loaded by `appeals.apps`, on top of
the checks of texts."""

from appeals.preflight import prose, records

__all__ = ["prose", "records"]
