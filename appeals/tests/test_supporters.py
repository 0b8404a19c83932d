"""The three public forms: sent, message, failed. No cookie, no script, nothing counted twice, nothing lost."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from appeals.models import FailureReport, Outcome, Press, Role
from appeals.tests.factories import add_address, make_address, make_appeal
from articles.models import Message, MessageState, Revision

pytestmark = pytest.mark.django_db
WORDS = {"text": "Dublin dockers stand with you.", "name": "Robin", "organisation": "Branch 7", "place": "Dublin"}


@pytest.fixture
def appeal():
    return make_appeal(slug="free-them")


def url(form, *parts):
    return "/".join(["/appeals/free-them", form, *map(str, parts), ""])


def token(client, address):
    return client.get(address).context["form"].next_token


def post(client, address, words=None, **headers):
    return client.post(address, {"token": token(client, address), **(words or {})}, headers=headers)


def forms(appeal):
    """Every public form: its address, the words it wants, the rows it makes."""
    address = add_address(appeal).address
    return [(url("sent"), {}, Press), (url("messages"), WORDS, Message), (url("failed", address.pk), {}, FailureReport)]


@pytest.mark.parametrize("number", [0, 1, 2], ids=["sent", "message", "failed"])
class TestEveryForm:
    def test_it_works_without_a_cookie_and_is_never_stored(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        answer = post(client, address, words)
        assert (answer.status_code, rows.objects.count()) == (200, 1)
        assert "Thank you" in answer.content.decode()
        assert (answer.headers["Cache-Control"], dict(client.cookies)) == ("no-store", {})

    def test_a_double_click_counts_once_and_is_thanked_twice(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        sending = {"token": token(client, address), **words}
        answers = [client.post(address, sending) for _click in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].content == answers[1].content
        assert rows.objects.count() == 1

    @pytest.mark.parametrize("stale", ["", "rubbish", "a:b:c", "\0"])
    def test_a_token_that_is_none_shows_the_form_again(self, client, appeal, number, stale):
        address, words, rows = forms(appeal)[number]
        answer = client.post(address, {"token": stale, **words})
        assert (answer.status_code, rows.objects.count()) == (422, 0)
        assert all(value in answer.content.decode() for value in words.values())

    def test_a_form_left_open_overnight_is_shown_again_with_its_words(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        sending = {"token": token(client, address), **words}
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            answer = client.post(address, sending)
            assert (answer.status_code, rows.objects.count()) == (422, 0)
            again = client.post(address, {**sending, "token": answer.context["form"].next_token})
        assert (again.status_code, rows.objects.count()) == (200, 1)

    def test_a_token_of_another_form_is_refused(self, client, appeal, number):
        every = forms(appeal)
        address, words, rows = every[number]
        other = every[(number + 1) % 3][0]
        assert client.post(address, {"token": token(client, other), **words}).status_code == 422
        assert rows.objects.count() == 0

    def test_a_machine_is_thanked_and_not_believed(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        believed = post(client, address, words)
        answer = post(client, address, {**words, "website": "https://spam.example"})
        assert (answer.status_code, answer.content, rows.objects.count()) == (200, believed.content, 1)

    @pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}], ids=["origin", "fetch"])
    def test_another_website_is_refused(self, client, appeal, number, headers):
        address, words, rows = forms(appeal)[number]
        assert (post(client, address, words, **headers).status_code, rows.objects.count()) == (403, 0)

    @pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"origin": "null"}, {"sec-fetch-site": "same-origin"}, {}])
    def test_our_own_pages_and_old_phones_are_not(self, client, appeal, number, headers):
        address, words, _rows = forms(appeal)[number]
        assert post(client, address, words, **headers).status_code == 200

    def test_past_the_limit_there_is_an_answer_page_and_no_row(self, client, appeal, number, settings):
        settings.FORM_LIMITS = {"sent": (2, 60), "message": (2, 60), "failed": (2, 60)}
        address, words, rows = forms(appeal)[number]
        answers = [post(client, address, words) for _time in range(3)]
        assert ([answer.status_code for answer in answers], rows.objects.count()) == ([200, 200, 429], 2)
        form = answers[2].content.decode()
        assert [word for word in words.values() if escape(word) not in form] == []
        assert "You share it with others" in form
        assert 'name="token"' in form
        assert client.get(appeal.get_absolute_url()).status_code == 200

    def test_a_network_of_ipv6_addresses_is_one_connection(self, client, appeal, number, settings):
        settings.TRUSTED_PROXY, settings.FORM_LIMITS = "X-Real-IP", dict.fromkeys(("sent", "message", "failed"), (2, 60))
        address, words, rows = forms(appeal)[number]
        senders = ["2001:db8:0:7::1", "2001:db8:0:7:ffff::2", "2001:db8:0:7::3", "2001:db8:0:8::1", "::ffff:192.0.2.1", "::ffff:192.0.2.2", "192.0.2.1"]
        statuses = [post(client, address, words, **{"X-Real-IP": sender}).status_code for sender in senders]
        assert (statuses, rows.objects.count()) == ([200, 200, 429, 200, 200, 200, 200], 6)

    def test_a_body_past_all_measure_is_one_clear_page(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        answer = client.post(address, {"token": token(client, address), **words, "text": "x" * 10_000_000})
        assert (answer.status_code, rows.objects.count()) == (413, 0)

    def test_a_closed_appeal_takes_nothing(self, client, appeal, number):
        address, words, rows = forms(appeal)[number]
        sending = {"token": token(client, address), **words}
        appeal.close(Outcome.WON, "They are free.")
        assert [client.get(address).status_code, client.post(address, sending).status_code, rows.objects.count()] == [410, 410, 0]

    def test_other_methods_are_refused(self, client, appeal, number):
        assert client.put(forms(appeal)[number][0]).status_code == 405


def test_an_appeal_nobody_may_see_has_no_forms(client):
    make_appeal(slug="free-them", status="draft", published_at=None)
    assert [client.get(url(form)).status_code for form in ("sent", "messages")] == [404, 404]


def test_a_press_moves_the_revision_once_a_minute(client, appeal):
    before = Revision.objects.get(pk=1).counter
    for _press in range(3):
        post(client, url("sent"))
    assert (Press.objects.count(), Revision.objects.get(pk=1).counter) == (3, before + 1)


def test_a_message_waits_and_moves_nothing(client, appeal):
    before = Revision.objects.get(pk=1).counter
    post(client, url("messages"), WORDS)
    message = Message.objects.get()
    assert (message.state, message.text, message.name, message.organisation, message.place) == (MessageState.WAITING, *WORDS.values())
    assert Revision.objects.get(pk=1).counter == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write your message first."),
        ("   ", "Write your message first."),
        ("x" * 2001, "2001"),
        ("https://spam.example http://more.example", "links alone"),
        ("www.spam.example", "links alone"),
    ],
)
def test_a_message_that_is_none_comes_back_with_a_sentence(client, appeal, text, says):
    answer = post(client, url("messages"), {**WORDS, "text": text})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Message.objects.exists()


def test_words_of_any_script_and_length_up_to_the_limit_are_kept_to_the_letter(client, appeal):
    text = "Ынтымақ! تضامن – привет 🚩\n<b>&amp;\"'" + "x" * 1900
    post(client, url("messages"), {**WORDS, "text": text})
    assert Message.objects.get().text.replace("\r\n", "\n") == text


@pytest.mark.parametrize("case", ["other appeal", "private past its day", "no such"])
def test_only_an_address_shown_on_this_appeal_can_fail(client, appeal, case):
    address = make_address()
    if case == "other appeal":
        add_address(make_appeal(), address=address)
    elif case == "private past its day":
        address.show_until = timezone.localdate() - timedelta(days=1)
        address.save()
        add_address(appeal, Role.PROTEST, address)
    assert client.get(url("failed", address.pk)).status_code == 404
