"""Why a promise was broken: said afterwards by whoever knows, counted by code."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Timeline
from casework.operations import Step, record

from .. import permissions
from ..models import BreachReason, Clock


class NotBroken(Exception):
    """There is nothing to explain: kept, or still in time."""

    def __init__(self) -> None:
        super().__init__(_("This promise is not broken."))


@transaction.atomic
def explain_breach(*, clock: Clock, reason: str, by: User, at: datetime) -> Clock:
    """Say why (a BreachReason); said again, the last word counts. Raises Forbidden, NotBroken, ValueError for an unknown reason."""
    permissions.check_may_explain(by, at=at)
    said = BreachReason(reason)
    Timeline.objects.select_for_update(no_key=True).get(pk=clock.timeline_id)
    found = Clock.objects.get(pk=clock.pk)
    if not found.is_breached(at):
        raise NotBroken
    Clock.objects.filter(pk=found.pk).update(breach_reason=said)
    found.breach_reason = said
    facts = {"promise": found.promise_id, "clock": found.pk, "reason": str(said)}
    record(timeline_id=found.timeline_id, steps=[Step("promise.breach_explained", facts)], by=by, at=at)
    return found
