"""Old addresses and links between the archive's own posts."""

from collections import Counter

import pytest
from django.core.management import call_command

from articles.models import OldAddress, Origin, Post
from campaign.imports.places import guessed, host
from campaign.tests.imports.expected import addresses
from campaign.tests.imports.exports import classic, classic_entry, item, saved, takeout, takeout_entry, wxr

pytestmark = pytest.mark.django_db


def home_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, address
    return answer.headers["Location"]


def links(entry: str) -> Counter:
    return addresses(Origin.objects.get(entry_id=entry).post.body_html, "a", "href")


def url(entry: str) -> str:
    return Origin.objects.get(entry_id=entry).post.get_absolute_url()


def test_every_old_address_of_a_wordpress_site_leads_home(client, tmp_path):
    head = (
        "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>coal</wp:category_nicename><wp:category_parent></wp:category_parent>"
        "<wp:cat_name>Coal</wp:cat_name></wp:category><wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>gas</wp:category_nicename>"
        "<wp:category_parent>coal</wp:category_parent><wp:cat_name>Gas</wp:cat_name></wp:category>"
    )
    post = item(post_id=5, post_name="%d0%b3%d0%b0%d0%b7", link="https://shaft.example.org/2011/06/%d0%b3%d0%b0%d0%b7.html",
                labels={"Gas": "category", "Oil workers": "post_tag", "Aside": "post_format"}, meta={"_wp_old_slug": "coal-first"})  # fmt: skip
    file = item(post_id=7, post_type="attachment", status="inherit", post_parent=5, attachment_url="https://shaft.example.org/wp-content/uploads/a.jpg",
                link="https://shaft.example.org/2011/06/gaz/a/")  # fmt: skip
    page = item(post_id=6, post_type="page", post_name="about", link="https://shaft.example.org/who/about/")
    call_command("import_wordpress", saved(tmp_path, wxr(post, file, page, item(post_id=8, status="private"), head=head)))
    assert url("5") == "/2011/06/01/gaz/"
    for address in ("/2011/06/%d0%b3%d0%b0%d0%b7.html", "/?p=5", "/2011/06/%d0%b3%d0%b0%d0%b7.html/amp/", "/?attachment_id=7", "/2011/06/gaz/a/"):
        assert home_of(client, address) == url("5")
    assert home_of(client, "/?page_id=6") == home_of(client, "/who/about/") == "/about/"
    for address in ("/category/coal/gas/", "/category/gas/", "/?cat=4", "/category/coal/gas/page/2/"):
        assert home_of(client, address) == "/labels/gas/"
    assert home_of(client, "/tag/oil-workers/") == home_of(client, "/?tag=oil-workers") == "/labels/oil-workers/"
    assert home_of(client, "/type/aside/") == "/labels/aside/"
    assert home_of(client, "/author/dana/") == home_of(client, "/?author=1") == "/search/?q=Dana%20Example"
    assert home_of(client, "/?m=201106") == "/2011/06/"
    assert home_of(client, "/?feed=rss2") == home_of(client, "/comments/feed/") == "/feed/"
    assert not OldAddress.objects.filter(query="p=8").exists()


def test_an_earlier_name_of_a_post_leads_home(client, tmp_path):
    call_command("import_wordpress", saved(tmp_path, wxr(item(post_id=5, post_name="new", meta={"_wp_old_slug": "old"}))))
    assert home_of(client, "/2011/06/01/old/") == url("5") == "/2011/06/01/new/"


def test_a_site_in_a_folder_keeps_its_addresses(client, tmp_path):
    words = wxr(item(post_id=5, link="https://shaft.example.org/blog/archives/5", labels={"Gas": "category"})).replace(
        "example.org</wp:base_b", "example.org/blog</wp:base_b"
    )
    call_command("import_wordpress", saved(tmp_path, words))
    for address, target in {
        "/blog/archives/5": url("5"), "/blog/?p=5": url("5"), "/blog/category/gas/": "/labels/gas/", "/blog/feed/": "/feed/", "/blog/": "/",
        "/blog/2011/06/": "/2011/06/", "/blog/2011/": "/2011/",
    }.items():  # fmt: skip
        assert home_of(client, address) == target


def test_every_old_address_of_a_blog_leads_home(client, tmp_path):
    call_command("import_blogger", saved(tmp_path, classic(
        classic_entry(number=5, labels=("Kazakhstan 2012", "A, B & C")), classic_entry(number=6, kind="page", title="About"),
        classic_entry(number=7, href="http://shaft.example.org/2012/06/que%20raza%20es.html"), classic_entry(number=8, published="2999-01-01T00:00:00Z"),
    )))  # fmt: skip
    assert home_of(client, "/2012/06/strike-5.html?m=1") == url("5")
    assert home_of(client, "/p/about-6.html") == url("6")
    assert home_of(client, "/2012/06/que%20raza%20es.html") == url("7") == "/2012/06/07/que-raza-es/"
    assert home_of(client, "/search/label/Kazakhstan%202012") == home_of(client, "/search/label/Kazakhstan+2012") == "/labels/kazakhstan-2012/"
    assert home_of(client, "/search/label/A%2C%20B%20%26%20C?max-results=20") == "/labels/a-b-c/"
    assert home_of(client, "/feeds/posts/default/-/Kazakhstan%202012") == "/labels/kazakhstan-2012/feed/"


