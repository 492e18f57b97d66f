"""A crew's phone tells later, twice, with a wrong clock, and of a visit that another crew has: everything is kept, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import fieldwork.operations
from accounts.actors import System
from accounts.roles import Role
from casework.queries import prove_journal
from fieldwork.models import DeviceAction, Evidence, Visit
from fieldwork.operations import syncing
from fieldwork.operations.deeds import VERBS, Deed
from fieldwork.operations.evidence import Findings
from fieldwork.operations.syncing import Told
from tests.factories.accounts import StaffFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, VisitFactory, crew_out
from tests.statements import statements

DISPATCH = System("dispatch")


@pytest.fixture
def wei(db):
    """Leads the crew that is sent."""
    return StaffFactory(user__username="wei", name="魏强", number="301", roles=[Role.CREW])


@pytest.fixture
def crew(wei):
    return crew_out(wei, code="K1")


@pytest.fixture
def visit(crew, now):
    """Offered to Wei's crew two hours ago."""
    visit = VisitFactory(asked_at=now - timedelta(hours=2))
    fieldwork.operations.offer(visit=visit, crew=crew, by=DISPATCH, at=now - timedelta(hours=2))
    return visit


@pytest.fixture
def sync(visit, wei, now):
    """``sync(("accept", 90), ("arrive", 60, Findings(...)))``: done so many minutes ago, told now."""

    def send(*done, ahead=timedelta(), **more):
        told = [_told(visit, now + ahead, *one, **more) for one in done]
        return syncing.take_in(told=told, ahead=ahead, by=wei.user, at=now)

    return send


def _told(visit, now, verb, minutes_ago, found=None, key="", **more):
    deed = Deed(visit=visit.pk, verb=verb, found=found or Findings(), **more)
    return Told(key=key or f"{verb}-{minutes_ago}", device_at=now - timedelta(minutes=minutes_ago), deed=deed)


def outcomes(heard):
    return [one.outcome for one in heard]


class TestABatch:
    def test_a_whole_visit_without_signal_is_told_as_it_happened(self, sync, visit, now):
        heard = sync(("accept", 100), ("set_off", 95), ("arrive", 80), ("made_safe", 70), ("restored", 60))
        visit.refresh_from_db()
        assert outcomes(heard) == ["applied"] * 5
        assert (visit.status, visit.accepted_at, visit.arrived_at) == ("on_site", now - timedelta(minutes=100), now - timedelta(minutes=80))
        assert visit.made_safe_at == now - timedelta(minutes=70)
        arrived = visit.timeline.events.get(verb="visit.arrive")
        assert (arrived.at, arrived.facts["happened_at"]) == (now, (now - timedelta(minutes=80)).isoformat())
        assert prove_journal().fault == ""

    @pytest.mark.parametrize("hours", [-30, -3, 3, 9])
    def test_a_wrong_clock_changes_nothing(self, sync, visit, now, hours):
        sync(("accept", 100), ("arrive", 80), ahead=timedelta(hours=hours))
        visit.refresh_from_db()
        assert visit.arrived_at == now - timedelta(minutes=80)

    def test_nothing_happens_before_the_offer_or_after_now(self, sync, visit, now):
        heard = sync(("accept", 5000), ("arrive", -300))
        assert [one.happened_at for one in heard] == [now - timedelta(hours=2), now]

    def test_sent_again_it_is_answered_and_not_done_again(self, sync, visit):
        first = sync(("accept", 100), ("arrive", 80))
        events = visit.timeline.events.count()
        assert sync(("accept", 100), ("arrive", 80)) == first
        assert visit.timeline.events.count() == events

    def test_a_step_that_breaks_leaves_the_others(self, sync, visit, monkeypatch):
        monkeypatch.setitem(syncing.deeds.MOVES, "set_off", lambda *given: 1 / 0)
        heard = sync(("accept", 100), ("set_off", 95), ("arrive", 80))
        assert outcomes(heard) == ["applied", "later", "applied"]
        assert not DeviceAction.objects.filter(verb="set_off").exists()

    def test_more_than_a_batch_is_refused_whole(self, sync, visit):
        with pytest.raises(syncing.TooMany):
            sync(*(("evidence", n) for n in range(201)))
        assert not DeviceAction.objects.exists()

    def test_who_is_in_no_crew_is_told_so(self, sync, crew, now):
        crew.members.update(until=now)
        with pytest.raises(syncing.NotInCrew):
            sync(("accept", 100))

    def test_another_crews_visit_is_none_of_its_business(self, sync, wei, now):
        other = VisitFactory()
        found = Findings(note="seen")
        told = [Told(key="k", device_at=now, deed=Deed(visit=other.pk, verb="evidence", found=found))]
        assert outcomes(syncing.take_in(told=told, ahead=timedelta(), by=wei.user, at=now)) == ["refused"]
        assert not Evidence.objects.exists()


