"""The first pass: which file it is, what makes it refused, what is repaired, and what the readers take from it."""

import gzip
import io
import re
import zipfile
from datetime import datetime

import pytest

from campaign.imports.entries import Entry
from campaign.imports.problems import ExportRefused
from campaign.imports.reading import read_all
from campaign.imports.report import Report
from campaign.imports.spool import Spool
from campaign.tests.imports import exports
from campaign.tests.imports.exports import classic, classic_comment, classic_entry, item, saved, takeout, takeout_entry, wp_comment, wxr

pytestmark = pytest.mark.once


def read(path: str, command: str = "import_wordpress") -> tuple[list[Entry], Report]:
    report = Report()
    with Spool() as spool:
        read_all([path], command, spool, report)
        return [entry for chunk in spool.chunks() for _n, entry, _plan in chunk], report


def refused(path: str, command: str = "import_wordpress") -> str:
    with pytest.raises(ExportRefused) as refusal:
        read(path, command)
    assert refusal.value.returncode == 2
    return str(refusal.value)


def repairs_of(report: Report) -> dict[str, int]:
    return report.files[0]["repairs"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert refused(str(tmp_path / "gone.xml")) == f"There is no file {tmp_path}/gone.xml."


@pytest.mark.parametrize("words", ["", " \n\t", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path, words):
    path = saved(tmp_path, words)
    assert refused(path) == f"{path} is empty."


@pytest.mark.parametrize("command", ["import_blogger", "import_wordpress"])
@pytest.mark.parametrize("words", ["Dear editors,", "%PDF-1.7 …", "<lolz>", "{"])
def test_what_is_no_export_is_refused(tmp_path, words, command):
    said = {
        "import_blogger": "a Blogger export. That is what takeout.google.com sends for Blogger (a zip, its folder or feed.atom), or an older backup's XML.",
        "import_wordpress": "a WordPress export. That is the XML which WordPress makes under Tools, Export (or its zip).",
    }
    path = saved(tmp_path, words)
    assert refused(path, command) == f"{path} is not {said[command]}"


def test_the_wrong_command_says_which_is_right(tmp_path):
    posts = saved(tmp_path, wxr(item()), "blog-08-29-2012.xml")
    blog = saved(tmp_path, classic(classic_entry()), "wordpress.xml")
    assert refused(posts, "import_blogger") == f"{posts} is a WordPress export. Use: manage.py import_wordpress {posts}"
    assert refused(blog) == f"{blog} is a Blogger backup. Use: manage.py import_blogger {blog}"


def test_a_plain_feed_is_refused(tmp_path):
    path = saved(tmp_path, '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>y</title></item></channel></rss>')
    assert refused(path).startswith(f"{path} is a plain RSS feed, not a WordPress export: an RSS feed holds only the newest posts")


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("command", ["import_blogger", "import_wordpress"])
def test_a_truncated_file_is_refused_whole(tmp_path, cut, command):
    whole = classic(classic_entry(), classic_entry(), classic_entry()) if command == "import_blogger" else wxr(item(), item(), item())
    path = saved(tmp_path, whole.encode()[: int(len(whole) * cut)])
    assert "is cut off at line" in refused(path, command)


def test_a_file_that_is_both_damaged_and_truncated_is_refused(tmp_path):
    path = saved(tmp_path, wxr(item("A bell \x07"), item())[:-200])
    assert "is cut off" in refused(path)


def test_mismatched_tags_cannot_be_repaired(tmp_path):
    path = saved(tmp_path, wxr(item()).replace("</item>", "</items>"))
    assert "is damaged at line" in refused(path)


BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declaration", [BOMB, "<!DOCTYPE rss>", '<!DOCTYPE rss SYSTEM "file:///etc/passwd">', "\n<!DOCTYPE rss [ ]>"])
def test_a_doctype_is_refused(tmp_path, declaration):
    path = saved(tmp_path, wxr(item("&b;")).replace("<rss", f"{declaration}<rss", 1))
    assert refused(path) == f"{path} was refused: it declares a DOCTYPE, which no export has and which can hide an attack."


def test_elements_nested_without_end_are_refused(tmp_path):
    path = saved(tmp_path, wxr(item(inside="<x>" * 5000 + "</x>" * 5000)))
    assert "nested more than" in refused(path)


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("campaign.imports.sources.FAIR_SIZE", 100_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.xml", wxr(item("A" * 5_000_000)))
    assert "far more than an export can hold" in refused(str(path))


def test_a_damaged_archive_is_refused(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("export.xml", wxr(item()))
    half_zip = saved(tmp_path, stream.getvalue()[:200], "half.zip")
    half_gzip = saved(tmp_path, gzip.compress(wxr(*[item() for _ in range(50)]).encode())[:300], "half.gz")
    assert "damaged or incomplete zip" in refused(half_zip)
    assert "damaged or cut off" in refused(half_gzip)


def test_a_folder_without_an_export_is_refused(tmp_path):
    saved(tmp_path, "hello", "notes/readme.txt")
    assert refused(str(tmp_path)) == f"{tmp_path} holds no WordPress export."


@pytest.mark.parametrize("wrapped", ["plain", "gzip", "zip", "folder"])
def test_an_export_is_found_however_it_is_wrapped(tmp_path, wrapped):
    words = wxr(item(title="Found"))
    path = saved(tmp_path, words, "deep/down/export.bin")
    if wrapped == "gzip":
        path = saved(tmp_path, gzip.compress(words.encode()), "x")
    elif wrapped == "folder":
        path = str(tmp_path)
    elif wrapped == "zip":
        path = str(tmp_path / "x.txt")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("__MACOSX/._export.xml", "junk")
            archive.writestr("site/export.xml", words)
    assert [entry.title for entry in read(path)[0]] == ["Found"]


REPAIRS = {
    "byte-order mark and blank lines": ("\ufeff\n\n" + wxr(item("Word.")), "Word.", {"text before the document was dropped": 1}),
    "a PHP warning": ("<br />\n<b>Warning</b>: x in <b>y</b>\n" + wxr(item("Word.")), "Word.", {"text before the document was dropped": 1}),
    "words after the end": (wxr(item("Word.")) + "<!-- 12 queries --> Notice: & done", "Word.", {"text after the document was dropped": 1}),
    "control characters": (wxr(item("W\x00o\x05r\x1cd.")), "Word.", {"characters that XML forbids were dropped": 3}),
    "references to control characters": (wxr(item(title="x", inside="<x>&#5;&#x10;</x>")), "One paragraph.", {"characters that XML forbids were dropped": 2}),
    "bare ampersands": (wxr(item("Word.", inside="<x>Coal & Steel &</x>")), "Word.", {"bare “&” or “<” were escaped": 2}),
    "an ampersand in an attribute": (wxr(item("Word.", inside='<x y="a&b=c"/>')), "Word.", {"bare “&” or “<” were escaped": 1}),
    "HTML entities": (wxr(item("Word.", inside="<x>&nbsp;&eacute;</x>")), "Word.", {"HTML entities were replaced by their characters": 2}),
    "an entity of nobody's": (wxr(item("Word.", inside="<x>&bogus;</x>")), "Word.", {"bare “&” or “<” were escaped": 1}),
    "a lower-than sign": (wxr(item("Word.", inside="<x>4 < 5</x>")), "Word.", {"bare “&” or “<” were escaped": 1}),
    "an undeclared prefix": (wxr(item("Word.")).replace("xmlns:excerpt", "x"), "Word.", {"the prefix “excerpt” was not declared": 1}),
}  # fmt: skip


@pytest.mark.parametrize("fault", REPAIRS)
def test_what_can_be_repaired_is_repaired_and_said(tmp_path, fault):
    words, content, repairs = REPAIRS[fault]
    entries, report = read(saved(tmp_path, words))
    assert [entry.html for entry in entries] == [content]
    assert repairs_of(report) == repairs


def test_cdata_inside_cdata_is_taken_apart(tmp_path):
    inner = "Look: <![CDATA[x]]> and //]]>\n</script> more]]>]]"
    words = wxr(item("PLACE")).replace("PLACE", inner)
    entries, report = read(saved(tmp_path, words))
    assert [entry.html for entry in entries] == [inner]
    assert repairs_of(report) == {"ends of CDATA sections inside others were escaped": 3}


def test_a_sections_end_split_as_wordpress_does_needs_no_repair(tmp_path):
    entries, report = read(saved(tmp_path, wxr(item("if (a[b[0]]>1) { x }"))))
    assert [entry.html for entry in entries] == ["if (a[b[0]]>1) { x }"]
    assert repairs_of(report) == {}


def test_bytes_of_another_encoding_are_read(tmp_path):
    words = wxr(item("Café “noir”")).encode().replace("é".encode(), b"\xe9").replace("“".encode(), b"\x93")
    entries, report = read(saved(tmp_path, words))
    assert [entry.html for entry in entries] == ["Café “noir”"]
    assert repairs_of(report) == {"bytes that are not in the file's encoding were read as Windows-1252": 2}


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "koi8-r", "iso-8859-5"])
def test_a_declared_encoding_is_followed(tmp_path, encoding):
    words = wxr(item("Забастовка")).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    entries, _report = read(saved(tmp_path, words.encode(encoding)))
    assert [entry.html for entry in entries] == ["Забастовка"]


def test_repair_does_not_depend_on_where_the_pieces_end(tmp_path, monkeypatch):
    monkeypatch.setattr("campaign.imports.repair.PIECE", 100)
    words = "\n" + wxr(*[item(f"Coal & steel {n} <![CDATA[{n}]]> end\x07", inside="<x>a & b &nbsp; < c</x>") for n in range(30)])
    monkeypatch.setattr("campaign.imports.repair.LOOK_AHEAD", 500)
    entries, _report = read(saved(tmp_path, words.replace("]]]]><![CDATA[>", "]]>").replace("<rss", " " * 90 + "<rss", 1)))
    assert [entry.html for entry in entries] == [f"Coal & steel {n} <![CDATA[{n}]]> end" for n in range(30)]


@pytest.mark.parametrize("namespace", ["http://wordpress.org/export/1.0/", "https://wordpress.org/export/1.2/", "http://wordpress.org/export/1.3-beta/"])
def test_the_dialect_of_the_namespace_does_not_matter(tmp_path, namespace):
    entries, _report = read(saved(tmp_path, wxr(item(excerpt="Short.")).replace("http://wordpress.org/export/1.2/", namespace)))
    assert [(entry.html, entry.excerpt) for entry in entries] == [("One paragraph.", "Short.")]


def test_names_go_by_namespace_and_not_by_prefix(tmp_path):
    words = wxr(item()).replace("wp:", "w0:").replace("xmlns:wp", "xmlns:w0").replace("content:", "c:").replace("xmlns:content", "xmlns:c")
    assert [entry.html for entry in read(saved(tmp_path, words))[0]] == ["One paragraph."]


def test_wordpress_1_0_names_categories_twice_and_authors_by_login(tmp_path):
    words = wxr(
        item(inside="<category><![CDATA[Arts &amp; Coal]]></category>", labels={"Arts &amp; Coal": "category", "pits": "tag"}, creator="old-login"),
        version="1.0",
    )
    [entry] = read(saved(tmp_path, words))[0]
    assert (entry.labels, entry.byline) == (["Arts & Coal", "pits"], "old-login")


def test_a_wordpress_entry_is_read_whole(tmp_path):
    labels = {"News": "category", "oil workers": "post_tag", "Aside": "post_format", "Dana Example": "author", "menu": "nav_menu", "ru": "language"}
    meta = {"_thumbnail_id": "9", "_wp_old_slug": "old-name", "x": 'O:8:"stdClass":0:{}'}
    [entry] = read(
        saved(tmp_path, wxr(item(labels=labels, meta=meta, post_id=5, post_name="new-name", title="Coal &#8217;n&amp;<em>steel</em>", excerpt="Short.")))
    )[0]
    assert (entry.source, entry.id, entry.kind, entry.status) == ("wordpress:shaft.example.org", "5", "post", "published")
    assert (entry.title, entry.byline, entry.excerpt, entry.picture) == ("Coal ’n&steel", "Dana Example", "Short.", "9")
    assert (entry.labels, entry.post_format, entry.language) == (["News", "oil workers", "Aside"], "Aside", "ru")
    assert (entry.published, entry.local) == (datetime.fromisoformat("2011-06-01T11:00:00+00:00"), "2011-06-01T12:00:00")
    assert entry.old_paths == ["/?p=5", "/2011/06/01/old-name/"]


def test_what_was_not_public_is_not_read_as_public(tmp_path):
    statuses = ["publish", "future", "draft", "pending", "private", "trash", "wc-completed", "auto-draft"]
    items = [*(item(status=status, title=status) for status in statuses), item(title="locked", post_password="x"), item(title="old draft", post_type="draft")]
    items[7] = item("", status="auto-draft", title="Auto Draft")
    entries, _report = read(saved(tmp_path, wxr(*items)))
    assert {entry.title: entry.status for entry in entries} == {
        "publish": "published", "future": "scheduled", "draft": "draft", "pending": "private", "private": "private", "wc-completed": "draft",
        "locked": "private", "old draft": "draft",
    }  # fmt: skip


def test_wordpress_comments_come_without_what_is_private_or_no_word_of_a_reader(tmp_path):
    comments = [
        wp_comment("Held", comment_approved=0), wp_comment("Spam", comment_approved="spam"), wp_comment("Ping", comment_type="pingback"),
        wp_comment("Reply", comment_id=8, comment_parent=7), wp_comment("Note", comment_type="order_note"), wp_comment("First", comment_id=7),
    ]  # fmt: skip
    with Spool() as spool:
        read_all([saved(tmp_path, wxr(item(post_id=5, inside="".join(comments))))], "import_wordpress", spool, Report())
        found = spool.comments("wordpress:shaft.example.org", "5")
        left_out = {why: len(names) for why, names in spool.left_out().items()}
        kept = spool.db.execute("SELECT group_concat(data) FROM comment").fetchone()[0]
    assert [(comment.html, comment.held, comment.parent) for comment in found] == [("Held", True, ""), ("Reply", False, "7"), ("First", False, "")]
    assert left_out == {"Comments marked as spam or in the trash": 1, "Pingbacks and trackbacks": 1, "Notes of plugins kept as comments (order_note)": 1}
    assert "marat@" not in kept
    assert "192.0.2.7" not in kept


def test_a_classic_blogger_backup_is_read_whole(tmp_path):
    zone = classic_entry("Europe/London", kind="settings", id="tag:blogger.com,1999:blog-77.settings.BLOG_TIME_ZONE")
    secret = classic_entry("admin@example.org", kind="settings", id="tag:blogger.com,1999:blog-77.settings.BLOG_ADMIN_PERMISSION")
    draft = "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>"
    undeclared = "<app:control><app:draft>yes</app:draft></app:control>"
    words = classic(
        zone, secret, classic_entry("<html/>", kind="template"),
        classic_entry("<p>Coal &amp; steel</p>", number=5, labels=("Kazakhstan 2012", "A, B & C"), published="2012-06-07T00:30:00.000+01:00"),
        classic_entry(kind="page", number=6, title="About"), classic_entry(inside=draft, href="", title="Draft"),
        classic_entry(inside=undeclared, title="Draft 2"),
        classic_comment("On the page", post=6), classic_comment("First<br />line", post=5, number=50), classic_comment("Reply", post=5, parent=50),
    )  # fmt: skip
    with Spool() as spool:
        read_all([saved(tmp_path, words)], "import_blogger", spool, Report())
        entries = [entry for chunk in spool.chunks() for _n, entry, _plan in chunk]
        comments = [(comment.post, comment.html, comment.parent) for post in ("5", "6") for comment in spool.comments("blogger:77", post)]
        site = spool.sites()["blogger:77"]
        everything = "".join(spool.db.iterdump())
    first = entries[0]
    assert (first.source, first.id, first.html, first.labels) == ("blogger:77", "5", "<p>Coal &amp; steel</p>", ["Kazakhstan 2012", "A, B & C"])
    assert first.published.isoformat() == "2012-06-07T00:30:00+01:00"
    assert (first.url, first.slug, first.byline) == ("http://shaft.example.org/2012/06/strike-5.html", "strike-5", "Editor")
    assert [(entry.kind, entry.status) for entry in entries] == [("post", "published"), ("page", "published"), ("post", "draft"), ("post", "draft")]
    assert comments == [("5", "First<br />line", ""), ("5", "Reply", "50"), ("6", "On the page", "")]
    assert (site.title, site.zone, site.base_url) == ("Shaft Blog", "Europe/London", "http://shaft.example.org/")
    assert "admin@example.org" not in everything


def test_takeout_is_read_with_its_settings(tmp_path):
    saved(
        tmp_path,
        "blog_name,blog_subdomain,blog_publishing_mode,blog_time_zone,blog_admin_permission\nShaft,shaft,BLOGSPOT,Asia/Almaty,dana@example.org\n",
        "Blogs/Shaft/settings.csv",
    )
    saved(tmp_path, takeout(
        takeout_entry(number=5, labels=("NLP", "")), takeout_entry(number=6, kind="PAGE", **{"blogger:filename": "/p/que raza.html"}),
        takeout_entry(number=7, status="DRAFT"), takeout_entry(number=9, status="SCHEDULED"), takeout_entry(number=10, status="NEW_TO_US"),
        takeout_entry(title="Trash", status="SOFT_TRASHED"), takeout_entry(title="Trash 2", **{"blogger:trashed": "2023-01-01T00:00:00Z"}),
        takeout_entry("one\ntwo", kind="COMMENT", number=8, **{"blogger:parent": "tag:blogger.com,1999:blog-77.post-5"}),
        takeout_entry("spam", kind="COMMENT", status="SPAM_COMMENT"), takeout_entry("ghost", kind="COMMENT", status="GHOSTED_COMMENT"),
    ), "Blogs/Shaft/feed.atom")  # fmt: skip
    with Spool() as spool:
        read_all([str(tmp_path)], "import_blogger", spool, Report())
        entries = [entry for chunk in spool.chunks() for _n, entry, _plan in chunk]
        [comment] = spool.comments("blogger:77", "5")
        left_out = {why: len(names) for why, names in spool.left_out().items()}
        site = spool.sites()["blogger:77"]
    assert [(entry.id, entry.kind, entry.status, entry.url) for entry in entries] == [
        ("5", "post", "published", "https://shaft.blogspot.com/2022/12/strike-5.html"),
        ("6", "page", "published", "https://shaft.blogspot.com/p/que%20raza.html"),
        ("7", "post", "draft", "https://shaft.blogspot.com/2022/12/strike-7.html"),
        ("9", "post", "scheduled", "https://shaft.blogspot.com/2022/12/strike-9.html"),
        ("10", "post", "draft", "https://shaft.blogspot.com/2022/12/strike-10.html"),
    ]
    assert (entries[0].labels, comment.html, comment.plain) == (["NLP"], "one\ntwo", True)
    assert left_out == {"Posts in the trash": 2, "Comments marked as spam": 2}
    assert (site.zone, site.base_url) == ("Asia/Almaty", "https://shaft.blogspot.com")


def test_takeout_of_2021_tells_no_address(tmp_path):
    entry = takeout_entry(number=5).replace("<blogger:filename>/2022/12/strike-5.html</blogger:filename>", "")
    words = takeout(entry, head=exports.TAKEOUT_HEAD.replace("<title>Shaft Blog</title>", ""))
    assert [entry.url for entry in read(saved(tmp_path, words), "import_blogger")[0]] == [""]


def test_one_entry_in_two_files_is_one_and_the_later_counts(tmp_path):
    saved(tmp_path, classic(classic_entry("<p>new</p>", number=5, updated="2013-01-01T00:00:00Z")), "a.xml")
    saved(tmp_path, classic(classic_entry("<p>old</p>", number=5, updated="2012-01-01T00:00:00Z")), "b.xml")
    assert [entry.html for entry in read(str(tmp_path), "import_blogger")[0]] == ["<p>new</p>"]


def test_a_saved_feed_of_a_blog_is_read(tmp_path):
    words = (
        classic(classic_entry("<p>x</p>", number=5))
        .replace(f"<category scheme='{exports.KIND}' term='http://schemas.google.com/blogger/2008/kind#post'/>", "")
        .replace(".archive", "")
    )
    [entry] = read(saved(tmp_path, words), "import_blogger")[0]
    assert (entry.source, entry.id, entry.html) == ("blogger:77", "5", "<p>x</p>")


def test_xhtml_content_is_read_as_markup(tmp_path):
    xhtml = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Coal &amp; <b>steel</b><br/>end</p></div></content>"
    words = classic(classic_entry("PLACE").replace("<content type='html'>PLACE</content>", xhtml))
    assert [entry.html for entry in read(saved(tmp_path, words), "import_blogger")[0]] == ["<div><p>Coal &amp; <b>steel</b><br></br>end</p></div>"]


def without(words: str, *names: str) -> str:
    """The export as a program that knows less of WordPress would write it."""
    for name in names:
        words = re.sub(rf"<{name}\b[^>]*>.*?</{name}>\n?", "", words, flags=re.DOTALL)
    return words


def test_entries_without_numbers_of_their_own_stay_apart(tmp_path):
    posts = [item(f"Text {number}", title=f"Post {number}", link="", guid="") for number in range(3)]
    same = [item("One", title="A", post_id=1), item("Two", title="B", post_id=1), item("Three", title="C", post_id=0), item("Four", title="D", post_id=0)]
    for words, count in ((without(wxr(*posts), "wp:post_id"), 3), (wxr(*same), 4)):
        path = saved(tmp_path, words)
        first, second = ([entry.id for entry in read(path)[0]] for _run in range(2))
        assert len(set(first)) == count
        assert first == second


def test_one_entry_twice_in_a_file_is_one(tmp_path):
    post = item("Old", title="A", post_id=1, post_modified_gmt="2012-01-01 00:00:00")
    assert [entry.html for entry in read(saved(tmp_path, wxr(post, post.replace("Old", "New").replace("2012-01-01 00", "2013-01-01 00"))))[0]] == ["New"]


def test_comments_numbered_anew_for_each_post_all_come(tmp_path):
    both = [wp_comment("First", comment_id=1) + wp_comment("Second", comment_id=2) for _post in range(2)]
    bare = without(wp_comment("Same") + wp_comment("Same") + wp_comment("Other"), "wp:comment_id", "wp:comment_approved")
    posts = [item(inside=inside, post_id=number) for number, inside in enumerate([*both, bare], 1)]
    with Spool() as spool:
        read_all([saved(tmp_path, wxr(*posts))], "import_wordpress", spool, Report())
        found = [[(comment.html, comment.held) for comment in spool.comments("wordpress:shaft.example.org", str(number))] for number in (1, 2, 3)]
    assert found == [[("First", False), ("Second", False)]] * 2 + [[("Same", False), ("Same", False), ("Other", False)]]


@pytest.mark.parametrize("said", ["Mon, 30 Nov -0001 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "Wed, 31 Dec 1969 19:00:00 -0500", "", "soon"])
def test_a_feed_s_date_may_be_none(tmp_path, said):
    words = wxr(item(post_date_gmt="0000-00-00 00:00:00").replace("Wed, 01 Jun 2011 11:00:00 +0000", said))
    assert [(entry.published, entry.local) for entry in read(saved(tmp_path, words))[0]] == [(None, "2011-06-01T12:00:00")]


def test_a_date_stands_where_it_can(tmp_path):
    for given, day in (("Fri, 03 Jun 2011 10:00:00 -0500", "2011-06-03T10:00:00-05:00"), ("2011-06-03T10:00:00Z", "2011-06-03T10:00:00+00:00")):
        words = without(wxr(item().replace("Wed, 01 Jun 2011 11:00:00 +0000", given)), "wp:post_date", "wp:post_date_gmt")
        assert [entry.published.isoformat() for entry in read(saved(tmp_path, words))[0]] == [day]


def test_what_was_published_without_a_date_gets_the_nearest_there_is(tmp_path):
    head, bare = "<pubDate>Sat, 04 Jun 2011 10:00:00 +0000</pubDate>", ("wp:post_date", "wp:post_date_gmt")
    items = [item(status=status).replace("<pubDate>Wed, 01 Jun 2011 11:00:00 +0000</pubDate>", "") for status in ("publish", "draft")]
    words = without(wxr(*items, head=head), *bare)
    published, draft = read(saved(tmp_path, words))[0]
    assert (published.status, published.published.isoformat(), len(published.remarks)) == ("published", "2011-06-04T10:00:00+00:00", 1)
    assert (draft.status, draft.published, draft.remarks) == ("draft", None, [])


def test_a_draft_has_the_date_it_was_given_and_not_that_of_its_last_save(tmp_path):
    never, dated = "0000-00-00 00:00:00", "2011-06-01 11:00:00"
    items = [item(status=status, post_date_gmt=gmt) for status in ("draft", "pending", "publish") for gmt in (never, dated)]
    found = [(entry.status, str(entry.published or "")[:19]) for entry in read(saved(tmp_path, wxr(*items)))[0]]
    assert found == [
        ("draft", ""), ("draft", dated), ("private", ""), ("private", dated), ("published", dated), ("published", dated),
    ]  # fmt: skip


def test_a_type_of_the_old_site_s_own_comes_as_a_post_and_is_said(tmp_path):
    [entry] = read(saved(tmp_path, wxr(item(post_type="portfolio"))))[0]
    assert (entry.kind, entry.remarks) == ("post", ["is of the old site's own type “portfolio”; it comes in as a post"])
