"""Close appeals that were answered and services that were done, and about which nobody said anything more."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import System
from casework.models import Case, Contact, Event
from casework.operations import StaleRow, WrongMove, move_case

from ..states import APPEAL, SERVICE_APPLICATION, AppealStatus, ServiceStatus

log = logging.getLogger(__name__)

_BY = System("closing")
#: Cases closed in one run of the job; the next run goes on.
BATCH = 500
_SETTLED = Q(kind=APPEAL.kind, status=AppealStatus.ANSWERED) | Q(kind=SERVICE_APPLICATION.kind, status=ServiceStatus.DONE)


def close_settled(*, at: datetime, limit: int = BATCH) -> int:
    """Close what was settled more than ``CLOSE_ANSWERED_DAYS`` ago and its customer has been silent about since; how many.

    Each in a transaction of its own and once, however many run this at the same time. Nothing where the setting is 0.
    """
    if not settings.CLOSE_ANSWERED_DAYS:
        return 0
    quiet_since = at - timedelta(days=settings.CLOSE_ANSWERED_DAYS)
    return sum(_close(case, at) for case in _quiet(quiet_since)[:limit])


def _quiet(since: datetime) -> QuerySet[Case]:
    said = Contact.objects.filter(case=OuterRef("pk"), direction=Contact.Direction.IN, is_automatic=False, at__gt=since)
    settled = Event.objects.filter(timeline=OuterRef("timeline"), verb="case.resolved", at__gt=since)
    return Case.objects.unfinished().filter(_SETTLED, ~Exists(said), ~Exists(settled)).order_by("pk")


def _close(case: Case, at: datetime) -> bool:
    try:
        move_case(case=case, verb="close", by=_BY, at=at)
    except (StaleRow, WrongMove):
        log.info("case was moved meanwhile")
        return False
    return True
