"""What stops an import: one clear line each, exit code 2, nothing written."""

from django.core.management.base import CommandError


class ExportRefused(CommandError):
    """An export that cannot be brought in; the message says which file, what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)
