"""What the pages of an appointment show: the time that is agreed, the times that can be chosen, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from accounts.clock import business_date
from casework.models import Case

from ..models import Booking, SlotPlan, Visit
from ..slot_times import Slot
from . import errands
from . import slots as reads

#: Days that are shown without unfolding anything.
_SOONER = 6


@dataclass(frozen=True)
class Choice:
    """One case: the visit a time is for, the time agreed, and by day what can be chosen for which purpose."""

    visit: Visit | None
    booking: Booking | None
    purpose: str
    days: Sequence[tuple[date, Sequence[Slot]]]

    @property
    def sooner(self) -> Sequence[tuple[date, Sequence[Slot]]]:
        """The first days, which most people choose among."""
        return self.days[:_SOONER]

    @property
    def later(self) -> Sequence[tuple[date, Sequence[Slot]]]:
        """The days behind a fold."""
        return self.days[_SOONER:]

    @property
    def version(self) -> int | None:
        """Of the visit as it was looked at."""
        return self.visit.version if self.visit else None


def choice(case: Case, at: datetime, *, purpose: str = "") -> Choice:
    """What can be chosen for a case's visit; with a ``purpose``, for a visit that is to be arranged for it. Ten statements at most."""
    visit = None if purpose else reads.last_visit(case)
    wanted = purpose or (visit.purpose if visit else "")
    errand = errands.errand_for(case, purpose, reads.territory_of(case)) if purpose else _errand(visit)
    found = reads.slots_to_choose(errand, at)
    return Choice(visit, reads.agreed_for(visit) if visit else None, wanted, by_day(found))


def _errand(visit: Visit | None) -> errands.Errand | None:
    return errands.errand_of(visit) if visit else None


def by_day(found: Sequence[Slot]) -> list[tuple[date, list[Slot]]]:
    """Slots under the days of the operator's calendar."""
    return [(day, list(slots)) for day, slots in groupby(found, key=lambda slot: business_date(slot.starts_at))]


def has_plan(visit: Visit) -> bool:
    """Whether anybody plans times for such visits where this one is to be."""
    area = reads.area_of(visit)
    return area is not None and SlotPlan.objects.filter(service_area=area, purpose=visit.purpose).exists()
