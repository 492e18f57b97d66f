"""Visits of an application: what a time can be chosen for now, and where somebody has to go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

import fieldwork.queries.slots as slot_reads
from accounts.models import Territory
from fieldwork.models import Visit, VisitPurpose
from fieldwork.queries.appointment_page import Choice, by_day
from fieldwork.queries.errands import errand_for

from ..models import Application, Deed
from ..states import ConnectionStatus, StageStatus
from .defects import open_defects

#: What ends a stage -> what somebody comes for.
PURPOSES: Mapping[str, str] = {
    Deed.HOME_VISIT: VisitPurpose.STEWARD,
    Deed.SURVEY: VisitPurpose.SURVEY,
    Deed.INSTALLATION: VisitPurpose.INSTALLATION,
}

#: Where a look at what was mended can be agreed.
INSPECTED = (ConnectionStatus.CORRECTIONS, ConnectionStatus.ACCEPTANCE)


def bookable(application: Application) -> Sequence[str]:
    """What a time can be chosen for now, the nearest stage first; nothing while somebody is asked for already.

    Stages of the status the application is in, also before their turn: a survey may be agreed while papers are still missing.
    While defects are open, an inspector can be booked to look again.
    """
    case = application.case
    if not case.is_unfinished or Visit.objects.open().filter(case=case.pk).exists():
        return []
    wanted = application.stages.filter(row__deed__in=list(PURPOSES), row__status=case.status)
    rows = wanted.filter(status__in=[StageStatus.RUNNING, StageStatus.WAITING]).order_by("row__position", "row__pk")
    again = [VisitPurpose.INSPECTION] if case.status in INSPECTED and open_defects(application).exists() else []
    return list(dict.fromkeys(str(purpose) for purpose in [*again, *(PURPOSES[deed] for deed in rows.values_list("row__deed", flat=True))]))


def called(purpose: str) -> str:
    """What somebody comes for, in words: of what was built an inspector does not check safety, but whether it is mended."""
    return _("a look at what was corrected") if purpose == VisitPurpose.INSPECTION else str(VisitPurpose(purpose).label)


def ground_of(application: Application) -> Territory | None:
    """Where somebody has to go: the nearest place we know."""
    return application.territory or slot_reads.territory_of(application.case)


def times_for(application: Application, purpose: str, at: datetime) -> Choice:
    """What can be chosen for a visit that nobody has asked for yet."""
    errand = errand_for(application.case, purpose, ground_of(application))
    return Choice(None, None, purpose, by_day(slot_reads.slots_to_choose(errand, at)))


def last_of(application: Application) -> Visit | None:
    """The visit that a time is or was for, if anybody was asked for."""
    return slot_reads.last_visit(application.case)
