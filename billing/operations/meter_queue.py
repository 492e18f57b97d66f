"""Number a command of a connected meter and put it where the meter finds it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from accounts.actors import Actor, System
from accounts.models import Meter
from casework.models import Timeline
from casework.operations import Step, open_timeline, record

from ..models import ConnectedMeter, MeterCommand

#: Who acts when a meter connects.
GATEWAY = System("meters")


def queue_command(
    meter: Meter, kind: MeterCommand.Kind, columns: dict[str, Any], *, timeline: Timeline | None = None, by: Actor, at: datetime
) -> MeterCommand:
    """The next command of a meter, in the caller's transaction; its number is taken under the lock of the meter's own row.

    It is told on ``timeline``, else on one of its own.
    """
    ConnectedMeter.objects.get_or_create(meter=meter)
    number = ConnectedMeter.objects.select_for_update(no_key=True).values_list("next_number", flat=True).get(pk=meter.pk)
    ConnectedMeter.objects.filter(pk=meter.pk).update(next_number=F("next_number") + 1)
    step = Step("meter_command.queue", {"meter": meter.pk, "number": number, "kind": kind.value, "litres": columns.get("litres", 0)})
    if timeline is None:
        timeline = open_timeline(kind="meter_command", steps=[step], by=by, at=at)
    else:
        record(timeline_id=timeline.pk, steps=[step], by=by, at=at, known=timeline)
    return MeterCommand.objects.create(
        meter=meter, number=number, kind=kind, by=by.actor_label, queued_at=at, expires_at=expiry(at), timeline=timeline, **columns
    )


def expiry(at: datetime) -> datetime:
    """Until when a command queued now waits for its meter."""
    return at + timedelta(days=settings.METER_COMMAND_DAYS)
