"""What happens to accounts, for the audit log: signals of Django's, for all ways into the desk alike."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _

from articles.models import Act, AuditEntry

RIGHTS = ("is_active", "is_staff", "is_superuser")


def listen() -> None:
    user = get_user_model()
    user_logged_in.connect(logged_in, dispatch_uid="audit")
    user_logged_out.connect(logged_out, dispatch_uid="audit")
    user_login_failed.connect(failed, dispatch_uid="audit")
    pre_save.connect(about_to_change, sender=settings.AUTH_USER_MODEL, dispatch_uid="audit")
    post_save.connect(changed, sender=settings.AUTH_USER_MODEL, dispatch_uid="audit")
    pre_delete.connect(deleted, sender=settings.AUTH_USER_MODEL, dispatch_uid="audit")
    m2m_changed.connect(roles_changed, sender=user.groups.through, dispatch_uid="audit")
    m2m_changed.connect(roles_changed, sender=user.user_permissions.through, dispatch_uid="audit")


def logged_in(user: Any, **kwargs: Any) -> None:
    AuditEntry.objects.note(Act.LOGIN, by=user)


def logged_out(user: Any, **kwargs: Any) -> None:
    if user is not None:
        AuditEntry.objects.note(Act.LOGOUT, by=user)


def failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Names the account only where there is one: people type passwords into the wrong field."""
    name = credentials.get(get_user_model().USERNAME_FIELD) or ""
    known = get_user_model().objects.filter(username=name[:150]).first() if "\0" not in name else None
    AuditEntry.objects.note(Act.FAILED_LOGIN, "" if known else _("no account of ours"), by=known)


def about_to_change(instance: Any, **kwargs: Any) -> None:
    instance.before_change = type(instance).objects.filter(pk=instance.pk).values("password", *RIGHTS).first() if instance.pk else None


def changed(instance: Any, created: bool, **kwargs: Any) -> None:
    before = instance.before_change or {}
    if before and before["password"] != instance.password and instance._password is None:
        return  # hashed anew at a login, by a newer algorithm: nobody has changed it
    if before and before["password"] != instance.password:
        AuditEntry.objects.note(Act.PASSWORD, instance.get_username())
    rights = [name for name in RIGHTS if getattr(instance, name)]
    if created or rights != [name for name in RIGHTS if before[name]]:
        AuditEntry.objects.note(Act.ROLES, said(instance, rights))


def deleted(instance: Any, **kwargs: Any) -> None:
    AuditEntry.objects.note(Act.ROLES, _("%(name)s: account deleted") % {"name": instance.get_username()})


def roles_changed(instance: Any, action: str, **kwargs: Any) -> None:
    if action in ("post_add", "post_remove", "post_clear") and isinstance(instance, get_user_model()):
        AuditEntry.objects.note(Act.ROLES, said(instance, [group.name for group in instance.groups.all()]))


def said(user: Any, rights: list[str]) -> str:
    return f"{user.get_username()}: {', '.join(rights) or _('none')}"
