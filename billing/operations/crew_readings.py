"""What crews read off meters on their visits (fieldwork tells it as an event), as readings like all others."""

import logging
from dataclasses import dataclass
from datetime import datetime

from accounts.clock import business_date
from accounts.models import Meter
from casework.models import Event

from ..bill_refusals import BadReading
from ..models import Reading
from .readings import NewReading, take_reading_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Crew:
    """Whoever the event says it was."""

    actor_label: str


def take_crew_reading(*, event: Event, at: datetime) -> Reading | None:
    """Keep it for the meter that was read, in the crew's name; a doubtful one waits for somebody. Carried out twice, it is one row.

    None where it came too late to be a reading (the device was away for weeks): the visit's own timeline still tells it.
    """
    meter = Meter.objects.select_related("account__customer").get(pk=event.facts["meter"])
    day = business_date(datetime.fromisoformat(event.facts["read_at"]))
    new = NewReading(account=meter.account, litres=event.facts["litres"], day=day, source=Reading.Source.CREW)
    try:
        return take_reading_of(meter=meter, new=new, by=_Crew(event.by), at=at)
    except BadReading as refusal:
        log.warning("reading of a crew not taken", extra={"meter": meter.pk, "rule": refusal.rule})
        return None
