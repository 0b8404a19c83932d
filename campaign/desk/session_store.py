"""Django's sessions in the database, each with its account and its beginning beside it, so that an account can see and end its own."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError

BEGAN = "began"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type:
        from campaign.models import DeskSession

        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.began = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        return row

    def save(self, must_create: bool = False) -> None:
        """Django takes a database that is away for a session that was ended meanwhile, and would answer 400."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
