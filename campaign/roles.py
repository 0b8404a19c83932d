"""The three roles and what each may do, by Django's own permissions. An account may have several; a superuser has all."""

from typing import Any

ALL = ("add", "change", "delete", "view")
READ = ("view",)

ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    # Drafts of their own: articles.admin.access withholds the rest, the fields that publish among it.
    "reporter": {
        "articles.article": ("add", "change", "view"),
        "appeals.appeal": ("add", "change", "view"),
        "articles.update": ALL,
        "articles.event": ALL,
        "articles.life": ALL,
        "appeals.appealaddress": ALL,
        "appeals.letter": ALL,
        "appeals.letterclaim": ALL,
        "articles.picture": ("add", "view"),
        "articles.label": READ,
        "appeals.recipient": READ,
        "appeals.address": READ,
    },
    # Publishing, the ledger, messages.
    "editor": {
        "articles.post": ("publish",),
        "articles.article": ALL,
        "articles.page": ALL,
        "appeals.appeal": ALL,
        "articles.update": ALL,
        "articles.event": ALL,
        "articles.life": ALL,
        "articles.label": ALL,
        "articles.picture": ALL,
        "articles.message": ALL,
        "articles.oldaddress": ALL,
        "articles.origin": READ,
        "articles.version": READ,
        "articles.auditentry": READ,
        "appeals.recipient": ALL,
        "appeals.address": ALL,
        "appeals.appealaddress": ALL,
        "appeals.letter": ALL,
        "appeals.letterclaim": ALL,
        "appeals.failurereport": READ,
        "appeals.press": READ,
        "campaign.siteprofile": ("change", "view"),
    },
    # Accounts.
    "administrator": {
        "auth.user": ALL,
        "auth.group": READ,
        "articles.auditentry": READ,
    },
}


def make(apps: Any) -> None:
    """The groups with exactly these permissions; those that Django has not made yet are made here, by the names it will look for."""
    group, kind, permission = (apps.get_model(*name) for name in (("auth", "Group"), ("contenttypes", "ContentType"), ("auth", "Permission")))
    for role, table in ROLES.items():
        rights = []
        for model, acts in table.items():
            app, name = model.split(".")
            of, _new = kind.objects.get_or_create(app_label=app, model=name)
            for act in acts:
                known = {"codename": f"{act}_{name}", "content_type": of}
                rights.append(permission.objects.get_or_create(**known, defaults={"name": f"Can {act} {name}"})[0])
        group.objects.get_or_create(name=role)[0].permissions.set(rights)
