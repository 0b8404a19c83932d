"""The demo archive: idempotent, whole, invented where it must be, and without the faults that preflight looks for."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape
from io import StringIO

import phonenumbers
import pytest
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone

from appeals import panel
from appeals.mailto import LinkKind
from appeals.models import Address, AddressStatus, Appeal, AppealAddress, Channel, Letter, Outcome, Party, Recipient, Role, State
from articles.models import ARTICLE_KINDS, Article, Event, Label, Labelling, Life, Message, MessageState, Origin, Page, Picture, Post, Revision, Status, Update
from campaign import demo_archive
from campaign.models import SiteProfile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

TABLES: tuple[type[Model], ...] = (Post, Appeal, Label, Labelling, Origin, Picture, Life, Update, Event, Message, Recipient, Address, AppealAddress, Letter)
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
FILES = [path for path in demo_archive.ROOT.rglob("*") if path.suffix in (".md", ".toml")]


def everything() -> list[list[tuple]]:
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def printed() -> dict[str, str]:
    """Every post's own words, by slug, without its letters."""
    return {post.slug: "\n".join((post.title, post.standfirst, post.byline, post.body)) for post in Post.objects.all()}


def test_a_second_run_changes_nothing():
    before, counter, said = everything(), Revision.objects.get().counter, StringIO()
    call_command("demo", stdout=said)
    assert everything() == before
    assert Revision.objects.get().counter == counter
    assert said.getvalue() == "The demo archive is here already: nothing was changed.\n"


def test_the_whole_archive_is_one_move_of_the_revision():
    Origin.objects.filter(source=demo_archive.SOURCE, post__kind="page").delete()
    Page.objects.all().delete()
    counter = Revision.objects.get().counter
    assert demo_archive.load() == {"reports": 0, "appeals": 0, "pages": 4}
    assert Revision.objects.get().counter == counter + 1


def test_what_an_editor_has_changed_stays():
    SiteProfile.objects.update(name="Our campaign")
    Post.objects.filter(slug="about").update(title="Who we are")
    Article.objects.get(slug="fifteen-days-for-a-petition").delete()
    assert demo_archive.load() == {"reports": 1, "appeals": 0, "pages": 0}
    assert (SiteProfile.objects.get().name, Page.objects.get(slug="about").title) == ("Our campaign", "Who we are")


def test_a_site_keeps_its_own_page():
    page = Page.objects.get(slug="about")
    page.origins.all().delete()
    assert demo_archive.load() == {"reports": 0, "appeals": 0, "pages": 0}


def test_every_kind_of_report_is_there():
    kinds = Counter(Article.objects.public().values_list("kind", flat=True))
    assert set(kinds) == set(ARTICLE_KINDS)
    assert kinds.total() >= 18


def test_every_status_is_there():
    now = timezone.now()
    assert set(Article.objects.values_list("status", flat=True)) == set(Status)
    assert Article.objects.filter(status=Status.PUBLISHED, published_at__gt=now).count() == 1
    assert [bool(post.withdrawn_at and post.withdrawn_reason) for post in Article.objects.filter(status=Status.WITHDRAWN)] == [True]


def test_every_state_of_an_appeal_is_there():
    appeals = Appeal.objects.public()
    assert Counter(appeal.state for appeal in appeals) == {State.OPEN: 3, State.OVERDUE: 1, State.CLOSED: 5}
    assert set(appeals.closed().values_list("outcome", flat=True)) == set(Outcome)
    assert [appeal.days_left for appeal in appeals if appeal.is_urgent] == [3]
    assert {appeal.days_left for appeal in appeals.open()} == {3, 6, None}
    assert appeals.get(outcome=Outcome.WON).outcome_post.is_public()
    assert appeals.get(outcome=Outcome.LOST).successor.is_public()


def test_the_odd_ones_are_there():
    posts = Article.objects.public()
    assert len(posts.filter(updates__isnull=False).distinct()) == 1
    assert not posts.get(kind="strike-update", updates__isnull=False, updates__place="London").updates.exclude(place="London").filter(place_zone="").exists()
    assert [life.post.messages.public().count() for life in Life.objects.all()] == [3]
    assert set(posts.values_list("language", flat=True)) == {"en", "ru", "kk", "ar"}
    assert sorted(posts.filter(translation_of__isnull=False).values_list("language", flat=True)) == ["kk", "ru"]
    assert [len(title) > 90 for title in Post.objects.values_list("title", flat=True)].count(True) == 1
    assert posts.exclude(correction="").count() == 1
    assert posts.filter(picture__isnull=False).count() == 4
    assert posts.filter(source_url="").exists()
    assert posts.exclude(source_url="").exists()
    assert any(post.event_differs for post in posts)
    assert posts.filter(carries__appeal__closed_at__isnull=True, carries__isnull=False).exists()
    assert posts.filter(lead=True).count() == 1


def test_events_and_messages_are_in_every_state():
    events = Event.objects.public()
    assert events.coming().filter(cancelled=False).count() >= 2
    assert events.filter(cancelled=True).count() == 1
    assert events.filter(over_at__lt=timezone.now()).count() >= 2
    assert set(Message.objects.filter(post__kind="appeal").values_list("state", flat=True)) == set(MessageState)


