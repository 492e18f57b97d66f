"""The day of a hall compared three ways: what was ordered at its tills, what was paid for it, what is on cards and in meters."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from ..models import Book, Entry, Payment, Posting, Shift, TopUp
from ..states import NOT_ON_A_CARD, TopUpStatus

#: Named one by one on the sheet of a day; if there are more, something larger is wrong.
MOST = 50


def day_match(shifts: QuerySet[Shift]) -> dict[str, Any]:
    """Number and amount of each side (JSON; minor units), whether they agree, and the purchases that are paid and not on a card.

    Orders are on a card (or in a meter), taken back, or waiting; each is one of the three.
    """
    sold = TopUp.objects.filter(shift__in=shifts, kind=TopUp.Kind.PURCHASE)
    sides = {
        "orders": _side(sold),
        "payments": _side(Payment.objects.filter(top_up__in=sold)),
        "ledger": _side(_booked(shifts), "posting"),
        "on_cards": _side(sold.filter(status=TopUpStatus.WRITTEN)),
        "taken_back": _side(sold.filter(status=TopUpStatus.REVERSED)),
        "waiting": _side(sold.filter(status__in=NOT_ON_A_CARD)),
    }
    waiting = sold.filter(status__in=NOT_ON_A_CARD).order_by("paid_at", "pk").values_list("reference", "status")[:MOST]
    delivered = [sides[side]["amount"] for side in ("on_cards", "taken_back", "waiting")]
    amounts = {sides["orders"]["amount"], sides["payments"]["amount"], sides["ledger"]["amount"], sum(delivered)}
    return {**sides, "agrees": len(amounts) == 1, "open": [{"reference": reference, "status": status} for reference, status in waiting]}


def _booked(shifts: QuerySet[Shift]) -> QuerySet[Entry]:
    books = Q(book__in=[Book.CASH, Book.BANK_CARD])
    return Entry.objects.filter(books, shift__in=shifts, posting__kind=Posting.Kind.PAYMENT)


def _side(rows: QuerySet[Any], counted: str = "pk") -> dict[str, int]:
    found = rows.aggregate(count=Count(counted, distinct=True), amount=Sum("amount"))
    return {"count": found["count"], "amount": found["amount"] or 0}
