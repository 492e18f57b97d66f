"""Calls and hotline numbers have promises and are no cases: how alarms and lists name them, and where they lead."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from casework.subjects import Finder, Subject

from .models import Call, HotlineLine


def calls(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The calls on these timelines."""
    rows = Call.objects.filter(timeline__in=list(timelines)).values_list("timeline", "reference")
    return {timeline: Subject(reference, reverse("desk:call", args=[reference])) for timeline, reference in rows}


def lines(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The numbers on these timelines."""
    rows = HotlineLine.objects.filter(timeline__in=list(timelines)).values_list("timeline", "number")
    return {timeline: Subject(number, reverse("desk:hotline_figures")) for timeline, number in rows}


SUBJECTS: Mapping[str, Finder] = {"call": calls, "hotline_line": lines}
