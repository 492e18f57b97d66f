"""Payments, purchases and their postings tell one story."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ...models import Book, Entry, HeldAssignment, Payment, Posting, Reversal, TopUp
from ...money import price_of
from ...states import AssignmentStatus, TopUpStatus
from ..provider_books import BOOK_OF_PROVIDER, ONLINE_METHODS
from .rows import breaking, named

CHUNK = 5_000


def unposted() -> str:
    """Payment and purchase have one amount; one posting says so, in the book of the method and for the right account."""
    posted = Posting.objects.filter(kind=Posting.Kind.PAYMENT, top_up=OuterRef("top_up"))
    unpaid = Posting.objects.filter(kind=Posting.Kind.PAYMENT, top_up__payment__isnull=True)
    return (
        named(Payment.objects.exclude(amount=F("top_up__amount")), "payment {}: another amount than its purchase")
        or named(Payment.objects.filter(~Exists(posted), amount__gt=0), "payment {}: not in the ledger")
        or named(unpaid, "posting {}: a payment that was never taken")
        or _posted_twice(Posting.Kind.PAYMENT)
        or named(_wrong_entries(Posting.Kind.PAYMENT, sign=1), "entry {}: not what its payment says")
    )


def unpaid() -> str:
    """Purchases of ours are paid for; what is taken back is refunded once, and nothing else is."""
    ours = TopUp.objects.filter(kind=TopUp.Kind.PURCHASE, amount__gt=0, payment__isnull=True).exclude(channel=TopUp.Channel.CARRIED_OVER)
    back = TopUp.objects.filter(status=TopUpStatus.REVERSED, payment__amount__gt=0)
    refund = Posting.objects.filter(kind=Posting.Kind.REFUND, top_up=OuterRef("pk"))
    # Without a purchase: money that leaves a provider, whose own rules are in providers.py.
    undue = breaking(Posting.objects.filter(kind=Posting.Kind.REFUND, top_up__isnull=False), Q(top_up__status=TopUpStatus.REVERSED))
    return (
        named(ours, "top-up {}: sold, but never paid")
        or named(back.filter(~Exists(refund)), "top-up {}: taken back, but the money was not returned")
        or named(undue, "posting {}: a refund for a purchase that stands")
        or _posted_twice(Posting.Kind.REFUND)
        or named(_wrong_entries(Posting.Kind.REFUND, sign=-1), "entry {}: not what its payment says")
        or named(_wrong_mirrors(), "posting {}: not the mirror of what it takes back")
        or named(back.filter(~Exists(_done(OuterRef("pk")))), "top-up {}: taken back, but nobody's wish was carried out")
    )


def _posted_twice(kind: Posting.Kind) -> str:
    times = Posting.objects.filter(kind=kind, top_up__isnull=False).order_by("top_up").values("top_up").annotate(times=Count("pk"))
    wrong = times.filter(times__gt=1).first()
    return f"top-up {wrong['top_up']}: {wrong['times']} postings of the kind “{kind.label}”" if wrong else ""


def _wrong_mirrors() -> QuerySet[Posting]:
    """Refunds and undeliveries that do not refer to their own purchase's payment or delivery; others that refer to anything.

    What is taken back of compensations has a rule of its own.
    """
    own = Q(reverses__top_up=F("top_up"))
    refund = Q(kind=Posting.Kind.REFUND, reverses__kind=Posting.Kind.PAYMENT)
    sent = Q(kind=Posting.Kind.REFUND, top_up__isnull=True, reverses__isnull=True)
    taken_off = Q(kind=Posting.Kind.UNDELIVERY, reverses__kind=Posting.Kind.DELIVERY)
    mirrors = Q(kind__in=[Posting.Kind.REFUND, Posting.Kind.UNDELIVERY])
    found = Posting.objects.filter(mirrors | Q(reverses__isnull=False)).exclude(kind=Posting.Kind.COMPENSATION_BACK)
    return breaking(found, (own & (refund | taken_off)) | sent)


def _done(top_up: OuterRef) -> QuerySet[Reversal]:
    return Reversal.objects.filter(top_up=top_up, status=Reversal.Status.DONE)


def _wrong_entries(kind: Posting.Kind, *, sign: int) -> QuerySet[Entry]:
    """Entries of payments (or refunds) with the wrong book, amount, till or account."""
    paid = F("posting__top_up__payment__amount")
    money = Q(amount=sign * paid)
    at_the_till = Q(shift__isnull=False) & (Q(shift=F("posting__top_up__shift")) if kind == Posting.Kind.PAYMENT else Q())
    rule = (
        Q(book=Book.PREPAID, amount=-sign * paid, account=F("posting__top_up__account"))
        | (money & at_the_till & Q(book=Book.CASH, posting__top_up__payment__method=Payment.Method.CASH))
        | (money & at_the_till & Q(book=Book.BANK_CARD, posting__top_up__payment__method=Payment.Method.BANK_CARD))
        | (money & _of_a_kiosk(kind) & Q(posting__top_up__payment__method=Payment.Method.KIOSK_CASH))
        | (money & _of_a_provider(kind))
        | (money & Q(book=Book.OPENING, posting__top_up__channel=TopUp.Channel.CARRIED_OVER))
    )
    sent = Q(posting__kind=Posting.Kind.REFUND, posting__top_up__isnull=True, book__in=[Book.HELD, *BOOK_OF_PROVIDER.values()])
    return breaking(Entry.objects.filter(posting__kind=kind), rule | sent)


def _of_a_kiosk(kind: Posting.Kind) -> Q:
    """Cash comes in at the machine, and goes back over a counter."""
    return Q(book=Book.KIOSK_CASH, shift__isnull=True) if kind == Posting.Kind.PAYMENT else Q(book=Book.CASH, shift__isnull=False)


def _of_a_provider(kind: Posting.Kind) -> Q:
    """What was paid online comes in at its provider, or out of what was held; what is to go back is held until it went."""
    online = Q(posting__top_up__payment__method__in=ONLINE_METHODS, shift__isnull=True)
    if kind == Posting.Kind.REFUND:
        return online & Q(book=Book.HELD)
    assigned = HeldAssignment.objects.filter(checkout=OuterRef("posting__top_up__checkout"), status=AssignmentStatus.DONE)
    return online & (Q(book=F("posting__top_up__payment__method")) | (Q(book=Book.HELD) & Q(Exists(assigned))))


def lines() -> str:
    """Lines sum to volume and amount; each is its volume at its price; tier 0 is the free part."""
    columns = ("pk", "litres", "free_litres", "amount", "lines")
    for key, litres, free, amount, split in TopUp.objects.values_list(*columns).order_by("pk").iterator(chunk_size=CHUNK):
        if (split or amount) and not _adds_up(split, litres, free, amount):
            return f"top-up {key}: its lines do not sum to {litres} l and {amount}"
    return ""


def _adds_up(split: list[dict[str, int]], litres: int, free: int, amount: int) -> bool:
    return (
        sum(line["litres"] for line in split) == litres
        and sum(line["litres"] for line in split if line["tier"] == 0) == free
        and sum(line["amount"] for line in split) == amount
        and all(line["amount"] == price_of(line["litres"], line["unit_price"]) for line in split)
    )
