"""Everything the page of an interruption shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Staff
from casework.models import Event
from casework.presenters import presenters, say

from ..models import Outage, OutageWish
from ..models.outage import OutageClass
from ..outage_rules import is_told_in_time
from . import outage_calls, outage_messages
from .outage_names import place_names, short_names
from .outage_reach import Reach, paths_of, reach_of
from .outages import open_wish, tickets_of


@dataclass(frozen=True)
class StoryLine:
    """One line of what happened: when, what, by whom."""

    at: datetime
    text: str
    by: str
    note: str = ""


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


def reach_now(outage: Outage) -> Reach:
    """Whom it touches as things stand."""
    return reach_of(paths_of(outage))


def story_of(outage: Outage) -> Sequence[StoryLine]:
    """Every event that has words, with who did it."""
    events: list[Event] = list(outage.timeline.events.order_by("seq"))
    users = [int(event.by[5:]) for event in events if event.by.startswith("user:")]
    names = {f"user:{one.user_id}": str(one) for one in Staff.objects.filter(user__in=users)}
    told = [(event, presenters().get(event.verb)) for event in events]
    return [StoryLine(event.at, say(telling.staff, _Told(event.facts)), names.get(event.by, "")) for event, telling in told if telling]


class _Told(dict[str, Any]):
    """The facts of an event. Other rooms' sentences may name what is told of cases only: a dash, for a list nothing."""

    def __missing__(self, name: str) -> Any:
        if name == "changes":
            return [str(OutageClass(self["classification"]).label)] if self.get("classification") in OutageClass.values else []
        return "-"
