"""Every promise of our own book can be asked about, in every language; staff and customers read whole sentences."""

from datetime import datetime

import pytest
from django.utils import translation

from sla.queries.policies import policies_at
from sla.queries.what_if import Question, explain

from .calendars import sh

#: New Year's Eve after work, a make-up Saturday before the Spring Festival, a Sunday in a year nobody has entered.
MOMENTS = [sh("2026-12-31 17:05"), sh("2026-02-14 09:00"), sh("2035-05-06 03:00")]


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
def test_every_promise_explains_itself(book, language):
    with translation.override(language):
        for moment in MOMENTS:
            for policy in policies_at(moment).policies():
                answer = explain(Question(policy.key, moment, anchor_at=moment))
                assert answer.policy is policy
                assert answer.title
                sentences = [*answer.for_staff, *answer.for_customer]
                assert not [one for one in sentences if "%(" in one or "None" in one], policy.key
                assert {telling.rung for telling in answer.tellings} == set(answer.deadline.rungs)


def test_every_promise_that_is_timed_has_its_moment_or_says_what_is_missing(book):
    for policy in policies_at(MOMENTS[0]).policies():
        answer = explain(Question(policy.key, MOMENTS[0]))
        if policy.nature not in {"rule", "gate"} and not answer.has_number:
            assert any("none is named yet" in one for one in answer.for_staff), policy.key


def test_a_moment_told_by_a_foreign_clock_is_the_same_moment(book):
    here, there = MOMENTS[0], datetime.fromisoformat("2026-12-31T09:05:00+00:00")
    assert explain(Question("T15", here)).deadline.due_at == explain(Question("T15", there)).deadline.due_at
