"""What happened to an interruption, in the words of its journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Staff
from casework.models import Event
from casework.presenters import presenters, say

from ..models import Outage
from ..models.outage import OutageClass


@dataclass(frozen=True)
class StoryLine:
    """One line of what happened: when, what, by whom."""

    at: datetime
    text: str
    by: str
    note: str = ""


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
