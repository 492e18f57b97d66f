"""Doors that gas is or could be supplied to."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import addresses, models
from ..signing import signed
from .territory import chain_of


@transaction.atomic
def register_premises(*, territory: models.Territory, door: str, by: Actor, at: datetime) -> models.Premises:
    """The door with its written address; the same door twice is the same row."""
    door = door.strip()
    known = models.Premises.objects.filter(territory=territory, door=door).first()
    if known:
        return known
    names = [node.name for node in chain_of(territory)]
    premises = models.Premises(territory=territory, door=door, address=addresses.written([*names, door]))
    signed(premises, by=by, at=at).save()
    return premises
