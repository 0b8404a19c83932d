"""Comments of WXR: readers' words, and nothing else that the export knows of them."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from campaign.imports.dates import gmt, local
from campaign.imports.entries import Comment, LeftOut, Record
from campaign.imports.words import one_line
from campaign.imports.xml_reader import Node

ECHOES = ("pingback", "trackback")
SPAM = "Comments marked as spam or in the trash"
PINGS = "Pingbacks and trackbacks"
OTHERS = "Notes of plugins kept as comments ({type})"


def comments(item: Node, source: str, post: str) -> Iterator[Record]:
    seen: Counter[str] = Counter()
    for node in item.all("wp:comment"):
        record = comment(node, source, post)
        if isinstance(record, Comment) and (not record.id or seen[record.id]):
            record.id = digest(record)
            record.id += f"-{seen[record.id]}" if seen[record.id] else ""
        if isinstance(record, Comment):
            seen[record.id] += 1
        yield record


def digest(comment: Comment) -> str:
    """What tells a comment from others where its number does not."""
    return hashlib.sha256(f"{comment.author} {comment.local} {comment.published} {comment.html}".encode()).hexdigest()[:16]


def comment(node: Node, source: str, post: str) -> Record:
    approved, kind = (node.text("wp:comment_approved").strip() if node.first("wp:comment_approved") else "1"), node.text("wp:comment_type").strip()
    author = one_line(node.text("wp:comment_author"))
    if kind in ECHOES:
        return LeftOut(PINGS, author)
    if approved in ("spam", "trash", "post-trashed"):
        return LeftOut(SPAM, author)
    if kind not in ("", "comment", "review"):
        return LeftOut(OTHERS.format(type=kind))
    parent = node.text("wp:comment_parent").strip()
    return Comment(
        source=source,
        id=node.text("wp:comment_id").strip(),
        post=post,
        author=author,
        html=node.text("wp:comment_content"),
        plain=True,
        published=gmt(node.text("wp:comment_date_gmt")),
        local=local(node.text("wp:comment_date")),
        parent="" if parent == "0" else parent,
        held=approved not in ("1", "approve", "approved"),
    )
