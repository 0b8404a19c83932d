"""An appeal with all that its page prints, by queries that are put into SQL once."""

import pytest

from appeals import whole
from appeals.models import Appeal, LetterClaim
from appeals.tests.factories import make_appeal
from articles.tests.factories import make_article, make_event, make_message, make_update

pytestmark = pytest.mark.django_db


def test_a_whole_appeal_is_what_for_page_fetches(django_assert_num_queries):
    ended = make_article()
    appeal = make_appeal(("A", "B"), outcome_post=ended, successor=make_appeal())
    make_update(appeal), make_event(appeal), make_message(appeal), make_message(appeal, state="waiting")
    LetterClaim.objects.create(appeal=appeal, number=156, source="The campaign")
    expected = Appeal.objects.for_page().get(pk=appeal.pk)
    with django_assert_num_queries(6):
        found = whole.appeal(appeal.slug)
        for rows in ("labels", "updates", "events", "letter_claims"):
            assert list(getattr(found, rows).all()) == list(getattr(expected, rows).all()) != []
        assert found.shown_messages == expected.shown_messages != []
        assert {row.post for row in [*found.updates.all(), *found.events.all(), *found.shown_messages]} == {found}
        assert (found.outcome_post, found.successor, found.letter_claims.all()[0].appeal) == (ended, appeal.successor, found)


def test_what_an_appeal_has_not_is_not_asked_for(django_assert_num_queries):
    appeal, other = make_appeal(("A",)), make_appeal()
    make_update(other), make_event(other), make_message(appeal, state="waiting")
    LetterClaim.objects.create(appeal=other, number=156, source="The campaign")
    with django_assert_num_queries(2):
        found = whole.appeal(appeal.slug)
        assert [*found.updates.all(), *found.events.all(), *found.shown_messages, *found.letter_claims.all()] == []


def test_what_readers_may_not_see_is_not_there():
    assert whole.appeal(make_appeal(status="draft").slug) is None
