"""What is in a till, and what went through it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Hall, Staff, User

from ..models import Book, Entry, HallDay, Payment, Posting, Receipt, Shift, TopUp
from ..states import ShiftStatus

#: Where the money of each payment method goes.
BOOK_OF_METHOD: Mapping[str, Book] = {Payment.Method.CASH: Book.CASH, Payment.Method.BANK_CARD: Book.BANK_CARD}
#: Money that comes in: for gas, for the bill of a month, for works.
_TAKEN = (Posting.Kind.PAYMENT, Posting.Kind.BILL_PAID, Posting.Kind.CHARGE_PAID)
#: Money that goes out over a counter.
_GIVEN = (Posting.Kind.REFUND, Posting.Kind.CHARGE_BACK)


@dataclass(frozen=True)
class MethodTakings:
    """What came in and went back by one payment method, in minor units."""

    method: str
    payments: int
    taken: int
    refunds: int
    refunded: int

    @property
    def label(self) -> str:
        """The method's name in the language of whoever asks: a report may be in another one than its reader's pages."""
        return str(Payment.Method(self.method).label)

    @property
    def net(self) -> int:
        return self.taken - self.refunded


@dataclass(frozen=True)
class Takings:
    """All that went through one or several shifts."""

    methods: tuple[MethodTakings, ...]
    litres: int

    @property
    def net(self) -> int:
        return sum(method.net for method in self.methods)

    @property
    def payments(self) -> int:
        return sum(method.payments for method in self.methods)


def current_shift(staff: Staff) -> Shift | None:
    """The clerk's shift that is not yet closed: open, or counted and waiting for the second signature (it takes no money)."""
    return Shift.objects.filter(clerk=staff).exclude(status=ShiftStatus.CLOSED).select_related("counter__hall", "clerk__user").first()


def current_shifts_of(user: User) -> QuerySet[Shift]:
    """The same for whoever is behind a user, as a query for one row at most; nothing for somebody who has left."""
    if not user.is_active:
        return Shift.objects.none()
    return Shift.objects.filter(~Q(status=ShiftStatus.CLOSED), clerk__user=user, clerk__left_at__isnull=True)


def expected_cash(shift: Shift) -> int:
    """What the ledger says is in the till now, in minor units."""
    return Entry.objects.filter(book=Book.CASH, shift=shift).aggregate(total=Sum("amount"))["total"] or 0


def takings(shift: Shift) -> Takings:
    """What one shift took and gave back, by method."""
    return takings_of(Shift.objects.filter(pk=shift.pk))


def takings_of(shifts: QuerySet[Shift]) -> Takings:
    """What several shifts took and gave back, by method, and the gas that is left of it; three queries, whatever their number."""
    moved = (
        Entry.objects.filter(shift__in=shifts, posting__kind__in=[*_TAKEN, *_GIVEN])
        .filter(book__in=set(BOOK_OF_METHOD.values()))
        .values("book", "posting__kind")
        .annotate(count=Count("posting", distinct=True), total=Sum("amount"))
    )
    found = {(row["book"], row["posting__kind"]): (row["count"], row["total"]) for row in moved}
    return Takings(
        methods=tuple(_of_method(Payment.Method(method), found) for method in BOOK_OF_METHOD),
        litres=_sold(shifts) - _taken_back(shifts),
    )


def _sold(shifts: QuerySet[Shift]) -> int:
    return TopUp.objects.filter(shift__in=shifts, payment__isnull=False).aggregate(total=Sum("litres"))["total"] or 0


def _taken_back(shifts: QuerySet[Shift]) -> int:
    """Litres that went back over these tills, whichever shift had sold them: volume follows money."""
    refunds = Posting.objects.filter(kind=Posting.Kind.REFUND, shift__in=shifts)
    return refunds.aggregate(total=Sum("top_up__litres"))["total"] or 0


def _of_method(method: Payment.Method, found: Mapping[tuple[str, str], tuple[int, int]]) -> MethodTakings:
    book = BOOK_OF_METHOD[method]
    (payments, taken), (refunds, refunded) = _summed(book, _TAKEN, found), _summed(book, _GIVEN, found)
    return MethodTakings(method.value, payments, taken, refunds, -refunded)


def _summed(book: Book, kinds: Iterable[str], found: Mapping[tuple[str, str], tuple[int, int]]) -> tuple[int, int]:
    rows = [found.get((book, kind), (0, 0)) for kind in kinds]
    return sum(count for count, _total in rows), sum(total for _count, total in rows)


def receipts_of(shift: Shift) -> QuerySet[Receipt]:
    """The papers given out over one till, oldest first: for its sales, and in red for what it took back, whoever had sold it."""
    sold = Q(kind=Receipt.Kind.PAYMENT, top_up__shift=shift)
    given_back = Posting.objects.filter(kind=Posting.Kind.REFUND, shift=shift).values("top_up")
    taken_back = Q(kind=Receipt.Kind.RED_LETTER, top_up__in=given_back)
    return Receipt.objects.filter(sold | taken_back).select_related("hall").order_by("pk")


def shifts_of_day(hall: Hall, day: date) -> QuerySet[Shift]:
    """The shifts opened in a hall on a day of the operator's time zone."""
    start, end = day_bounds(day)
    return Shift.objects.filter(counter__hall=hall, opened_at__gte=start, opened_at__lt=end)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight to midnight in the operator's time zone."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time.min, tzinfo=zone), datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def is_day_closed(hall: Hall, day: date) -> bool:
    return HallDay.objects.filter(hall=hall, day=day).exists()
