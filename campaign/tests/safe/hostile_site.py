"""A site in which every field that anybody may fill holds a hostile text, each text alone in a field of each kind."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from appeals.models import Appeal, Channel, LetterClaim, Party
from appeals.tests.factories import add_address, make_address, make_appeal, make_letter, make_recipient
from articles.from_html import to_markdown, to_text
from articles.models import Article, Label, Picture
from articles.tests.factories import make_article, make_event, make_label, make_message, make_obituary, make_update, numbers
from campaign.models import SiteProfile


def stored(words: str, most: int | None = None) -> str:
    """As a database can hold it."""
    return words.encode("utf-8", "replace").decode()[:most]


def make_site(vectors: tuple[str, ...], *, letters: int = 1) -> SimpleNamespace:
    """`letters`: every so many of the texts stands in a model letter too; a page with a hundred letters is slow to poke at."""
    vectors = tuple(map(stored, vectors))
    make_profile(vectors)
    posts = [make_post(words) for words in vectors]
    report = make_report(vectors)
    return SimpleNamespace(vectors=vectors, posts=posts, report=report, appeal=make_call(vectors, letters), life=make_life(vectors))


def make_profile(vectors: tuple[str, ...]) -> None:
    words = iter(vectors * 2)
    profile = SiteProfile.objects.get()
    for name in ("name", "tagline", "about", "postal_address", "contact_email", "fund_title", "fund_text", "fund_link", "fund_button"):
        setattr(profile, name, next(words))
    profile.fund_link = "javascript:alert(1)"
    profile.mirrors = ["java\tscript:alert(1)", "\x01javascript:alert(1)", *vectors[:20]]
    profile.links = [{"name": words, "url": "JavaScript:alert(1)"} for words in vectors[:20]]
    profile.save()


def make_post(words: str) -> Article:
    """An entry of lists; its picture, label and body hold the same words."""
    picture = Picture(file="pictures/0123456789abcdef01234567-60.png", width=60, height=40, alt=words, caption=words, credit=words)
    picture.save()
    label = Label.objects.filter(name=words).first() or make_label(name=words, description=words)
    fields = dict.fromkeys(("title", "standfirst", "byline", "dateline", "correction", "source_name", "source_url", "body"), words)
    return make_article((label,), picture=picture, language="en", lead=False, **fields)


def make_report(vectors: tuple[str, ...]) -> Article:
    """One long page: every text as an update (rendered as a body is), as imported HTML and comment, as a message, as an event."""
    report = make_article(title=vectors[0], body="\n\n".join(vectors[1::7]))
    for words in vectors:
        make_update(report, text=words, place=words)
        make_update(report, text=to_markdown(words) or "-")
        make_message(report, text=words, name=words, organisation=words, place=words)
        make_message(report, text=to_text(words))
        make_event(report, title=words, place=words, organiser=words, contact=words)
    return report


def make_call(vectors: tuple[str, ...], letters: int) -> Appeal:
    appeal = make_appeal(title=vectors[-1], standfirst=vectors[-2], demands=list(vectors), urgent=True, body=vectors[-3], byline=vectors[-4])
    for words in vectors[::letters]:
        make_letter(appeal, language=f"x-{next(numbers)}", subject=one_line(words), body=f"[salutation]\n{words}\n[demands]", salutation=words)
    for address, words in zip(addresses(vectors), vectors, strict=True):
        add_address(appeal, address=address)
        LetterClaim.objects.create(appeal=appeal, number=1, source=words, source_url=words, day=date(2012, 1, 1))
        make_message(appeal, text=words, name=words)
    return appeal


def addresses(vectors: tuple[str, ...]) -> Iterator[Any]:
    """The ledger as strictly kept as the forms keep it, but for names and notes."""
    for number, words in enumerate(vectors):
        who = make_recipient(name=words[:200], office=words, salutation=words, party=Party.UNION)
        given = {"note": words, "risk_note": words, "source": words}
        match number % 3:
            case 0:
                yield make_address(who, **given)
            case 1:
                yield make_address(who, channel=Channel.POST, value=f"{number}\n" + "".join(" " if ord(one) < 32 else one for one in words), **given)
            case _:
                yield make_address(who, channel=Channel.WEB, value=f"https://example.org/{number}?q='onclick='alert(1)", **given)


def make_life(vectors: tuple[str, ...]) -> Article:
    return make_obituary({"name": vectors[3], "what_they_did": vectors[4], "place": vectors[5]}, title=vectors[6])


def one_line(words: str) -> str:
    return "".join(" " if ord(one) < 32 or 0x7F <= ord(one) < 0xA0 or one in "\u2028\u2029" else one for one in words)[:200]
