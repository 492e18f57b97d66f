"""Unusual rises of the demo: one nobody has looked at yet, one explained, one that is over; their reports are those of the last days."""

from datetime import datetime, timedelta

from accounts.models import Meter, Staff, Territory
from casework.models import Case

from ..models import EarlyCluster
from ..operations import rises

_DAY = timedelta(days=1)


def find_rises(at: datetime) -> None:
    """Three of them, as if the detector had found them."""
    people = {one.user.username: one for one in Staff.objects.select_related("user")}
    town = Territory.objects.filter(level=Territory.Level.TOWN).order_by("pk").first()
    meter = Meter.objects.order_by("pk").first()
    if "dan" not in people or town is None or meter is None:
        return
    model = f"{meter.maker} {meter.model}"
    _keep(
        "fault.meter", at - timedelta(minutes=20), {"district": town, "meter_model": model, "window": "day", "doors": 7, "usual": 0.4}, at
    )
    explained = _keep("fault.appliance", at - 2 * _DAY, {"district": town, "window": "week", "doors": 9, "usual": 1.6}, at)
    words = "同一小区更换软管后需重新点火，已逐户上门（示例）。"
    rises.explain(rise=explained, cause="works", explanation=words, by=people["dan"].user, at=at - _DAY)
    over = _keep("complaint.delay", at - 9 * _DAY, {"district": town, "window": "day", "doors": 5, "usual": 0.3}, at - 8 * _DAY)
    rises.explain(rise=over, cause="weather", explanation="大雪封路，抢修延误（示例）。", by=people["dan"].user, at=at - 8 * _DAY)
    EarlyCluster.objects.filter(pk=over.pk).update(ended_at=at - 7 * _DAY)


def _keep(kind: str, found_at: datetime, place: dict[str, object], seen_at: datetime) -> EarlyCluster:
    row = EarlyCluster.objects.create(kind=kind, found_at=found_at, seen_at=seen_at, chance=1e-6, **place)
    row.cases.add(*Case.objects.filter(matter=kind).order_by("-opened_at", "-pk")[: row.doors])
    return row