def test_the_ledger_has_every_sort():
    today = timezone.localdate()
    assert set(Recipient.objects.values_list("party", flat=True)) == set(Party)
    assert set(Address.objects.values_list("channel", flat=True)) == set(Channel)
    assert set(Address.objects.values_list("status", flat=True)) == set(AddressStatus)
    assert [old.replaced_by.status for old in Address.objects.filter(status=AddressStatus.RETIRED)] == ["working"]
    assert Address.objects.exclude(risk_note="").exists()
    assert Address.objects.filter(show_until__lt=today).exists()
    assert Address.objects.filter(show_until__gt=today).exists()
    assert set(AppealAddress.objects.values_list("role", flat=True)) == set(Role)
    embassies = Recipient.objects.filter(party=Party.EMBASSY)
    assert all(embassy.host_country for embassy in embassies)
    assert len(embassies) == 3


def test_no_address_is_anybodys():
    """Reserved domains; numbers that have a possible length and were given to nobody: drama ranges, or a row of noughts."""
    mails = {mail for path in FILES for mail in EMAIL.findall(path.read_text())}
    assert mails
    assert not [mail for mail in mails if not re.search(r"[@.]example\.(org|com|net)$", mail)]
    for address in Address.objects.filter(channel__in=[Channel.PHONE, Channel.SMS, Channel.FAX]):
        assert phonenumbers.is_possible_number(phonenumbers.parse(address.value))
        assert re.fullmatch(r"\+442079460\d{3}|\+447700900\d{3}|\+493023125\d{3}|\+7\d{4,5}0000\d", address.value), address.value
    webs = Address.objects.filter(channel=Channel.WEB).values_list("value", flat=True)
    assert not [web for web in webs if not re.match(r"https://[\w.-]+\.example\.(org|com|net)/", web)]


def test_mobiles_are_shown_for_a_time_only():
    numbers = Address.objects.filter(channel__in=[Channel.PHONE, Channel.SMS], show_until__isnull=True)
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.UNKNOWN)
    assert [number.value for number in numbers if phonenumbers.number_type(phonenumbers.parse(number.value)) in mobile] == []


def test_solidarity_never_goes_to_the_other_side():
    used = AppealAddress.objects.filter(role=Role.SOLIDARITY)
    assert used
    assert [str(one) for one in used if one.other_side or one.address.recipient.party == Party.NOT_KNOWN] == []


def test_every_public_post_is_labelled_and_introduced():
    posts = Post.objects.public().listed()
    assert [post.slug for post in posts if not 2 <= post.labels.count() <= 3] == []
    assert [post.slug for post in Post.objects.public() if not 60 <= len(post.standfirst) <= 300] == []
    assert [label.name for label in Label.objects.all() if not label.description] == []
    assert [picture.original for picture in Picture.objects.all() if not (picture.alt and picture.credit)] == []


FAULTS = {
    "an address in prose": EMAIL,
    "a number in prose": re.compile(r"\+\d[\d ]{6,}"),
    "a link that does not say where it goes": re.compile(r"\[(?:here|above|this link|read more)\]", re.IGNORECASE),
    "a gap": re.compile(r"\[[^\]]*\](?!\()|xxx|\bTBC\b|\bTK\b", re.IGNORECASE),
    "a word glued to an address": re.compile(r"\w(?:https?://|www\.)"),
    "a word that points at nothing": re.compile(r"\b(?:to|at|see|contact):\s*$", re.MULTILINE | re.IGNORECASE),
    "a shout": re.compile(r"!(?!\[)"),
    "a straight quotation mark": re.compile(r"(?<!\\)\"|\w'\w"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_prose_is_clean(fault):
    found = [(slug, match.group()) for slug, text in printed().items() for match in FAULTS[fault].finditer(text)]
    assert found == []


def test_no_sentence_stands_twice_in_a_post():
    for slug, text in printed().items():
        sentences = Counter(sentence.strip() for sentence in re.split(r"(?<=[.?])\s+", text) if len(sentence) > 40)
        assert {sentence for sentence, number in sentences.items() if number > 1} == set(), slug


def test_letters_that_leave_fit_into_a_mail_link():
    letters = [letter for appeal in Appeal.objects.public().with_records() for letter in panel.of(appeal).sendable]
    assert len(letters) >= 8
    assert {letter.links.kind for letter in letters} == {LinkKind.FULL}
    assert [letter.subject for letter in letters if "[demands]" in letter.text or "To whom" in letter.text] == []


def test_one_letter_is_too_long_for_a_mail_link():
    """It was written for an appeal that has been won: nothing that is sent today is too long."""
    assert [letter.appeal.slug for letter in Letter.objects.select_related("appeal") if len(letter.body) > 3000] == ["free-vadim-kuramshin"]
    assert set(Letter.objects.values_list("language", flat=True)) == {"en", "ru"}


def test_distances_are_counted_from_today():
    appeal = Appeal.objects.get(slug="open-the-zhanaozen-files")
    assert appeal.act_by == timezone.localdate() + timedelta(days=3)
    vigil = appeal.events.get(title="Vigil")
    assert f"{vigil.local_starts:%H:%M}" == "18:00"
    with pytest.raises(ValueError, match=r"“soon” is no date of the demo archive\. Write 2011-12-16, or a distance"):
        demo_archive.day("soon")


def test_no_seed_sentence_is_in_the_archive(seeds):
    """Facts, not sentences: nowhere eight words in the order in which a seed has them."""
    texts = [unescape(path.read_text()) for path in seeds.iterdir()]
    theirs = set().union(*(runs(re.sub(r"<[^>]*>", " ", text)) for text in texts))
    ours = {path.name: runs(path.read_text()) & theirs for path in FILES}
    assert {name: [" ".join(run) for run in found] for name, found in ours.items() if found} == {}
