"""A clerk's till: open with a float, count, sign, close for good."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.clock import business_date
from accounts.models import Counter, Hall, Staff
from accounts.roles import Verb
from casework.journal import digest
from casework.operations import Step, move, open_timeline

from .. import wording
from ..denominations import DENOMINATIONS, MOST_PIECES, total
from ..models import Book, Posting, ReopenReason, Shift, ShiftReturn
from ..queries.shifts import expected_cash, is_day_closed
from ..states import SHIFT, ShiftStatus
from . import counter_visits
from .ledger import Line, post


class ShiftRefused(Exception):
    """A step of a shift that cannot be done. ``code`` tells machines which rule."""

    code = "shift_refused"


class CounterTaken(ShiftRefused):
    """The counter or the clerk has a shift that is not closed yet."""

    code = "counter_taken"

    def __init__(self) -> None:
        super().__init__(_("This counter, or you, already have a shift that is not closed. Close it first."))


class DayIsClosed(ShiftRefused):
    """The hall has closed its books for the day."""

    code = "day_is_closed"

    def __init__(self) -> None:
        super().__init__(_("The day of this hall is already closed. No shift can be opened in it any more."))


class BadCount(ShiftRefused):
    """The count names a note that does not exist, or an impossible number of pieces."""

    code = "bad_count"

    def __init__(self) -> None:
        super().__init__(_("The count is not possible: whole pieces of the listed notes and coins only."))


class ReasonNeeded(ShiftRefused):
    """Counted and expected differ, and nobody said why."""

    code = "reason_needed"

    def __init__(self, difference: int) -> None:
        self.difference = difference
        sentence = (
            _("The till is over by %(amount)s. Count again, or say why.")
            if difference > 0
            else _("The till is short by %(amount)s. Count again, or say why.")
        )
        super().__init__(sentence % {"amount": wording.money(abs(difference))})


class OwnShift(ShiftRefused):
    """The second signature must be somebody else's."""

    code = "own_shift"

    def __init__(self) -> None:
        super().__init__(_("This is your own shift. Somebody else has to sign for it."))


class OwnCount(ShiftRefused):
    """Whoever counted for a clerk who left cannot be the second person too."""

    code = "own_count"

    def __init__(self) -> None:
        super().__init__(_("You counted this till yourself. Somebody else has to sign for it."))


class OtherHall(ShiftRefused):
    """Heads of halls sign for their own hall only."""

    code = "other_hall"

    def __init__(self) -> None:
        super().__init__(_("This shift belongs to another hall."))


class MovedSinceCount(ShiftRefused):
    """Money went through the till after it was counted."""

    code = "moved_since_count"

    def __init__(self) -> None:
        super().__init__(_("Money moved after the count. The till has to be counted again."))


@transaction.atomic
def open_shift(*, counter: Counter, clerk: Staff, float_amount: int, at: datetime) -> Shift:
    """Begin a clerk's shift at a counter with a float from the safe (minor units, may be 0).

    The same again while it is open gives the same shift. Raises CounterTaken, DayIsClosed, OtherHall, Forbidden.
    """
    accounts.permissions.check_verb(clerk.user, Verb.SELL_GAS, at=at)
    if clerk.hall_id not in {None, counter.hall_id}:
        raise OtherHall
    # The hall's row is the lock between opening a shift and closing the day.
    hall = Hall.objects.select_for_update(no_key=True).get(pk=counter.hall_id)
    if is_day_closed(hall, business_date(at)):
        raise DayIsClosed
    again = Shift.objects.filter(counter=counter, clerk=clerk, float_amount=float_amount, status=ShiftStatus.OPEN).first()
    return again or _open(counter, clerk, float_amount, at)


def _open(counter: Counter, clerk: Staff, float_amount: int, at: datetime) -> Shift:
    opened = [Step("shift.open", {"counter": counter.pk, "float": float_amount})]
    try:
        with transaction.atomic():
            timeline = open_timeline(kind="shift", steps=opened, by=clerk.user, at=at)
            shift = Shift.objects.create(counter=counter, clerk=clerk, float_amount=float_amount, opened_at=at, timeline=timeline)
    except IntegrityError:
        raise CounterTaken from None
    if float_amount:
        lines = [Line(Book.CASH, float_amount, shift=shift), Line(Book.SAFE, -float_amount, shift=shift)]
        post(Posting.Kind.FLOAT, lines, by=clerk.user, at=at)
    return shift


@transaction.atomic
def count_shift(*, shift: Shift, counted: Mapping[int, int], reason: str, at: datetime) -> Shift:
    """Count the till: denomination in minor units -> pieces. May be repeated until it is signed.

    Raises BadCount, ReasonNeeded, WrongMove where the shift is closed, StaleRow.
    """
    _check_pieces(counted)
    shift = _locked(shift)
    fields = _count(shift, counted, reason, at)
    _move_count(shift, "count", fields, by=shift.clerk, at=at)
    return shift


