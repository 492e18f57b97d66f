"""Orders for the valve of a connected meter. To open is to let it be opened: billing/valves.py, Note [Nobody opens a valve from afar]."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Meter
from casework.operations import move

from .. import permissions
from ..meter_refusals import NoConnectedMeter
from ..models import MeterCommand
from ..refusals import ReasonMissing
from ..states import METER_COMMAND, UNCONFIRMED
from ..valves import Because
from .meter_queue import queue_command

Kind = MeterCommand.Kind


@transaction.atomic
def open_valve(*, meter: Meter, reason: str, by: Actor, at: datetime) -> MeterCommand:
    """Let the valve be opened by whoever presses its key; asked twice, once. Raises Forbidden, ReasonMissing, NoConnectedMeter."""
    return _order_valve(meter, Kind.OPEN_VALVE, reason, by=by, at=at)


@transaction.atomic
def close_valve(*, meter: Meter, reason: str, by: Actor, at: datetime) -> MeterCommand:
    """Close the valve when the meter next connects; asked twice, once. Raises Forbidden, ReasonMissing, NoConnectedMeter."""
    return _order_valve(meter, Kind.CLOSE_VALVE, reason, by=by, at=at)


def _order_valve(meter: Meter, kind: MeterCommand.Kind, reason: str, *, by: Actor, at: datetime) -> MeterCommand:
    permissions.check_may_manage_devices(by, at=at)
    if not reason.strip():
        raise ReasonMissing
    if meter.removed_at is not None or meter.kind != Meter.Kind.IOT:
        raise NoConnectedMeter
    because = Because.REMOTE.value if kind == Kind.CLOSE_VALVE else ""
    return order_valve(meter=meter, kind=kind, because=because, reason=reason.strip()[:200], by=by, at=at)


def order_valve(*, meter: Meter, kind: MeterCommand.Kind, because: str, reason: str = "", by: Actor, at: datetime) -> MeterCommand:
    """Queue an order for the valve, in the caller's transaction; one that waits for the opposite is withdrawn."""
    waiting = list(
        MeterCommand.objects.select_for_update(no_key=True)
        .filter(meter=meter, kind__in=[Kind.OPEN_VALVE, Kind.CLOSE_VALVE], status__in=UNCONFIRMED)
        .order_by("number")
    )
    for command in waiting:
        if command.kind != kind and command.sent_at is None:
            move(command, METER_COMMAND, "withdraw", by=by, at=at, fields={"ended_at": at})
    # Only the last order counts: an older one of the same kind, with the opposite sent after it, has had its time.
    if waiting and waiting[-1].kind == kind:
        return waiting[-1]
    return queue_command(meter, kind, {"because": because, "reason": reason}, by=by, at=at)
