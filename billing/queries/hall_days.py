"""Days of halls as pages and reports show them, and the totals that closing fixes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import Hall, User
from accounts.queries.halls import places

from ..models import BankDeposit, ChargeReceipt, DaySignature, HallDay, Receipt, Shift
from .day_match import day_match
from .safes import deposits_of, in_safe
from .shifts import day_bounds, shifts_of_day, takings_of
from .takings import with_people


class DayNotFound(Exception):
    """The hall has not closed this day."""

    def __init__(self) -> None:
        super().__init__(_("This day is not closed."))


@dataclass(frozen=True)
class DaySheet:
    """One day of a hall: its shifts, its totals (fixed once closed), who signed, and the cash in its safe: now, and as the day ended."""

    hall: Hall
    day: date
    shifts: tuple[Shift, ...]
    totals: dict[str, Any]
    closed: HallDay | None
    signature: DaySignature | None
    deposits: tuple[BankDeposit, ...]
    in_safe: int
    left: int

    @property
    def open_shifts(self) -> int:
        return sum(not shift.is_closed for shift in self.shifts)

    @property
    def is_much(self) -> bool:
        """Whether more cash stayed in the safe overnight, or would, than may without a reason."""
        return self.left > settings.HALL_CASH_OVERNIGHT


def halls_to_see(user: User) -> QuerySet[Hall]:
    """The reader's hall, or all for somebody who belongs to none."""
    staff = accounts.queries.current_staff(user)
    halls = places().order_by("code")
    return halls.filter(pk=staff.hall_id) if staff.hall_id else halls


def day_sheet(hall: Hall, day: date) -> DaySheet:
    """One day of a hall: fixed totals where it is closed, else how they stand."""
    closed = HallDay.objects.select_related("closed_by", "signature__signed_by").filter(hall=hall, day=day).first()
    shifts = tuple(with_people(shifts_of_day(hall, day)).order_by("opened_at"))
    return DaySheet(
        hall=hall,
        day=day,
        shifts=shifts,
        totals=closed.totals if closed else day_totals(hall, day),
        closed=closed,
        signature=getattr(closed, "signature", None),
        deposits=tuple(deposits_of(hall, day)),
        in_safe=in_safe(hall),
        left=in_safe(hall, day=day),
    )


def closed_days(hall: Hall) -> QuerySet[HallDay]:
    return HallDay.objects.filter(hall=hall).select_related("closed_by", "signature").order_by("-day")


def closed_day(hall: Hall, day: date) -> HallDay:
    """Raises DayNotFound."""
    found = HallDay.objects.select_related("hall", "closed_by").filter(hall=hall, day=day).first()
    if found is None:
        raise DayNotFound
    return found


def unsigned_days(user: User) -> QuerySet[HallDay]:
    """Closed days that wait for their second signature, the oldest first: of the reader's hall or of all."""
    rows = HallDay.objects.filter(signature__isnull=True, hall__in=halls_to_see(user))
    return rows.select_related("hall", "closed_by").order_by("day", "hall__code")


def day_totals(hall: Hall, day: date) -> dict[str, Any]:
    """What a day's shifts amount to: the snapshot that closing the day fixes (JSON; minor units and litres)."""
    return {
        **day_takings(hall, day),
        "receipts": _receipt_totals(hall, day),
        "charges": _charge_totals(hall, day),
        "voided": [*_voided(hall, day), *_charges_back(hall, day)],
        "match": day_match(shifts_of_day(hall, day)),
    }


def day_takings(hall: Hall, day: date) -> dict[str, Any]:
    """The part of it that nothing changes any more: what the tills took and gave back, and what was over or short."""
    shifts = shifts_of_day(hall, day)
    went = takings_of(shifts)
    tills = [_till_totals(shift) for shift in with_people(shifts).order_by("opened_at")]
    return {
        "currency": settings.CURRENCY,
        "shifts": tills,
        "methods": [
            {
                "method": way.method,
                "payments": way.payments,
                "taken": way.taken,
                "refunds": way.refunds,
                "refunded": way.refunded,
                "net": way.net,
            }
            for way in went.methods
        ],
        "net": went.net,
        "payments": went.payments,
        "litres": went.litres,
        "difference": sum(till["difference"] for till in tills),
    }


def _till_totals(shift: Shift) -> dict[str, Any]:
    return {
        "shift": shift.pk,
        "counter": shift.counter.number,
        "clerk": shift.clerk.number,
        "float": shift.float_amount,
        "expected": shift.expected_amount,
        "counted": shift.counted_amount,
        "difference": shift.difference,
        "reason": shift.difference_reason,
        "signed_by": shift.countersigned_by.number if shift.countersigned_by else "",
    }


def _receipt_totals(hall: Hall, day: date) -> dict[str, Any]:
    start, end = day_bounds(day)
    issued = Receipt.objects.filter(hall=hall, issued_at__gte=start, issued_at__lt=end)
    red = Q(kind=Receipt.Kind.RED_LETTER)
    found = issued.aggregate(
        first=Min("number"),
        last=Max("number"),
        count=Count("pk"),
        total=Sum("amount"),
        red=Count("pk", filter=red),
        back=Sum("amount", filter=red),
    )
    return {**found, "total": found["total"] or 0, "back": found["back"] or 0}


def _charge_totals(hall: Hall, day: date) -> dict[str, Any]:
    """What came in and went back for works: their receipts have numbers of their own."""
    found = _charge_receipts(hall, day).aggregate(
        first=Min("number"), last=Max("number"), count=Count("pk"), total=Sum("amount"), back=Sum("amount", filter=Q(amount__lt=0))
    )
    return {**found, "total": found["total"] or 0, "back": found["back"] or 0}


def _charges_back(hall: Hall, day: date) -> list[dict[str, Any]]:
    red = _charge_receipts(hall, day).filter(amount__lt=0).select_related("hall").order_by("number")
    return [{"number": row.full_number, "corrects": row.facts["corrects"], "amount": row.amount} for row in red]


def _charge_receipts(hall: Hall, day: date) -> QuerySet[ChargeReceipt]:
    start, end = day_bounds(day)
    return ChargeReceipt.objects.filter(hall=hall, issued_at__gte=start, issued_at__lt=end)


def _voided(hall: Hall, day: date) -> list[dict[str, Any]]:
    """The receipts in red, each with the one it takes back: they are listed, signed and kept."""
    start, end = day_bounds(day)
    red = Receipt.objects.filter(hall=hall, kind=Receipt.Kind.RED_LETTER, issued_at__gte=start, issued_at__lt=end)
    rows = red.select_related("hall", "corrects__hall").order_by("number")
    return [{"number": row.full_number, "corrects": row.corrects.full_number, "amount": row.amount} for row in rows if row.corrects]
