"""Applications get their steward at once, and keep one whoever leaves."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

import accounts.operations.staff
from accounts.actors import System
from accounts.models import Absence
from accounts.roles import Role
from casework.operations import NewContact, StaleRow, attach, cancel_case, record_contact
from casework.operations import assign as assign_case
from casework.permissions import VISITOR
from connections import portfolios
from connections.models import Stewardship
from connections.operations import leaving, stewards
from connections.operations.stewards import NoSteward, NoteMissing
from connections.portfolios import Colleague
from notices.models import Message
from tests.factories import accounts as people
from tests.factories import connections as gas

BY = System("tests")


def steward(number="061", hall=None, **known):
    return people.StaffFactory(number=number, hall=hall, name="高敏", roles=[Role.STEWARD], **known)


def verbs(case):
    return [event.verb for event in case.timeline.events.order_by("seq")]


def told(staff, kind):
    return Message.objects.filter(staff=staff, kind=kind, channel="inbox").count()


NEAR = Colleague(1, "010", hall=7)
OTHERS = {
    "a nearer hall before fewer files": (Colleague(2, "011", hall=8), {1: 9}, 1),
    "fewer files among those as near": (Colleague(2, "011", hall=7), {1: 1}, 2),
    "own ground before the hall": (Colleague(2, "011", hall=8, grounds=("/1/",)), {2: 50}, 2),
    "somebody far rather than somebody away": (Colleague(2, "011", hall=8), {}, 1),
    "on duty before fewer files": (Colleague(2, "011", hall=7, is_on_duty=True), {2: 3}, 2),
    "the lowest number in the end": (Colleague(2, "009", hall=7), {}, 2),
}


@pytest.mark.parametrize("rule", OTHERS)
def test_the_nearest_steward_takes_it(rule):
    other, loads, expected = OTHERS[rule]
    team = portfolios.Team({1: NEAR, 2: other}, {"/1/": 7}, dict(loads))
    assert team.choose("/1/4/") == expected


def test_who_is_away_takes_nothing_while_somebody_is_here():
    away = Colleague(2, "001", hall=7, is_away=True)
    assert portfolios.Team({1: Colleague(1, "010", hall=8), 2: away}, {"/1/": 7}).choose("/1/") == 1


def test_a_chosen_file_counts_at_once():
    team = portfolios.Team({1: NEAR, 2: Colleague(2, "011", hall=7)}, {"/": 7})
    assert [team.choose("/1/") for _ in range(4)] == [1, 2, 1, 2]


def test_an_application_has_its_steward_and_the_steward_knows_in_one_transaction(db, now):
    xin, application = steward(), gas.ApplicationFactory()
    row = stewards.assign(application=application, by=BY, at=now)
    application.case.refresh_from_db()
    assert (row.staff, application.case.owner, told(xin, "connection_yours")) == (xin, xin, 1)
    assert verbs(application.case) == ["case.assigned", "connection.steward_told"]
    assert application.case.timeline.events.last().facts == {"steward": xin.pk}


def test_assigned_twice_it_is_still_the_same_steward(db, now):
    xin, application = steward(), gas.ApplicationFactory()
    stewards.assign(application=application, by=BY, at=now)
    steward("060")
    assert stewards.assign(application=application, by=BY, at=now).staff == xin
    assert application.stewardships.count() == 1


def test_whom_the_applicant_came_to_keeps_it(db, now):
    steward("060")
    approached = steward("061")
    row = stewards.assign(application=gas.ApplicationFactory(), by=approached.user, at=now)
    assert (row.staff, row.reason) == (approached, Stewardship.Reason.APPROACHED)


def test_a_customer_has_one_counterpart_for_all_applications(db, now):
    steward("060")
    xin = steward("061")
    gas.StewardshipFactory(staff=xin, application__case__contact_phone="+8613800100001")
    second = gas.ApplicationFactory(case__contact_phone="+8613800100001")
    assert stewards.assign(application=second, by=BY, at=now).staff == xin


def test_without_any_steward_a_supervisor_hears_of_it(db, now):
    boss = people.StaffFactory(roles=[Role.SUPERVISOR])
    assert stewards.assign(application=gas.ApplicationFactory(), by=BY, at=now) is None
    assert told(boss, "connection_no_steward") == 1


def test_while_a_steward_is_away_the_deputy_hears_of_it(db, now):
    away, deputy, application = steward("061"), steward("062"), gas.ApplicationFactory()
    Absence.objects.create(staff=away, deputy=deputy, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=9))
    charge = stewards.Charge(staff=away, reason=Stewardship.Reason.CHOSEN)
    stewards.entrust(application=application, charge=charge, by=BY, at=now)
    assert (told(away, "connection_yours"), told(deputy, "connection_yours")) == (0, 1)


def test_handing_over_takes_a_note_and_a_steward(db, now, fang):
    xin, application = steward(), gas.ApplicationFactory()
    with pytest.raises(NoteMissing):
        stewards.hand_over(application=application, to=xin, note=" ", by=BY, at=now)
    with pytest.raises(NoSteward):
        stewards.hand_over(application=application, to=fang, note="Go on.", by=BY, at=now)


def test_of_two_who_hand_it_over_at_once_the_second_is_told_to_look_again(db, now):
    first, second, application = steward("061"), steward("062"), gas.ApplicationFactory()
    seen_before = type(application).objects.select_related("case__timeline").get(pk=application.pk)
    stewards.hand_over(application=application, to=first, note="Ring in the evening.", by=BY, at=now)
    with pytest.raises(StaleRow):
        stewards.hand_over(application=seen_before, to=second, note="Mine.", by=BY, at=now)
    assert application.stewardships.get(until=None).note == "Ring in the evening."


def test_whoever_is_given_the_case_is_its_steward(db, now):
    xin, other, application = steward("061"), steward("062"), gas.ApplicationFactory(case__contact_phone="+8613800100001")
    stewards.assign(application=application, by=BY, at=now)
    assign_case(case=application.case, owner=other, by=BY, at=now)
    stewards.follow_owner(application=application, note="", at=now)
    assert application.stewardships.get(until=None).staff == other
    assert (told(xin, "connection_yours"), told(other, "connection_yours")) == (1, 1)
    assert Message.objects.filter(kind="connection_steward").count() == 1


def test_a_steward_leaves_with_sixty_open_files_and_each_finds_another(db, now, ada):
    leaver, left, right = steward("061"), steward("062"), steward("063")
    for _number in range(60):
        application = gas.ApplicationFactory(case__owner=leaver, case__contact_phone="+8613800100001")
        gas.StewardshipFactory(application=application, staff=leaver)
    accounts.operations.staff.dismiss_staff(staff=leaver, by=ada.user, at=now)
    assert leaving.leave_nobody_waiting(at=now) == 60
    standing = Stewardship.objects.filter(until=None)
    assert [standing.filter(staff=one).count() for one in (leaver, left, right)] == [0, 30, 30]
    assert {row.reason for row in standing} == {Stewardship.Reason.LEFT}
    assert all(row.application.case.owner_id == row.staff_id for row in standing.select_related("application__case"))
    assert (told(left, "connection_desk"), told(left, "connection_yours")) == (1, 0)
    assert leaving.leave_nobody_waiting(at=now) == 0


def test_what_nobody_could_take_goes_to_the_first_who_can(db, now):
    application, former = gas.ApplicationFactory(), gas.ApplicationFactory()
    gas.StewardshipFactory(application=former, until=now)
    gas.ApplicationFactory(case__closed_at=now, case__status="cancelled")
    assert leaving.leave_nobody_waiting(at=now) == 0
    xin = steward()
    assert leaving.leave_nobody_waiting(at=now) == 2
    assert {row.application for row in xin.stewardships.all()} == {application, former}


def test_one_desk_that_cannot_be_cleared_holds_up_no_other(db, now, monkeypatch):
    clear, stuck, other, here = leaving.hand_over_all, steward("061"), steward("062"), steward("063")
    for leaver in (stuck, other):
        gas.StewardshipFactory(staff=leaver, application__case__owner=leaver)
        type(leaver).objects.filter(pk=leaver.pk).update(left_at=now)

    def fails_once(*, leaver, **known):
        return 1 / 0 if leaver == stuck else clear(leaver=leaver, **known)

    monkeypatch.setattr(leaving, "hand_over_all", fails_once)
    assert leaving.leave_nobody_waiting(at=now) == 1
    assert here.stewardships.count() == 1


def test_the_note_of_a_leaver_says_where_each_file_stands(db, now):
    leaver, other = steward("061"), steward("062")
    application = gas.StewardshipFactory(staff=leaver, application__case__owner=leaver).application
    gas.StageFactory(application=application, row__key="survey", status="running", promised_until=now)
    gas.PaperFactory(application=application, row__key="identity", due_at=now)
    leaving.hand_over_all(leaver=leaver, note="She works nights.", by=BY, at=now)
    note = application.stewardships.get(until=None, staff=other).note
    assert note.splitlines()[0] == "She works nights."
    assert "Survey" in note
    assert len(note.splitlines()) == 3


def ring(case, now):
    record_contact(case=case, contact=NewContact(means="call", direction="in", content="When?"), by=BY, at=now)


def send(case, now):
    attach(case=case, file=ContentFile(b"%PDF-1.7 1", name="a.pdf"), by=VISITOR, at=now)


def withdraw(case, now):
    cancel_case(case=case, reason="Moved away", by=VISITOR, at=now)


SAID = {"a call": (ring, "word"), "a file": (send, "word"), "a withdrawal": (withdraw, "stopped")}


@pytest.mark.parametrize("what", SAID)
def test_what_the_applicant_says_reaches_whoever_is_on_duty(what, db, now, drained):
    away, deputy = steward("061"), steward("062")
    Absence.objects.create(staff=away, deputy=deputy, starts_at=now, ends_at=now + timedelta(days=9))
    application = gas.StewardshipFactory(staff=away, application__case__owner=away).application
    act, kind = SAID[what]
    act(application.case, now)
    drained()
    assert (told(away, f"connection_{kind}"), told(deputy, f"connection_{kind}")) == (0, 1)


def test_a_deputy_hears_once_that_they_stand_in(db, now):
    away, deputy = steward("061"), steward("062")
    gas.StewardshipFactory(staff=away)
    Absence.objects.create(staff=away, deputy=deputy, starts_at=now, ends_at=now + timedelta(days=9))
    leaving.leave_nobody_waiting(at=now)
    leaving.leave_nobody_waiting(at=now + timedelta(minutes=1))
    assert told(deputy, "connection_cover") == 1
