"""Orders that are to be made of calls, and the cases that may be them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

import casework.permissions
from accounts.models import Staff, User
from accounts.phones import read_phone
from casework.models import Case, Contact

from ..models import Call
from ..states import CallStatus

T = Contact.CallType
#: What a call was about -> the kind of case that is its order.
_KINDS: Mapping[str, str] = {
    T.REPAIR: "repair",
    T.CONNECTION: "connection",
    T.COMPLAINT: "complaint",
    T.CONSULTATION: "general_request",
    T.TOP_UP: "general_request",
}
#: Of those that look like the order so many are shown.
_SHOWN = 4


@dataclass(frozen=True)
class Likely:
    """A case that may be the order of a call: because it has the caller's number, else because the same agent opened it."""

    case: Case
    has_number: bool


@dataclass(frozen=True)
class Wanted:
    """An order still to be made, with the cases that may be it where we do not know who rang."""

    call: Call
    likely: list[Likely]


def waiting_orders() -> QuerySet[Call]:
    """Calls written down of which an order is still to be made, the oldest first."""
    waiting = Call.objects.filter(is_order_wanted=True, status=CallStatus.SAVED)
    return waiting.select_related("agent__user", "account__customer").order_by("rang_at", "pk")


def orders_wanted(agent: Staff, *, at: datetime) -> list[Wanted]:
    """This agent's, the oldest first."""
    mine = waiting_orders().filter(agent=agent)
    return [Wanted(call, [] if call.account_id else likely_orders(call, agent.user, at=at)) for call in mine]


def likely_orders(call: Call, reader: User, *, at: datetime) -> list[Likely]:
    """Cases of what the call was about, opened since it was answered, that belong to no call: those with the caller's number, then those
    that its agent took by phone, the nearest to the call first. Only what the reader may see.
    """
    number = read_phone(call.caller)
    same_number = Q(contact_phone=number) if number else Q(pk=None)
    opened = casework.permissions.visible_cases(reader, at).filter(
        same_number | Q(first_asked=call.agent_id, channel="phone"),
        kind=_KINDS.get(call.call_type, ""),
        opened_at__gte=call.answered_at or call.rang_at,
        opened_at__lte=at,
        calls=None,
    )
    found = [Likely(case, bool(number) and case.contact_phone == number) for case in opened.order_by("opened_at", "pk")[:50]]
    return sorted(found, key=lambda one: not one.has_number)[:_SHOWN]


def cases_made_during(call: Call, *, until: datetime) -> list[Case]:
    """What its agent opened for the caller since answering: of the account it was about, or of nobody we know."""
    since = call.answered_at or call.rang_at
    whose = Q(account=call.account_id) if call.account_id else Q(account=None)
    made = Case.objects.filter(whose, first_asked=call.agent_id, channel="phone", opened_at__gte=since, opened_at__lte=until)
    return list(made.exclude(calls=call.pk).order_by("opened_at", "pk"))


def order_made_of(call: Call, *, until: datetime) -> Case | None:
    """The first case of what the call was about that its agent opened for this caller since; None while there is none."""
    return next((case for case in cases_made_during(call, until=until) if case.kind == _KINDS[call.call_type]), None)
