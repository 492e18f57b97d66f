"""Reversals that wait for somebody to decide, and those decided lately."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import User

from ..models import Receipt, Reversal
from .names import names_of

LATELY = 30
_OWN = 20
PAGE = 25


class ReversalNotFound(Exception):
    """Nothing waits for a decision under this reference, or not in the reader's hall."""

    def __init__(self) -> None:
        super().__init__(_("No reversal of this purchase waits for a decision."))


@dataclass(frozen=True)
class InboxRow:
    """One wish with who asked, in names, and the receipt it would take back."""

    reversal: Reversal
    asked_by: str
    decided_by: str
    receipt: Receipt | None


def inbox(user: User, page: str | None = None) -> "tuple[Page[InboxRow], list[InboxRow]]":
    """A page of what waits (oldest first) and what was decided lately (newest first), of the reader's hall or of all."""
    rows = _seen(user)
    waiting: Any = Paginator(rows.filter(status=Reversal.Status.ASKED).order_by("asked_at", "pk"), PAGE).get_page(page)
    decided = list(rows.exclude(status=Reversal.Status.ASKED).order_by("-decided_at", "-pk")[:LATELY])
    names = names_of(label for row in [*waiting, *decided] for label in (row.asked_by, row.decided_by))
    waiting.object_list = [_row(each, names) for each in waiting]
    return waiting, [_row(each, names) for each in decided]


def count_waiting(user: User) -> int:
    """How many wait for a decision, of the reader's hall or of all."""
    return _seen(user).filter(status=Reversal.Status.ASKED).exclude(asked_by=user.actor_label).count()


def own_open(user: User) -> list[Reversal]:
    """What this reader asked for and is not over: what may be carried out now first, then what waits for a second signature."""
    open_now = [Reversal.Status.APPROVED, Reversal.Status.ASKED]
    rows = Reversal.objects.filter(asked_by=user.actor_label, status__in=open_now).select_related("top_up__account")
    return sorted(rows.order_by("asked_at", "pk")[:_OWN], key=lambda row: row.status == Reversal.Status.ASKED)


def waiting_reversal(user: User, reference: str) -> Reversal:
    """The wish that waits for this purchase. Raises ReversalNotFound."""
    found = _seen(user).filter(status=Reversal.Status.ASKED, top_up__reference=reference).first()
    if found is None:
        raise ReversalNotFound
    return found


def _seen(user: User) -> QuerySet[Reversal]:
    staff = accounts.queries.current_staff(user)
    rows = Reversal.objects.select_related("top_up__account", "top_up__payment").prefetch_related("top_up__receipts__hall")
    if staff.hall_id is None:
        return rows
    # Purchases carried over from before our tills belong to no hall: whoever sees them may decide.
    return rows.filter(Q(top_up__shift__counter__hall=staff.hall_id) | Q(top_up__shift__isnull=True))


def _row(reversal: Reversal, names: dict[str, str]) -> InboxRow:
    receipts = [receipt for receipt in reversal.top_up.receipts.all() if receipt.kind == Receipt.Kind.PAYMENT]
    return InboxRow(
        reversal=reversal,
        asked_by=names.get(reversal.asked_by, _("the system")),
        decided_by=names.get(reversal.decided_by, _("the rule for small amounts") if reversal.decided_by else ""),
        receipt=receipts[0] if receipts else None,
    )
