"""A synthetic archive of any size: the newest posts are the same whatever the size, so that equal pages can be compared."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.utils import timezone

from appeals.models import Appeal
from articles import search
from articles.models import ARTICLE_KINDS, Event, Kind, Label, Labelling, Page, Post, Revision, Status

YEARS = 15
LABELS = 60
IN_ALL = "strike"
"""A word of every post."""
BURST = datetime(2011, 12, 1, tzinfo=UTC)
"""The month of the shooting: every tenth post is of it, so that its pages are full in a small archive too."""
BATCH = 2_000
WORDS_A_PARAGRAPH = 90
PARAGRAPHS = 6
"""Of a post: some 4 KB."""
SYLLABLES = [onset + vowel for onset in ("b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "zh") for vowel in "aeiou"]


class Writer:
    """Texts out of a fixed stock of paragraphs, in words as often as those of a language (Zipf); the same for the same seed."""

    def __init__(self) -> None:
        self.random = random.Random(2011)
        words = ["the", "of", "and", "to", IN_ALL, f"{IN_ALL}s", f"{IN_ALL}rs", "miners", "workers", "police", "court"]
        words += ["".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 5))) for _ in range(20_000)]
        weights = [1 / (rank + 2) for rank in range(len(words))]
        text = self.random.choices(words, weights, k=2_000 * WORDS_A_PARAGRAPH)
        self.paragraphs = [" ".join(text[at : at + WORDS_A_PARAGRAPH]).capitalize() + "." for at in range(0, len(text), WORDS_A_PARAGRAPH)]

    def post(self, number: int, published_at: datetime, short: bool = False) -> Post:
        words, end = self.random.choices(self.paragraphs, k=PARAGRAPHS), f"The {IN_ALL} goes on at pit {number}."
        paragraphs = [end] if short else [*words, end]
        title = words[0][: self.random.randint(25, 80)].rsplit(" ", 1)[0]
        return Post(
            kind=Kind.STATEMENT if number % 8 == 5 else self.random.choice(ARTICLE_KINDS),
            title=title,
            slug=f"post-{number}",
            standfirst=words[1][:180],
            byline="Robin Example",
            body="\n\n".join(paragraphs),
            body_html="".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs),
            body_text="\n\n".join(paragraphs),
            status=Status.PUBLISHED,
            published_at=published_at,
            published_on=timezone.localdate(published_at),
        )


def fill(size: int, short: bool = False) -> None:
    """`size` articles with labels, and what stands round them: appeals, events, a page. Short ones have a sentence each, and no search finds them."""
    labels = Label.objects.bulk_create(Label(name=f"Label {number:02}", slug=f"label-{number:02}") for number in range(LABELS))
    writer = Writer()
    articles = (writer.post(number, moment, short) for number, moment in enumerate(moments(size)))
    while batch := list(islice(articles, BATCH)):
        with Revision.one_bump():
            Post.objects.bulk_create(batch)
            Labelling.objects.bulk_create(labelling for post in batch for labelling in labellings(post, labels))
            if not short:
                search.index([post.pk for post in batch])
    surround()


def moments(size: int) -> Iterator[datetime]:
    """When the posts were published, newest first: evenly over the years, but every tenth in the month of the burst."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    for number in range(size):
        if number % 10 == 9:
            yield BURST + timedelta(days=30) * (1 - number / size)
        else:
            yield now - timedelta(hours=1) - timedelta(days=365 * YEARS) * (number / size)


def labellings(post: Post, labels: list[Label]) -> Iterator[Labelling]:
    """The first label stands on every fifth post; beside it each post has two of the others."""
    number = int(post.slug.removeprefix("post-"))
    chosen = {1 + number % (LABELS - 1), 1 + number // 7 % (LABELS - 1), *([0] if number % 5 == 4 else [])}
    for label in chosen:
        yield Labelling(label=labels[label], post=post, status=post.status, published_at=post.published_at, published_on=post.published_on)


def surround() -> None:
    """Appeals, events and a page, as many in every archive."""
    now = timezone.now()
    for number in range(12):
        began = now - timedelta(days=20 + 40 * number)
        state = {"closed_at": began + timedelta(days=30), "outcome": "won"} if number > 4 else {}
        words = {"title": f"Free the strikers of pit {number}", "body": f"They were held during the {IN_ALL}.", "demands": ["Free them"]}
        appeal = Appeal.objects.create(slug=f"appeal-{number}", status=Status.PUBLISHED, published_at=began, **words, **state)
        Event.objects.create(post=appeal, title="Picket", starts=now + timedelta(days=number - 5), place="1 Example Square, London")
    Page.objects.create(title="About", slug="about", status=Status.PUBLISHED, published_at=now - timedelta(days=900), body="About the campaign.")
