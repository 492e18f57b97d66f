"""The reception's own lists: what is to be triaged, what waits for whom, what services are under way. By what is due first."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.models import Absence, Staff
from casework.models import Case

from ..models import DirectionQuestion
from ..states import APPEAL, SERVICE_APPLICATION, AppealStatus, ServiceStatus

#: In the order of the way that a letter goes.
LISTS = ("new", "asked", "forwarded", "drafting", "waiting", "services")
_APPEAL, _SERVICE = Q(kind=APPEAL.kind), Q(kind=SERVICE_APPLICATION.kind)
_RULES: Mapping[str, Q] = {
    "new": _APPEAL & Q(status=AppealStatus.RECEIVED),
    "forwarded": _APPEAL & Q(status=AppealStatus.FORWARDED),
    "drafting": _APPEAL & Q(status=AppealStatus.DRAFTING),
    "waiting": (_APPEAL | _SERVICE) & Q(status=AppealStatus.WAITING),
    "services": _SERVICE & Q(status__in=[ServiceStatus.RECEIVED, ServiceStatus.ROUTED, ServiceStatus.AGREED]),
}


def reception_list(name: str, staff: Staff, *, at: datetime) -> QuerySet[Case]:
    """The unfinished cases of one list. ``asked``: letters whose answer I am asked for, or somebody I stand in for."""
    questions = DirectionQuestion.objects.filter(ended_at=None).select_related("to_staff")
    found = Case.objects.unfinished().filter(_rule(name, staff, at))
    found = found.select_related("timeline", "owner", "appeal", "service_application__specialist")
    found = found.prefetch_related(Prefetch("appeal__direction_questions", questions, to_attr="open_questions"))
    return found.order_by(F("timeline__next_due_at").asc(nulls_last=True), "opened_at", "pk")


def reception_counts(staff: Staff, *, at: datetime) -> Mapping[str, int]:
    """How many stand in each list."""
    return {name: Case.objects.unfinished().filter(_rule(name, staff, at)).count() for name in LISTS}


def _rule(name: str, staff: Staff, at: datetime) -> Q:
    if name != "asked":
        return _RULES[name]
    away = Absence.objects.filter(deputy=staff, starts_at__lte=at, ends_at__gt=at).values("staff")
    mine = DirectionQuestion.objects.filter(Q(to_staff=staff) | Q(to_staff__in=away), ended_at=None)
    return Q(pk__in=mine.values("appeal"))
