"""What happens to an archive that is here already: a list of changes, a better cleaner, addresses of one's own."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Label, OldAddress, Origin, Post
from campaign.imports.problems import ExportRefused
from campaign.tests.imports.exports import classic, classic_entry, item, saved, wxr

pytestmark = pytest.mark.django_db


def post_of(entry: str) -> Post:
    return Origin.objects.get(entry_id=entry).post


def changes(tmp_path: Path, words: str) -> dict[str, list[str]]:
    report = tmp_path / "report.json"
    call_command("import_blogger", saved(tmp_path, words), update=True, report=report)
    return {change["title"]: change["fields"] for change in json.loads(report.read_text())["changes"]}


def test_update_says_what_would_change_and_changes_nothing(tmp_path, capsys):
    before = [classic_entry("<p>Old words</p>", number=number, title=f"Post {number}") for number in (5, 6, 7)]
    call_command("import_blogger", saved(tmp_path, classic(*before)))
    edited = post_of("6")
    edited.body = "An editor's words"
    edited.save()
    after = [
        classic_entry("<p>New words</p>", number=5, title="Post five", labels=("Oil",)), classic_entry("<p>New words</p>", number=6, title="Post 6"),
        classic_entry("<p>Old words</p>", number=7, title="Post 7", updated="2013-01-01T00:00:00Z"), classic_entry(number=8, title="Post 8"),
    ]  # fmt: skip
    state = list(Post.objects.order_by("pk").values())
    assert changes(tmp_path, classic(*after)) == {"Post 5": ["text", "title", "labels"], "Post 6": ["text (edited here since)"]}
    assert list(Post.objects.filter(origins__entry_id__in="567").order_by("pk").values()) == state
    assert Label.objects.count() == 0
    assert "Would change: “Post 5”: text, title, labels" in capsys.readouterr().out
    assert post_of("8").title == "Post 8"


def test_update_says_so_where_nothing_would_change(tmp_path, capsys):
    path = saved(tmp_path, classic(classic_entry("<p>Words</p>")))
    for update in (True, True, False):
        call_command("import_blogger", path, update=update)
    said = "The export would change nothing in the posts and pages that are here already."
    assert [said in run for run in capsys.readouterr().out.split("Read ")[1:]] == [False, True, False]


def outdated(entry: str, body: str) -> Post:
    """As if an earlier and poorer cleaner had made it."""
    post = post_of(entry)
    post.body = body
    post.save()
    Origin.objects.filter(post=post).update(made=Origin.digest_of(body))
    return post


def test_reclean_runs_over_posts_that_nobody_has_edited(tmp_path, capsys):
    link = "<p>See <a href='http://shaft.example.org/2012/06/strike-6.html'>this</a></p>"
    call_command("import_blogger", saved(tmp_path, classic(classic_entry(link, number=5), classic_entry("<p>Words</p>", number=6))))
    good = post_of("5").body
    outdated("5", "See this <o:p>")
    edited = post_of("6")
    edited.body = "An editor's words"
    edited.save()
    call_command("reclean", dry_run=True)
    assert post_of("5").body == "See this <o:p>"
    call_command("reclean")
    call_command("reclean")
    assert post_of("5").body == good == f"See [this]({post_of('6').get_absolute_url()})"
    assert post_of("5").body_text.startswith("See this")
    assert post_of("6").body == "An editor's words"
    out = capsys.readouterr().out
    assert "Would clean anew: 1 posts. 1 were edited here and stay as they are." in out
    assert "Cleaned anew: 1 posts." in out
    assert "Cleaned anew: 0 posts." in out


def test_reclean_leaves_alone_what_it_could_only_make_poorer(tmp_path, capsys):
    library = item("", post_id=71, post_type="attachment", status="inherit", post_parent=5, attachment_url="https://shaft.example.org/71.jpg")
    call_command("import_wordpress", saved(tmp_path, wxr(item("Words\n\n[gallery]", post_id=5, title="Gallery"), library)))
    outdated("5", "Words ![](https://shaft.example.org/71.jpg)")
    call_command("reclean")
    assert "71.jpg" in post_of("5").body
    assert "“Gallery” needs its export" in capsys.readouterr().out


def test_a_list_of_one_s_own_leads_home(client, tmp_path):
    call_command("import_wordpress", saved(tmp_path, wxr(item(post_id=5, post_name="gate"))))
    here = post_of("5").get_absolute_url()
    rows = f"old,new\n/very/old.php?id=7,{here}\nhttp://before.example.org/das%20Tor.html,/?p=5\n/?p=5,/archive/\n/gone,/nowhere/\n/events/,{here}\n"
    report = tmp_path / "report.json"
    call_command("import_wordpress", redirects=Path(saved(tmp_path, rows, "list.csv")), report=report)
    assert client.get("/very/old.php?id=7").headers["Location"] == here
    assert client.get("/das%20Tor.html").headers["Location"] == here
    assert client.get("/?p=5").headers["Location"] == "/archive/"
    assert client.get("/events/").status_code == 200
    said = json.loads(report.read_text())
    assert said["came"] == {"old addresses of your list": 3}
    assert {one["why"]: one["which"] for one in said["left_out"]} == {
        "Old addresses of your list that lead to no page of this site": ["/gone"],
        "Old addresses of your list at which a page of this site stands": ["/events/"],
    }


@pytest.mark.parametrize("rows", ["/a,/b\n/c\n", "/a,/b,/c\n/x,/y,/z", "old,new\n/a?b=1&c=2,/archive/\n", "/a,archive\n"])
def test_a_list_that_cannot_be_read_is_refused_whole(tmp_path, rows):
    with pytest.raises(ExportRefused, match=r"list\.csv, line \d: write an old address"):
        call_command("import_wordpress", saved(tmp_path, wxr(item())), redirects=Path(saved(tmp_path, rows, "list.csv")))
    assert (Post.objects.count(), OldAddress.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("paths", "options", "says"),
    [
        ([], {}, "Name an export"), (["x.xml"], {"base_url": "old.example.org"}, "no address of a site"),
        (["x.xml"], {"time_zone": "Mars/Olympus"}, "not a time zone"), ([], {"redirects": Path("gone.csv")}, r"gone\.csv cannot be read: No such file"),
    ],
)  # fmt: skip
def test_a_command_that_cannot_be_followed_says_what_it_wants(paths, options, says):
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("import_blogger", *paths, **options)
    assert refusal.value.returncode == 2
