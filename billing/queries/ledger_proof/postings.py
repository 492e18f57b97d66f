"""Postings: balanced; what they say we owe and what they say we sold."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from ...models import Book, Entry, Posting, TopUp
from ...states import NOT_ON_A_CARD, TopUpStatus
from .rows import breaking, named


def unbalanced() -> str:
    """Two entries or more, sum zero."""
    sums = Entry.objects.order_by("posting").values("posting").annotate(total=Sum("amount"), lines=Count("pk"))
    wrong = sums.filter(~Q(total=0) | Q(lines__lt=2)).first()
    if wrong:
        return f"posting {wrong['posting']}: {wrong['lines']} entries sum to {wrong['total']}"
    empty = Posting.objects.filter(~Exists(Entry.objects.filter(posting=OuterRef("pk"))))
    return named(empty, "posting {}: no entries")


def prepaid() -> str:
    """PREPAID of each account is minus what it paid and has not on a card."""
    homeless = named(Entry.objects.filter(book=Book.PREPAID, account__isnull=True), "entry {}: prepaid money of no account")
    if homeless:
        return homeless
    booked = Entry.objects.filter(book=Book.PREPAID).order_by("account").values("account").annotate(total=Sum("amount")).exclude(total=0)
    owed = TopUp.objects.filter(status__in=NOT_ON_A_CARD, amount__gt=0).order_by("account").values("account").annotate(total=Sum("amount"))
    balances = {row["account"]: -row["total"] for row in booked.iterator()}
    debts = {row["account"]: row["total"] for row in owed.iterator()}
    for account in sorted(balances.keys() | debts.keys()):
        if balances.get(account, 0) != debts.get(account, 0):
            return f"account {account}: the ledger owes it {balances.get(account, 0)}, its purchases {debts.get(account, 0)}"
    return ""


def sales() -> str:
    """SALES of each purchase is minus its amount while it is on a card, else zero."""
    stray = Entry.objects.filter(book=Book.SALES, posting__top_up__isnull=True, posting__bill__isnull=True)
    kinds = Q(posting__kind__in=[Posting.Kind.DELIVERY, Posting.Kind.UNDELIVERY], posting__bill__isnull=True)
    kinds |= Q(posting__kind=Posting.Kind.BILLED, posting__top_up__isnull=True)
    return (
        named(stray, "entry {}: a sale without a purchase")
        or named(breaking(Entry.objects.filter(book=Book.SALES), kinds), "entry {}: a sale outside a delivery")
        or named(_wrong_deliveries(), "entry {}: not what its purchase says")
        or _sold_otherwise()
        or named(_written().filter(~Exists(_sold_entries())), "top-up {}: written, but not in the books as sold")
    )


def _wrong_deliveries() -> QuerySet[Entry]:
    """Entries of deliveries (or their mirrors) with the wrong book, amount or account: two swapped ones leave every sum as it was."""
    amount, delivered = F("posting__top_up__amount"), Q(posting__kind=Posting.Kind.DELIVERY)
    taken_off = Q(posting__kind=Posting.Kind.UNDELIVERY)
    money = (delivered & (Q(book=Book.PREPAID, amount=amount) | Q(book=Book.SALES, amount=-amount))) | (
        taken_off & (Q(book=Book.PREPAID, amount=-amount) | Q(book=Book.SALES, amount=amount))
    )
    return breaking(Entry.objects.filter(delivered | taken_off), money & Q(account=F("posting__top_up__account")))


def _written() -> QuerySet[TopUp]:
    return TopUp.objects.filter(status=TopUpStatus.WRITTEN, amount__gt=0)


def _sold_entries() -> QuerySet[Entry]:
    return Entry.objects.filter(book=Book.SALES, posting__top_up=OuterRef("pk"))


def _sold_otherwise() -> str:
    should = Case(When(posting__top_up__status=TopUpStatus.WRITTEN, then=-F("posting__top_up__amount")), default=Value(0))
    sums = (
        Entry.objects.filter(book=Book.SALES, posting__bill__isnull=True)
        .annotate(should=should)
        .order_by("posting__top_up")
        .values("posting__top_up", "should")
        .annotate(total=Sum("amount"))
    )
    wrong = sums.exclude(total=F("should")).first()
    return f"top-up {wrong['posting__top_up']}: sold for {wrong['total']} in the books, should be {wrong['should']}" if wrong else ""
