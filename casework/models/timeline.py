from django.db import models


class Timeline(models.Model):
    """What whatever has promises owns: a thin row that numbers and chains its events.

    ``last_seq`` and ``last_hash`` are the head of the chain; they move only together with a new event, under this
    row's lock. ``next_due_at`` is the nearest moment a promise on it falls due, for lists.
    """

    kind = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    last_seq = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    next_due_at = models.DateTimeField(null=True)
