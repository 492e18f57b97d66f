"""Write about complaints. None of it is a reply: only people reply. Whom a complaint is about hears nothing of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone, translation

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework import accusations
from casework.models import Event
from notices.models import Channel
from sla.models import Clock
from sla.roster import OWNER

from ..models import About, Answer, Complaint, Inquiry, MajorWhy, Way

#: A text message holds so much of an answer; a longer one is read with the code, or in the cabinet.
_IN_A_MESSAGE = 300
_ANSWER = ("T15", "T87")


def say_received(*, complaint: Complaint, event: Event, at: datetime) -> None:
    """Reference, and by when the answer comes. The code is not in it: the phone may be somebody else's."""
    language = notices.operations.language_of(complaint.case)
    clock = Clock.objects.filter(timeline=complaint.case.timeline_id, version__promise__key__in=_ANSWER).order_by("due_at", "pk").first()
    due = (clock.target_at or clock.due_at) if clock else None
    with translation.override(language):
        words = formats.date_format(timezone.localtime(due), "SHORT_DATETIME_FORMAT") if due else ""
    _tell(complaint, "complaint_received", event, {"due": words}, at)


def say_answered(*, complaint: Complaint, event: Event, at: datetime) -> None:
    """The answer itself by e-mail or text message; that a letter is on its way. Who heard it, or reads it in the cabinet, needs neither."""
    answer = Answer.objects.filter(case=complaint.case, at=event.at).order_by("-number").first()
    if answer is None:
        return
    if answer.way == Way.EMAIL or (answer.way == Way.SMS and len(answer.text) <= _IN_A_MESSAGE):
        _tell(complaint, "complaint_answer", event, {"answer": answer.text}, at, by_email=answer.way == Way.EMAIL)
    elif answer.way in {Way.LETTER, Way.SMS}:
        _tell(complaint, "complaint_letter", event, {}, at)


def tell_of_new(*, complaint: Complaint, event: Event, at: datetime) -> None:
    """Nobody has it: whoever routes complaints takes it on."""
    if complaint.case.owner_id is None and complaint.case.is_unfinished:
        _tell_staff(complaint, "complaint_new", event, _people(complaint, ["complaint_router"], at), at=at)


def tell_of_major(*, complaint: Complaint, event: Event, at: datetime) -> None:
    """Head of the hall and supervisor, at once."""
    if complaint.is_major:
        people = _people(complaint, ["hall_head", "supervisor"], at)
        _tell_staff(complaint, "complaint_major", event, people, at=at, why=MajorWhy(complaint.major_why).label)


def tell_of_threat(*, complaint: Complaint, event: Event, at: datetime) -> None:
    """A supervisor decides what is done about it."""
    _tell_staff(complaint, "complaint_threat", event, _people(complaint, ["supervisor"], at), at=at)


def ask_department(*, inquiry: Inquiry, event: Event, at: datetime) -> None:
    """Only that there is a question: what it is stands on the page of whoever is asked."""
    roster = sla.queries.roster.roster_at(at)
    if inquiry.to_staff_id is not None:
        keys = {roster.deputies.get(inquiry.to_staff_id, inquiry.to_staff_id)}
    else:
        keys = set(roster.told(inquiry.to_role or "hall_head", hall=inquiry.to_hall_id, owner=None))
    context = {"who": str(inquiry.asked_by), "is_to_contact": "1" if inquiry.is_to_contact else ""}
    link = reverse("complaints:inquiry", args=[inquiry.pk])
    key = f"complaint_inquiry:{inquiry.pk}"
    notices.operations.owe_to_staff(kind="complaint_inquiry", key=key, staff=_staff(keys), context=context, at=at, link=link)


def tell_of_finding(*, inquiry: Inquiry, event: Event, at: datetime) -> None:
    """Whoever looks into it now, else whoever asked."""
    complaint = inquiry.complaint
    owner = complaint.case.owner_id or inquiry.asked_by_id
    people = sla.queries.roster.roster_at(at).told(OWNER, hall=None, owner=owner)
    _tell_staff(complaint, "complaint_finding", event, people, at=at)


def _people(complaint: Complaint, roles: Iterable[str], at: datetime) -> set[int]:
    roster = sla.queries.roster.roster_at(at).without(accusations.accused_in(complaint.case, at))
    return {one for role in roles for one in roster.told(role, hall=complaint.case.hall_id, owner=None)}


def _tell(complaint: Complaint, kind: str, event: Event, more: Mapping[str, Any], at: datetime, *, by_email: bool = False) -> None:
    case = complaint.case
    key, context = f"{kind}:{case.pk}:{event.seq}", {**notices.operations.words_about(case), **more}
    if complaint.email and case.erased_at is None and (by_email or not case.contact_phone):
        language = notices.operations.language_of(case)
        notices.operations.owe(
            kind=kind, key=key, context=context, at=at, channel=Channel.EMAIL, address=complaint.email, language=language
        )
    else:
        notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at)


def _tell_staff(complaint: Complaint, kind: str, event: Event, keys: Iterable[int], *, at: datetime, **more: Any) -> None:
    case = complaint.case
    context = {**notices.operations.words_about(case), "about": About(complaint.about).label, **more}
    link = reverse("complaints:complaint", args=[case.reference])
    key = f"{kind}:{case.pk}:{event.seq}"
    notices.operations.owe_to_staff(kind=kind, key=key, staff=_staff(keys), context=context, at=at, link=link, group=kind)


def _staff(keys: Iterable[int]) -> list[Staff]:
    return list(Staff.objects.filter(pk__in=list(keys)).select_related("user").order_by("pk"))
