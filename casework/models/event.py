from django.db import models

from .append_only import AppendOnly


class Event(AppendOnly):
    """One step on a timeline: what (a dotted verb), when, by whom, and the facts of it.

    ``hash`` covers the event and the hash before it, so that an edit anywhere breaks every link after it. No foreign
    key but the timeline's, and no personal data in ``facts``: an event outlives the people in it.
    """

    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timeline", "seq"], name="an_event_has_its_own_place_on_its_timeline")]
