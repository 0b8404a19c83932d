"""The signed mirror: a folder that is always whole, that anyone can check, and that works without a server."""

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from articles.memo import memo
from articles.tests.factories import make_article, make_page
from campaign.minisign import SecretKey
from campaign.mirror import folder
from campaign.mirror.crawl import Crawl, File, MirrorError
from campaign.mirror.state import state
from campaign.tests.machine import BASE_DIR

pytestmark = pytest.mark.once
KEY = SecretKey.make()
FILES = [File("index.html", b"home"), File("2012/08/index.html", b"August"), File("feed/index.xml", b"<feed/>")]


@pytest.fixture
def mirror(tmp_path):
    folder.write(tmp_path / "mirror", FILES, KEY, "Campaign, today, sequence 1")
    return tmp_path / "mirror"


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in folder.names(root)}


def test_a_mirror_is_whole_signed_and_sorted(mirror):
    assert folder.verify(mirror, KEY.public) == []
    names = [line.split("  ", 1)[1] for line in (mirror / folder.SUMS).read_text().splitlines()]
    assert names == ["2012/08/index.html", "feed/index.xml", "index.html", "mirror.pub"]


def test_sha256sum_accepts_it(mirror):
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=mirror, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda root: (root / "index.html").write_bytes(b"hone"), ["index.html was changed."]),
        (lambda root: (root / "2012/08/index.html").unlink(), ["2012/08/index.html is missing."]),
        (lambda root: (root / "2012/extra.html").write_bytes(b""), ["2012/extra.html was added: it is not in the signed list."]),
        (lambda root: (root / "labels").symlink_to("/etc"), ["labels was added: it is not in the signed list."]),
        (lambda root: (root / "nowhere").symlink_to("/nowhere"), ["nowhere was added: it is not in the signed list."]),
        (lambda root: os.mkfifo(root / "pipe"), ["pipe was added: it is not in the signed list."]),
        (lambda root: (root / "index.html").rename(root.parent / "x") and (root / "index.html").symlink_to("../x"), ["index.html was changed."]),
        (lambda root: (root / "x\x1b[2K\rwhole").write_bytes(b""), [r"x\x1b[2K\rwhole was added: it is not in the signed list."]),
        (lambda root: (root / "SHA256SUMS").write_bytes(b""), ["The signature does not match: the list of files is not the one that was signed."]),
        (lambda root: (root / "SHA256SUMS.minisig").unlink(), ["SHA256SUMS.minisig is missing, so this folder cannot be checked."]),
    ],
    ids=["changed", "missing", "added", "linked folder", "link to nowhere", "pipe", "linked file", "name that draws", "list", "unsigned"],
)
def test_what_is_wrong_is_named(mirror, damage, says):
    damage(mirror)
    assert folder.verify(mirror, KEY.public) == says


def test_a_mirror_signed_by_another_is_refused(mirror):
    assert folder.verify(mirror, SecretKey.make().public) == ["The signature was made with another key."]


def test_only_what_changed_is_written_and_what_is_gone_goes(mirror):
    untouched = (mirror / "index.html").stat()
    made = folder.write(mirror, [FILES[0], File("2012/08/index.html", b"August, corrected")], KEY, "sequence 2")
    assert (made.written, made.gone) == (["2012/08/index.html"], ["feed/index.xml"])
    assert (mirror / "index.html").stat().st_mtime_ns == untouched.st_mtime_ns
    assert folder.verify(mirror, KEY.public) == []


def test_a_run_without_changes_leaves_even_the_signature(mirror):
    before = contents(mirror)
    assert folder.write(mirror, FILES, KEY, "sequence 2").changed is False
    assert contents(mirror) == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk full", "interrupted"])
def test_a_run_that_fails_leaves_the_old_mirror_whole(mirror, error):
    before = contents(mirror)

    def failing():
        yield File("index.html", b"new")
        raise error

    with pytest.raises((MirrorError, KeyboardInterrupt)):
        folder.write(mirror, failing(), KEY, "sequence 2")
    assert contents(mirror) == before
    assert sorted(path.name for path in mirror.parent.iterdir()) == ["mirror"]


def test_a_kill_between_the_two_renames_is_mended_by_the_next_run(mirror):
    mirror.rename(folder.beside(mirror, "old"))
    folder.write(mirror, FILES, KEY, "sequence 2")
    assert folder.verify(mirror, KEY.public) == []


@pytest.mark.parametrize("kind", ["file", "folder of something else"])
def test_what_is_no_mirror_is_never_written_over(tmp_path, kind):
    target = tmp_path / "thesis"
    if kind == "file":
        target.write_text("years of work")
    else:
        target.mkdir()
        (target / "chapter-1").write_text("years of work")
    with pytest.raises(MirrorError, match="Name"):
        folder.write(target, FILES, KEY, "sequence 1")
    assert "years of work" in [path.read_text() for path in (target, *target.rglob("*")) if path.is_file()]


