import secrets

from django.db import models


def new_seed() -> str:
    """What the hashes of one timeline are bound to: known before the row is, so that head and row are one statement."""
    return secrets.token_hex(8)


class Timeline(models.Model):
    """What whatever has promises owns: a thin row that numbers and chains its events.

    ``last_seq`` and ``last_hash`` are the head of the chain; they move only together with a new event, under this
    row's lock. Each hash covers ``seed``, so that no event fits into another timeline. ``next_due_at`` is the nearest
    moment a promise on it falls due, for lists.
    """

    kind = models.CharField(max_length=32)
    seed = models.CharField(max_length=16, default=new_seed, editable=False)
    opened_at = models.DateTimeField()
    last_seq = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    next_due_at = models.DateTimeField(null=True)
