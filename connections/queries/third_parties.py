"""When stages were with a third party (an authority, a reviewer), as the journal tells it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from casework.models import Event

from ..models import Stage

GIVEN, BACK = "connection.stage_given_out", "connection.stage_taken_back"
#: Since when, and until when; None where it is there still, or where the stage ended there.
type Turn = tuple[datetime, datetime | None]


def third_party_turns(stages: QuerySet[Stage]) -> Mapping[tuple[int, str], Sequence[Turn]]:
    """Timeline and stage -> its turns with third parties, the first one first. One statement."""
    told = Event.objects.filter(verb__in=[GIVEN, BACK], timeline__in=stages.values("application__case__timeline"))
    found: dict[tuple[int, str], list[Turn]] = defaultdict(list)
    for timeline, verb, at, facts in told.order_by("timeline", "seq").values_list("timeline", "verb", "at", "facts"):
        turns = found[timeline, facts["about"]]
        if verb == GIVEN:
            turns.append((at, None))
        elif turns and turns[-1][1] is None:
            turns[-1] = (turns[-1][0], at)
    return found
