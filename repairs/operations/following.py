"""Follow an earlier report of the same trouble. Nothing is merged: the follower keeps its case, its promises, and the way back.

Note [An emergency is never swallowed]. Whoever follows a report from the same door needs no second crew, nor does a fault that is no
emergency. An emergency at another door keeps its own visit, unless a dispatcher, who answers for it, calls it off; and when the
crew at the first door has finished, an emergency that followed gets a visit of its own.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.models import Timeline, Urgency
from casework.operations import Step, record
from fieldwork.models import Visit
from fieldwork.operations.holding import hold_visits

from ..models import Repair
from ..queries.nearby import neighbours_of
from .ordering import TRIAGE, call_off


class NotAlike(Exception):
    """Only reports near in place and time, which are not over, are followed."""

    def __init__(self) -> None:
        super().__init__(_("This report cannot be joined to that one: it is over, or it is about something else."))


@transaction.atomic
def follow(*, repair: Repair, lead: Repair, by: Actor, at: datetime) -> Repair:
    """It is the same trouble as ``lead``, or as what that one follows. See Note [An emergency is never swallowed].

    Raises NotAlike.
    """
    lead = lead.follows or lead
    _hold(repair, lead)
    alike = {other.pk: how for other, how in neighbours_of(repair, at=at)}
    if lead.pk not in alike or not repair.case.is_unfinished or repair.followers.exists() or lead.follows_id is not None:
        raise NotAlike
    repair.follows = lead
    repair.save(update_fields=["follows"])
    joined = Step("repair.followed", {"lead": lead.case_id, "how": alike[lead.pk]})
    record(timeline_id=repair.case.timeline_id, steps=[joined], by=by, at=at)
    record(timeline_id=lead.case.timeline_id, steps=[Step("repair.joined", {"case": repair.case_id})], by=by, at=at)
    if alike[lead.pk] == "same_door" or repair.case.urgency != Urgency.EMERGENCY:
        _spare_a_crew(repair, lead, at)
    return repair


def _hold(repair: Repair, lead: Repair) -> None:
    """Of two that would follow each other at the same moment the second sees what the first did: each waits for both, in one order."""
    # The visit that may be called off below goes first, as in a crew's own steps.
    hold_visits(Visit.objects.open().filter(case=repair.case))
    timelines = Timeline.objects.filter(pk__in=[repair.case.timeline_id, lead.case.timeline_id])
    list(timelines.select_for_update(no_key=True).order_by("pk"))
    lead.follows_id = Repair.objects.values_list("follows", flat=True).get(pk=lead.pk)


def _spare_a_crew(repair: Repair, lead: Repair, at: datetime) -> None:
    """Only where somebody is really sent to the other one."""
    if Visit.objects.open().filter(case=lead.case).exists():
        call_off(case=repair.case, by=TRIAGE, at=at)
