"""What we and the customer said, and what it means for promises about replies."""

import pytest
from django.db import IntegrityError, transaction

import casework.operations
from accounts.actors import System
from accounts.permissions import Forbidden
from casework.models import Case, Contact
from casework.operations import NewContact, NoReply, NothingSaid
from tests.casework.conftest import BY, steps, verbs
from tests.factories.casework import ContactFactory

pytestmark = pytest.mark.django_db
THANKS = NewContact(means="cabinet", direction="in", content="Thanks, bye")


def tell(case, by, at, **what):
    what = {"means": "call", "direction": "out", **what}
    return casework.operations.record_contact(case=case, contact=NewContact(**what), by=by, at=at)


def test_a_call_keeps_how_long_it_rang_was_talked_and_held(opened, fang, now):
    tell(opened(), fang.user, now, ring_seconds=4, talk_seconds=180, hold_seconds=20, call_type="consultation", content="explained")
    call = Contact.objects.get()
    assert (call.ring_seconds, call.talk_seconds, call.hold_seconds, call.staff) == (4, 180, 20, fang)


def test_the_timeline_is_told_who_reached_whom(opened, fang, now):
    case = opened()
    contact = tell(case, fang.user, now, is_reply=True)
    told = {"direction": "out", "means": "call", "by": "human", "reached": 1, "replies": 1, "contact": contact.pk}
    assert steps(case)[-1] == ("case.contacted", told)


def test_an_automatic_message_is_no_reply(opened, now):
    case = opened()
    tell(case, System("notices"), now, means="sms", is_automatic=True)
    assert steps(case)[-1][1] | {"contact": 0} == {
        "direction": "out", "means": "sms", "by": "system", "reached": 1, "replies": 0, "contact": 0,
    }  # fmt: skip
    with pytest.raises(NoReply):
        tell(case, System("notices"), now, is_automatic=True, is_reply=True)


@pytest.mark.parametrize("what", [{"is_reached": False}, {"direction": "in"}])
def test_who_was_not_reached_has_no_reply(opened, fang, now, what):
    with pytest.raises(NoReply):
        tell(opened(), fang.user, now, is_reply=True, **what)


def test_the_database_knows_that_too(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(case=opened(), is_reply=True, is_automatic=True, direction="out")


def test_a_note_among_ourselves_is_no_contact(opened, fang, now):
    case = opened()
    tell(case, fang.user, now, means="note", direction="inside", content="ask Wei")
    assert verbs(case)[-1] == "case.noted"


def test_thanks_open_nothing_again(opened, olive, fang, account, now):
    case = opened(account=account)
    casework.operations.move_case(case=case, verb="answer", by=fang.user, at=now)
    casework.operations.record_contact(case=case, contact=THANKS, by=olive, at=now)
    assert Case.objects.get().status == "answered"


def test_a_word_from_the_customer_ends_our_waiting(opened, olive, fang, account, now):
    case = opened(account=account)
    casework.operations.ask_customer(case=case, question="Which meter?", means="cabinet", by=fang.user, at=now)
    assert Case.objects.get().status == "waiting"
    casework.operations.record_contact(case=case, contact=THANKS, by=olive, at=now)
    assert Case.objects.get().status == "open"
    assert verbs(case)[-3:] == ["case.contacted", "general_request.hear_customer", "case.customer_answered"]


def test_a_customer_cannot_speak_for_us(opened, olive, account, now):
    tell(opened(account=account), olive, now, is_reply=False, content="it is done")
    assert (Contact.objects.get().means, Contact.objects.get().direction) == ("cabinet", "in")


def test_strangers_and_finance_say_nothing(opened, olive, mei, neighbour, now):
    case = opened(account=neighbour)
    for who in (olive, mei.user):
        with pytest.raises(Forbidden):
            tell(case, who, now)


def test_the_system_needs_no_role(opened, now):
    assert tell(opened(), BY, now).staff is None


def test_what_somebody_cannot_judge_is_put_before_the_head_and_stays_with_them(opened, fang, now):
    case = opened(by=fang.user)
    casework.operations.ask_leader(case=case, question="May I?", by=fang.user, at=now)
    assert verbs(case)[-1] == "case.leader_asked"
    assert Case.objects.get().owner == fang
    with pytest.raises(NothingSaid):
        casework.operations.ask_leader(case=case, question=" ", by=fang.user, at=now)
