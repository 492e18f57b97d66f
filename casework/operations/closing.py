"""Close what was answered and what nobody said anything more about."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actors import System

from ..models import Case, Contact
from ..states import GENERAL_REQUEST, RequestStatus
from .cases import move_case
from .moves import StaleRow, WrongMove

log = logging.getLogger(__name__)

_BY = System("closing")
#: Requests closed in one run of the job; the next run goes on.
BATCH = 500


def close_answered(*, at: datetime, limit: int = BATCH) -> int:
    """Close general requests whose answer is older than ``CLOSE_ANSWERED_DAYS`` and whose customer has not said a word since; how many.

    Each in a transaction of its own and once, however many run this at the same time: whoever comes second finds it moved. Nothing
    where the setting is 0.
    """
    if not settings.CLOSE_ANSWERED_DAYS:
        return 0
    quiet_since = at - timedelta(days=settings.CLOSE_ANSWERED_DAYS)
    return sum(_close(case, at) for case in _settled(quiet_since)[:limit])


def _settled(quiet_since: datetime) -> QuerySet[Case]:
    said = Contact.objects.filter(case=OuterRef("pk"), direction=Contact.Direction.IN, is_automatic=False, at__gt=quiet_since)
    answered = Case.objects.unfinished().filter(kind=GENERAL_REQUEST.kind, status=RequestStatus.ANSWERED)
    return answered.filter(~Exists(said), general_request__answered_at__lte=quiet_since).order_by("pk")


def _close(case: Case, at: datetime) -> bool:
    try:
        move_case(case=case, verb="close", by=_BY, at=at)
    except (StaleRow, WrongMove):
        log.info("request was moved meanwhile")
        return False
    return True
