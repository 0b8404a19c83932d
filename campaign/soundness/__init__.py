"""Whether the data is sound: what the database cannot promise by itself, looked into and, where it can be, mended."""

from campaign.soundness.checking import CHECKS, Check

__all__ = ["CHECKS", "Check"]
