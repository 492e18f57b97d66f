"""What time does when something happens: clocks listen at once; what fired alarms demand is carried out in batches by the drain."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from casework.models import Effect
from casework.registry import Batch

from .operations import escalations, listening, sweeping


def escalate(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Many fired alarms at once."""
    return escalations.escalate(effects=effects, at=at)


LISTENERS = (listening.follow,)
#: Safety first.
BATCHES: Mapping[str, Batch] = {sweeping.SAFETY_TOPIC: escalate, sweeping.TOPIC: escalate}
