"""The safe of a hall: what its tills and kiosks handed in, and what was taken to the bank."""

from datetime import date

from django.db.models import QuerySet, Sum

from accounts.models import Hall

from ..models import BankDeposit, Book, Entry, KioskCash
from ..states import ShiftStatus
from .shifts import day_bounds


def in_safe(hall: Hall, *, day: date | None = None) -> int:
    """Cash above the stock that floats are made of, in minor units: handed in by tills and kiosks, and not at the bank yet.

    As it is now, or as it was at the end of a day: the tills of that day count, though the last was signed after midnight. A float
    that is out comes back with its till: open tills do not count.
    """
    tills = Entry.objects.filter(book=Book.SAFE, shift__counter__hall=hall, shift__status=ShiftStatus.CLOSED)
    kiosks = KioskCash.objects.filter(hall=hall, emptied_at__isnull=False)
    deposits = BankDeposit.objects.filter(hall=hall)
    if day is not None:
        end = day_bounds(day)[1]
        tills, kiosks = tills.filter(shift__opened_at__lt=end), kiosks.filter(emptied_at__lt=end)
        deposits = deposits.filter(deposited_at__lt=end)
    return _sum(tills, "amount") + _sum(kiosks, "counted") - _sum(deposits, "amount")


def deposits_of(hall: Hall, day: date) -> QuerySet[BankDeposit]:
    """What was taken to the bank on a day, in order."""
    start, end = day_bounds(day)
    rows = BankDeposit.objects.filter(hall=hall, deposited_at__gte=start, deposited_at__lt=end)
    return rows.select_related("deposited_by").order_by("deposited_at", "pk")


def _sum(rows: QuerySet[Entry] | QuerySet[KioskCash] | QuerySet[BankDeposit], column: str) -> int:
    total: int | None = rows.aggregate(total=Sum(column))["total"]
    return total or 0
