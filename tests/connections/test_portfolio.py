"""What a steward has in hand, and how applications age."""

from datetime import timedelta

import pytest

from accounts.models import Absence
from accounts.roles import Role
from connections.models import Ball
from connections.queries.ageing import ageing
from connections.queries.portfolio import band_of, portfolio
from connections.templatetags.steward_panels import in_days
from sla.models import Clock
from tests.factories import accounts as people
from tests.factories import connections as gas
from tests.factories import sla as book

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def xin(db):
    return people.StaffFactory(user__username="xin", name="徐欣", number="301", roles=[Role.STEWARD])


def held(steward, now, due=None, *, ball=Ball.COMPANY, area="urban", opened=None, key="survey"):
    case = {"case__owner": steward, "case__area": area, "case__opened_at": opened or now - 3 * DAY}
    application = gas.StewardshipFactory(staff=steward, **{f"application__{name}": value for name, value in case.items()}).application
    stage = {"status": "running", "begun_at": now - 2 * DAY, "promised_until": due, "ball": ball}
    gas.StageFactory(application=application, row__key=key, row__policy=application.policy, **stage)
    return application


@pytest.mark.parametrize(("distance", "band"), [(-HOUR, "late"), (HOUR, "today"), (DAY, "week"), (9 * DAY, "later"), (None, "open")])
def test_what_is_due_falls_into_bands(now, distance, band):
    assert band_of(now + distance if distance else None, now) == band


def test_the_most_pressing_comes_first(xin, now):
    later, late, theirs = held(xin, now, now + DAY), held(xin, now, now - HOUR), held(xin, now, now - DAY, ball=Ball.APPLICANT)
    found = portfolio(xin, now)
    assert [file.application for file in found.files] == [late, later, theirs]
    assert (found.late, found.balls) == (1, {Ball.COMPANY: 2, Ball.APPLICANT: 1})
    assert [file.application for file in portfolio(xin, now, ball=Ball.APPLICANT).files] == [theirs]


def test_whoever_stands_in_sees_what_the_other_has(xin, now):
    deputy = people.StaffFactory(roles=[Role.STEWARD])
    application = held(xin, now, now + DAY)
    assert portfolio(deputy, now).files == []
    Absence.objects.create(staff=xin, deputy=deputy, starts_at=now - HOUR, ends_at=now + DAY)
    found = portfolio(deputy, now)
    assert ([file.application for file in found.files], found.covered) == ([application], [xin])


def test_a_portfolio_takes_as_many_statements_for_thirty_as_for_one(xin, now, django_assert_num_queries):
    for _number in range(30):
        held(xin, now, now + DAY)
    with django_assert_num_queries(6):
        assert len(portfolio(xin, now).files) == 30


def test_ageing_counts_who_waits_where_and_how_long(xin, now):
    for days in (2, 4, 12):
        held(xin, now, now - HOUR if days == 12 else now + DAY, opened=now - days * DAY)
    found = ageing(now)
    status, stage = found.statuses[0], found.stages[0]
    assert (found.count, status.code, status.oldest, status.middle) == (3, "accepted", 12 * DAY, 4 * DAY)
    assert (stage.code, stage.count, stage.late, stage.middle) == ("survey", 3, 1, 2 * DAY)
    assert [(heap.label, heap.count, heap.late) for heap in found.stewards] == [("徐欣", 3, 1)]


def test_ageing_can_be_of_a_steward_or_an_area(xin, now):
    other = people.StaffFactory(roles=[Role.STEWARD])
    held(xin, now), held(other, now, area="rural")
    assert [ageing(now, steward=xin.pk).count, ageing(now, area="rural").count, ageing(now).count] == [1, 1, 2]


def test_where_time_went_parts_us_the_applicant_and_third_parties(xin, now):
    ours = held(xin, now, now + DAY, key="design")
    held(xin, now, now + DAY, ball=Ball.AUTHORITY, key="approvals")
    promise = book.PromiseVersionFactory(promise__key="H05")
    paused = [[(now - DAY).isoformat(), (now - DAY / 2).isoformat()]]
    about = {"timeline": ours.case.timeline, "promise": promise.promise, "version": promise, "about": "design", "started_at": now - 2 * DAY}
    book.ClockFactory(**about)
    Clock.objects.update(pauses=paused)
    spent = {one.code: (one.ours, one.applicants, one.others) for one in ageing(now).spent}
    assert spent == {"design": (1.5 * DAY, DAY / 2, timedelta(0)), "approvals": (timedelta(0), timedelta(0), 2 * DAY)}
    assert ageing(now).total.shares == (38, 12, 50)


def test_ageing_takes_four_statements_however_many_there_are(xin, now, django_assert_num_queries):
    for _number in range(30):
        held(xin, now, now + DAY)
    with django_assert_num_queries(4):
        assert ageing(now).count == 30


@pytest.mark.parametrize(("hours", "words"), [(0.2, "under an hour"), (1, "1 hour"), (47, "47 hours"), (60, "2 days")])
def test_a_length_of_time_is_said_in_days_or_hours(hours, words):
    assert in_days(hours * HOUR) == words
