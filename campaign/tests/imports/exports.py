"""Small exports made by hand, valid until a test spoils them: WXR, Blogger's classic backup, Takeout's feed."""

from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

WXR_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>Shaft News</title><link>https://shaft.example.org</link><language>en-GB</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_site_url>https://shaft.example.org</wp:base_site_url>
<wp:base_blog_url>https://shaft.example.org</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>dana</wp:author_login><wp:author_email>dana@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Dana Example]]></wp:author_display_name></wp:author>
"""
CLASSIC_HEAD = """<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-77.archive</id><updated>2012-09-01T09:00:00.000+01:00</updated><title type='text'>Shaft Blog</title>
<link rel='alternate' type='text/html' href='http://shaft.example.org/'/><generator>Blogger</generator>
"""
TAKEOUT_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-77</id><title>Shaft Blog</title>
"""
KIND = "http://schemas.google.com/g/2005#kind"
numbers = count(1001)


def cdata(words: str) -> str:
    """As WordPress writes it: a section's end inside is split over two sections."""
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def wxr(*items: str, version: str = "1.2", head: str = "") -> str:
    return WXR_HEAD.format(version=version) + head + "".join(items) + "</channel></rss>\n"


def item(content: str = "One paragraph.", *, labels: dict[str, str] | None = None, inside: str = "", meta: dict[str, str] | None = None, **fields: Any) -> str:
    """An item of WXR. `labels`: names with their domain; `inside`: comments and whatever else stands in it."""
    number = fields.pop("post_id", None) or next(numbers)
    date = fields.pop("post_date", "2011-06-01 12:00:00")
    values = {
        "post_id": number,
        "post_date": date,
        "post_date_gmt": fields.pop("post_date_gmt", "2011-06-01 11:00:00"),
        "post_name": fields.pop("post_name", f"strike-{number}"),
        "status": "publish",
        "post_parent": 0,
        "post_type": "post",
        "post_password": "",
        "is_sticky": 0,
    }
    title, excerpt = fields.pop("title", f"Strike at shaft {number}"), fields.pop("excerpt", "")
    link = fields.pop("link", f"https://shaft.example.org/{date[:10].replace('-', '/')}/{values['post_name']}/")
    creator, guid = fields.pop("creator", "dana"), fields.pop("guid", f"https://shaft.example.org/?p={number}")
    wp = "".join(f"<wp:{name}>{cdata(str(value))}</wp:{name}>\n" for name, value in {**values, **fields}.items())
    categories = "".join(
        f"<category domain={quoteattr(domain)} nicename={quoteattr(name.lower().replace(' ', '-'))}>{cdata(name)}</category>\n"
        for name, domain in (labels or {}).items()
    )
    metas = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>" for key, value in (meta or {}).items()
    )
    return (
        f"<item><title>{cdata(title)}</title><link>{escape(link)}</link><pubDate>Wed, 01 Jun 2011 11:00:00 +0000</pubDate>"
        f"<dc:creator>{cdata(creator)}</dc:creator>"
        f'<guid isPermaLink="false">{escape(guid)}</guid><description></description><content:encoded>{cdata(content)}</content:encoded>'
        f"<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>\n{wp}{categories}{metas}{inside}</item>\n"
    )


def wp_comment(words: str = "Solidarity from the next shaft.", *, author: str = "Marat", **fields: Any) -> str:
    number = fields.pop("comment_id", None) or next(numbers)
    values = {
        "comment_id": number,
        "comment_author": cdata(author),
        "comment_author_email": "marat@example.com",
        "comment_author_url": "http://marat.example.com",
        "comment_author_IP": "192.0.2.7",
        "comment_date": "2011-06-02 10:00:00",
        "comment_date_gmt": "2011-06-02 09:00:00",
        "comment_content": cdata(words),
        "comment_approved": 1,
        "comment_type": "",
        "comment_parent": 0,
        **fields,
    }
    return "<wp:comment>" + "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in values.items()) + "</wp:comment>"


def classic(*entries: str) -> str:
    return CLASSIC_HEAD + "".join(entries) + "</feed>"


def classic_entry(content: str = "<p>One paragraph.</p>", *, kind: str = "post", labels: tuple[str, ...] = (), inside: str = "", **fields: Any) -> str:
    number = fields.pop("number", None) or next(numbers)
    identity = fields.pop("id", f"tag:blogger.com,1999:blog-77.{'page' if kind == 'page' else 'post'}-{number}")
    published = fields.pop("published", "2012-06-07T12:00:00.000+01:00")
    href = fields.pop("href", f"http://shaft.example.org/2012/06/strike-{number}.html" if kind != "page" else f"http://shaft.example.org/p/about-{number}.html")
    link = f"<link rel='alternate' type='text/html' href={quoteattr(href)} title='x'/>" if href else ""
    categories = "".join(f"<category scheme='http://www.blogger.com/atom/ns#' term={quoteattr(label)}/>" for label in labels)
    return (
        f"<entry><id>{identity}</id><published>{published}</published><updated>{fields.pop('updated', published)}</updated>"
        f"<category scheme='{KIND}' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>{categories}"
        f"<title type='text'>{escape(fields.pop('title', f'Strike at shaft {number}'))}</title><content type='html'>{escape(content)}</content>{link}"
        f"<author><name>{escape(fields.pop('author', 'Editor'))}</name><email>noreply@blogger.com</email></author>{inside}</entry>\n"
    )


def classic_comment(words: str, *, post: int, number: int | None = None, parent: int | None = None, **fields: Any) -> str:
    related = f"<link rel='related' href='http://www.blogger.com/feeds/77/{post}/comments/default/{parent}'/>" if parent else ""
    reply = f"<thr:in-reply-to href='x' ref='tag:blogger.com,1999:blog-77.post-{post}' type='text/html'/>{related}"
    return classic_entry(words, kind="comment", number=number, title=words[:20] + "...", inside=reply, href="", **fields)


def takeout(*entries: str, head: str = TAKEOUT_HEAD) -> str:
    return head + "".join(entries) + "</feed>"


def takeout_entry(content: str = "<p>One paragraph.</p>", *, kind: str = "POST", labels: tuple[str, ...] = (), inside: str = "", **fields: Any) -> str:
    number = fields.pop("number", None) or next(numbers)
    blog = fields.pop("blog", 77)
    values = {
        "title": f"Strike at shaft {number}",
        "blogger:created": "2022-12-05T05:05:50.002Z",
        "published": "2022-12-05T05:10:00.006Z",
        "updated": "2022-12-05T05:10:00.006Z",
        "blogger:filename": f"/2022/12/strike-{number}.html" if kind == "POST" else "",
        "blogger:trashed": "",
        **fields,
    }
    status, author = values.pop("status", "LIVE"), values.pop("author", "Editor")
    categories = "".join(f"<category scheme='tag:blogger.com,1999:blog-{blog}' term={quoteattr(label)}/>" for label in labels)
    rest = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())
    return (
        f"<entry><id>tag:blogger.com,1999:blog-{blog}.post-{number}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
        f"<author><name>{author}</name><uri></uri><blogger:type>BLOGGER</blogger:type></author><content type='html'>{escape(content)}</content>"
        f"{rest}{categories}{inside}</entry>\n"
    )


def saved(folder: Path, words: str | bytes, name: str = "export.xml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    return str(path)
