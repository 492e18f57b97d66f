"""The ledger as finance looks at it: balances, a day's postings, and the money of one purchase from first to last."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import Account

from ..models import Book, CardWrite, Entry, Posting, Receipt, Reversal, TopUp
from .shifts import day_bounds


class PurchaseNotFound(Exception):
    """No purchase has this reference."""

    def __init__(self) -> None:
        super().__init__(_("There is no such purchase."))


@dataclass(frozen=True)
class BookLine:
    """One book: what moved on a day, and what stands in it now (minor units)."""

    book: str
    label: str
    moved: int
    balance: int


@dataclass(frozen=True)
class MoneyStory:
    """Everything the books know of one purchase."""

    top_up: TopUp
    postings: tuple[Posting, ...]
    receipts: tuple[Receipt, ...]
    writes: tuple[CardWrite, ...]
    reversals: tuple[Reversal, ...]


def book_lines(day: date) -> list[BookLine]:
    """Each book with a day's movement and its balance; the balances sum to zero."""
    start, end = day_bounds(day)
    moved = _sums(Entry.objects.filter(posting__at__gte=start, posting__at__lt=end))
    balances = _sums(Entry.objects.all())
    return [BookLine(book.value, str(book.label), moved.get(book.value, 0), balances.get(book.value, 0)) for book in Book]


def _sums(entries: QuerySet[Entry]) -> dict[str, int]:
    return dict(entries.order_by("book").values_list("book").annotate(total=Sum("amount")))


def postings_of(day: date, book: str = "", amount: int = 0) -> QuerySet[Posting]:
    """The postings of a day, newest first; only those that touch a book or move a sum (minor units), if one is named."""
    start, end = day_bounds(day)
    rows = Posting.objects.filter(at__gte=start, at__lt=end).order_by("-at", "-pk")
    if book:
        rows = rows.filter(Exists(Entry.objects.filter(posting=OuterRef("pk"), book=book)))
    if amount:
        rows = rows.filter(Exists(Entry.objects.filter(posting=OuterRef("pk"), amount=amount)))
    return rows.select_related("top_up", "bill", "charge", "shift__counter__hall").prefetch_related("entries")


def credit_of(account: Account) -> int:
    """What an account has as credit, in minor units."""
    owed: int | None = Entry.objects.filter(book=Book.CREDIT, account=account).aggregate(total=Sum("amount"))["total"]
    return -(owed or 0)


def money_story(reference: str) -> MoneyStory:
    """Where an amount comes from and where it went. Raises PurchaseNotFound."""
    top_up = TopUp.objects.select_related("account", "payment", "shift__counter__hall").filter(reference=reference).first()
    if top_up is None:
        raise PurchaseNotFound
    return MoneyStory(
        top_up=top_up,
        postings=tuple(top_up.postings.order_by("at", "pk").prefetch_related("entries")),
        receipts=tuple(top_up.receipts.select_related("hall").order_by("pk")),
        writes=tuple(top_up.writes.select_related("card").order_by("pk")),
        reversals=tuple(top_up.reversals.order_by("pk")),
    )
