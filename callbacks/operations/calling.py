"""Ring a customer: show whom, write down an attempt, hand the call to the hotline, or end it without an answer, as what it was.

Note [Honest ends]. Nobody reached is no end until we have tried as often as we said (``CALLBACK_TRIES``); then it is called "not
reached", and the promise falls away instead of being called kept. A number that is somebody else's ends it at once: nobody tells a
stranger about somebody's gas, and whoever looks after the case hears that the number is wrong. Who does not want to talk was reached.
Who left nothing by which they could be reached is "not reached" at once: three attempts in vain would be three untruths.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import accounts.operations
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from casework.models import Contact
from casework.operations import NewContact, Step, move, record, record_contact

from .. import cadence, permissions
from ..models import Attempt, FollowUp, Result
from ..states import FOLLOW_UP
from . import letters_out, links
from .bearing import BY, awake, is_anybody_known
from .holding import NotAsked, check_waiting, hold

#: So many are handed on in one turn of the job; the next turn goes on.
_BATCH = 200


class TooEarly(Exception):
    """We said that we try more often."""

    def __init__(self, tries: int) -> None:
        super().__init__(_("It is called “not reached” after %(tries)s attempts in vain, no earlier.") % {"tries": tries})


class HandedAlready(Exception):
    """The hotline has it."""

    def __init__(self) -> None:
        super().__init__(_("The hotline has this call already."))


@transaction.atomic
def show_phones(*, follow_up: FollowUp, by: User, at: datetime) -> tuple[str, ...]:
    """Whom to ring, in clear: the number that was left, then the customer's; that somebody looked is written down first.

    Raises WasThere, NotAsked, Forbidden.
    """
    permissions.check_may_ask(by, at=at)
    case = follow_up.case
    permissions.check_was_elsewhere(case, accounts.queries.current_staff(by))
    if follow_up.status not in {FollowUp.Status.WAITING, FollowUp.Status.WRITTEN, FollowUp.Status.NOT_REACHED}:
        raise NotAsked
    left = (case.contact_phone,) if case.contact_phone else ()
    known = accounts.operations.reveal(customer=case.account.customer, by=by, at=at).phones if case.account else ()
    return tuple(dict.fromkeys((*left, *known)))


@transaction.atomic
def note_attempt(*, follow_up: FollowUp, result: str, note: str = "", by: User, at: datetime) -> FollowUp:
    """Somebody rang in vain: it is tried again after a pause, and the customer gets a link to answer by, where that is the custom.

    Raises WasThere, NotAsked, WrongMove once it has ended, Forbidden, StaleRow.
    """
    found = _held(follow_up, by, at)
    check_waiting(found)
    Attempt.objects.create(follow_up=found, at=at, staff=accounts.queries.current_staff(by), result=Result(result))
    _keep_call(found, note, is_reached=result == Result.LATER, by=by, at=at)
    found.attempts += 1
    pauses, span = settings.CALLBACK_PAUSES, settings.QUIET_HOURS
    found.ring_from = cadence.ring_again(at, attempts=found.attempts, pauses=pauses, span=span, zone=settings.TIME_ZONE)
    found.version += 1
    found.save(update_fields=["attempts", "ring_from", "version"])
    step = Step("callback.attempted", {"follow_up": found.pk, "result": str(result), "attempts": found.attempts})
    record(timeline_id=found.timeline_id, steps=[step], by=by, at=at)
    # Whoever answered somebody else's phone must not get a link to somebody's answers.
    if settings.CALLBACK_LINK == "attempt" and found.link_sent_at is None and result != Result.SOMEBODY_ELSE:
        links.send_if_possible(follow_up=found, by=BY, at=at)
    return found


@transaction.atomic
def hand_over(*, follow_up: FollowUp, by: Actor, at: datetime) -> FollowUp:
    """Give the call to the hotline, which takes it up within ten minutes of its hours (T46).

    Raises HandedAlready, NotAsked, WrongMove once it has ended, Forbidden, StaleRow.
    """
    permissions.check_may_ask(by, at=at)
    found = hold(follow_up)
    check_waiting(found)
    if found.handed_at is not None:
        raise HandedAlready
    found.handed_at, found.version = at, found.version + 1
    found.save(update_fields=["handed_at", "version"])
    step = Step("callback.handed_to_hotline", {"follow_up": found.pk})
    record(timeline_id=found.timeline_id, steps=[step], by=by, at=at)
    return found


def hand_over_untried(*, at: datetime) -> int:
    """Give the hotline what nobody tried for ``CALLBACK_HOTLINE_AFTER`` minutes, outside of the quiet hours; how many those were."""
    if not settings.CALLBACK_HOTLINE_AFTER or awake(at) > at:
        return 0
    since = at - timedelta(minutes=settings.CALLBACK_HOTLINE_AFTER)
    waiting = FollowUp.objects.filter(status=FollowUp.Status.WAITING, way=FollowUp.Way.PHONE, handed_at=None, attempts=0)
    done = 0
    for found in waiting.filter(born_at__lte=since, ring_from__lte=since).order_by("due_at", "pk")[:_BATCH]:
        try:
            hand_over(follow_up=found, by=BY, at=at)
        except (NotAsked, HandedAlready):
            continue
        done += 1
    return done


@transaction.atomic
def give_up(*, follow_up: FollowUp, by: User, at: datetime) -> FollowUp:
    """Not reached, as often as we said we would try. Raises TooEarly, WasThere, NotAsked, WrongMove, Forbidden, StaleRow."""
    found = _held(follow_up, by, at)
    if not may_give_up(found):
        raise TooEarly(settings.CALLBACK_TRIES)
    return _end(found, "give_up", by, at)


def may_give_up(follow_up: FollowUp) -> bool:
    """Tried often enough, or there is nobody to try: who left no contact is not rung three times for the record."""
    return cadence.is_enough(follow_up.attempts, settings.CALLBACK_TRIES) or not is_anybody_known(follow_up.case)


@transaction.atomic
def refuse(*, follow_up: FollowUp, note: str = "", by: User, at: datetime) -> FollowUp:
    """Reached, and does not want to be asked. Raises WasThere, NotAsked, WrongMove, Forbidden, StaleRow."""
    found = _held(follow_up, by, at)
    check_waiting(found)
    _keep_call(found, note, is_reached=True, by=by, at=at)
    return _end(found, "refuse", by, at)


@transaction.atomic
def find_wrong_number(*, follow_up: FollowUp, by: User, at: datetime) -> FollowUp:
    """The number is somebody else's: nobody rings it again, its link opens no more, and whoever looks after the case hears of it.

    Raises WasThere, NotAsked, WrongMove, Forbidden, StaleRow.
    """
    found = _held(follow_up, by, at)
    check_waiting(found)
    Attempt.objects.create(follow_up=found, at=at, staff=accounts.queries.current_staff(by), result=Result.SOMEBODY_ELSE)
    _keep_call(found, "", is_reached=False, by=by, at=at)
    found = _end(found, "find_wrong", by, at, attempts=found.attempts + 1, link_until=None)
    letters_out.tell_of_wrong_number(follow_up=found, at=at)
    return found


def _held(follow_up: FollowUp, by: User, at: datetime) -> FollowUp:
    permissions.check_may_ask(by, at=at)
    found = hold(follow_up)
    permissions.check_was_elsewhere(found.case, accounts.queries.current_staff(by))
    return found


def _end(found: FollowUp, verb: str, by: User, at: datetime, **fields: object) -> FollowUp:
    staff = accounts.queries.current_staff(by)
    facts = {"follow_up": found.pk, "outcome": verb, "asked_by": staff.pk}
    move(found, FOLLOW_UP, verb, by=by, at=at, fields={"asked_by": staff, "ended_at": at, **fields}, **facts)
    return found


def _keep_call(found: FollowUp, note: str, *, is_reached: bool, by: User, at: datetime) -> None:
    call = NewContact(means=Contact.Means.CALL, direction=Contact.Direction.OUT, content=note.strip(), is_reached=is_reached)
    record_contact(case=found.case, contact=call, by=by, at=at)
