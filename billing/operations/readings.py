"""Take readings of meters, from whoever sends them, and judge the doubtful ones."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, Meter

from .. import permissions
from ..bill_refusals import BadReading, NoMeterToRead, NotDoubtful
from ..models import Reading
from ..plausibility import REGISTER_LITRES, Doubt, doubt_about
from ..queries.readings import FROM_CUSTOMERS, known_of, read_meter, replaceable
from . import reading_letters

OLDEST = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class NewReading:
    """What a meter shows (litres) and on which day, for the account's meter. ``is_stranger``: we do not know who says so."""

    account: Account
    litres: int
    day: date
    source: Reading.Source
    is_stranger: bool = False


@transaction.atomic
def take_reading(*, new: NewReading, by: Actor, at: datetime) -> Reading:
    """Keep a reading, believed or doubtful (``doubt``). What it replaces stays, superseded. The same again is the same row.

    Raises NoMeterToRead, BadReading.
    """
    Account.objects.select_for_update(no_key=True).get(pk=new.account.pk)
    meter = read_meter(new.account)
    if meter is None:
        raise NoMeterToRead
    return _take(new, meter, by=by, at=at)


@transaction.atomic
def take_reading_of(*, meter: Meter, new: NewReading, by: Actor, at: datetime) -> Reading:
    """The same for a meter that somebody stood before, who knows which one it was; it may have been replaced since. Raises BadReading."""
    Account.objects.select_for_update(no_key=True).get(pk=new.account.pk)
    return _take(new, meter, by=by, at=at)


def _take(new: NewReading, meter: Meter, *, by: Actor, at: datetime) -> Reading:
    _check(new, meter, at)
    meter.account = new.account
    same = Reading.objects.filter(meter=meter, day=new.day, litres=new.litres, superseded_by=None)
    if not new.is_stranger:
        # What a stranger guessed right waits for somebody; the household's own word does not wait with it.
        same = same.exclude(standing=Reading.Standing.DOUBTFUL, doubt=Doubt.STRANGER)
    if (present := same.exclude(standing=Reading.Standing.REJECTED).first()) is not None:
        return present
    return _keep(new, meter, _doubt(new, meter), by=by, at=at)


def _check(new: NewReading, meter: Meter, at: datetime) -> None:
    today = business_date(at)
    if new.day > today:
        raise BadReading("future")
    if new.day < today - OLDEST:
        raise BadReading("too_old")
    if new.day < business_date(meter.installed_at):
        raise BadReading("before_meter")
    if not 0 <= new.litres < REGISTER_LITRES:
        raise BadReading("too_large")


def _doubt(new: NewReading, meter: Meter) -> Doubt | None:
    if new.is_stranger:
        return Doubt.STRANGER
    return doubt_about(new.day, new.litres, known_of(meter, new.day, from_customer=new.source in FROM_CUSTOMERS))


def _keep(new: NewReading, meter: Meter, doubt: Doubt | None, *, by: Actor, at: datetime) -> Reading:
    replaced = list(replaceable(meter, new.day).values_list("pk", "standing"))
    row = Reading.objects.create(
        meter=meter,
        day=new.day,
        litres=new.litres,
        source=new.source,
        standing=Reading.Standing.DOUBTFUL,  # until what it replaces has made room
        doubt=doubt or "",
        taken_at=at,
        by=by.actor_label,
    )
    if doubt == Doubt.STRANGER:
        return row
    # One that is doubted itself replaces no believed one before somebody has looked.
    accepted = Reading.Standing.ACCEPTED
    _supersede([key for key, standing in replaced if doubt is None or standing != accepted], row)
    if doubt is None:
        row.standing = accepted
        row.save(update_fields=["standing"])
    return row


def _supersede(keys: list[int], row: Reading) -> None:
    Reading.objects.filter(pk__in=keys).exclude(pk=row.pk).update(superseded_by=row)


@transaction.atomic
def confirm_reading(*, reading: Reading, by: Actor, at: datetime) -> Reading:
    """Somebody looked: it is true, and takes the place of what stood there. The next bill goes by it. Raises Forbidden, NotDoubtful."""
    permissions.check_may_take_readings(by, at=at)
    row = _waiting(reading)
    _supersede(list(replaceable(row.meter, row.day).values_list("pk", flat=True)), row)
    return _judge(row, Reading.Standing.ACCEPTED, by=by, at=at)


@transaction.atomic
def reject_reading(*, reading: Reading, by: Actor, at: datetime) -> Reading:
    """Somebody looked: it is wrong. The household is told, and asked for another. Raises Forbidden, NotDoubtful."""
    permissions.check_may_take_readings(by, at=at)
    row = _judge(_waiting(reading), Reading.Standing.REJECTED, by=by, at=at)
    if row.doubt != Doubt.STRANGER:
        reading_letters.write_rejected(reading=row, at=at)
    return row


def _waiting(reading: Reading) -> Reading:
    """The reading held, while it waits for somebody. Raises NotDoubtful."""
    rows = Reading.objects.select_for_update(no_key=True, of=("self",)).select_related("meter__account__customer")
    row = rows.get(pk=reading.pk)
    if row.standing != Reading.Standing.DOUBTFUL or row.superseded_by_id is not None:
        raise NotDoubtful
    return row


def _judge(row: Reading, standing: Reading.Standing, *, by: Actor, at: datetime) -> Reading:
    row.standing, row.checked_by, row.checked_at = standing, by.actor_label, at
    row.save(update_fields=["standing", "checked_by", "checked_at"])
    return row
