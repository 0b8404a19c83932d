"""Accounts of each role, and what the desk answers them."""

from django.contrib.auth.models import Group, User
from django.test import Client

PASSWORD = "as long as a winter's night"


def make_account(role: str = "", name: str = "", **overrides: object) -> User:
    """An account of the desk; "superuser" is a role here too."""
    user = User(username=name or role or "nobody", is_staff=True, is_superuser=role == "superuser", **overrides)
    user.set_password(PASSWORD)
    user.save()
    if role not in ("", "superuser"):
        user.groups.add(Group.objects.get(name=role))
    return user


def at_desk(role: str, **account: object) -> Client:
    """A browser in which an account of this role is logged in; `user` is the account."""
    client = Client()
    client.user = make_account(role, **account)
    client.force_login(client.user)
    return client
