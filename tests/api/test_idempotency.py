"""A request repeated is answered, not done again."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from billing.models import Payment, Tier, TopUp

from .conftest import device_of, sell
from .test_problems import check_problem


def test_a_repeat_gets_the_very_same_bytes_and_says_so(fangs, sale):
    first, second = sell(fangs, sale), sell(fangs, sale)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert Payment.objects.count() == 1


def test_a_repeat_is_answered_from_another_device_too(fangs, fang, sale):
    first = sell(fangs, sale)
    assert sell(device_of(fang.user), sale).content == first.content


def test_a_repeat_is_answered_after_prices_changed(fangs, sale):
    first = sell(fangs, sale)
    Tier.objects.update(unit_price=99_000)
    assert sell(fangs, sale).content == first.content


def test_the_key_may_stand_in_quotes(fangs, sale):
    first = sell(fangs, sale, "abc")
    assert sell(fangs, sale, '"abc"').content == first.content


def test_other_words_under_the_same_key_are_refused(fangs, sale):
    sell(fangs, sale)
    check_problem(sell(fangs, {**sale, "tendered": 20_000}), 422, "key_reused")
    assert Payment.objects.count() == 1


def test_another_callers_key_is_another_key(fangs, sale, qiang):
    sell(fangs, sale)
    check_problem(sell(device_of(qiang.user), sale), 409, "no_open_shift")


def test_no_key_is_refused(fangs, sale):
    check_problem(fangs.post("/api/v1/top-ups/", sale), 428, "key_missing")
    assert not TopUp.objects.exists()


@pytest.mark.parametrize("key", ["a b", "k" * 81, 'a"b', "\u00fc"])
def test_a_key_that_cannot_be_kept_is_refused(fangs, sale, key):
    check_problem(sell(fangs, sale, key), 400, "bad_key")


def test_half_a_surrogate_pair_is_a_wrong_field_and_no_fault(fangs, sale):
    body = json.dumps({**sale, "account": "\ud800"})
    response = fangs.generic("POST", "/api/v1/top-ups/", body, content_type="application/json", headers={"Idempotency-Key": "key-1"})
    check_problem(response, 400, "invalid")


def test_a_refusal_is_not_kept(fangs, sale):
    check_problem(sell(fangs, {**sale, "tendered": 1}), 422, "not_enough_money")
    assert sell(fangs, sale).status_code == 201


def test_a_write_begun_twice_is_one_write(fangs, sold, image):
    url = f"/api/v1/top-ups/{sold['reference']}/writes/"
    answers = [fangs.post(url, {"image": image}, headers={"Idempotency-Key": "w"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert TopUp.objects.get().writes.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def race(self, fang, sale, keys):
        def run(key):
            try:
                return sell(device, sale, key)
            finally:
                connections.close_all()

        device = device_of(fang.user)
        with ThreadPoolExecutor(len(keys)) as threads:
            return list(threads.map(run, keys))

    def test_the_same_key_sells_once(self, fang, fangs, sale):
        answers = self.race(fang, sale, ["same"] * 4)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sum("Idempotent-Replayed" not in answer for answer in answers) == 1
        assert Payment.objects.count() == 1

    def test_two_keys_sell_once_and_refuse_once(self, fang, fangs, sale):
        answers = self.race(fang, sale, ["one", "two"])
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert Payment.objects.count() == 1
