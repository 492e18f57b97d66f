"""No gas comes on in homes at night, unless somebody agreed to it with a reason."""

from datetime import datetime

from django.conf import settings

from ..models import Outage
from ..outage_rules import morning_after
from ..queries.outage_reach import has_homes
from .outage_refusals import NightRestoration


def check_until(*, outage: Outage, until: datetime) -> None:
    """Raises NightRestoration where gas would come on in homes at this moment and nobody agreed to it."""
    morning = morning_after(until, night=settings.OUTAGE_NIGHT, zone=settings.TIME_ZONE)
    if morning is not None and outage.night_approved_by_id is None and has_homes(outage):
        raise NightRestoration(morning)
