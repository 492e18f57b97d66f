"""Tills and days: the cash that should be there, was counted, and went to the safe."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from ...denominations import total
from ...models import BankDeposit, Book, Entry, HallDay, Posting, Shift
from ...states import ShiftStatus
from ..hall_days import day_takings
from .rows import breaking, named

_CLOSING = (Posting.Kind.OVER_SHORT, Posting.Kind.HAND_IN)


def cash() -> str:
    """Cash belongs to a till; floats, counts and hand-ins agree with the ledger; a closed till is empty."""
    return (
        named(Entry.objects.filter(book=Book.CASH, shift__isnull=True), "entry {}: cash of no till")
        or named(_elsewhere(), "entry {}: not in the books of a till, or in another till's")
        or _floats()
        or _closed()
        or _counts()
    )


def _elsewhere() -> QuerySet[Entry]:
    """Floats and hand-ins go between till and safe; only a count books what is over or short. Sums alone do not show it."""
    with_safe = Q(posting__kind__in=[Posting.Kind.FLOAT, Posting.Kind.HAND_IN], book__in=[Book.CASH, Book.SAFE])
    at_count = Q(posting__kind=Posting.Kind.OVER_SHORT, book__in=[Book.CASH, Book.OVER_SHORT])
    of_a_kiosk = Q(posting__kind__in=_CLOSING, book__in=[Book.KIOSK_CASH, Book.SAFE, Book.OVER_SHORT])
    moves = Entry.objects.filter(posting__kind__in=[Posting.Kind.FLOAT, *_CLOSING])
    in_its_till = (with_safe | at_count) & Q(shift=F("posting__shift"))
    return breaking(moves, in_its_till | (of_a_kiosk & Q(shift__isnull=True, posting__shift__isnull=True)))


def _sums(wanted: Q) -> dict[int, int]:
    rows = Entry.objects.filter(wanted, book=Book.CASH).order_by("shift").values("shift").annotate(total=Sum("amount"))
    return {row["shift"]: row["total"] for row in rows}


def _floats() -> str:
    booked = _sums(Q(posting__kind=Posting.Kind.FLOAT))
    for key, amount in Shift.objects.order_by("pk").values_list("pk", "float_amount").iterator():
        if booked.get(key, 0) != amount:
            return f"shift {key}: float {amount}, but {booked.get(key, 0)} in the ledger"
    return ""


def _closed() -> str:
    before, after = _sums(~Q(posting__kind__in=_CLOSING)), _sums(Q())
    handed_in = _sums(Q(posting__kind=Posting.Kind.HAND_IN))
    closed = Shift.objects.filter(status=ShiftStatus.CLOSED).order_by("pk")
    for key, expected, counted in closed.values_list("pk", "expected_amount", "counted_amount").iterator():
        if before.get(key, 0) != expected:
            return f"shift {key}: {expected} expected at the count, {before.get(key, 0)} in the ledger"
        if -handed_in.get(key, 0) != counted:
            return f"shift {key}: {counted} counted, {-handed_in.get(key, 0)} handed in"
        if after.get(key, 0):
            return f"shift {key}: closed with {after[key]} left in the till"
    return ""


def _counts() -> str:
    counted = Shift.objects.filter(counted_amount__isnull=False).order_by("pk")
    for key, pieces, amount in counted.values_list("pk", "counted", "counted_amount").iterator():
        if total({int(kind): number for kind, number in (pieces or {}).items()}) != amount:
            return f"shift {key}: its notes and coins are not worth {amount}"
    unexplained = Shift.objects.filter(difference_reason="").exclude(counted_amount=F("expected_amount"))
    return named(unexplained.filter(counted_amount__isnull=False), "shift {}: over or short without a reason")


def days() -> str:
    """The takings fixed at the close of a day are those of its tills."""
    for closed in HallDay.objects.select_related("hall").order_by("pk").iterator():
        now = day_takings(closed.hall, closed.day)
        if any(closed.totals[part] != now[part] for part in ("methods", "net", "litres", "difference")):
            return f"day {closed.day} of hall {closed.hall.code}: its totals are not those of its tills"
    return ""


def deposits() -> str:
    """Cash that left a safe for the bank has its slip, and the ledger says the same."""
    kind = Posting.Kind.DEPOSIT
    amount = F("posting__deposit__amount")
    right = Q(book=Book.SAFE, amount=-amount) | Q(book=Book.BANK, amount=amount)
    booked = Posting.objects.filter(kind=kind, pk=OuterRef("posting"))
    return named(
        breaking(Entry.objects.filter(posting__kind=kind), right & Q(shift__isnull=True)), "entry {}: not what the bank's slip says"
    ) or named(BankDeposit.objects.filter(~Exists(booked)), "cash taken to the bank {} (key): not in the ledger")