def test_the_sequence_grows(mirror):
    assert folder.next_sequence(mirror) == 2
    assert folder.next_sequence(mirror.parent / "none yet") == 1


def test_a_mirror_is_current_while_nothing_it_depends_on_has_changed(tmp_path):
    target = tmp_path / "mirror"
    folder.write(target, FILES, KEY, "Campaign, today, sequence 4, state 0123456789abcdef")
    assert folder.is_current(target, "0123456789abcdef", KEY.public)
    assert folder.next_sequence(target) == 5
    assert not folder.is_current(target, "fedcba9876543210", KEY.public)
    assert not folder.is_current(target, "0123456789abcdef", SecretKey.make().public)
    (target / "index.html").write_bytes(b"hone")
    assert not folder.is_current(target, "0123456789abcdef", KEY.public)
    assert not folder.is_current(tmp_path / "none yet", "0123456789abcdef", KEY.public)


@pytest.mark.django_db
def test_the_state_moves_with_an_edit_a_day_and_a_setting(settings):
    standing = state()
    assert state() == standing
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert state() != standing
    settings.ONION_URL = "http://example.onion"
    assert state() != standing
    settings.ONION_URL = ""
    assert state() == standing
    make_article()
    assert state() != standing


def manage(site, *args: str) -> str:
    env = {**os.environ, "VAR_DIR": str(site.var), "DJANGO_SETTINGS_MODULE": "campaign.settings", "SITE_URL": site.url}
    return subprocess.run([sys.executable, "manage.py", *args], cwd=BASE_DIR, env=env, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def mirrored(site, tmp_path_factory):
    """The demo archive's mirror, made by the command."""
    target = tmp_path_factory.mktemp("mirrors") / "mirror"
    manage(site, "mirror", "--make-key", "--key", str(target.parent / "key"))
    manage(site, "mirror", str(target), "--key", str(target.parent / "key"))
    yield target
    shutil.rmtree(target.parent)


def links(page: Path) -> set[str]:
    return set(re.findall(r' (?:href|src|action)="([^"]*)"', page.read_text()))


def test_every_link_of_the_mirror_leads_to_a_file_or_to_the_live_site(mirrored, site):
    broken = []
    for page in mirrored.rglob("*.html"):
        for link in links(page):
            parts = urlsplit(link)
            if not parts.scheme and not link.startswith("#"):
                there = (page.parent / unquote(parts.path)).resolve()
                if link.startswith("/") or not there.is_file():
                    broken.append(f"{page.relative_to(mirrored)}: {link}")
    assert broken == []


def test_the_mirror_holds_every_public_post_and_nothing_else_of_them(mirrored, site):
    sitemap = site.get("/sitemap.xml").read().decode()
    addresses = [urlsplit(location).path.lstrip("/") for location in re.findall(r"<loc>([^<]*)</loc>", sitemap)]
    assert addresses
    assert [address for address in addresses if not (mirrored / address / "index.html").is_file()] == []


def test_the_mirror_is_accepted_by_our_command_and_by_minisign(mirrored, site):
    assert "whole and signed" in manage(site, "verify_mirror", str(mirrored))
    if not shutil.which("minisign"):
        pytest.skip("minisign is not installed")
    subprocess.run(["minisign", "-Vm", "SHA256SUMS", "-p", "mirror.pub"], cwd=mirrored, check=True, capture_output=True)


def test_a_second_run_says_that_nothing_has_changed(mirrored, site):
    before = contents(mirrored)
    assert "Nothing has changed" in manage(site, "mirror", str(mirrored), "--key", str(mirrored.parent / "key"))
    assert contents(mirrored) == before


def test_a_file_that_is_damaged_is_made_again(mirrored, site):
    home = (mirrored / "index.html").read_bytes()
    (mirrored / "index.html").unlink()  # a file of its own: others may share what is on the disk
    (mirrored / "index.html").write_bytes(home[:100])
    said = manage(site, "mirror", str(mirrored), "--key", str(mirrored.parent / "key"))
    assert ": 2 written, 0 removed." in said  # and the page that says when the mirror was made
    assert (mirrored / "index.html").read_bytes() == home
    assert "whole and signed" in manage(site, "verify_mirror", str(mirrored))


def test_two_walkers_find_what_one_finds(mirrored, site):
    other = mirrored.parent / "by two"
    manage(site, "mirror", str(other), "--key", str(mirrored.parent / "key"), "--no-zip", "--jobs", "2")
    alone = mirrored.parent / "by one"
    manage(site, "mirror", str(alone), "--key", str(mirrored.parent / "key"), "--no-zip", "--jobs", "1")
    dated = {"SHA256SUMS", "SHA256SUMS.minisig", "mirror/index.html"}
    two, one = contents(other), contents(alone)
    assert two.keys() == one.keys()
    assert [name for name in two if name not in dated and two[name] != one[name]] == []


def test_an_old_copy_put_in_the_place_of_the_new_one_says_how_old_it_is(mirror, capsys):
    shutil.copytree(mirror, mirror.with_name("old"))
    folder.write(mirror, [*FILES, File("new.html", b"")], KEY, "Campaign, tomorrow, sequence 2")
    said = []
    for copy in (mirror.with_name("old"), mirror):
        call_command("verify_mirror", copy, key=KEY.public.line)
        said.append(capsys.readouterr().out.splitlines()[0].partition(" is whole and signed: ")[2].partition(".")[0])
    assert said == ["Campaign, today, sequence 1", "Campaign, tomorrow, sequence 2"]


@pytest.mark.django_db
def test_the_page_of_mirrors_offers_the_whole_in_one_file_where_there_is_one(client, settings, tmp_path):
    settings.MIRROR_ZIP = tmp_path / "mirror.zip"
    assert (b"mirror.zip" in client.get("/mirror/").content, client.get("/mirror.zip").status_code) == (False, 404)
    settings.MIRROR_ZIP.write_bytes(b"x" * 5 * 1024**2)
    memo.forget()
    page, taken = client.get("/mirror/").content.decode(), client.get("/mirror.zip")
    assert '<a href="/mirror.zip" dir="ltr">mirror.zip</a> (5.0\xa0MB)' in page
    assert (taken["Content-Type"], taken["Content-Disposition"], len(b"".join(taken.streaming_content))) == (
        "application/zip", 'attachment; filename="mirror.zip"', 5 * 1024**2,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_public_key_stands_on_the_about_page_and_on_no_other(client, settings, tmp_path):
    pages = [make_page(slug="about").get_absolute_url(), make_page(slug="donate").get_absolute_url()]
    settings.MIRROR_KEY = tmp_path / "key"
    KEY.write(settings.MIRROR_KEY)
    assert [KEY.public.line in client.get(page).content.decode() for page in pages] == [True, False]


@pytest.mark.django_db
def test_a_link_to_what_was_withdrawn_moved_or_never_was_stops_no_mirror():
    gone = make_article(title="Withdrawn", status="withdrawn", withdrawn_reason="It named a witness.")
    moved = make_article(title="Moved")
    old = moved.get_absolute_url()
    moved.slug = "elsewhere"
    moved.save()
    crawl, pages = Crawl(), {}
    for address in (gone.get_absolute_url(), old, "/2003/01/02/never-was/"):
        pages[address] = crawl.visit(address, timezone.now())[0].content.decode()
    withdrawn, elsewhere, never = pages.values()
    assert "It named a witness." in withdrawn
    assert "<h1>Moved</h1>" in elsewhere
    assert "<h1>This page is missing</h1>" in never


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["/media/../secret-key", "/media/%2e%2e/secret-key", "/static/../media/../secret-key", "/media/pictures/.aside/x", "/media//etc/passwd"]
)
def test_a_typed_link_takes_nothing_into_the_mirror_that_is_not_served(typed, settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    for folder_of_ours in ("media/pictures/.aside", "static"):
        (tmp_path / folder_of_ours).mkdir(parents=True)
    for file in ("secret-key", "media/pictures/.aside/x"):
        (tmp_path / file).write_text("KEY")
    article = make_article(body=f"[a link]({typed})")
    path, crawl = article.get_absolute_url(), Crawl()
    file, named = crawl.visit(path, timezone.now())
    assert f'<a href="{settings.SITE_URL}{typed}">a link</a>' in file.content.decode()
    assert [address for address in named if address.startswith("/media")] == []


@pytest.mark.browser
def test_from_a_stick_with_scripts_off_and_the_network_cut_every_page_is_styled(mirrored, browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    for name in ("index.html", "archive/index.html", "appeals/index.html", "labels/zhanaozen/index.html", "mirror/index.html", "search/index.html"):
        page.goto((mirrored / name).as_uri())
        assert page.locator("h1").count() == 1
        assert page.locator(".masthead").bounding_box()["y"] == 0
        assert page.locator(".masthead").evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(20, 18, 15)"
    page.goto((mirrored / "index.html").as_uri())
    page.locator("main h2 a, main h3 a").first.click()
    assert page.url.startswith(mirrored.as_uri())
    assert page.locator("h1").count() == 1
    context.close()


@pytest.mark.browser
def test_from_a_stick_the_search_finds_titles(mirrored, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((mirrored / "index.html").as_uri())
    page.locator("input[name=q]").first.fill("kuramshin freeing")
    page.locator("input[name=q]").first.press("Enter")
    page.locator("title-search li a").first.click()
    assert "Kuramshin" in page.locator("h1").inner_text()
    assert page.url.startswith(mirrored.as_uri())
    context.close()