@transaction.atomic
def count_for_clerk(*, shift: Shift, staff: Staff, counted: Mapping[int, int], reason: str, at: datetime) -> Shift:
    """Count the till of a clerk who has left, so that counter and day can go on. Somebody else again signs for it.

    Raises Forbidden, OwnShift, OtherHall, BadCount, ReasonNeeded, WrongMove where the shift is closed, StaleRow.
    """
    _check_pieces(counted)
    shift = _locked(shift)
    _check_may_sign(shift, staff, at)
    fields = _count(shift, counted, reason, at)
    _move_count(shift, "count_for_clerk", fields, by=staff, at=at)
    return shift


def _check_pieces(counted: Mapping[int, int]) -> None:
    if any(note not in DENOMINATIONS[settings.CURRENCY] or not 0 <= pieces <= MOST_PIECES for note, pieces in counted.items()):
        raise BadCount


def _count(shift: Shift, counted: Mapping[int, int], reason: str, at: datetime) -> dict[str, Any]:
    amount, expected, reason = total(dict(counted)), expected_cash(shift), reason.strip()
    if amount != expected and not reason:
        raise ReasonNeeded(amount - expected)
    return {
        "counted": {str(note): pieces for note, pieces in counted.items() if pieces},
        "counted_amount": amount,
        "expected_amount": expected,
        "difference_reason": reason if amount != expected else "",
        "counted_at": at,
    }


def _move_count(shift: Shift, verb: str, fields: dict[str, Any], *, by: Staff, at: datetime) -> None:
    facts = {"counted": fields["counted_amount"], "expected": fields["expected_amount"]}
    move(shift, SHIFT, verb, by=by.user, at=at, fields={**fields, "counted_by": by}, **facts)
    counter_visits.leave_till(shift=shift, by=by.user, at=at)


@transaction.atomic
def reopen_shift(*, shift: Shift, staff: Staff, reason: ReopenReason, words: str = "", at: datetime) -> Shift:
    """Send a counted till back to selling: the second person found something. The clerk counts again afterwards.

    The journal gets the reason's code and a digest of the words, which stand where they can be erased.
    Raises Forbidden, OwnShift, OtherHall, WrongMove.
    """
    shift = _locked(shift)
    _check_may_sign(shift, staff, at)
    empty = dict.fromkeys(("counted", "counted_amount", "expected_amount", "counted_at", "counted_by")) | {"difference_reason": ""}
    facts: dict[str, object] = {"reason": reason.value}
    if words := words.strip():
        said = ShiftReturn.objects.create(shift=shift, words=words, salt=secrets.token_hex(16))
        facts |= {"words": said.pk, "digest": digest(said.words, salt=said.salt)}
    move(shift, SHIFT, "reopen", by=staff.user, at=at, fields=empty, **facts)
    return shift


@transaction.atomic
def countersign_shift(*, shift: Shift, staff: Staff, at: datetime) -> Shift:
    """The second signature: book what is over or short, hand the cash in to the safe, close for good.

    The same person again changes nothing. Raises Forbidden, OwnShift, OwnCount, OtherHall, MovedSinceCount, WrongMove.
    """
    shift = _locked(shift)
    _check_may_sign(shift, staff, at)
    if shift.is_closed and shift.countersigned_by_id == staff.pk:
        return shift
    if staff.pk == shift.counted_by_id:
        raise OwnCount
    move(shift, SHIFT, "close", by=staff.user, at=at, fields={"closed_at": at, "countersigned_by": staff})
    if expected_cash(shift) != shift.expected_amount:
        raise MovedSinceCount
    _hand_in(shift, staff, at)
    return shift


def _hand_in(shift: Shift, staff: Staff, at: datetime) -> None:
    counted, difference = shift.counted_amount or 0, shift.difference
    if difference:
        lines = [Line(Book.CASH, difference, shift=shift), Line(Book.OVER_SHORT, -difference, shift=shift)]
        post(Posting.Kind.OVER_SHORT, lines, by=staff.user, at=at)
    if counted:
        lines = [Line(Book.SAFE, counted, shift=shift), Line(Book.CASH, -counted, shift=shift)]
        post(Posting.Kind.HAND_IN, lines, by=staff.user, at=at)


def _check_may_sign(shift: Shift, staff: Staff, at: datetime) -> None:
    accounts.permissions.check_verb(staff.user, Verb.COUNTERSIGN_SHIFT, at=at)
    if staff.pk == shift.clerk_id:
        raise OwnShift
    if staff.hall_id not in {None, shift.counter.hall_id}:
        raise OtherHall


def _locked(shift: Shift) -> Shift:
    """The row as it is now, held: a sale takes the same lock, so no money moves while a till is counted or closed."""
    rows = Shift.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("clerk__user", "counter__hall").get(pk=shift.pk)