def test_links_between_posts_lead_to_the_new_ones_and_all_others_stay_to_the_letter(tmp_path):
    kept = ["http://shaft.example.org/2012/06/gone.html", "https://x.example.com/?a=1&b=2#c", "mailto:dana@example.org", "/search/label/Coal",
            "http://shaft.example.org/2012/06/draft.html", "http://shaft.example.org/", "HTTP://X.example.com/%7Ea?b=%20c"]  # fmt: skip
    moved = ["http://shaft.example.org/2012/06/strike-6.html", "https://www.shaft.example.org/2012/06/strike-6.html?m=1", "/2012/06/strike-6.html",
             "http://shaft.example.org/2012/06/strike-6.html#c99"]  # fmt: skip
    content = "".join(f"<p><a href='{address}'>link</a></p>" for address in [*kept, *moved, "/2012/06/strike-6.html#part"])
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    path = saved(tmp_path, classic(
        classic_entry(content, number=5), classic_entry(number=6), classic_entry(number=7, inside=draft, href="http://shaft.example.org/2012/06/draft.html"),
    ))  # fmt: skip
    call_command("import_blogger", path)
    assert links("5") == Counter({**dict.fromkeys(kept, 1), url("6"): len(moved), f"{url('6')}#part": 1})


def test_links_by_number_and_to_an_earlier_domain_are_found(tmp_path):
    hrefs = ["https://shaft.example.org/?p=6", "http://old.example.org/?p=6", "https://shaft.example.org/2011/06/01/strike-6/#comment-3", "/?p=6", "?p=6",
             "../strike-6/", "../../../06/01/strike-6"]  # fmt: skip
    content = "\n\n".join(f"<a href='{href}'>link</a>" for href in [*hrefs, "../gone/"])
    saved(tmp_path, wxr(item(content, post_id=5)), "b.xml")
    saved(tmp_path, wxr(item(post_id=6, guid="http://old.example.org/?p=6")), "a.xml")
    call_command("import_wordpress", str(tmp_path))
    assert links("5") == Counter({url("6"): len(hrefs), "../gone/": 1})


def test_a_blog_whose_host_stands_nowhere_knows_its_own_posts(tmp_path, client):
    content = "<a href='http://www.some-domain.example.net/2022/12/strike-6.html'>a</a> <a href='http://other.example.net/2022/12/strike-6/'>b</a>"
    call_command("import_blogger", saved(tmp_path, takeout(takeout_entry(content, number=5), takeout_entry(number=6))))
    assert links("5") == Counter({url("6"): 1, "http://other.example.net/2022/12/strike-6/": 1})
    assert home_of(client, "/2022/12/strike-6.html") == url("6")


def test_the_user_may_tell_the_host(tmp_path):
    content = "<a href='http://www.some-domain.example.net/p/about.html'>a</a>"
    page = takeout_entry(number=6, kind="PAGE", **{"blogger:filename": "/p/about.html"})
    call_command("import_blogger", saved(tmp_path, takeout(takeout_entry(content, number=5), page)), base_url="https://some-domain.example.net")
    assert links("5") == Counter({url("6"): 1})
    assert Origin.objects.get(entry_id="6").url == "https://some-domain.example.net/p/about.html"


@pytest.mark.parametrize(
    ("title", "guess"),
    [
        ("The strike at a gate", "/2012/06/strike-at-gate.html"),
        ("Señor's café: “Ночь”", "/2012/06/senors-cafe.html"),
        ("Ночь", "/2012/06/blog-post.html"),
        ("Workers of the eleventh shaft demand their wages and an end", "/2012/06/workers-of-eleventh-shaft-demand-their.html"),
    ],
)
def test_blogger_s_own_way_of_naming_posts_is_guessed(title, guess):
    assert guessed(title, "2012/06") == guess


def test_an_export_without_addresses_gets_guessed_ones_and_says_so(client, tmp_path, capsys):
    entry = takeout_entry(number=5, title="The strike at the gate").replace("<blogger:filename>/2022/12/strike-5.html</blogger:filename>", "")
    call_command("import_blogger", saved(tmp_path, takeout(entry)))
    assert home_of(client, "/2022/12/strike-at-gate.html") == url("5")
    assert "1 old addresses stand nowhere in the export and were guessed." in capsys.readouterr().out


def test_blogspot_is_one_in_every_country():
    assert {host(name) for name in ("shaft.blogspot.com", "www.shaft.blogspot.co.uk", "shaft.blogspot.de:80", "SHAFT.blogspot.com.au")} == {
        "shaft.blogspot.com"
    }


def test_slugs_of_one_day_are_told_apart_and_pages_keep_off_the_site_s_own(tmp_path):
    posts = [item(post_id=number, post_name=name) for number, name in ((5, "gate"), (6, "gate"), (7, ""))]
    pages = [item(post_id=8, post_type="page", post_name="events"), item(post_id=9, post_type="page", post_name="2012")]
    call_command("import_wordpress", saved(tmp_path, wxr(*posts, *pages)))
    assert [post.get_absolute_url() for post in Post.objects.order_by("pk")] == [
        "/2011/06/01/gate/", "/2011/06/01/gate-2/", "/2011/06/01/strike-at-shaft-7/", "/events-2/", "/2012-2/",
    ]  # fmt: skip


def test_what_is_no_address_stops_nothing(tmp_path):
    bad = "http://[the site]/a"
    content = f"<a href='{bad}'>a</a> <img src='{bad}.jpg' alt='b'> <img src='c.jpg' alt='d'>"
    file = item("", post_type="attachment", status="inherit", post_parent=5, attachment_url=f"{bad}.jpg", link=bad)
    words = wxr(item(content, post_id=5, link=bad, guid=bad), file).replace("https://shaft.example.org</wp:", f"{bad}</wp:")
    call_command("import_wordpress", saved(tmp_path, words))
    call_command("import_blogger", saved(tmp_path, classic(classic_entry(content, number=7, href=bad))), media=[str(tmp_path)])
    assert Post.objects.count() == 2
