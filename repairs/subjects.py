"""Interruptions have promises and are no cases: how alarms and lists name them, and where they lead."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from casework.subjects import Finder, Subject

from .models import Outage


def outages(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The interruptions on these timelines."""
    rows = Outage.objects.filter(timeline__in=list(timelines)).values_list("timeline", "reference")
    return {timeline: Subject(reference, reverse("repairs:outage", args=[reference])) for timeline, reference in rows}


SUBJECTS: Mapping[str, Finder] = {"outage": outages}
