"""Close the books of a hall for a day: every till signed, cash and cards compared, the totals fixed, two signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import accounts.permissions
from accounts.clock import business_date
from accounts.models import Hall, Staff
from accounts.roles import Verb

from .. import wording
from ..models import BankDeposit, Book, DaySignature, HallDay, Payment, Posting
from ..queries.hall_days import day_totals
from ..queries.safes import deposits_of, in_safe
from ..queries.shifts import shifts_of_day
from ..states import ShiftStatus
from .ledger import Line, post
from .shifts import OtherHall, ShiftRefused


class FutureDay(ShiftRefused):
    """The day has not come yet."""

    code = "future_day"

    def __init__(self) -> None:
        super().__init__(_("This day has not come yet."))


class TillsStillOpen(ShiftRefused):
    """Some shifts of the day are not closed."""

    code = "tills_still_open"

    def __init__(self, count: int) -> None:
        self.count = count
        sentence = ngettext("%(count)s shift of this day is not closed yet.", "%(count)s shifts of this day are not closed yet.", count)
        super().__init__(sentence % {"count": count})


class TerminalMissing(ShiftRefused):
    """Cards were taken, and nobody said what the terminals' reports come to."""

    code = "terminal_missing"

    def __init__(self, expected: int) -> None:
        self.expected = expected
        super().__init__(_("Enter what the bank card terminals report for the day."))


class TerminalDiffers(ShiftRefused):
    """Our books and the terminals' reports differ, and nobody said why."""

    code = "terminal_differs"

    def __init__(self, difference: int) -> None:
        self.difference = difference
        amount = wording.money(abs(difference))
        sentence = (
            _("The terminals report %(amount)s more than our books. Look again, or say why.")
            if difference > 0
            else _("The terminals report %(amount)s less than our books. Look again, or say why.")
        )
        super().__init__(sentence % {"amount": amount})


class MuchOvernight(ShiftRefused):
    """More cash lies in the safe than may stay there overnight, and nobody said why."""

    code = "much_overnight"

    def __init__(self, left: int) -> None:
        self.left = left
        amounts = {"left": wording.money(left), "most": wording.money(settings.HALL_CASH_OVERNIGHT)}
        super().__init__(_("%(left)s would stay in the safe overnight; %(most)s may. Take it to the bank, or say why it stays.") % amounts)


class OwnDay(ShiftRefused):
    """The second signature must be somebody else's."""

    code = "own_day"

    def __init__(self) -> None:
        super().__init__(_("You closed this day yourself. Somebody else has to sign for it."))


class MoreThanInSafe(ShiftRefused):
    """Nobody can take more to the bank than there is."""

    code = "more_than_in_safe"

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(_("The safe holds %(amount)s besides its floats.") % {"amount": wording.money(max(left, 0))})


class SlipNoted(ShiftRefused):
    """This slip of the bank was entered before, with another amount."""

    code = "slip_noted"

    def __init__(self) -> None:
        super().__init__(_("This slip of the bank is noted already, with another amount."))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What was compared by hand at the end of a day: the net total of the card terminals' reports (minor units; None: none
    printed), and the reasons where something differs or much cash stays overnight."""

    terminal: int | None = None
    terminal_reason: str = ""
    overnight_reason: str = ""


@transaction.atomic
def close_hall_day(*, hall: Hall, day: date, staff: Staff, compared: Compared | None = None, at: datetime) -> HallDay:
    """Fix the day's totals. After it no shift opens in this hall on that day; a repeated call gives the same day.

    Raises Forbidden, OtherHall, FutureDay, TillsStillOpen, TerminalMissing, TerminalDiffers, MuchOvernight.
    """
    accounts.permissions.check_verb(staff.user, Verb.CLOSE_HALL_DAY, at=at)
    if staff.hall_id not in {None, hall.pk}:
        raise OtherHall
    if day > business_date(at):
        raise FutureDay
    _hold(hall)
    closed = HallDay.objects.filter(hall=hall, day=day).first()
    if closed:
        return closed
    still_open = shifts_of_day(hall, day).exclude(status=ShiftStatus.CLOSED).count()
    if still_open:
        raise TillsStillOpen(still_open)
    totals, compared = day_totals(hall, day), compared or Compared()
    totals |= {"terminal": _terminal(totals, compared), "safe": _safe(hall, day, compared)}
    return HallDay.objects.create(hall=hall, day=day, totals=totals, closed_at=at, closed_by=staff)


def _hold(hall: Hall) -> None:
    """Opening a shift takes the same lock: no till appears between the look and the close."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)


def _terminal(totals: Mapping[str, Any], compared: Compared) -> dict[str, Any]:
    cards = next(way for way in totals["methods"] if way["method"] == Payment.Method.BANK_CARD)
    expected, reported, reason = cards["net"], compared.terminal, compared.terminal_reason.strip()
    if reported is None and (cards["payments"] or cards["refunds"]):
        raise TerminalMissing(expected)
    difference = (reported or 0) - expected
    if difference and not reason:
        raise TerminalDiffers(difference)
    return {"expected": expected, "reported": reported, "difference": difference, "reason": reason if difference else ""}


def _safe(hall: Hall, day: date, compared: Compared) -> dict[str, Any]:
    left, reason = in_safe(hall, day=day), compared.overnight_reason.strip()
    is_much = left > settings.HALL_CASH_OVERNIGHT
    if is_much and not reason:
        raise MuchOvernight(left)
    taken = [{"slip": row.slip, "amount": row.amount, "by": row.deposited_by.number} for row in deposits_of(hall, day)]
    return {"deposits": taken, "left": left, "reason": reason if is_much else ""}


@transaction.atomic
def sign_hall_day(*, closed: HallDay, staff: Staff, at: datetime) -> DaySignature:
    """The second signature: somebody else has compared the day with receipts, slips and cash. Again, it is the one that stands.

    Raises Forbidden, OwnDay, OtherHall.
    """
    accounts.permissions.check_verb(staff.user, Verb.COUNTERSIGN_SHIFT, at=at)
    if staff.hall_id not in {None, closed.hall_id}:
        raise OtherHall
    if staff.pk == closed.closed_by_id:
        raise OwnDay
    _hold(closed.hall)
    standing = DaySignature.objects.filter(day=closed).first()
    return standing or DaySignature.objects.create(day=closed, signed_by=staff, signed_at=at)


@transaction.atomic
def deposit_cash(*, hall: Hall, amount: int, slip: str, staff: Staff, at: datetime) -> BankDeposit:
    """Note that cash was taken from the safe to the bank (minor units), by the number on the bank's slip. The same slip again is the same.

    Raises Forbidden, OtherHall, MoreThanInSafe, SlipNoted.
    """
    accounts.permissions.check_verb(staff.user, Verb.CLOSE_HALL_DAY, at=at)
    if staff.hall_id not in {None, hall.pk}:
        raise OtherHall
    _hold(hall)
    known = BankDeposit.objects.filter(hall=hall, slip=slip.strip()).first()
    if known is not None:
        if known.amount != amount:
            raise SlipNoted
        return known
    left = in_safe(hall)
    if not 0 < amount <= left:
        raise MoreThanInSafe(left)
    posting = post(Posting.Kind.DEPOSIT, [Line(Book.SAFE, -amount), Line(Book.BANK, amount)], by=staff.user, at=at)
    return BankDeposit.objects.create(hall=hall, amount=amount, slip=slip.strip(), posting=posting, deposited_at=at, deposited_by=staff)
