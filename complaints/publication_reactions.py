"""What follows for answers for everybody."""

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.actors import System
from casework.models import Event

from .models import Publication
from .operations import publications
from .states import PublicationStatus


def forget_drafts(event: Event, at: datetime) -> None:
    """A case is erased: what nobody let out yet goes with it. What is published holds no personal data and stays."""
    unpublished = Publication.objects.filter(
        case__timeline=event.timeline_id, status__in=[PublicationStatus.DRAFT, PublicationStatus.PROPOSED]
    ).order_by("pk")
    for row in unpublished:
        publications.forget(publication=row, by=System("erasure"), at=at)


PUBLICATION_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {"case.erased": (forget_drafts,)}
