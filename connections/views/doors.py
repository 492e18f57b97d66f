"""Through which somebody comes to a page that applicants and staff share: the cabinet, the tracking page, the staff's case."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import Actor
from accounts.views.guards import MemberRequest
from casework.permissions import VISITOR
from casework.views.tracking import case_in_sight

from ..models import Application
from .guards import application_or_404


@dataclass(frozen=True)
class Door:
    """For which application, as whom, the way back, and how this page's addresses are found."""

    application: Application
    by: Actor
    back: str
    kind: str

    @property
    def is_staff(self) -> bool:
        """Whether a colleague came."""
        return self.kind == "case"

    @property
    def is_cabinet(self) -> bool:
        """Whether the applicant came signed in."""
        return self.kind == "cabinet"

    def to(self, page: str, *args: str) -> str:
        """The address of a page of this door: ``visit``, ``mandate``, ``mandate_revoke``."""
        reference = [] if self.kind == "tracked" else [self.application.case.reference]
        return reverse(f"connections:{self.kind}_{page}", args=[*reference, *args])


def cabinet_door(request: MemberRequest, reference: str) -> Door:
    """The applicant's own, in the cabinet; 404 for others."""
    application = application_or_404(request.user, reference)
    return Door(application, request.user, reverse("casework:request", args=[application.case.reference]), "cabinet")


def staff_door(request: MemberRequest, reference: str) -> Door:
    """Whoever handles the case."""
    application = application_or_404(request.user, reference)
    return Door(application, request.user, reverse("casework:case", args=[application.case.reference]), "case")


def tracked_door(request: HttpRequest) -> Door | None:
    """For whoever looked it up with reference and code just now; None for others."""
    case = case_in_sight(request)
    application = Application.objects.select_related("territory", "policy").filter(case=case).first() if case else None
    if application is None or case is None:
        return None
    application.case = case
    return Door(application, VISITOR, reverse("casework:tracked"), "tracked")
