"""What is owed."""

from datetime import datetime

from ..models import Effect


def oldest_effect_due(at: datetime) -> datetime | None:
    """Since when the effect that has waited longest is due; None when none is."""
    due = Effect.objects.owed().filter(next_attempt_at__lte=at)
    return due.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def next_effect_at(at: datetime) -> datetime | None:
    """The nearest moment after ``at`` at which an effect falls due."""
    due = Effect.objects.owed().filter(next_attempt_at__gt=at)
    return due.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def count_effects() -> tuple[int, int]:
    """How many are owed, and how many were given up."""
    return Effect.objects.owed().count(), Effect.objects.given_up().count()
