"""A repeated request is answered as the first time."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import casework.operations
from casework.models import AnsweredRequest, Timeline
from casework.operations import Answer
from tests.factories.casework import AnsweredRequestFactory
from tests.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(now):
    """Ask for a new timeline, so that acts can be counted."""

    def _ask(key="k1", fingerprint="same", caller="user:1", body=None, **how):
        def act():
            Timeline.objects.create(kind="probe", opened_at=now)
            return Answer(201, body or {"made": Timeline.objects.count()})

        return casework.operations.answer_once(caller=caller, key=key, fingerprint=fingerprint, at=now, act=act, **how)

    return _ask


def test_a_repeat_gets_the_first_answer_and_does_nothing(ask):
    assert ask() == ask() == Answer(201, {"made": 1})
    assert Timeline.objects.count() == 1


def test_another_key_is_another_request(ask):
    ask()
    assert ask(key="k2").body == {"made": 2}


def test_keys_belong_to_their_caller(ask):
    ask()
    assert ask(caller="user:2").body == {"made": 2}


def test_the_same_key_with_other_words_is_refused(ask):
    ask()
    with pytest.raises(casework.operations.KeyReused):
        ask(fingerprint="other")
    assert Timeline.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 121])
def test_a_key_that_cannot_be_kept_is_refused_before_acting(ask, key):
    with pytest.raises(casework.operations.BadKey):
        ask(key=key)
    assert not Timeline.objects.exists()


def test_an_act_that_fails_leaves_nothing_and_may_be_tried_again(ask, now):
    def explode():
        Timeline.objects.create(kind="probe", opened_at=now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        casework.operations.answer_once(caller="user:1", key="k1", fingerprint="same", at=now, act=explode)
    assert not AnsweredRequest.objects.exists()
    assert ask().body == {"made": 1}


def test_the_first_answer_reads_like_the_stored_one(ask):
    assert ask(body={"lines": (1, 2)}).body == ask().body == {"lines": [1, 2]}


def test_an_answer_that_is_not_json_undoes_the_act(ask):
    with pytest.raises(TypeError):
        ask(body={"when": object()})
    assert not Timeline.objects.exists()


def test_a_repeat_inside_a_transaction_spoils_nothing_of_it(ask, now):
    """It stumbles over the first one's row; what the caller did before stays."""
    AnsweredRequestFactory(caller="user:1", key="k1", fingerprint="same", body={"made": "by the other"})
    with transaction.atomic():
        Timeline.objects.create(kind="before", opened_at=now)
        assert ask() == Answer(201, {"made": "by the other"})
    assert list(Timeline.objects.values_list("kind", flat=True)) == ["before"]


@pytest.mark.parametrize(("looks_first", "cost"), [(True, 2), (False, 1)])
def test_keeping_an_answer_costs_one_statement_and_the_look_before_it(ask, looks_first, cost):
    with CaptureQueriesContext(connection) as seen:
        ask(looks_first=looks_first)
    of_the_act = 2  # a new timeline, and how many there are
    assert statements(seen) - of_the_act == cost


class TestWithoutALookFirst:
    def test_a_repeat_is_undone_and_gets_the_first_answer(self, ask):
        first, second = ask(looks_first=False), ask(looks_first=False)
        assert second == first == Answer(201, {"made": 1})
        assert (first.is_repeated, second.is_repeated) == (False, True)
        assert Timeline.objects.count() == 1

    def test_a_repeat_that_its_act_refuses_gets_the_first_answer(self, ask, now):
        def refuse():
            raise ZeroDivisionError

        first = ask()
        again = casework.operations.answer_once(caller="user:1", key="k1", fingerprint="same", at=now, act=refuse, looks_first=False)
        assert again == first

    def test_the_same_key_with_other_words_is_refused_and_undone(self, ask):
        ask()
        with pytest.raises(casework.operations.KeyReused):
            ask(fingerprint="other", looks_first=False)
        assert Timeline.objects.count() == 1


class TestForgetAnswers:
    def test_old_answers_go_and_new_ones_stay(self, now):
        AnsweredRequestFactory()
        fresh = AnsweredRequestFactory(at=now)
        assert casework.operations.forget_answers(at=now) == 1
        assert AnsweredRequest.objects.get() == fresh
