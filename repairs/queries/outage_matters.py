"""What the events of an interruption say of it, so that promises know it."""

from typing import Any

import accounts.queries

from ..models import Outage


def matter_of(outage: Outage) -> dict[str, Any]:
    """What its events say of it, so that clocks need not look: kind, class, hall, in whose hands.

    Planned works are no accident, whatever their size: their class is their own.
    """
    first = next(iter(outage.territories.all()), None)
    served = accounts.queries.service_area_of(first) if first else None
    return {
        "kind": "outage",
        "classification": outage.classification if outage.is_accident else "planned",
        "urgency": "",
        "segment": "",
        "area": accounts.queries.area_of(first) if first else "",
        "channel": "",
        "hall": served.hall_id if served else None,
        "owner": outage.planned_by_id,
    }
