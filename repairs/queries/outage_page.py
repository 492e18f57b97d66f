"""Everything the page of an interruption shows."""

from datetime import datetime
from typing import Any

from ..models import Outage, OutageWish
from ..outage_rules import is_told_in_time
from . import outage_calls, outage_messages
from .outage_names import place_names, short_names
from .outage_reach import paths_of, reach_of
from .outage_story import story_of
from .outage_wishes import open_wish
from .outages import tickets_of


def page_of(outage: Outage, *, at: datetime) -> dict[str, Any]:
    """The interruption, whom it touches, what they were told, who is rung, which repairs belong to it, and its story."""
    touched = list(outage.territories.all())
    names = place_names(touched)
    return {
        "outage": outage,
        "places": [names[place.pk] for place in touched],
        "title": short_names(touched),
        "reach": reach_of(paths_of(outage)),
        "rounds": outage_messages.rounds_of(outage),
        "calls": outage_calls.count_calls(outage),
        "tickets": tickets_of(outage),
        "story": story_of(outage),
        "short_wish": open_wish(outage, OutageWish.What.SHORT_NOTICE),
        "night_wish": open_wish(outage, OutageWish.What.NIGHT),
        "refused": list(outage.wishes.filter(decided_by__isnull=False, is_approved=False).order_by("-decided_at")[:3]),
        "is_told_in_time": is_told_in_time(told_at=at, starts_at=outage.starts_at),
        "is_overdue": outage.is_under_way and outage.promised_until < at,
        "now": at,
    }
