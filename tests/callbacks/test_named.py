"""Whatever a VIP, a key account or a private network brings to us goes to a named, better-qualified person (T36, T41)."""

from datetime import timedelta

import pytest

from accounts.models import Segment, Staff
from accounts.roles import Role
from callbacks.named import Qualified, choose
from callbacks.operations import care, naming
from casework import queries
from casework.models import Case, Event
from casework.operations import Opening, drain, open_request
from complaints.operations.accusing import say_whom
from notices.models import Message
from sla.roster import Roster
from tests.conftest import NOW
from tests.factories.accounts import AbsenceFactory, AccountFactory, BindingFactory, StaffFactory
from tests.factories.complaints import ComplaintFactory

DAY = timedelta(days=1)


@pytest.fixture
def lan(db):
    """The key-account manager."""
    return StaffFactory(user__username="lan", name="兰芳", number="060", hall=None, roles=[Role.KEY_ACCOUNT_MANAGER])


@pytest.fixture
def plant(hall, lan, qiang):
    """The account of a VIP whose manager is lan."""
    account = AccountFactory(customer__segment=Segment.VIP)
    care.name_manager(customer=account.customer, staff=lan, by=qiang.user, at=NOW)
    return account


def asked(account, by=None, at=NOW):
    """A general request of theirs, and what follows from it."""
    opening = Opening(kind="general_request", subject="", channel="cabinet", account=account)
    case = open_request(
        opening=opening, topic="other", text="More gas in winter", by=by or BindingFactory(account=account).user, at=at
    ).case
    drain(at=at)
    return Case.objects.get(pk=case.pk)


def told(kind="care_matter"):
    return list(Message.objects.filter(kind=kind, channel="inbox").order_by("pk").values_list("staff__number", flat=True))


class TestWhoIsNamed:
    def test_the_manager_sees_to_it_has_it_in_hand_and_hears_of_it_once(self, plant, lan):
        case = asked(plant)
        drain(at=NOW)
        assert (case.named, case.owner, told()) == (lan, lan, ["060"])
        assert Event.objects.get(verb="case.entrusted").facts == {"named": lan.pk}
        assert list(queries.worklist("by_name", lan, at=NOW)) == [case]

    def test_a_colleague_who_has_it_keeps_it_and_the_manager_watches(self, plant, lan, fang):
        case = asked(plant, by=fang.user)
        assert (case.named, case.owner) == (lan, fang)

    def test_who_stands_in_for_the_manager_has_it_while_they_are_away(self, plant, lan, fang):
        AbsenceFactory(staff=lan, deputy=fang, starts_at=NOW - DAY, ends_at=NOW + DAY)
        case = asked(plant)
        assert (case.named, case.owner, told()) == (lan, fang, [fang.number])
        assert list(queries.worklist("by_name", fang, at=NOW)) == [case]
        assert list(queries.worklist("by_name", fang, at=NOW + 2 * DAY)) == []

    def test_without_a_manager_the_senior_of_those_who_are_qualified_sees_to_it(self, hall, fang, qiang):
        junior, senior = StaffFactory(hall=hall), StaffFactory(hall=hall)
        for one, level in ((junior, 1), (senior, 3)):
            naming.qualify(staff=one, level=level, by=qiang.user, at=NOW)
        account = AccountFactory(customer__segment=Segment.KEY_ACCOUNT)
        assert asked(account, by=fang.user).named == senior

    def test_where_nobody_is_qualified_a_supervisor_hears_it_and_the_next_who_is_gets_it(self, hall, fang, qiang):
        boss = StaffFactory(hall=None, roles=[Role.SUPERVISOR])
        case = asked(AccountFactory(customer__segment=Segment.VIP), by=fang.user)
        assert (case.named, told("care_nobody")) == (None, [boss.number])
        naming.qualify(staff=fang, level=1, by=qiang.user, at=NOW)
        naming.leave_nobody_alone(at=NOW)
        assert Case.objects.get().named == fang

    def test_nobody_is_named_for_everybody_else(self, account, lan, fang):
        assert (asked(account, by=fang.user).named, told()) == (None, [])


class TestWhoIsNamedInstead:
    def test_a_new_manager_gets_what_is_being_worked_on(self, plant, lan, fang, qiang):
        case = asked(plant)
        care.name_manager(customer=plant.customer, staff=fang, by=qiang.user, at=NOW + DAY)
        case.refresh_from_db()
        assert (case.named, case.owner, told()) == (fang, lan, ["060", fang.number])

    def test_somebody_else_is_named_when_the_manager_has_left(self, plant, lan, fang, qiang):
        case = asked(plant, by=fang.user)
        naming.qualify(staff=qiang, level=2, by=qiang.user, at=NOW)
        Staff.objects.filter(pk=lan.pk).update(left_at=NOW)
        assert naming.leave_nobody_alone(at=NOW + DAY) == 1
        assert Case.objects.get(pk=case.pk).named == qiang

    def test_a_complaint_does_not_stay_with_whom_it_is_about(self, plant, lan, fang, qiang):
        complaint = ComplaintFactory(case__account=plant, case__segment="vip", case__named=lan)
        say_whom(complaint=complaint, staff=lan, hall=None, role="", by=qiang.user, at=NOW)
        naming.qualify(staff=fang, level=1, by=qiang.user, at=NOW)
        drain(at=NOW)
        complaint.case.refresh_from_db()
        assert (complaint.case.named, told()) == (fang, [fang.number])

    def test_the_manager_stays_answerable_when_the_whole_group_leaves(self, plant, lan, fang):
        type(plant).objects.filter(pk=plant.pk).update(status="closed", closed_at=NOW)
        assert asked(plant, by=fang.user).named == lan


@pytest.mark.parametrize(
    ("hall", "away", "working", "chosen"),
    [
        (1, {}, {}, 12),  # the senior of the hall
        (1, {12: 11}, {}, 11),  # she is away
        (1, {}, {1: frozenset({11})}, 11),  # he works now
        (2, {}, {}, 20),  # of no hall: nearer than another hall's
        (None, {20: 11}, {}, 12),
    ],
)
def test_the_nearest_who_works_then_the_best_is_chosen(hall, away, working, chosen):
    people = [Qualified(11, 1, 0, "011"), Qualified(12, 3, 5, "012"), Qualified(20, 1, 0, "020")]
    roster = Roster(roles={}, halls={11: 1, 12: 1, 20: None}, on_duty=working, deputies=away)
    assert choose(people, roster, hall=hall) == chosen
