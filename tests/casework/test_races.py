"""Two at once on one case, each in a thread with a connection of its own."""

from functools import partial
from operator import attrgetter

import pytest

import casework.operations
from accounts.roles import Role
from casework.models import Case, Contact, Transfer
from casework.operations import NewContact, NotOffered, StaleRow, Target
from casework.queries import prove_journal
from tests.billing.test_races import at_once
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def colleagues(hall):
    return [StaffFactory(number=f"54{n}", hall=hall, roles=[Role.CLERK]) for n in range(4)]


def fresh(case):
    """The case as another request would read it."""
    return Case.objects.select_related("timeline").get(pk=case.pk)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_one_of_many_takes_what_nobody_has(opened, colleagues, now):
    case = opened()

    def take(who):
        return partial(casework.operations.accept, case=fresh(case), by=who.user, at=now)

    results = at_once(*[take(who) for who in colleagues])
    assert kinds(results) == ["Case", *["StaleRow"] * 3]
    assert [event.verb for event in case.timeline.events.order_by("seq")] == ["case.opened", "case.accepted"]


def test_one_of_many_accepts_an_offer_to_the_hall(opened, fang, colleagues, hall, now):
    case = opened(by=fang.user)
    casework.operations.transfer(case=case, to=Target(hall=hall), by=fang.user, at=now)

    def accept(who):
        return partial(casework.operations.accept, case=fresh(case), by=who.user, at=now)

    results = at_once(*[accept(who) for who in colleagues])
    winners = [result for result in results if isinstance(result, Case)]
    assert len(winners) == 1
    assert {type(result) for result in results} <= {Case, StaleRow, NotOffered}
    assert Transfer.objects.get().answered_by == winners[0].owner == Case.objects.get().owner


def test_two_who_offer_a_case_at_once_offer_it_once(opened, fang, qiang, colleagues, now):
    case = opened(by=fang.user)

    def offer(by, to):
        return partial(casework.operations.transfer, case=fresh(case), to=Target(staff=to), by=by.user, at=now)

    results = at_once(offer(fang, colleagues[0]), offer(qiang, colleagues[1]))
    assert kinds(results)[1] == "Transfer"
    assert kinds(results)[0] in {"StaleRow", "AlreadyOffered"}
    assert Transfer.objects.count() == 1


def test_two_who_merge_crosswise_merge_one_way(opened, fang, now):
    one, other = opened(by=fang.user), opened(by=fang.user)

    def merge(case, into):
        return partial(casework.operations.merge, case=fresh(case), into=fresh(into), by=fang.user, at=now)

    results = at_once(merge(one, other), merge(other, one))
    assert kinds(results) == ["Case", "SameCase"]
    assert sorted(Case.objects.values_list("status", flat=True)) == ["merged", "open"]


def test_words_said_at_once_all_stand_and_the_journal_holds(opened, fang, now):
    case = opened(by=fang.user)

    def say(number):
        said = NewContact(means="call", direction="out", content=str(number))
        return partial(casework.operations.record_contact, case=fresh(case), contact=said, by=fang.user, at=now)

    at_once(*[say(number) for number in range(6)])
    assert sorted(map(attrgetter("content"), Contact.objects.all())) == list("012345")
    assert prove_journal().fault == ""
