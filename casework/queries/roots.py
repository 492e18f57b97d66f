"""The signed roots of the journal, to show."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ..models import JournalRoot


def roots() -> QuerySet[JournalRoot]:
    """Newest first."""
    return JournalRoot.objects.order_by("-number")


def last_root_at() -> datetime | None:
    """When the newest root was made."""
    return roots().values_list("made_at", flat=True).first()


def told(number: int) -> str:
    """A root in words: its number and its day."""
    made_at = JournalRoot.objects.filter(number=number).values_list("made_at", flat=True).first()
    return f"root {number} of {timezone.localdate(made_at)}" if made_at else f"root {number}"
