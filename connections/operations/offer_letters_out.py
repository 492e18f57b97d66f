"""Write about offers and their money."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from billing.models import Charge
from casework.models import Event
from sla.roster import OWNER

from ..models import Application, Contract
from ..queries.offers import charge_of, last_contract


def say_offered(*, application: Application, event: Event, at: datetime) -> None:
    """What it costs, until when it holds, and where it is read and accepted."""
    contract = last_contract(application)
    if contract is not None:
        until = contract.quote.valid_until
        _tell(application, "connection_offer", event, {**_of(contract), "until": _day(application, until)}, at)


def say_taken_back(*, application: Application, event: Event, at: datetime) -> None:
    """Nothing is to be accepted or paid; a new offer comes."""
    _tell(application, "connection_offer_back", event, {"contract": event.facts.get("contract", "")}, at)


def say_accepted(*, application: Application, event: Event, at: datetime) -> None:
    """To the applicant what is to be paid; to the steward that they agreed."""
    contract = last_contract(application)
    charge = charge_of(contract) if contract else None
    if contract is None:
        return
    if charge is not None and charge.is_open:
        pay = settings.SITE_URL + reverse("billing:charge_pay", args=[charge.reference])
        more = {"charge": charge.reference, "until": _day(application, charge.due_on), "pay": pay}
        _tell(application, "connection_to_pay", event, {**_of(contract), **more}, at)
    owner = application.case.owner
    if owner is not None and event.by != owner.user.actor_label:
        keys = sla.queries.roster.roster_at(at).told(OWNER, hall=None, owner=owner.pk)
        _tell_staff(application, "connection_accepted_offer", event, {"contract": contract.number}, keys=keys, at=at)


def say_paid(*, application: Application, charge: Charge, event: Event, at: datetime) -> None:
    """The money is here."""
    receipt = charge.receipts.select_related("hall").get(charge_return=None)
    facts = {"amount": charge.amount, "currency": settings.CURRENCY, "contract": charge.basis, "receipt": receipt.full_number}
    _tell(application, "connection_paid", event, facts, at)


def say_withdrawn(*, application: Application, event: Event, at: datetime) -> None:
    """That nothing more happens, and that money which was paid in advance is looked at."""
    contract = last_contract(application)
    charge = charge_of(contract) if contract else None
    _tell(application, "connection_withdrawn", event, {"has_paid": "1" if charge is not None and charge.paid_at else ""}, at)


def ask_what_was_done(*, application: Application, event: Event, at: datetime) -> None:
    """To steward and supervisor: the works had begun, and money is held."""
    case, roster = application.case, sla.queries.roster.roster_at(at)
    keys = {*roster.told("supervisor", hall=case.hall_id, owner=None)}
    if case.owner_id:
        keys |= {*roster.told(OWNER, hall=None, owner=case.owner_id)}
    facts = {"amount": event.facts.get("amount", 0), "currency": settings.CURRENCY}
    _tell_staff(application, "connection_refund", event, facts, keys=keys, at=at)


def _tell(application: Application, kind: str, event: Event, more: Mapping[str, Any], at: datetime) -> None:
    case = application.case
    context = {**notices.operations.words_about(case), **more}
    key = f"{kind}:{event.timeline_id}:{event.seq}"
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at)


def _tell_staff(application: Application, kind: str, event: Event, more: Mapping[str, Any], *, keys: Iterable[int], at: datetime) -> None:
    case = application.case
    people = list(Staff.objects.filter(pk__in=list(keys)).select_related("user"))
    link = reverse("connections:offer", args=[case.reference])
    key, context = f"{kind}:{event.timeline_id}:{event.seq}", {**notices.operations.words_about(case), **more}
    notices.operations.owe_to_staff(kind=kind, key=key, staff=people, context=context, at=at, link=link, group=kind)


def _of(contract: Contract) -> dict[str, Any]:
    return {"contract": contract.number, "amount": contract.quote.total, "currency": settings.CURRENCY}


def _day(application: Application, day: Any) -> str:
    with translation.override(notices.operations.language_of(application.case)):
        return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""
