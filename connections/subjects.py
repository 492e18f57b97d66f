"""Supplies have a promise (T12) and are no cases: how alarms and lists name them, and where they lead."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from casework.subjects import Finder, Subject

from .models import GasOn


def supplies(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The supplies on these timelines, by the number of their account."""
    rows = GasOn.objects.filter(supply__in=list(timelines)).values_list("supply", "account__number", "application__case__reference")
    return {timeline: Subject(number, reverse("connections:works", args=[reference])) for timeline, number, reference in rows}


SUBJECTS: Mapping[str, Finder] = {"supply": supplies}
