"""Two at once on one interruption, each in a thread with a connection of its own."""

from datetime import timedelta
from functools import partial

import pytest

import repairs.operations.outage_messages as rounds
from accounts.roles import Role
from casework.models import Effect
from casework.operations import drain
from casework.queries import prove_journal
from notices.models import Message
from repairs.models import Outage, OutageTicket
from repairs.operations import outage_plans, outage_proposals, outage_runs, outage_tickets
from tests.billing.test_races import at_once
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.casework import CaseFactory
from tests.factories.repairs_outages import OutageNoticeFactory, UnderWayFactory
from tests.repairs.outages import plan, street

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def dana(db):
    return people.StaffFactory(name="Dana", roles=[Role.DISPATCHER])


def fresh():
    """As another request would read it."""
    return Outage.objects.select_related("timeline").prefetch_related("territories").get()


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_many_drains_tell_everybody_once(monkeypatch):
    monkeypatch.setattr(rounds, "PORTION", 7)
    building, accounts = street(doors=30)
    notice = OutageNoticeFactory(outage=UnderWayFactory(places=[building]), expected=30)
    Effect.objects.create(topic=rounds.TOPIC, key="first", payload={"notice": notice.pk}, created_at=NOW, next_attempt_at=NOW)

    def work():
        for step in range(12):
            drain(NOW + step * HOUR)

    at_once(work, work, work)
    work()  # whoever was overtaken at the last step comes once more
    notice.refresh_from_db()
    assert {one.customer_id for one in Message.objects.filter(kind="outage_begun")} == {one.customer_id for one in accounts}
    assert (Message.objects.filter(kind="outage_begun").count(), notice.finished_at is not None) == (30, True)


def test_one_of_two_announcements_goes_out(dana):
    building, _accounts = street(doors=1)
    later = NOW + timedelta(days=3)
    outage_plans.plan_outage(plan=plan([building], later, later + HOUR), by=dana.user, at=NOW)
    announce = partial(outage_plans.announce, by=dana.user, at=NOW)
    results = at_once(partial(announce, outage=fresh()), partial(announce, outage=fresh()))
    assert kinds(results) == ["Outage", "StaleRow"]
    assert fresh().notices.count() == 1


def test_gas_comes_on_once(dana):
    building, _accounts = street(doors=1)
    outage_runs.declare_accident(plan=plan([building], NOW, NOW + 3 * HOUR), by=dana.user, at=NOW)
    end = partial(outage_runs.end, restored_at=NOW + HOUR, by=dana.user, at=NOW + HOUR)
    results = at_once(partial(end, outage=fresh()), partial(end, outage=fresh()))
    assert kinds(results) == ["Outage", "StaleRow"]
    assert prove_journal().fault == ""


def test_a_storm_of_clusters_is_one_proposal():
    building, _accounts = street(doors=1)
    propose = partial(outage_proposals.propose_accident, territory=building.pk, at=NOW)
    at_once(*[partial(propose, reports=count) for count in (4, 5, 6, 7)])
    assert [outage.reports for outage in Outage.objects.all()] == [7]


def test_a_case_belongs_to_it_once():
    building, accounts = street(doors=1)
    outage = UnderWayFactory(places=[building])
    case = CaseFactory(kind="repair", status="reported", premises=accounts[0].premises)
    new, old = partial(outage_tickets.attach_new, case=case, at=NOW), partial(outage_tickets.attach_open, outage=outage, at=NOW)
    at_once(new, old, new)
    assert OutageTicket.objects.get().case == case
