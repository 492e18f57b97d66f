"""Held money that was used after all: what was agreed about it, and what the ledger says."""

from django.db.models import F, Q, Sum

from ...charge_states import ChargeStatus
from ...models import Book, Entry, HeldAssignment, Posting, ProviderPayment, Refund
from ...states import AssignmentStatus, RefundStatus
from .rows import breaking, named

Use = ProviderPayment.Use


def assigned() -> str:
    """Two people agreed to each use; orders and bills took what they cost; credit is in the ledger; nothing was used twice."""
    done = HeldAssignment.objects.filter(status=AssignmentStatus.DONE)
    return (
        named(done.filter(decided_by=F("asked_by")), "use of held money {} (key): one person alone")
        or named(breaking(done.filter(checkout__isnull=False), _paid_order()), "use of held money {} (key): not what its order costs")
        or named(breaking(done.filter(bill__isnull=False), _paid_bill()), "use of held money {} (key): not what its bill costs")
        or named(breaking(done.filter(charge__isnull=False), _paid_charge()), "use of held money {} (key): not what its charge costs")
        or named(breaking(Entry.objects.filter(posting__kind=Posting.Kind.ASSIGNED), _right()), "entry {}: not held money made credit")
        or _credited_otherwise()
        or _used_twice()
    )


def _paid_order() -> Q:
    return Q(checkout__status="paid", checkout__amount=F("amount"), checkout__account=F("account"))


def _paid_bill() -> Q:
    """It may have been withdrawn since."""
    costs = F("bill__amount") - F("bill__credited")
    return Q(amount=costs, bill__account=F("account")) & ~Q(bill__status="open")


def _paid_charge() -> Q:
    """It may have gone back since."""
    return Q(charge__amount=F("amount")) & ~Q(charge__status__in=[ChargeStatus.OPEN, ChargeStatus.WITHDRAWN])


def _right() -> Q:
    return Q(account__isnull=False, shift__isnull=True) & (Q(book=Book.HELD, amount__gt=0) | Q(book=Book.CREDIT, amount__lt=0))


def _credited_otherwise() -> str:
    wished = HeldAssignment.objects.filter(status=AssignmentStatus.DONE, account__isnull=False, checkout=None, bill=None)
    should = dict(wished.order_by("account").values_list("account").annotate(total=Sum("amount")))
    posted = Entry.objects.filter(posting__kind=Posting.Kind.ASSIGNED, book=Book.CREDIT)
    booked = dict(posted.order_by("account").values_list("account").annotate(total=-Sum("amount")))
    wrong = next((account for account in sorted(should.keys() | booked.keys()) if should.get(account, 0) != booked.get(account, 0)), None)
    return "" if wrong is None else f"account {wrong}: {booked.get(wrong, 0)} of held money in its credit, {should.get(wrong, 0)} agreed"


def _used_twice() -> str:
    """More was assigned and given back of one payment than had come in. What was made of it and goes back was assigned before."""
    used = HeldAssignment.objects.exclude(status=AssignmentStatus.REFUSED)
    back = Refund.objects.filter(reversal__isnull=True, charge_return__isnull=True).exclude(status=RefundStatus.REFUSED)
    went: dict[int, int] = {}
    for rows in (used, back):
        for payment, total in rows.order_by("payment").values_list("payment").annotate(total=Sum("amount")):
            went[payment] = went.get(payment, 0) + total
    for payment, amount in ProviderPayment.objects.exclude(use=Use.CREDITED).order_by("pk").values_list("pk", "amount").iterator():
        if went.get(payment, 0) > amount:
            return f"payment at a provider {payment} (key): {went[payment]} used or given back of {amount}"
    return ""
