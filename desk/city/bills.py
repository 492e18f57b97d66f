"""Households of the demo whose meters are read: three months of readings and bills, one to be paid, some estimated, some doubted.

They go through the same operations as everybody's, each at its own moment.
"""

from datetime import date, datetime, timedelta
from random import Random

from accounts.actors import Actor
from accounts.clock import business_date, business_midnight
from accounts.models import Account, Meter, Staff
from billing.models import Book, Reading
from billing.operations.bills import bill_month, pay
from billing.operations.readings import NewReading, confirm_reading, take_reading
from billing.queries.bill_draft import month_after
from billing.refusals import Refused
from billing.states import BillStatus

HOUSEHOLDS = 60
_MONTHS = 3
_READ_ON = 22
_MORNING = timedelta(hours=10)
_SOURCES = (Reading.Source.CABINET, Reading.Source.SMS, Reading.Source.HOTLINE, Reading.Source.CABINET)
#: Cubic metres a day, about: who heats, and who only cooks.
_A_DAY = {Account.PriceClass.RESIDENT: (0.4, 1.0), Account.PriceClass.RESIDENT_HEATING: (2.0, 5.0)}


def bring_bills(at: datetime) -> None:
    """Read and bill them, as far as the city has such households."""
    meters = Meter.objects.filter(kind=Meter.Kind.MECHANICAL, removed_at=None, account__price_class__in=list(_A_DAY))
    first = _month_before(business_date(at), _MONTHS + 1)
    old = meters.filter(account__status=Account.Status.OPEN, installed_at__lt=business_midnight(first))
    clerk = Staff.objects.filter(user__username="fang").select_related("user").first()
    if clerk is None:
        return
    for place, meter in enumerate(old.select_related("account__customer").order_by("pk")[:HOUSEHOLDS]):
        _live(place, meter, first, by=clerk.user, at=at)


def _live(place: int, meter: Meter, first: date, *, by: Actor, at: datetime) -> None:
    """One household: read at the door in the first month, then month by month until now."""
    rng = Random(f"bills/{place}")  # noqa: S311 - a demo city, not a key
    least, most = _A_DAY[Account.PriceClass(meter.account.price_class)]
    register, month = rng.randrange(100, 3_000), first
    _read(meter, month, register, Reading.Source.CREW, by=by, at=at)
    while (month := month_after(month)) <= business_date(at):
        register += int(rng.uniform(least, most) * 30)
        # Each fifth forgets one month, and its bill is an estimate until the next reading.
        if place % 5 != 4 or month != _month_before(business_date(at), 2):
            shown = register + 2_000 if place % 8 == 3 and month == business_date(at).replace(day=1) else register
            _read(meter, month, shown, _SOURCES[place % len(_SOURCES)], by=by, at=at)
        _bill(place, meter.account, month, by=by, at=at)


def _read(meter: Meter, month: date, cubic_metres: int, source: Reading.Source, *, by: Actor, at: datetime) -> None:
    """On the day readings are sent; that of a crew is believed."""
    then = business_midnight(month.replace(day=_READ_ON)) + _MORNING
    if then > at:
        return
    new = NewReading(account=meter.account, litres=cubic_metres * 1000, day=business_date(then), source=source)
    reading = take_reading(new=new, by=by, at=then)
    if source == Reading.Source.CREW and reading.standing == Reading.Standing.DOUBTFUL:
        confirm_reading(reading=reading, by=by, at=then)


def _bill(place: int, account: Account, month: date, *, by: Actor, at: datetime) -> None:
    """In the night after the month; most were paid to the system before ours, a few of the last month still have to be."""
    made = business_midnight(month_after(month)) + timedelta(hours=1)
    if made > at:
        return
    try:
        bill = bill_month(account=account, month=month, by=by, at=made)
    except Refused:
        return
    paid = made + timedelta(days=place % 9)
    is_late = place % 4 == 1 and bill.month == _month_before(business_date(at), 1)
    if bill.status == BillStatus.OPEN and paid < at and not is_late:
        pay(bill=bill, amount=bill.to_pay, book=Book.OPENING, by=by, at=paid)


def _month_before(day: date, months: int) -> date:
    month = day.replace(day=1)
    for _ in range(months):
        month = (month - timedelta(days=1)).replace(day=1)
    return month
