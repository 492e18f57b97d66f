"""Credit that was paid out: what two people agreed to, and what the ledger says."""

from django.db.models import F, Q, Sum

from ...credit_states import CreditPayoutStatus
from ...models import Book, CreditPayout, Entry, Posting
from .rows import breaking, named


def paid_out() -> str:
    """Each such posting belongs to one payout, of its account and amount, and two people agreed to it."""
    stray = Posting.objects.filter(kind=Posting.Kind.PAID_OUT, credit_payout__isnull=True)
    done = CreditPayout.objects.filter(status=CreditPayoutStatus.DONE)
    return (
        named(stray, "posting {}: nobody's payout of credit")
        or named(breaking(Entry.objects.filter(posting__kind=Posting.Kind.PAID_OUT), _right()), "entry {}: not credit paid out")
        or named(done.filter(decided_by=F("asked_by")), "payout of credit {} (key): one person alone")
        or _other_amount()
    )


def _right() -> Q:
    whose = Q(account=F("posting__credit_payout__account"), shift__isnull=True)
    return whose & (Q(book=Book.CREDIT, amount__gt=0) | Q(book=Book.BANK, amount__lt=0))


def _other_amount() -> str:
    booked = Entry.objects.filter(posting__kind=Posting.Kind.PAID_OUT, book=Book.CREDIT)
    sums = dict(booked.order_by().values_list("posting").annotate(total=Sum("amount")))
    done = CreditPayout.objects.filter(status=CreditPayoutStatus.DONE).order_by("pk").values_list("pk", "posting", "amount")
    wrong = next((pk for pk, posting, amount in done.iterator() if sums.get(posting) != amount), None)
    return "" if wrong is None else f"payout of credit {wrong} (key): not what the ledger says"
