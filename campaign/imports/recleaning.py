"""A better cleaner over what came long ago: the HTML of the export is kept beside every post for this."""

from collections import Counter
from dataclasses import dataclass, field

from articles.models import Kind, Origin, Post, Revision
from articles.models.renditions import with_renditions
from campaign.export.snapshot import chunks
from campaign.export.visible import Visible
from campaign.imports.convert import Converted, Converter
from campaign.imports.parts import render_in_parts
from campaign.imports.standing import Standing


@dataclass
class Recleaned:
    cleaned: int = 0
    edited: int = 0
    kept: list[str] = field(default_factory=list)
    """Titles of posts whose galleries, shared blocks or links the export alone can tell."""


def reclean(*, dry_run: bool = False) -> Recleaned:
    """Posts that nobody has edited since; in batches, each a transaction."""
    said = Recleaned()
    for origins in chunks(Origin.objects.exclude(made="").exclude(html="").select_related("post")):
        with Revision.one_bump():
            changed = [origin.post_id for origin in origins if reclean_one(origin, said, dry_run=dry_run)]
            Post.objects.sync(changed)
    return said


def reclean_one(origin: Origin, said: Recleaned, *, dry_run: bool) -> bool:
    """Whether its text was changed."""
    post = origin.post
    if origin.edited(post.body):
        said.edited += 1
        return False
    standing = Standing(origin)
    made = Converter(standing, standing).convert(standing.entry())
    if made.markdown == post.body:
        return False
    if standing.asked or poorer(made, post):
        said.kept.append(post.title)
        return False
    said.cleaned += 1
    if not dry_run:
        put(made, post, origin)
    return not dry_run


def poorer(made: Converted, post: Post) -> bool:
    """Whether a link or a picture that readers have now would go."""
    now, then = Visible.of(made.html), Visible.of(post.body_html)
    return bool(Counter(then.links) - Counter(now.links) or len(then.images) > len(now.images))


def put(made: Converted, post: Post, origin: Origin) -> None:
    closed = post.kind == Kind.APPEAL and not post.appeal.sends()
    rendered = render_in_parts(made.markdown, live=False)[0] if closed else made
    Post.objects.filter(pk=post.pk).update(body=made.markdown, body_html=with_renditions(rendered.html), body_text=rendered.text)
    Origin.objects.filter(pk=origin.pk).update(made=Origin.digest_of(made.markdown), pictures=made.pictures)
