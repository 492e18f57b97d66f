"""What bills have counted of a tier year: whoever gets a card in the middle of one does not begin it anew (domain.md 1.1)."""

from datetime import datetime
from typing import NamedTuple

from ..bill_lines import BillLine, Position
from ..models import Bill
from ..states import BillStatus


class Billed(NamedTuple):
    """Litres of one tier year that stand on bills: in the tiers, and free."""

    priced: int
    free: int


NOTHING_BILLED = Billed(0, 0)


def billed_in(account: int, year: int, *, until: datetime | None = None) -> Billed:
    """Of an account (its key), as its bills stand; ``until``: only those issued by then."""
    rows = Bill.objects.filter(account=account).exclude(status=BillStatus.WITHDRAWN)
    if until is not None:
        rows = rows.filter(issued_at__lte=until)
    counted = Position.after(BillLine.from_json(line) for lines in rows.values_list("lines", flat=True) for line in lines)
    return Billed(counted.priced.get(year, 0), counted.free.get(year, 0))
