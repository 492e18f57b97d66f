"""Whom to ring, and when: the list of the hotline, in the order in which call backs fall due."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Q, QuerySet

from casework.models import Case

from ..models import FollowUp

#: To be rung now, to be rung later, to be written to or visited, and what has come of the others.
LISTS = ("now", "later", "letters", "ended")
_WAITING = FollowUp.Status.WAITING


def follow_ups(name: str, visible: QuerySet[Case], *, at: datetime) -> QuerySet[FollowUp]:
    """One list, of cases the reader may see: who waits for us first, then what is due first; what ended, the latest first."""
    found = FollowUp.objects.filter(_rule(name, at), case__in=visible.values("pk"))
    found = found.select_related("case__account__customer", "case__premises", "case__timeline", "asked_by")
    if name == "ended":
        return found.order_by(F("ended_at").desc(nulls_last=True), "-pk")
    return found.order_by("-is_pressing", "due_at", "pk")


def counts(visible: QuerySet[Case], *, at: datetime) -> Mapping[str, int]:
    """How many there are in each list of what is still to be done."""
    return {name: FollowUp.objects.filter(_rule(name, at), case__in=visible.values("pk")).count() for name in LISTS[:-1]}


def find(pk: int, visible: QuerySet[Case]) -> FollowUp | None:
    """One of them with all that its page shows."""
    related = ("case__timeline", "case__account__customer", "case__premises", "case__hall", "case__owner", "asked_by", "questionnaire")
    return FollowUp.objects.select_related(*related).filter(pk=pk, case__in=visible.values("pk")).first()


def latest_of(case: Case) -> FollowUp | None:
    """The one that somebody is to make about a case, else the last that was made."""
    return FollowUp.objects.filter(case=case).order_by(F("ended_at").desc(nulls_first=True), "-pk").first()


def history_of(case: Case) -> list[FollowUp]:
    """All of a case, the newest first."""
    return list(FollowUp.objects.filter(case=case).select_related("asked_by").order_by("-born_at", "-pk"))


def _rule(name: str, at: datetime) -> Q:
    phone = Q(status=_WAITING, way=FollowUp.Way.PHONE)
    match name:
        case "now":
            return phone & Q(ring_from__lte=at)
        case "later":
            return phone & Q(ring_from__gt=at)
        case "letters":
            return Q(status=_WAITING) & ~Q(way=FollowUp.Way.PHONE)
    return ~Q(status__in=[_WAITING, FollowUp.Status.DROPPED])
