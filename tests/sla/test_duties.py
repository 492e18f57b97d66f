"""Recurring duties: each turn is opened once, done by whoever does it, and its clock keeps it."""

from datetime import date, timedelta

import pytest

from accounts.actors import System
from accounts.models import Segment
from casework.models import Event
from sla.duties import needed, turn_of
from sla.limits import parse
from sla.models import Clock, Period
from sla.operations.duties import NoSuchDuty, close_ended, note_done, open_turns
from tests.factories.accounts import AccountFactory, CustomerFactory
from tests.factories.casework import CaseFactory
from tests.factories.sla import PromiseVersionFactory

BY = System("tests")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "label"), [("P1W", "2026-W47"), ("P1M", "2026-11"), ("P3M", "2026-Q4"), ("P6M", "2026-H2"), ("P1Y", "2026")]
)
def test_a_turn_has_a_name(code, label):
    assert turn_of(parse(code), date(2026, 11, 20)).label == label


@pytest.mark.parametrize(("code", "population", "reach"), [("P1M", 0, 1), ("P1W/10%", 41, 5), ("P1W/10%", 40, 4), ("P1Y/5%", 0, 0)])
def test_a_share_is_rounded_up(code, population, reach):
    assert needed(parse(code), population) == reach


def duty(key, limit="P1M", **fields):
    stops = fields.pop("stops_on", [f"duty.done?promise={key}"])
    return PromiseVersionFactory(
        promise__key=key,
        promise__nature="recurring",
        starts_on=[f"duty.due?promise={key}"],
        stops_on=stops,
        **{"withdrawn_on": ["duty.ended"], "pauses_on": [], "limit": limit, "owner": "key_account_manager", **fields},
    )


@pytest.fixture
def customer(db):
    return CustomerFactory(segment=Segment.KEY_ACCOUNT)


@pytest.fixture
def monthly(customer):
    return duty("T33", selects={"segment": ["key_account"]})


@pytest.mark.django_db
class TestOpen:
    def test_each_customer_meant_gets_the_turn(self, monthly, customer, now):
        CustomerFactory(segment=Segment.ORDINARY)
        assert open_turns(at=now) == 1
        clock = Clock.objects.get()
        assert (clock.promise_id, clock.about, clock.timeline.obligation.customer) == ("T33", "2026-11", customer)
        assert clock.due_at > now

    def test_it_is_opened_once(self, monthly, now):
        assert [open_turns(at=now), open_turns(at=now + DAY)] == [1, 0]

    def test_the_next_turn_stands_beside_the_last(self, monthly, now):
        open_turns(at=now)
        open_turns(at=now + 20 * DAY)
        assert set(Clock.objects.values_list("about", flat=True)) == {"2026-11", "2026-12"}

    def test_no_more_than_the_job_can_carry(self, monthly, now):
        CustomerFactory.create_batch(3, segment=Segment.KEY_ACCOUNT)
        assert [open_turns(at=now, limit=3), open_turns(at=now, limit=3)] == [3, 1]

    def test_a_share_is_owed_to_everybody_together(self, now):
        duty("T76", "P1Y/5%", readings={"population": "customers"})
        AccountFactory.create_batch(21)
        open_turns(at=now)
        assert (Period.objects.get().needed, Period.objects.get().obligation.customer) == (2, None)

    def test_a_weekly_sample_is_of_last_week_s_cases(self, now):
        duty("T72", "P1W/10%", readings={"population": "cases"})
        for _ in range(11):
            CaseFactory(closed_at=now - 7 * DAY)
        open_turns(at=now)
        assert Period.objects.get().needed == 2

    def test_a_campaign_that_is_not_running_owes_nothing(self, now):
        duty("T77", "P1W/20%", readings={"population": "campaign"})
        assert open_turns(at=now) == 0


@pytest.mark.django_db
class TestDone:
    def test_the_clock_of_that_turn_stops(self, monthly, customer, now):
        open_turns(at=now)
        open_turns(at=now + 20 * DAY)
        note_done(promise="T33", customer=customer, by=BY, at=now + 21 * DAY)
        assert dict(Clock.objects.values_list("about", "status")) == {"2026-11": "running", "2026-12": "stopped"}

    def test_a_sample_is_done_when_enough_were_called(self, now):
        duty("T76", "P1Y/5%", readings={"population": "customers"})
        AccountFactory.create_batch(41)
        open_turns(at=now)
        note_done(promise="T76", count=2, by=BY, at=now + DAY)
        assert Clock.objects.get().status == "running"
        note_done(promise="T76", by=BY, at=now + DAY)
        assert Clock.objects.get().status == "stopped"

    def test_a_monthly_visit_is_this_quarter_s_visit_too(self, customer, now):
        duty("T74", selects={"segment": ["key_account"]})
        duty("T34", "P3M", selects={"segment": ["key_account"]}, stops_on=["duty.done?promise=T34", "duty.done?promise=T74"])
        open_turns(at=now - 92 * DAY)
        open_turns(at=now)
        note_done(promise="T74", customer=customer, by=BY, at=now + DAY)
        done = set(Period.objects.filter(done_at__isnull=False).values_list("promise", "label"))
        assert done == {("T74", "2026-11"), ("T34", "2026-Q4")}
        assert set(Clock.objects.filter(status="stopped").values_list("promise", "about")) == done

    def test_what_is_not_owed_cannot_be_done(self, monthly, customer, now):
        with pytest.raises(NoSuchDuty):
            note_done(promise="T33", customer=customer, by=BY, at=now)

    def test_done_twice_is_done_once(self, monthly, customer, now):
        open_turns(at=now)
        note_done(promise="T33", customer=customer, by=BY, at=now)
        with pytest.raises(NoSuchDuty):
            note_done(promise="T33", customer=customer, by=BY, at=now)
        assert Event.objects.filter(verb="duty.done").count() == 1


@pytest.mark.django_db
def test_whoever_is_no_longer_a_key_account_is_owed_nothing(monthly, customer, now):
    duty("T75", selects={"segment": ["vip"]})
    open_turns(at=now)
    customer.segment = Segment.VIP
    customer.save(update_fields=["segment"])
    open_turns(at=now)
    assert close_ended(at=now + DAY) == 1
    assert dict(Clock.objects.values_list("promise", "status")) == {"T33": "withdrawn", "T75": "running"}
