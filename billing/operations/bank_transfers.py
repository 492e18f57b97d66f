"""Transfers out of the bank's file, through the one door for money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import System
from accounts.clock import business_date

from ..models import Payout, Provider, ProviderPayment
from ..providers.bank import BadLine, number_of, read_file
from ..providers.protocol import Heard
from ..reconciliation.files import decoded, unpacked
from .provider_payments import take


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many transfers were used, held for a person, or booked before (by an earlier file, or as a payout); and the lines that could
    not be read."""

    used: int
    held: int
    known: int
    bad: Sequence[BadLine]


def import_transfers(*, content: bytes, at: datetime) -> Imported:
    """Book each incoming transfer in a transaction of its own, so that one bad line stops no other. Raises UnknownColumns, BadBill."""
    lines = list(read_file(decoded(unpacked(content))))
    transfers = [line for line in lines if isinstance(line, Heard)]
    rows = ProviderPayment.objects.filter(provider=Provider.BANK, transaction__in=[one.transaction for one in transfers])
    known = set(rows.values_list("transaction", flat=True))
    # What a provider paid out to us is no customer's money, and was noted as what it is.
    days = {business_date(one.paid_at) for one in transfers}
    known |= {number_of(day, slip) for day, slip in Payout.objects.filter(day__in=days).values_list("day", "slip")}
    by, way = System("bank"), ProviderPayment.HeardBy.STATEMENT
    booked = [take(provider=Provider.BANK, heard=one, heard_by=way, by=by, at=at) for one in transfers if one.transaction not in known]
    used = sum(payment.use == ProviderPayment.Use.CREDITED for payment in booked)
    bad = [line for line in lines if isinstance(line, BadLine)]
    return Imported(used=used, held=len(booked) - used, known=len(transfers) - len(booked), bad=bad)
