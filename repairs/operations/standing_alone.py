"""A report that follows another stands on its own again, or gives back its crew because the first one has it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from casework.operations import Step, record

from .. import permissions
from ..models import Repair
from ..states import RepairStatus
from .ordering import TRIAGE, call_off, order, send_somebody


class NotFollowing(Exception):
    """It stands by itself already."""

    def __init__(self) -> None:
        super().__init__(_("This report stands by itself already."))


@transaction.atomic
def spare_a_crew(*, repair: Repair, by: User, at: datetime) -> Repair:
    """A dispatcher decides that the crew at the first door is enough, for an emergency too. Raises NotFollowing, Forbidden."""
    permissions.check_may_call_off(by, at=at)
    if repair.follows is None:
        raise NotFollowing
    call_off(case=repair.case, by=by, at=at)
    return repair


@transaction.atomic
def stand_alone(*, repair: Repair, by: Actor, at: datetime) -> Repair:
    """It was another trouble after all: a crew is asked for, if none is. Raises NotFollowing."""
    if repair.follows is None:
        raise NotFollowing
    lead, repair.follows = repair.follows, None
    repair.save(update_fields=["follows"])
    record(timeline_id=repair.case.timeline_id, steps=[Step("repair.stood_alone", {"lead": lead.case_id})], by=by, at=at)
    if not repair.case.is_unfinished:
        return repair
    if repair.case.status == RepairStatus.REPORTED:
        return order(repair=repair, by=TRIAGE, at=at)
    if repair.case.status != RepairStatus.HELD:
        send_somebody(repair=repair, by=TRIAGE, at=at)
    return repair
