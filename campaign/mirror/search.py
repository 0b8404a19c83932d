"""Search without a server: a page of all titles, and an index that a classic script can read from a stick."""

import json

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.formats import date_format

from articles.archives import by_month
from articles.models import Label, Post

PAGE = "/search/"
INDEX = "/search-index.js"


def posts() -> list[Post]:
    labels = Prefetch("labels", Label.objects.only("name"))
    return list(Post.objects.public().listed().newest_first().defer("body", "body_html", "body_text").select_related("appeal").prefetch_related(labels))


def page() -> bytes:
    """Every title by month: what a reader without scripts searches with the browser's own "find in page"."""
    request = RequestFactory().get(PAGE)
    return render_to_string("campaign/mirror_search.html", {"months": by_month(posts())}, request).encode()


def index() -> bytes:
    """`window.titles`: address from the mirror's root, title, date, and the words a search looks in."""
    rows = [[post.get_absolute_url().lstrip("/") + "index.html", post.title, date_format(post.published_on, "j F Y"), words(post)] for post in posts()]
    return f"window.titles = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def words(post: Post) -> str:
    return " ".join([post.title, post.standfirst, post.byline, *(label.name for label in post.labels.all())]).casefold()
