"""Forget what crews wrote and who signed, when a case's personal data is erased. Moments, places in metres and readings remain."""

from django.db import transaction

from ..models import DeviceAction, Evidence, Offer, Signature, Visit, WorkLine


@transaction.atomic
def forget_words(*, timeline: int) -> None:
    """Blank notes, reasons, names and coordinates of every visit on a timeline. Doing it twice is no mistake."""
    visits = Visit.objects.filter(timeline=timeline)
    keys = list(visits.values_list("pk", flat=True))
    visits.update(latitude=None, longitude=None)
    Evidence.objects.filter(visit__in=keys).update(note="", latitude=None, longitude=None)
    WorkLine.objects.filter(visit__in=keys).update(note="")
    Offer.objects.filter(visit__in=keys).update(why="")
    DeviceAction.objects.filter(visit__in=keys).update(why="")
    Signature.objects.filter(visit__in=keys).update(name="")
