"""What the customer of a connected meter is told: that little credit is left, once; and that the valve has closed, and why."""

from datetime import datetime
from typing import Any

from django.conf import settings

import notices.operations
from accounts.models import Account, Meter

from .. import valves
from ..models import ConnectedMeter
from ..queries.idle_time import rules
from ..valves import State, Valve


def remind(*, meter: Meter, known: ConnectedMeter, state: State, at: datetime) -> dict[str, Any]:
    """Owe the letters that follow from a report, in the caller's transaction; the columns that remember what was said.

    One reminder for each time the credit runs low: the next only after it was higher.
    """
    if not valves.is_low(state, rules()):
        columns: dict[str, Any] = {"reminded_at": None}
    else:
        columns = {"reminded_at": known.reminded_at or at}
    if meter.account.status == Account.Status.CLOSED:
        return columns
    because = state.because.value if state.because else ""
    closes = state.valve == Valve.CLOSED and (known.valve, known.valve_because) != (state.valve.value, because)
    if closes:
        _owe("meter_closed", meter, {"because": because}, at)
    elif columns["reminded_at"] and known.reminded_at is None and state.balance_litres > 0:
        _owe("meter_low", meter, {"litres": state.balance_litres}, at)
    return columns


def _owe(kind: str, meter: Meter, context: dict[str, Any], at: datetime) -> None:
    account = meter.account
    company = {"company": settings.COMPANY["name"], "hotline": settings.COMPANY["hotline"], "account": account.number}
    key = f"{kind}:{meter.pk}:{at.isoformat()}"
    notices.operations.owe_to_customer(kind=kind, key=key, customer=account.customer, context=company | context, at=at)
