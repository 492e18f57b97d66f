"""All connected meters at a glance: which of them want somebody, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from ..models import ConnectedMeter, MeterCommand
from ..states import CommandStatus
from ..valves import Because

#: Reasons for which somebody has to go there.
_NEEDS_A_VISIT = (Because.TAMPER, Because.BATTERY)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many meters, and of them: to be visited, silent, with paid gas they did not fetch."""

    all: int
    to_visit: int
    silent: int
    late: int


def meters(*, at: datetime, only_troubled: bool) -> QuerySet[Any]:
    """Connected meters in use; each has ``is_silent`` and ``is_late``. The worst first."""
    found = _in_use(at)
    if only_troubled:
        found = found.filter(Q(is_silent=True) | Q(is_late=True) | Q(valve_because__in=_NEEDS_A_VISIT))
    rank = Case(
        When(valve_because=Because.TAMPER, then=Value(0)),
        When(valve_because=Because.BATTERY, then=Value(1)),
        When(is_late=True, then=Value(2)),
        When(is_silent=True, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "heard_at", "pk")


def counts(*, at: datetime) -> Counts:
    """For the head of the page."""
    found = _in_use(at)
    return Counts(
        all=found.count(),
        to_visit=found.filter(valve_because__in=_NEEDS_A_VISIT).count(),
        silent=found.filter(is_silent=True).count(),
        late=found.filter(is_late=True).count(),
    )


def _in_use(at: datetime) -> QuerySet[Any]:
    silent_since = at - timedelta(days=settings.METER_SILENT_DAYS)
    late = MeterCommand.objects.filter(meter=OuterRef("pk"), kind=MeterCommand.Kind.RECHARGE, status=CommandStatus.EXPIRED)
    rows = ConnectedMeter.objects.filter(meter__removed_at=None).select_related("meter__account__premises")
    is_silent = Case(When(Q(heard_at__lt=silent_since) | Q(heard_at=None), then=Value(True)), default=Value(False))
    return rows.annotate(is_silent=is_silent, is_late=Exists(late))
