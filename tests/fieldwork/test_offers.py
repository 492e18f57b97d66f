"""A visit is put to one crew at a time, and its way from hand to hand is kept."""

from datetime import timedelta

import pytest

import fieldwork.operations
from casework.operations import StaleRow, WrongMove
from casework.queries import prove_journal
from fieldwork.models import CrewMember, Offer, Visit
from fieldwork.operations import NobodyInCrew, SameCrew
from fieldwork.permissions import Forbidden
from sla.models import Clock
from tests.factories.accounts import AbsenceFactory
from tests.fieldwork.conftest import verbs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def offered(asked, near, yan, now):
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    return visit


def history():
    return list(Offer.objects.order_by("pk").values_list("crew__code", "answer"))


class TestOffer:
    def test_the_crew_has_some_minutes(self, asked, near, yan, now, settings):
        settings.OFFER_MINUTES = 7
        offer = fieldwork.operations.offer(visit=asked(), crew=near, reasons=["free"], by=yan.user, at=now)
        assert (offer.lapses_at, offer.is_by_hand, offer.reasons) == (now + 7 * MINUTE, True, ["free"])

    def test_nobody_is_asked_twice_at_a_time(self, offered, far, yan, now):
        with pytest.raises(WrongMove):
            fieldwork.operations.offer(visit=offered, crew=far, by=yan.user, at=now)

    def test_of_two_dispatchers_the_second_looks_again(self, asked, near, far, yan, now):
        visit = asked()
        stale = Visit.objects.get(pk=visit.pk)
        fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
        with pytest.raises(StaleRow):
            fieldwork.operations.offer(visit=stale, crew=far, by=yan.user, at=now)
        assert history() == [("K1", "")]

    def test_a_crew_without_people_is_not_asked(self, asked, near, yan, hong, now):
        CrewMember.objects.update(until=now)
        with pytest.raises(NobodyInCrew):
            fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)

    def test_one_whose_people_are_away_is_not_asked(self, asked, near, yan, hong, now):
        AbsenceFactory(staff=hong, starts_at=now - MINUTE, ends_at=now + MINUTE)
        with pytest.raises(NobodyInCrew):
            fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)

    def test_a_retired_one_is_not_asked(self, asked, near, yan, now):
        near.retired_at = now
        with pytest.raises(NobodyInCrew):
            fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)

    def test_a_clerk_does_not_dispatch(self, asked, near, fang, now):
        with pytest.raises(Forbidden):
            fieldwork.operations.offer(visit=asked(), crew=near, by=fang.user, at=now)


class TestAnswer:
    def test_taken_on(self, offered, hong, now):
        fieldwork.operations.accept(visit=offered, by=hong.user, at=now + MINUTE)
        assert offered.status == "accepted"
        assert history() == [("K1", "accepted")]

    def test_declined_with_the_reason(self, offered, hong, now):
        fieldwork.operations.decline(visit=offered, reason="no welder", by=hong.user, at=now)
        assert (offered.status, offered.crew) == ("asked", None)
        assert Offer.objects.get().why == "no welder"

    def test_taken_on_late_while_nobody_else_was_asked(self, offered, hong, now):
        fieldwork.operations.accept(visit=offered, by=hong.user, at=now + 30 * MINUTE)
        assert offered.status == "accepted"


class TestReassign:
    def test_every_crew_that_had_it_is_kept(self, offered, near, far, yan, hong, kai, now):
        fieldwork.operations.accept(visit=offered, by=hong.user, at=now)
        fieldwork.operations.reassign(visit=offered, crew=far, reason="a leak nearby", by=yan.user, at=now)
        fieldwork.operations.accept(visit=offered, by=kai.user, at=now)
        assert history() == [("K1", "recalled"), ("K2", "accepted")]
        assert verbs(offered)[2:] == ["visit.offer", "visit.accept", "visit.recall", "visit.offer", "visit.accept"]
        assert prove_journal().fault == ""

    def test_the_clock_is_not_touched(self, book, offered, far, yan, now):
        before = list(Clock.objects.order_by("pk").values_list("pk", "due_at", "consumed", "pauses"))
        fieldwork.operations.reassign(visit=offered, crew=far, by=yan.user, at=now + MINUTE)
        assert list(Clock.objects.order_by("pk").values_list("pk", "due_at", "consumed", "pauses")) == before

    def test_not_to_whoever_has_it(self, offered, near, yan, now):
        with pytest.raises(SameCrew):
            fieldwork.operations.reassign(visit=offered, crew=near, by=yan.user, at=now)

    def test_not_once_the_crew_is_at_the_door(self, offered, far, yan, hong, now):
        for verb in ("accept", "arrive"):
            getattr(fieldwork.operations, verb)(visit=offered, by=hong.user, at=now)
        with pytest.raises(WrongMove):
            fieldwork.operations.reassign(visit=offered, crew=far, by=yan.user, at=now)


class TestCancel:
    def test_the_offer_ends_with_it(self, offered, yan, now):
        fieldwork.operations.cancel(visit=offered, by=yan.user, at=now)
        assert (offered.status, offered.ended_at) == ("cancelled", now)
        assert history() == [("K1", "recalled")]
