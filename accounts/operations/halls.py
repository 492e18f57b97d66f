"""Halls and their counters."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import models
from ..signing import signed


@dataclass(frozen=True, kw_only=True)
class NewHall:
    """What a hall is known by; ``code`` stands in its receipt numbers."""

    code: str
    name: str
    address: str
    territory: models.Territory
    kind: str = models.Hall.Kind.COMPANY
    phone: str = ""
    language: str = "zh-hans"


@transaction.atomic
def open_hall(*, hall: NewHall, by: Actor, at: datetime) -> models.Hall:
    """A new place where customers are served."""
    row = models.Hall(**vars(hall))
    signed(row, by=by, at=at).save()
    return row


@transaction.atomic
def add_counter(*, hall: models.Hall, by: Actor, at: datetime) -> models.Counter:
    """One more desk, numbered after the last."""
    models.Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    last = hall.counters.order_by("-number").values_list("number", flat=True).first() or 0
    return models.Counter.objects.create(hall=hall, number=last + 1)
