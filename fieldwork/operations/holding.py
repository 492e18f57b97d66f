"""Rows held before a timeline is: visits first, in the order of their keys (docs/decisions/0014)."""

from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.clock import business_midnight
from accounts.models import ServiceArea, Staff
from casework.models import Case, Timeline

from ..models import Visit
from ..queries.errands import Errand, standins


def hold_visits(found: QuerySet[Visit]) -> list[Visit]:
    """These visits, locked until the transaction ends. Whoever calls one off, or sees to it otherwise, locks no timeline before."""
    return list(found.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def hold_timeline(case: Case) -> Timeline | None:
    """The timeline of a case, locked until the transaction ends; None where the case is over by now.

    Whoever asks for a visit in two windows at once gets one: the second waits here and then sees the first's.
    """
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=case.timeline_id)
    return timeline if Case.objects.unfinished().filter(pk=case.pk).exists() else None


def hold_day(errand: Errand, day: date) -> None:
    """The times of an area on a day, and who may make this visit, locked until the transaction ends; after everything else."""
    ServiceArea.objects.select_for_update(no_key=True).get(pk=errand.area.pk)
    if errand.owner is not None:
        people = standins((business_midnight(day), business_midnight(day + timedelta(days=1)))).helpers_of(errand.owner)
        list(Staff.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
