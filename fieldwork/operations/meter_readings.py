"""What a crew reads off a meter while it is at the door. Told on the visit's timeline; whoever bills by readings takes it from there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Meter, Staff
from casework.operations import Step, record

from ..models import Visit
from ..queries.meters import meter_to_read
from .steps import moment_of

#: More than any register of a household or a firm shows (litres).
MOST_LITRES = 100_000_000


class NoMeterToRead(Exception):
    """The account that the visit is about has no meter whose readings are billed."""

    def __init__(self) -> None:
        super().__init__(_("No meter that is billed by its reading is known at this door."))


class BadRegister(Exception):
    """No register shows this."""

    def __init__(self) -> None:
        super().__init__(_("A meter shows at least 0 and less than 100 000 m³."))


@transaction.atomic
def read_meter(*, visit: Visit, litres: int, by: Staff, at: datetime, happened_at: datetime | None = None) -> Meter:
    """Write down what the meter shows, in litres. Raises NoMeterToRead, BadRegister."""
    if not 0 <= litres < MOST_LITRES:
        raise BadRegister
    meter = meter_to_read(visit)
    if meter is None:
        raise NoMeterToRead
    moment = moment_of(visit, at=at, happened_at=happened_at)
    facts = {"visit": visit.pk, "meter": meter.pk, "litres": litres, "read_at": moment.isoformat()}
    record(
        timeline_id=visit.timeline_id,
        steps=[Step("visit.meter_read", facts)],
        by=by.user,
        at=at,
        known=visit._state.fields_cache.get("timeline"),
    )
    return meter
