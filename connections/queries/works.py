"""What is being built, what was found, who may build it; and what waits for engineers and inspectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import RoleGrant, Staff
from accounts.roles import Role
from casework.models import Attachment
from fieldwork.models import Booking

from ..models import Application, Defect, GasOn, WorksEntry, WorksOrder
from ..states import ConnectionStatus
from .defects import open_defects

C = ConnectionStatus
#: From the order on there is something to see.
SHOWN = (C.CONSTRUCTION, C.ACCEPTANCE, C.CORRECTIONS, C.READY, C.CONNECTED, C.CLOSED)
#: How a call back ends.
_CALLED = ("callback.done", "callback.dropped")


@dataclass(frozen=True)
class Works:
    """All about the building of one connection, for its pages."""

    application: Application
    order: WorksOrder | None
    log: Sequence[WorksEntry]
    defects: Sequence[Defect]
    gas_on: GasOn | None
    #: When an inspector comes to look at what was mended, where that is agreed.
    looked_at: datetime | None = None

    @property
    def open_defects(self) -> list[Defect]:
        return [defect for defect in self.defects if defect.checked_at is None]

    @property
    def is_shown(self) -> bool:
        return self.order is not None or self.application.case.status in SHOWN


def works_of(application: Application) -> Works:
    """As it stands now; the log with the newest entry first."""
    return Works(
        application=application,
        order=WorksOrder.objects.select_related("installer").filter(application=application).first(),
        log=list(application.works.select_related("staff").prefetch_related("photos").order_by("-at", "-pk")),
        defects=list(application.defects.select_related("photo")),
        looked_at=_looked_at(application),
        gas_on=GasOn.objects.select_related("account").filter(application=application).first(),
    )


def is_to_call(application: Application) -> bool:
    """Whether gas is on and the customer was not called back about it since, or since it was opened again."""
    case = application.case
    if case.status == C.CONNECTED:
        return True
    told = case.timeline.events.filter(verb__in=[*_CALLED, "case.resolved", "case.reopened"]).order_by("-seq")
    return case.status == C.CLOSED and told.values_list("verb", flat=True).first() not in _CALLED


def shown_photos(application: Application) -> QuerySet[Attachment]:
    """Photos that are meant for the applicant: of entries whose writer said so, and of defects, which they are told of anyway."""
    of_log = WorksEntry.photos.through.objects.filter(worksentry__application=application, worksentry__is_shown=True)
    of_defects = application.defects.filter(photo__isnull=False)
    meant = Q(pk__in=of_log.values("attachment")) | Q(pk__in=of_defects.values("photo"))
    return Attachment.objects.filter(meant, case=application.pk, erased_at=None).order_by("pk")


def _looked_at(application: Application) -> datetime | None:
    visits = open_defects(application).filter(visit__isnull=False).values("visit")
    booking = Booking.objects.standing().filter(visit__in=visits).order_by("starts_at").first()
    return booking.starts_at if booking else None


def installers(at: datetime) -> QuerySet[Staff]:
    """Who may be given an order to build."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at, role__in=[Role.INSTALLER, Role.ENGINEER])
    return Staff.objects.filter(left_at=None, user__is_active=True, pk__in=held.values("staff")).order_by("name", "number")


def waiting(status: str) -> QuerySet[Application]:
    """Applications in one status, those due first on top."""
    found = Application.objects.filter(case__status=status, case__closed_at=None)
    return found.select_related("case__timeline", "case__owner", "works_order__installer").order_by("case__timeline__next_due_at", "pk")
