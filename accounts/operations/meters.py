"""Meters put in and taken out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed


class MeterInUse(Exception):
    """The account has a meter, or the meter hangs elsewhere."""

    def __init__(self, serial: str) -> None:
        super().__init__(_("Meter %(serial)s is still in use. Remove it first.") % {"serial": serial})


@dataclass(frozen=True, kw_only=True)
class NewMeter:
    """What stands on the plate; ``cap_litres`` is the most it takes at once (None: no limit known)."""

    kind: str
    serial: str
    maker: str
    model: str
    use_until: date
    cap_litres: int | None = None


@transaction.atomic
def install_meter(*, account: models.Account, meter: NewMeter, by: Actor, at: datetime) -> models.Meter:
    """Put a meter at an account. Raises MeterInUse when the account still has one or the serial number is known."""
    models.Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    present = models.Meter.objects.filter(account=account, removed_at__isnull=True).first()
    present = present or models.Meter.objects.filter(serial=meter.serial).first()
    if present:
        raise MeterInUse(present.serial)
    row = models.Meter(account=account, installed_at=at, **vars(meter))
    signed(row, by=by, at=at).save()
    return row


@transaction.atomic
def remove_meter(*, meter: models.Meter, residual_litres: int | None, by: Actor, at: datetime) -> models.Meter:
    """Take a meter out, with the credit it still shows in litres (None: it shows none). Removing twice changes nothing."""
    row = models.Meter.objects.select_for_update(no_key=True).get(pk=meter.pk)
    if row.removed_at is None:
        row.removed_at, row.residual_litres = at, residual_litres
        signed(row, by=by, at=at).save(update_fields=["removed_at", "residual_litres"])
    return row
