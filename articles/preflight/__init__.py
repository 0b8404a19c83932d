"""Preflight: what an editor should mend before readers see it.

A check is a small function from a `Reading` to findings, decorated with `@check`. Those of texts stand in this package; the floor
above adds those of addresses and letters. Every check takes time in proportion to the text.
"""

from articles.preflight import addresses, dates, fields, wording
from articles.preflight.findings import Finding, Severity
from articles.preflight.reading import Reading, Run
from articles.preflight.registry import check, findings

__all__ = ["Finding", "Reading", "Run", "Severity", "addresses", "check", "dates", "fields", "findings", "wording"]
