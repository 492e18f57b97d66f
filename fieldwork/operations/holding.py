"""Rows held before a timeline is: visits first, in the order of their keys (docs/decisions/0014)."""

from django.db.models import QuerySet

from casework.models import Case, Timeline

from ..models import Visit


def hold_visits(found: QuerySet[Visit]) -> list[Visit]:
    """These visits, locked until the transaction ends. Whoever calls one off, or sees to it otherwise, locks no timeline before."""
    return list(found.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def hold_timeline(case: Case) -> Timeline | None:
    """The timeline of a case, locked until the transaction ends; None where the case is over by now.

    Whoever asks for a visit in two windows at once gets one: the second waits here and then sees the first's.
    """
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=case.timeline_id)
    return timeline if Case.objects.unfinished().filter(pk=case.pk).exists() else None
