"""The queue of readers' messages."""

import pytest
from django.urls import reverse

from articles.models import Message, MessageState
from articles.tests.factories import make_article, make_message
from campaign.tests.accounts import at_desk

pytestmark = pytest.mark.django_db
WAITING, PUBLISHED, REJECTED = MessageState.WAITING, MessageState.PUBLISHED, MessageState.REJECTED


@pytest.fixture
def editor():
    return at_desk("editor")


@pytest.fixture
def queue() -> str:
    return reverse("admin:queue")


def waiting(*texts: str) -> list[Message]:
    post = make_article()
    return [make_message(post, text=text, state=WAITING) for text in texts]


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("text", "state"))


def test_one_press_publishes_and_readers_see_it(editor, client, queue):
    first, _second = waiting("with you", "buy pills")
    assert "with you" not in client.get(first.post.get_absolute_url()).content.decode()
    answer = editor.post(queue, {"publish": first.pk})
    assert (answer.status_code, answer.url) == (302, queue)
    assert states() == {"with you": PUBLISHED, "buy pills": WAITING}
    assert "with you" in client.get(first.post.get_absolute_url()).content.decode()


def test_one_press_on_the_desk_comes_back_to_the_desk(editor, queue):
    (message,) = waiting("buy pills")
    assert editor.post(queue, {"reject": message.pk, "back": "desk"}).url == reverse("admin:index")
    assert states() == {"buy pills": REJECTED}


def test_several_at_once_and_back_again(editor, queue):
    one, two, _three = waiting("one", "two", "three")
    editor.post(queue, {"reject": "chosen", "chosen": [one.pk, two.pk]})
    assert states() == {"one": REJECTED, "two": REJECTED, "three": WAITING}
    editor.post(queue, {"undo": "1"})
    assert states() == {"one": WAITING, "two": WAITING, "three": WAITING}
    assert "There is nothing to undo." in editor.post(queue, {"undo": "1"}, follow=True).content.decode()


def test_undo_leaves_what_another_editor_has_said_since(editor, queue):
    one, two = waiting("one", "two")
    editor.post(queue, {"publish": "chosen", "chosen": [one.pk, two.pk]})
    at_desk("editor", name="second").post(queue, {"reject": two.pk})
    editor.post(queue, {"undo": "1"})
    assert states() == {"one": WAITING, "two": REJECTED}


@pytest.mark.parametrize("sent", [{}, {"publish": "x"}, {"publish": "9" * 40}, {"reject": "chosen"}, {"publish": "chosen", "chosen": ["-1", "a"]}])
def test_a_press_that_names_nothing_changes_nothing_and_says_so(editor, queue, sent):
    waiting("one")
    answer = editor.post(queue, sent, follow=True)
    assert (answer.status_code, states()) == (200, {"one": WAITING})
    assert [message.level_tag in ("warning", "error") for message in answer.context["messages"]] == [True]


def test_what_was_rejected_is_kept_and_found(editor, queue):
    (message,) = waiting("buy pills")
    editor.post(queue, {"reject": message.pk})
    assert "buy pills" not in editor.get(queue).content.decode()
    assert "buy pills" in editor.get(queue, {"state": "rejected"}).content.decode()


def test_markup_in_a_message_is_printed_not_run(editor, queue):
    waiting("<script>alert(1)</script>")
    page = editor.get(queue).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_for_one_and_for_three(editor, queue, django_assert_num_queries, number):
    waiting(*map(str, range(number)))
    editor.get(queue)
    with django_assert_num_queries(6):
        editor.get(queue)


@pytest.mark.parametrize("role", ["reporter", "administrator"])
def test_others_get_no_queue(role, queue):
    (message,) = waiting("one")
    client = at_desk(role)
    assert (client.get(queue).status_code, client.post(queue, {"publish": message.pk}).status_code, states()) == (403, 403, {"one": WAITING})
