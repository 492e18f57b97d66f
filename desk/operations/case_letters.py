"""Write about a case. None of it is a reply: only people reply."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework import accusations, references
from casework.models import Case, Contact, Event, NamedPaper, Transfer


def list_papers(*, case: Case, number: int, event: Event, at: datetime) -> None:
    """Owe who asked the list of papers of this number, all of it; nothing where it was erased meanwhile."""
    papers = NamedPaper.objects.filter(paper_list__case=case, paper_list__number=number)
    listed = "; ".join(f"{place}) {paper}" for place, paper in enumerate(papers, 1))
    tell_customer(case=case, kind="case_papers", event=event, at=at, more={"papers": listed})


def tell_customer(*, case: Case, kind: str, event: Event, at: datetime, more: Mapping[str, str] | None = None) -> None:
    """Owe a letter to who asked."""
    key, context = f"case:{case.pk}:{event.seq}", {**_context(case), **(more or {})}
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at)


def offer_to_colleagues(*, transfer: Transfer, at: datetime) -> None:
    """Tell whoever is asked to take a case: the person, or who of the hall or department is there now."""
    roster = sla.queries.roster.roster_at(at)
    if transfer.to_staff_id is not None:
        told = {roster.deputies.get(transfer.to_staff_id, transfer.to_staff_id)}
    else:
        roster = roster.without(accusations.accused_in(transfer.case, at))
        told = set(roster.told(transfer.to_role or "clerk", hall=transfer.to_hall_id, owner=None))
    _tell(_people(told), "case_offered", transfer, {}, at)


def return_to_colleague(*, transfer: Transfer, at: datetime) -> None:
    """Tell who asked that it stays with them, and why."""
    _tell([transfer.asked_by], "case_declined", transfer, {"reason": transfer.reason}, at)


def ask_head(*, contact: Contact, at: datetime) -> None:
    """Tell the head of the hall (or who stands in, or the next one up) what somebody cannot judge alone."""
    roster = sla.queries.roster.roster_at(at).without(accusations.accused_in(contact.case, at))
    heads = roster.told("hall_head", hall=contact.case.hall_id, owner=None)
    _tell(_people(heads), "case_leader", contact, {"question": contact.content}, at)


def _people(keys: Iterable[int]) -> list[Staff]:
    return list(Staff.objects.filter(pk__in=list(keys)).select_related("user"))


def _tell(staff: list[Staff], kind: str, cause: Transfer | Contact, more: Mapping[str, str], at: datetime) -> None:
    link = reverse("casework:case", args=[cause.case.reference])
    context = {**_context(cause.case), **more}
    notices.operations.owe_to_staff(kind=kind, key=f"{kind}:{cause.pk}", staff=staff, context=context, at=at, link=link)


def _context(case: Case) -> dict[str, str]:
    return {
        "company": settings.COMPANY["name"],
        "phone": settings.COMPANY["office_phone"],
        "reference": references.grouped(case.reference),
        "code": references.grouped(case.tracking_code),
    }
