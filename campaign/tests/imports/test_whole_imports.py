"""What only shows when all parts of an export are brought in together, or once more."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from articles.models import Message, OldAddress, Origin, Post
from campaign.imports.problems import ExportRefused
from campaign.tests.imports.exports import TAKEOUT_HEAD, classic, classic_entry, item, saved, takeout, takeout_entry, wp_comment, wxr

pytestmark = pytest.mark.django_db

SCHEDULED = "was scheduled for a day that is past and never came out; it comes in as a draft"


def post_of(entry: str) -> Post:
    return Origin.objects.get(entry_id=entry).post


def comment(words: str, number: int, post: int, blog: int = 77) -> str:
    return takeout_entry(words, kind="COMMENT", number=number, blog=blog, **{"blogger:parent": f"tag:blogger.com,1999:blog-{blog}.post-{post}"})


def test_the_owner_s_own_comments_do_not_double(tmp_path, capsys):
    saved(tmp_path, takeout(takeout_entry(number=5), comment("Mine", 50, 5), comment("A reader's", 51, 5)), "Takeout/Blogger/Blogs/Shaft/feed.atom")
    saved(tmp_path, takeout(comment("Mine", 50, 5)), "Takeout/Blogger/Comments/Shaft/feed.atom")
    elsewhere = takeout(comment("On another blog", 60, 9, blog=88), head=TAKEOUT_HEAD.replace("blog-77", "blog-88"))
    saved(tmp_path, elsewhere, "Takeout/Blogger/Comments/Other/feed.atom")
    call_command("import_blogger", str(tmp_path))
    assert sorted(Message.objects.values_list("text", flat=True)) == ["A reader's", "Mine"]
    assert Post.objects.count() == 1
    assert "1 × Comments on posts that the export does not hold" in capsys.readouterr().out


def test_what_was_scheduled_stays_so_and_what_never_came_out_waits_for_an_editor(tmp_path):
    late = item(post_id=5, status="future", post_date="2011-06-01 12:00:00", post_date_gmt="2011-06-01 11:00:00")
    early = item(post_id=6, status="future", post_date="2999-06-01 12:00:00", post_date_gmt="2999-06-01 11:00:00")
    report = tmp_path / "report.json"
    call_command("import_wordpress", saved(tmp_path, wxr(late, early)), report=report)
    assert post_of("5").status == "draft"
    assert (post_of("6").status, post_of("6").is_public(), post_of("6").published_at) == ("published", False, datetime(2999, 6, 1, 11, tzinfo=UTC))
    said = json.loads(report.read_text())
    assert said["came"] == {"draft posts": 1, "scheduled posts": 1, "old addresses": said["came"]["old addresses"]}
    assert [(remark["entry"], remark["says"]) for remark in said["remarks"]] == [("5", SCHEDULED)]


def test_a_post_whose_date_was_changed_between_two_exports_comes_once(tmp_path):
    for day in ("2011-06-01", "2011-07-09"):
        call_command("import_wordpress", saved(tmp_path, wxr(item(post_id=5, post_date=f"{day} 12:00:00", post_date_gmt=f"{day} 11:00:00"))))
    assert str(Post.objects.get().published_on) == "2011-06-01"


def test_new_comments_come_to_posts_that_are_here(tmp_path):
    first = wp_comment("First", comment_id=1)
    for inside in (first, first + wp_comment("Answer", comment_id=2, comment_parent=1)):
        call_command("import_wordpress", saved(tmp_path, wxr(item(post_id=5, inside=inside))))
    assert list(Message.objects.order_by("pk").values_list("text", "reply_to__text")) == [("First", None), ("Answer", "First")]


def test_what_does_not_come_along_is_counted_by_post(tmp_path, capsys):
    html = (
        "<script>x()</script><style>p{}</style><a href='javascript:x()'>Play</a> <a href='file:///C:/a.doc'>Paper</a>"
        "<img src='https://c.example.org/1.gif' width='1' height='1'> Words"
    )
    call_command("import_blogger", saved(tmp_path, classic(classic_entry(html, title="One"), classic_entry(html, title="Two"), classic_entry("<p>x</p>"))))
    said = capsys.readouterr().out
    assert [line.strip() for line in said.split("Left out:\n")[1].split("\n") if line.startswith("  ")] == [
        "2 × Scripts in posts: One, Two",
        "2 × Style sheets in posts: One, Two",
        "2 × Links that ran a script; their words came: One, Two",
        "2 × Links to a file on its author's own disk; their words and addresses came as text: One, Two",
        "2 × Counters of visitors (pictures of one pixel): One, Two",
    ]
    assert Post.objects.get(title="One").body_text == "Play Paper (file:///C:/a.doc) Words"


def test_a_comment_keeps_its_words_to_the_letter_and_shows_its_addresses_below(tmp_path):
    words = "See <a href='http://a.example.org/x'>this</a>, and http://b.example.org/.\n<a href='http://c.example.org/'>c.example.org</a> 1 &lt; 2"
    call_command("import_wordpress", saved(tmp_path, wxr(item(inside=wp_comment(words)))))
    assert Message.objects.get().text == "See this, and http://b.example.org/.\nc.example.org 1 < 2\n\nhttp://a.example.org/x"


def test_parts_of_one_export_find_each_other_in_any_order(tmp_path):
    library = item("", post_id=71, post_type="attachment", status="inherit", post_parent=5, attachment_url="https://shaft.example.org/71.jpg", title="Gate")
    block = item("<!-- wp:paragraph --><p>Shared words</p><!-- /wp:paragraph -->", post_id=90, post_type="wp_block")
    post = item("See <a href='https://shaft.example.org/?p=6'>this</a>.\n\n[gallery]", post_id=5)
    other = item('<!-- wp:block {"ref":90} /-->', post_id=6)
    for number, part in enumerate((post, library, other, block)):
        saved(tmp_path, wxr(part), f"site.2025-01-19.{number:03}.xml")
    call_command("import_wordpress", str(tmp_path))
    assert "https://shaft.example.org/71.jpg" in post_of("5").body
    assert post_of("6").get_absolute_url() in post_of("5").body
    assert post_of("6").body == "Shared words"


def test_labels_come_as_long_as_wordpress_lets_them_be(tmp_path):
    names = [f"{'On strike ' * 19}{number:010}" for number in range(2)]
    call_command("import_wordpress", saved(tmp_path, wxr(item(labels=dict.fromkeys(names, "post_tag")))))
    assert sorted(label.name for label in Post.objects.get().labels.all()) == names


def test_where_one_part_is_refused_nothing_is_written(tmp_path):
    whole, cut = saved(tmp_path, wxr(item()), "a.xml"), saved(tmp_path, wxr(item())[:-300], "b.xml")
    with pytest.raises(ExportRefused, match=r"b\.xml is cut off"):
        call_command("import_wordpress", whole, cut)
    assert (Post.objects.count(), OldAddress.objects.count()) == (0, 0)


def test_a_dry_run_writes_nothing_and_counts_the_same(tmp_path):
    posts = [item(post_id=number, labels={"Oil": "category", f"Tag {number}": "post_tag"}, inside=wp_comment("Words")) for number in range(1, 4)]
    path, said = saved(tmp_path, wxr(*posts, item(status="trash"))), []
    for dry_run in (True, False):
        call_command("import_wordpress", path, dry_run=dry_run, report=tmp_path / "report.json")
        said.append(json.loads((tmp_path / "report.json").read_text()))
        assert (Post.objects.count(), OldAddress.objects.exists()) == ((0, False) if dry_run else (3, True))
    assert said[0]["came"] == said[1]["came"]
    assert said[0]["left_out"] == said[1]["left_out"]
