"""What follows for the steward: whoever is given an application as cases of all kinds are given is its steward from then on."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event, Transfer

from .models import Application
from .operations import stewards

type Reaction = Callable[[Event, datetime], None]


def follow_owner(event: Event, at: datetime) -> None:
    """A case was assigned, or taken when it was offered, with the words it was offered with."""
    found = Application.objects.select_related("case__timeline", "case__owner__user", "case__owner__hall", "case__account__customer")
    application = found.filter(case__timeline=event.timeline_id).first()
    if application is None:
        return
    taken = Transfer.objects.filter(case=application.pk, outcome=Transfer.Outcome.ACCEPTED, answered_at=event.at).first()
    stewards.follow_owner(application=application, note=taken.note if taken else "", at=event.at)


STEWARD_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {"case.assigned": (follow_owner,), "case.accepted": (follow_owner,)}
