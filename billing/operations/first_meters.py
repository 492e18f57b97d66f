"""The first meter of an account, where gas begins to flow."""

from datetime import datetime

from django.db import transaction

import accounts.operations
from accounts.actors import Actor
from accounts.models import Account, Meter

from ..models import CardWrite, ConnectedMeter
from ..refusals import NoPrepaidMeter
from .card_life import issue_first_card


@transaction.atomic
def put_in_first_meter(*, account: Account, meter: accounts.operations.NewMeter, by: Actor, at: datetime) -> CardWrite | None:
    """Put it in: a card meter's card waits to be made, which is handed back; a connected one is awaited on the air (None).

    Raises NoPrepaidMeter for one that gas cannot be bought for in advance, MeterInUse, AccountClosed.
    """
    if meter.kind not in Meter.PREPAID:
        raise NoPrepaidMeter
    row = accounts.operations.install_meter(account=account, meter=meter, by=by, at=at)
    if row.is_connected:
        ConnectedMeter.objects.create(meter=row)
        return None
    return issue_first_card(account=account, by=by, at=at)
