"""After what somebody is asked, and whether that still stands."""

from datetime import datetime

from casework.callback_rules import CallbackRule
from casework.models import Case, Event
from sla.models import Clock

#: The ending before did not last.
UNDONE = ("case.reopened", "case.cancelled", "case.merged")
#: The promise of a call back.
PROMISE = "T73"


def is_over(case: Case, occasion: int) -> bool:
    """Whether the case was opened again, withdrawn or merged since."""
    return Event.objects.filter(timeline=case.timeline_id, verb__in=UNDONE, seq__gt=occasion).exists()


def last_occasion(case: Case, rule: CallbackRule) -> Event | None:
    """The newest event of a case after which somebody asks."""
    return Event.objects.filter(timeline=case.timeline_id, verb__in=list(rule.born_on)).order_by("-seq").first()


def promised_by(case: Case, occasion: int) -> datetime | None:
    """The moment that the promise of a call back names, where one runs for this ending."""
    clocks = Clock.objects.open().filter(timeline=case.timeline_id, promise=PROMISE, started_by=occasion)
    return clocks.values_list("due_at", flat=True).first()
