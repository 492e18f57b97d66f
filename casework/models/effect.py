from django.db import models
from django.db.models import Q


class EffectQuerySet(models.QuerySet["Effect"]):
    def owed(self) -> "EffectQuerySet":
        """Neither carried out nor given up."""
        return self.filter(done_at=None, dead_at=None)

    def given_up(self) -> "EffectQuerySet":
        """A person must look."""
        return self.exclude(dead_at=None)


class Effect(models.Model):
    """Something that must follow, written in the transaction of its cause and carried out later by the drain.

    Owed until ``done_at``; tried again with growing pauses; ``dead_at`` when it was given up and a person must look.
    ``topic`` names the function (``reactions.py`` of an app) that carries it out; ``key`` makes it unique.
    """

    topic = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="an_effect_is_owed_once")]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="effect_owed", condition=Q(done_at__isnull=True, dead_at__isnull=True)),
            # To prune what is done without reading what is owed.
            models.Index(fields=["done_at"], name="effect_done", condition=Q(done_at__isnull=False)),
        ]