class TestConflicts:
    def test_what_another_crew_has_meanwhile_is_refused_and_what_was_found_is_kept(self, sync, visit, now):
        fieldwork.operations.reassign(visit=visit, crew=crew_out(code="K2", name="抢修二班"), by=DISPATCH, at=now)
        heard = sync(("accept", 100), ("arrive", 80, Findings(latitude=LATITUDE, longitude=LONGITUDE, gas_ppm=40, note="smell")))
        assert outcomes(heard) == ["refused", "refused"]
        assert "抢修二班" in heard[1].why
        row = Evidence.objects.get()
        assert (row.step, row.gas_ppm, row.note, row.happened_at) == ("arrive", 40, "smell", now - timedelta(minutes=80))
        assert Visit.objects.get().status == "offered"

    def test_the_reason_is_in_the_crews_language(self, sync, visit, now):
        fieldwork.operations.cancel(visit=visit, by=DISPATCH, at=now)
        with translation.override("en"):
            assert "called off" in sync(("accept", 100))[0].why

    def test_what_a_crewmate_told_before_is_so_already(self, sync, visit, wei, now):
        fieldwork.operations.accept(visit=visit, by=wei.user, at=now - timedelta(minutes=110))
        fieldwork.operations.arrive(visit=visit, by=wei.user, at=now - timedelta(minutes=90))
        heard = sync(("accept", 100), ("set_off", 95), ("arrive", 80, Findings(gas_ppm=12)), ("made_safe", 70))
        assert outcomes(heard) == ["applied"] * 4
        assert Visit.objects.get().arrived_at == now - timedelta(minutes=90)
        assert Evidence.objects.get().gas_ppm == 12

    def test_who_has_changed_crews_meanwhile_still_tells_what_they_did_before(self, sync, crew, wei, visit, now):
        crew.members.update(until=now - timedelta(minutes=30))
        crew_out(wei, code="K2")
        assert outcomes(sync(("accept", 100), ("arrive", 80, Findings(gas_ppm=9)), ("evidence", 60, Findings(note="x")))) == ["applied"] * 3
        assert Visit.objects.get().status == "on_site"

    def test_a_visit_given_back_by_a_crewmate_is_given_back(self, sync, visit, wei, now):
        fieldwork.operations.accept(visit=visit, by=wei.user, at=now)
        fieldwork.operations.give_back(visit=visit, reason="flat tyre", by=wei.user, at=now)
        assert outcomes(sync(("give_back", 10), reason="no fuel")) == ["applied"]

    def test_the_journal_stays_whole_when_a_deed_is_undone_half_way(self, sync, visit, monkeypatch):
        """Arriving writes an event and then fails: the next event must not hang on one that never was."""
        real = syncing.deeds.keep_evidence
        fails = iter([True])

        def breaks(**given):
            if next(fails, False):
                raise ZeroDivisionError
            return real(**given)

        monkeypatch.setattr(syncing.deeds, "keep_evidence", breaks)
        heard = sync(("accept", 100), ("arrive", 80, Findings(note="a")), ("arrive", 79, Findings(note="b")))
        assert outcomes(heard) == ["applied", "later", "applied"]
        assert [event.seq for event in visit.timeline.events.order_by("seq")] == [1, 2, 3, 4]
        assert prove_journal().fault == ""


class TestNow:
    def test_a_refusal_is_raised_and_needs_no_dispatcher(self, visit, wei, now):
        deed = Deed(visit=visit.pk, verb="finish", outcome="done")
        with pytest.raises(syncing.Refused, match="cannot be done now"):
            syncing.do_now(deed=deed, key="k", by=wei.user, at=now)
        assert DeviceAction.objects.get().seen_at == now

    def test_a_button_pressed_twice_does_it_once(self, visit, wei, now):
        for _time in range(2):
            syncing.do_now(deed=Deed(visit=visit.pk, verb="accept"), key="k", by=wei.user, at=now)
        assert DeviceAction.objects.get().outcome == "applied"


def test_a_deed_costs_few_statements(sync, visit):
    sync(("accept", 100), ("arrive", 99))
    with CaptureQueriesContext(connection) as seen:
        sync(*(("evidence", 90 - n, Findings(gas_ppm=n + 1)) for n in range(10)))
    assert statements(seen) <= 10 * 6 + 6


def test_every_verb_has_its_deed(visit):
    assert {"accept", "arrive", "finish", "give_back", "sign", "work"} <= set(VERBS)
