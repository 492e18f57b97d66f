"""Kiosks, breaks and visits to counters have promises and are no cases: how alarms and lists name them, and where they lead."""

from collections.abc import Collection, Mapping

from casework.subjects import Finder, Subject

from .models import Break, CounterVisit, Kiosk


def kiosks(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The machines on these timelines."""
    rows = Kiosk.objects.filter(timeline__in=list(timelines)).values_list("timeline", "code")
    return {timeline: Subject(code, f"/staff/kiosks/{code}/") for timeline, code in rows}


def breaks(timelines: Collection[int]) -> Mapping[int, Subject]:
    """What does not agree on these timelines."""
    rows = Break.objects.filter(timeline__in=list(timelines)).values_list("timeline", "reference")
    return {timeline: Subject(reference, f"/staff/reconciliation/{reference}/") for timeline, reference in rows}


def counter_visits(timelines: Collection[int]) -> Mapping[int, Subject]:
    """Who is served on these timelines."""
    rows = CounterVisit.objects.filter(timeline__in=list(timelines)).values_list("timeline", "reference")
    return {timeline: Subject(reference, f"/staff/counter-visits/{reference}/") for timeline, reference in rows}


SUBJECTS: Mapping[str, Finder] = {"break": breaks, "counter_visit": counter_visits, "kiosk": kiosks}
