"""The promise of an answer on an appeal's timeline."""

from casework.models import Case
from sla.models import Clock

#: The applicant's own promise (T85): the one that more time is asked for.
REPLY = "T85"


def reply_clock(case: Case) -> Clock | None:
    """The clock that runs until the appeal is answered; None for one that came on a channel without this promise, or has ended."""
    found = Clock.objects.filter(timeline=case.timeline_id, version__promise__key=REPLY, stopped_at=None)
    return found.order_by("-pk").first()
