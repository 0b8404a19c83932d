"""Imports held against what another reader expects of the same export: every word, link, picture, comment, label, date and status."""

from collections import Counter
from datetime import UTC
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Label, Message, OldAddress, Origin, Post, Revision
from campaign.export.lines import live_html
from campaign.tests.imports import expected
from campaign.tests.imports.expected import Expected, addresses, words
from campaign.tests.imports.exports import classic, classic_comment, classic_entry, item, saved, takeout, takeout_entry, wp_comment, wxr

pytestmark = pytest.mark.django_db

READERS = {"import_blogger": expected.of_blogger, "import_wordpress": expected.of_wordpress}


def held_against(command: str, path: Path, **options: str) -> list[Expected]:
    """Imports the file and compares everything with what its own reader expects."""
    call_command(command, str(path), **options)
    wanted = READERS[command](path)
    assert Origin.objects.count() == len(wanted)
    for post in wanted:
        compare(post, Origin.objects.get(entry_id=post.identity).post)
    return wanted


def compare(wanted: Expected, post: Post) -> None:
    assert (post.kind == "page", post.status, post.published_at) == (wanted.page, wanted.status, wanted.published)
    assert str(post.published_on or "") == wanted.day
    assert post.byline == wanted.byline
    assert not wanted.title or post.title == wanted.title
    assert {label.name.casefold() for label in post.labels.all()} == {label.strip().casefold() for label in wanted.labels}
    body = live_html(post)
    kept = words(body)
    assert kept == wanted.words or ("<img" in wanted.html and follows(wanted.words, kept))
    assert not addresses(wanted.html, "a", "href") - addresses(body, "a", "href")
    shown = addresses(body, "img", "src") + addresses(body, "a", "href")
    assert not addresses(wanted.html, "img", "src") - shown
    messages = Counter((message.name, " ".join(words(message.text)), message.sent_at.astimezone(UTC), message.state) for message in post.messages.all())
    assert messages == wanted.comments


def follows(few: list[str], many: list[str]) -> bool:
    """Whether these words stand in the others in their order: a picture that is not at hand adds its name."""
    rest = iter(many)
    return all(word in rest for word in few)


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in (Post, Label, Origin, OldAddress, Message, Revision, Post.labels.through)]


@pytest.mark.seeds
@pytest.mark.parametrize(("command", "name", "posts"), [("import_blogger", "blogger-classic.xml", 11), ("import_wordpress", "wordpress.wxr.xml", 4)])
def test_the_real_archives_come_whole(seeds, command, name, posts):
    assert len(held_against(command, seeds / name)) == posts


@pytest.mark.seeds
def test_a_second_run_changes_nothing(seeds, capsys):
    states = []
    for _run in range(2):
        call_command("import_blogger", str(seeds / "blogger-classic.xml"))
        call_command("import_wordpress", str(seeds / "wordpress.wxr.xml"))
        states.append(everything())
    assert states[0] == states[1]
    assert capsys.readouterr().out.count("Came: nothing new.") == 2


def test_a_nasty_classic_backup_comes_whole(tmp_path):
    words = classic(
        classic_entry("<p>Coal &amp; steel</p>A <b>bo</b>ld word<br/>next <a href='http://x.example.com/?a=1&amp;b=2#c'>link</a>",
                      labels=("A & B", "a & b", "Ещё")),
        classic_entry("", title=""),
        classic_entry("No markup at all, 4 < 5 & *stars* _under_ [brackets] `ticks` # hash",
                      title="Coal & <steel", published="2012-12-31T23:30:00.000-08:00"),
        classic_entry("<div class='separator'><a href='http://p.example.com/s1600/x.jpg' imageanchor='1'>"
                      "<img src='http://p.example.com/s320/x.jpg'/></a></div>", number=5),
        classic_entry("<ul><li>one<ol><li>two</li></ol></li></ul><table><tr><td>a</td><td>b|c</td></tr></table>"
                      "<pre>x\n  y</pre><script>no()</script><o:p>Word</o:p>"),
        classic_entry(kind="page", number=6, title="About us"),
        classic_comment("First<br />second &amp; third", post=5, number=50), classic_comment("A reply", post=5, parent=50, author="Anonymous"),
        classic_comment("Same words", post=6), classic_comment("Same words", post=6), classic_comment("Lost", post=999),
    )  # fmt: skip
    held_against("import_blogger", Path(saved(tmp_path, words)))
    assert Message.objects.get(text="A reply").reply_to.text == "First\nsecond & third"


def test_a_nasty_takeout_comes_whole(tmp_path):
    words = takeout(
        takeout_entry("<p>One\u2028two &lt;b&gt;</p>", labels=("NLP",), number=5), takeout_entry(status="DRAFT"), takeout_entry(kind="PAGE", number=6),
        takeout_entry("one\ntwo http://x.example.com/y", kind="COMMENT", **{"blogger:parent": "tag:blogger.com,1999:blog-77.post-5"}),
    )  # fmt: skip
    held_against("import_blogger", Path(saved(tmp_path, words)), time_zone="UTC")


def test_a_nasty_wordpress_export_comes_whole(tmp_path):
    words = wxr(
        item("One.\n\nTwo <strong>bo</strong>ld\nthree [sic] [email&nbsp;protected] <a href='https://x.example.com/?a=1&amp;b=2'>x</a>\r\n\r\n"
             "Four ]]> \\\\ \\n", labels={"Arts": "category", "arts ": "post_tag"}),
        item("<!-- wp:paragraph -->\n<p>Block \\u003c text</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list --><ul><li>a</li></ul><!-- /wp:list -->"),
        item("", title=""), item("x", status="private"), item("x", status="pending"), item("x", post_password="y"), item("x", post_type="page"),
        item("x", status="trash"),
        item("x", status="draft", post_date_gmt="2011-06-01 11:00:00"), item("late", post_date="2012-01-01 00:30:00", post_date_gmt="2011-12-31 23:30:00"),
        item(inside=wp_comment("One\nline &amp; <em>two</em>") + wp_comment("Held", comment_approved=0) + wp_comment("spam", comment_approved="spam")),
        item("<blockquote>Said\n\ntwice</blockquote>\n<pre>a\n\n  b</pre><h2>Head</h2>Text<!--more-->more", title="Coal &#8217;n&amp; steel"),
    )  # fmt: skip
    held_against("import_wordpress", Path(saved(tmp_path, words)))
