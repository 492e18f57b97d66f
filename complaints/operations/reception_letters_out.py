"""Write about an appeal or an application: to who sent it, wherever they can be reached, and to colleagues. None of it is a reply."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework.models import Case, Contact, Event
from notices.models import Channel
from sla.roster import OWNER

from ..models import Answer, Appeal, DirectionQuestion, ServiceApplication, Triage, Way
from ..queries.reception_clocks import reply_clock

type Entry = Appeal | ServiceApplication
#: The ways on which the words of an answer travel by themselves; of the others somebody sees to it.
_SENT = {Way.SMS, Way.EMAIL}
_HELP = "/help/"
#: Longer answers are read where the case is looked up, not in a text message.
_SHORT = 300
_BY_TRIAGE: Mapping[str, str] = {Triage.OUT_OF_FIELD: "reception_declined", Triage.TYPICAL: "reception_typical"}


def say_received(*, entry: Entry, event: Event, at: datetime) -> None:
    """Number and code, and by when we answer."""
    _tell(entry, "reception_received", event, {"due": _due(entry.case)}, at)


def say_asked(*, entry: Entry, event: Event, at: datetime) -> None:
    """What is missing, in the words it was asked in; one that lies in the cabinet is told of by the desk."""
    asked = _said_at(entry.case, event, is_reply=False)
    if asked is not None and asked.means in _SENT:
        _tell(entry, "reception_question", event, {"question": asked.content}, at)


def say_answered(*, appeal: Appeal, event: Event, at: datetime) -> None:
    """The answer, in the words that its triage asks for; one that lies in the cabinet is told of by the desk."""
    said, answer = _said_at(appeal.case, event, is_reply=True), Answer.objects.filter(case=appeal.case).order_by("number").last()
    if said is None or answer is None or said.means not in _SENT:
        return
    is_short = said.means == Way.EMAIL or len(answer.text) <= _SHORT
    more = {"answer": answer.text if is_short else "", "help": _help(appeal.article)}
    _tell(appeal, _BY_TRIAGE.get(appeal.triage, "reception_answered"), event, more, at)


def say_forwarded(*, appeal: Appeal, event: Event, at: datetime) -> None:
    """To the specialist, or who stands in: an answer is owed within a working day. To the applicant: with whom it is, until when."""
    question = DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).select_related("to_staff").first()
    if question is not None:
        _tell_staff(question.to_staff_id, "direction_asked", event, appeal.case, at)
    _tell(appeal, "reception_forwarded", event, {"due": _due(appeal.case)}, at)


def say_direction_answered(*, appeal: Appeal, event: Event, at: datetime) -> None:
    """To who has the appeal: the answer can be written."""
    if appeal.case.owner_id is not None:
        _tell_staff(appeal.case.owner_id, "direction_answered", event, appeal.case, at)


def say_date(*, appeal: Appeal, event: Event, at: datetime) -> None:
    """By when they have our answer. Of approved time the promise itself writes, where it knows a phone or an account."""
    case = appeal.case
    if "extension" in event.facts and (case.contact_phone or case.account_id):
        return
    until = datetime.fromisoformat(event.facts["until"])
    _tell(appeal, "reception_date", event, {"until": _moment(until, case), "reason": appeal.reason}, at)


def say_routed(*, application: ServiceApplication, event: Event, at: datetime) -> None:
    """To the specialist in charge, or who stands in: it is theirs."""
    if application.specialist_id is not None:
        _tell_staff(application.specialist_id, "service_routed", event, application.case, at)


def say_agreed(*, application: ServiceApplication, event: Event, at: datetime) -> None:
    """To the client: when it is done. Of a booked visit the appointment itself writes."""
    if application.agreed_for is not None and event.by != "system:complaints.services":
        more = {"until": _moment(application.agreed_for, application.case), "words": application.agreed_words}
        _tell(application, "service_agreed", event, more, at)


def _tell(entry: Entry, kind: str, event: Event, more: Mapping[str, str], at: datetime) -> None:
    case = entry.case
    key, context = f"{kind}:{case.pk}:{event.seq}", {**notices.operations.words_about(case), **more, "site": settings.SITE_URL}
    if entry.email and not case.contact_phone and case.account_id is None and case.erased_at is None:
        language = notices.operations.language_of(case)
        notices.operations.owe(kind=kind, key=key, context=context, at=at, channel=Channel.EMAIL, address=entry.email, language=language)
        return
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at)


def _tell_staff(owner: int, kind: str, event: Event, case: Case, at: datetime) -> None:
    present = sla.queries.roster.roster_at(at).told(OWNER, hall=None, owner=owner)
    staff = list(Staff.objects.filter(pk__in=list(present)).select_related("user").order_by("pk"))
    key, context = f"{kind}:{case.pk}:{event.seq}", notices.operations.words_about(case)
    link = reverse("complaints:service_desk" if kind == "service_routed" else "complaints:reception_desk", args=[case.reference])
    notices.operations.owe_to_staff(kind=kind, key=key, staff=staff, context=context, at=at, link=link, group=kind)


def _said_at(case: Case, event: Event, *, is_reply: bool) -> Contact | None:
    said = case.contacts.filter(at=event.at, direction=Contact.Direction.OUT, is_reply=is_reply)
    return said.order_by("-pk").first()


def _due(case: Case) -> str:
    clock = reply_clock(case)
    return _moment(clock.due_at, case) if clock is not None and clock.due_at is not None else ""


def _moment(moment: datetime, case: Case) -> str:
    with translation.override(notices.operations.language_of(case)):
        return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _help(article: str) -> str:
    """The path of an article of the knowledge base; without one, of all of them."""
    return reverse("notices:help_article", args=[article]) if article else _HELP
