"""The tables as the migrations that a database has been through have left them: a backup taken before an update restores after it."""

import hashlib
import hmac

from django.conf import settings
from django.db import connection, models
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from campaign.backup.archive import BackupError

LEFT_OUT = frozenset({"campaign.DeskSession", "sessions.Session"})
"""Whoever restores a site logs in anew."""

Node = tuple[str, str]


def applied() -> list[Node]:
    """The last migration of each app that this database has been through; none where it has no tables yet."""
    loader = MigrationLoader(connection)
    if unknown := loader.applied_migrations.keys() - loader.graph.nodes.keys():
        raise BackupError(f"The database is newer than this program: it has {named(min(unknown))}, which the program does not know. Update the program.")
    done = {node for node in loader.applied_migrations if node in loader.graph.nodes}
    return sorted(node for node in done if not any(child in done and child[0] == node[0] for child in children(loader, node)))


def children(loader: MigrationLoader, node: Node) -> list[Node]:
    return [child.key for child in loader.graph.node_map[node].children]


def tables(nodes: list[Node]) -> dict[str, type[models.Model]]:
    """The models as they were then, those between two others too; "app.Model" names each."""
    then = MigrationLoader(connection).project_state(nodes).apps
    found = {model._meta.label: model for model in then.get_models(include_auto_created=True) if not model._meta.proxy}
    return {label: found[label] for label in sorted(found.keys() - LEFT_OUT)}


def migrate_to(nodes: list[Node]) -> None:
    """Brings an empty site there, forwards or back."""
    executor = MigrationExecutor(connection)
    if unknown := [node for node in nodes if node not in executor.loader.graph.nodes]:
        raise BackupError(f"This backup is newer than the program, which does not know {named(unknown[0])}. Update the program. Nothing was restored.")
    try:
        executor.migrate(nodes)
    except IrreversibleError as error:
        raise BackupError("This backup is older than the tables of this site. Name a database that has no tables yet. Nothing was restored.") from error


def named(node: Node) -> str:
    return ".".join(node)


def fingerprint() -> str:
    """Tells one SECRET_KEY from another without giving it away."""
    return hmac.new(settings.SECRET_KEY.encode(), b"which key a backup belongs to", hashlib.sha256).hexdigest()
