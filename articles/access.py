"""Who may do what to which post: reporters write drafts of their own, editors publish."""

from typing import Any

from articles.models.kinds import Status

PUBLISH = "articles.publish_post"


def may_publish(user: Any) -> bool:
    """Editors: they publish, close, withdraw, and see what others write."""
    return user.has_perm(PUBLISH)


def may_edit(user: Any, post: Any) -> bool:
    return may_publish(user) or (post.status == Status.DRAFT and post.created_by_id == user.pk)


def editable(user: Any, posts: Any) -> Any:
    """Those of these posts that this account may open at the desk."""
    return posts if may_publish(user) else posts.filter(status=Status.DRAFT, created_by=user.pk)
