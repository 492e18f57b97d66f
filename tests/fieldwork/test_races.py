"""Two at once on one visit, each in a thread with a connection of its own; and a worker that dies while it assigns."""

from datetime import timedelta
from functools import partial

import pytest

import casework.operations
import fieldwork.operations
from casework.operations import StaleRow, WrongMove
from casework.queries import prove_journal
from fieldwork.models import Offer, Visit
from fieldwork.operations import dispatching
from fieldwork.operations.dispatching import lapse_offers, remind_dispatchers
from tests.billing.test_races import at_once
from tests.fieldwork.conftest import verbs

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def fresh(visit):
    """The visit as another request would read it."""
    return Visit.objects.select_related("timeline").get(pk=visit.pk)


def standing():
    return list(Offer.objects.filter(answer__in=["", "accepted"]).values_list("crew__code", flat=True))


def test_of_two_dispatchers_who_drag_the_same_job_one_wins(asked, near, far, yan, now):
    visit = asked()
    acts = [partial(fieldwork.operations.offer, visit=fresh(visit), crew=crew, by=yan.user, at=now) for crew in (near, far)]
    results = at_once(*acts)
    assert sorted(type(result).__name__ for result in results) == ["Offer", "StaleRow"]
    assert len(standing()) == 1
    assert verbs(visit).count("visit.offer") == 1


def test_of_two_who_take_it_from_its_crew_one_wins(asked, near, far, yan, now):
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    give = partial(fieldwork.operations.reassign, visit=fresh(visit), crew=far, by=yan.user, at=now)
    cancel = partial(fieldwork.operations.cancel, visit=fresh(visit), by=yan.user, at=now)
    results = at_once(give, cancel)
    assert sum(isinstance(result, StaleRow) for result in results) == 1
    assert fresh(visit).status in {"offered", "cancelled"}
    assert prove_journal().fault == ""


def test_an_offer_is_accepted_or_lapses_but_not_both(asked, near, yan, hong, now):
    visit, later = asked(), now + 6 * MINUTE
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    accept = partial(fieldwork.operations.accept, visit=fresh(visit), by=hong.user, at=later)
    results = at_once(accept, partial(lapse_offers, at=later), partial(lapse_offers, at=later))
    is_taken = not isinstance(results[0], (StaleRow, WrongMove))
    assert fresh(visit).status == ("accepted" if is_taken else "asked")
    assert Offer.objects.get().answer == ("accepted" if is_taken else "lapsed")


def test_many_workers_let_each_offer_lapse_once(asked, near, far, yan, now):
    visits = [asked() for _ in range(6)]
    for visit in visits:
        fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    at_once(*[partial(lapse_offers, at=now + 6 * MINUTE)] * 3)
    assert [verbs(visit).count("visit.lapse") for visit in visits] == [1] * 6
    at_once(*[partial(casework.operations.drain, now + 6 * MINUTE)] * 3)
    assert list(Offer.objects.filter(answer="").values_list("crew__code", flat=True)) == ["K2"] * 6


def test_many_drains_offer_an_emergency_once(asked, near, far, now):
    visit = asked(urgency="emergency", skill="emergency")
    at_once(*[partial(casework.operations.drain, now)] * 4)
    assert verbs(visit).count("visit.offer") == 1
    assert standing() == ["K1"]


def test_many_workers_remind_the_dispatchers_once(asked, yan, now):
    visit = asked(urgency="emergency", skill="emergency")
    casework.operations.drain(now)
    at_once(*[partial(remind_dispatchers, at=now + 3 * MINUTE)] * 3)
    assert verbs(visit).count("visit.still_nobody") == 1


class Killed(BaseException):
    """As of a process that is gone: nobody catches it."""


def test_a_worker_killed_while_assigning_leaves_nothing_half_done(asked, near, now, monkeypatch):
    visit = asked(urgency="emergency", skill="emergency")

    def die(**_):
        raise Killed

    monkeypatch.setattr(Offer.objects, "create", die)
    with pytest.raises(Killed):
        casework.operations.drain(now)
    assert (fresh(visit).status, Offer.objects.count()) == ("asked", 0)
    monkeypatch.undo()
    casework.operations.drain(now + 10 * MINUTE)
    assert standing() == ["K1"]
    assert verbs(visit).count("visit.offer") == 1


def test_a_worker_killed_while_an_offer_lapses_leaves_it_to_the_next(asked, near, far, yan, now, monkeypatch):
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)

    def die(**more):
        fieldwork.operations.lapse(**more)
        raise Killed

    monkeypatch.setattr(dispatching, "lapse", die)
    with pytest.raises(Killed):
        lapse_offers(at=now + 6 * MINUTE)
    assert (fresh(visit).status, standing()) == ("offered", ["K1"])
    monkeypatch.undo()
    assert lapse_offers(at=now + 7 * MINUTE) == 1
    casework.operations.drain(now + 7 * MINUTE)
    assert standing() == ["K2"]
