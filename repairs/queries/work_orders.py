"""The work order: what was reported, who went when, what was found, built in and worked, and who signed."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation

from accounts.models import Account, Staff
from casework import references
from fieldwork.models import CrewMember, Evidence, Signature, Visit, WorkLine
from sla.queries.standings import Standing, standings

from .. import wording
from ..models import Repair


@dataclass(frozen=True)
class Trip:
    """One visit of a crew with its people and readings."""

    visit: Visit
    people: Sequence[Staff]
    readings: Sequence[Evidence]


@dataclass(frozen=True)
class WorkOrder:
    """All that stands on the paper, in the language of the customer."""

    repair: Repair
    language: str
    reference: str
    company: str
    address: str
    reasons: Sequence[str]
    trips: Sequence[Trip]
    lines: Sequence[WorkLine]
    promises: Sequence[Standing]
    signature: Signature | None
    drawing: str
    printed_at: datetime


def work_order(repair: Repair, *, at: datetime) -> WorkOrder:
    """As things stand now; nothing of it is kept."""
    case = repair.case
    language = case.language or settings.LANGUAGE_CODE
    visits = list(Visit.objects.filter(case=case, accepted_at__isnull=False).select_related("crew").order_by("pk"))
    signature = Signature.objects.filter(visit__in=visits).select_related("drawing").order_by("-happened_at").first()
    with translation.override(language):
        return WorkOrder(
            repair=repair,
            language=language,
            reference=references.grouped(case.reference),
            company=settings.COMPANY["name"],
            address=_address(repair),
            reasons=wording.reasons_in_words(repair.reasons),
            trips=[_trip(visit) for visit in visits],
            lines=list(WorkLine.objects.filter(visit__in=visits).select_related("part").order_by("at", "pk")),
            promises=standings(case.timeline_id, at=at, public=True),
            signature=signature,
            drawing=_drawing(signature),
            printed_at=at,
        )


def _trip(visit: Visit) -> Trip:
    moment = visit.arrived_at or visit.accepted_at
    members = CrewMember.objects.filter(crew=visit.crew, since__lte=moment).exclude(until__lte=moment).select_related("staff")
    readings = Evidence.objects.filter(visit=visit, gas_ppm__isnull=False).order_by("happened_at")
    return Trip(visit, [member.staff for member in members.order_by("-is_leader", "pk")], list(readings))


def _address(repair: Repair) -> str:
    account: Account | None = repair.case.account
    premises = repair.case.premises or (account.premises if account else None)
    return premises.address if premises else repair.place


def _drawing(signature: Signature | None) -> str:
    """The picture as it stands in the page; empty where a code was given, or when it is erased."""
    drawing = signature.drawing if signature else None
    if drawing is None or drawing.erased_at is not None or not drawing.file:
        return ""
    with default_storage.open(drawing.file) as file:
        return f"data:{drawing.content_type};base64,{base64.b64encode(file.read()).decode()}"
