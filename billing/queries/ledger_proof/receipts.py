"""Receipts: no gap in any hall's year, the right amounts, one for each payment and one in red for each refund."""

from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from sequences.models import Sequence

from ...models import Payment, Receipt, TopUp
from ...states import TopUpStatus
from .rows import breaking, named


def receipts() -> str:
    """All rules of receipts."""
    return _gaps() or _sequences() or _amounts() or _missing()


def _years() -> QuerySet[Receipt, Any]:
    grouped = Receipt.objects.order_by("hall__code", "year").values("hall", "hall__code", "year")
    return grouped.annotate(first=Min("number"), last=Max("number"), issued=Count("pk"))


def _gaps() -> str:
    wrong = _years().filter(~Q(first=1) | ~Q(last=F("issued"))).first()
    if wrong is None:
        return ""
    numbers = Receipt.objects.filter(hall=wrong["hall"], year=wrong["year"])
    before = numbers.filter(number=OuterRef("number") - 1)
    after_gap = numbers.filter(~Exists(before), number__gt=1).order_by("number").first()
    number = after_gap.number - 1 if after_gap else 1
    return f"receipt {wrong['hall__code']}-{wrong['year']}-{number:06d} is missing"


def _sequences() -> str:
    """The next number of each series follows its last receipt."""
    last = dict(Sequence.objects.filter(name__startswith="receipt:").values_list("name", "last"))
    for row in _years():
        name = f"receipt:{row['hall__code']}:{row['year']}"
        if last.get(name) != row["last"]:
            return f"series {name} stands at {last.get(name)}, its last receipt is {row['last']}"
    return ""


def _amounts() -> str:
    plain = Q(kind=Receipt.Kind.PAYMENT, corrects__isnull=True, amount=F("top_up__amount"))
    red = Q(
        kind=Receipt.Kind.RED_LETTER,
        corrects__kind=Receipt.Kind.PAYMENT,
        corrects__top_up=F("top_up"),
        amount=-F("corrects__amount"),
    )
    printed = Receipt.objects.annotate(printed=Cast(KT("facts__amount"), BigIntegerField()))
    return named(breaking(Receipt.objects.all(), plain | red), "receipt {} (key): not the amount of its purchase") or named(
        breaking(printed, Q(printed=F("amount"))), "receipt {} (key): another amount on its paper"
    )


def _missing() -> str:
    receipt = Receipt.objects.filter(top_up=OuterRef("top_up"), kind=Receipt.Kind.PAYMENT)
    unreceipted = Payment.objects.filter(~Exists(receipt)).exclude(top_up__channel=TopUp.Channel.CARRIED_OVER)
    plain = Receipt.objects.filter(kind=Receipt.Kind.PAYMENT)
    standing = plain.filter(top_up__status=TopUpStatus.REVERSED, corrected_by__isnull=True)
    undue = Receipt.objects.filter(kind=Receipt.Kind.RED_LETTER).exclude(top_up__status=TopUpStatus.REVERSED)
    twice = plain.order_by("top_up").values("top_up").annotate(times=Count("pk")).filter(times__gt=1).first()
    return (
        named(unreceipted, "payment {}: no receipt")
        or named(standing, "receipt {} (key): its purchase was taken back, but it was not")
        or named(undue, "receipt {} (key): in red for a purchase that stands")
        or (f"top-up {twice['top_up']}: {twice['times']} receipts" if twice else "")
    )
