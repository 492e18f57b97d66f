"""Credit that is to be paid out, and what was."""

from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import Account

from ..credit_states import CreditPayoutStatus
from ..models import CreditPayout

#: Payouts of one account within such a time count together: many small ones are one large sum.
TOGETHER = timedelta(days=30)


class PayoutNotFound(Exception):
    """Nobody asked for this."""

    def __init__(self) -> None:
        super().__init__(_("There is no such payout of credit."))


def find_payout(reference: str) -> CreditPayout:
    """With its account. Raises PayoutNotFound."""
    found = _rows().filter(reference=reference).first()
    if found is None:
        raise PayoutNotFound
    return found


def waiting_payouts() -> QuerySet[CreditPayout]:
    """What waits for the second signature, the oldest first."""
    return _rows().filter(status=CreditPayoutStatus.ASKED).order_by("asked_at", "pk")


def payouts_of(account: Account) -> QuerySet[CreditPayout]:
    """Of one account, the newest first."""
    return _rows().filter(account=account).order_by("-asked_at", "-pk")


def asked_lately(payout: CreditPayout) -> int:
    """This one, and what else of the account was asked for or paid out shortly before it (minor units)."""
    others = CreditPayout.objects.filter(account=payout.account_id, asked_at__gte=payout.asked_at - TOGETHER, pk__lte=payout.pk)
    total: int | None = others.exclude(status=CreditPayoutStatus.REFUSED).aggregate(total=Sum("amount"))["total"]
    return total or 0


def _rows() -> QuerySet[CreditPayout]:
    return CreditPayout.objects.select_related("account__customer")
