"""All that an agent sees beside a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import accounts.permissions
import casework.permissions
from accounts.models import Segment, User
from accounts.roles import Verb
from callbacks.queries.care import CARED_FOR
from callbacks.queries.named import NamedPerson, person_for
from casework.models import Case, Contact

from ..hotline_script import phrases_at
from ..models import Call
from .call_orders import cases_made_during
from .calls import CallNotFound, get_call

T = Contact.CallType
#: What a call was about -> the page where an order is made of it: for a known account, and for nobody we know.
_ORDERS = {
    T.REPAIR: ("repairs:repair_new_for", "repairs:repair_new"),
    T.CONNECTION: ("", "connections:intake"),
    T.CONSULTATION: ("casework:case_new_for", "casework:case_new"),
    T.TOP_UP: ("desk:account", "casework:case_new"),
    T.COMPLAINT: ("complaints:complaint_new_for", "complaints:complaint_new"),
}


@dataclass(frozen=True)
class CallScreen:
    """A call, what to say now, what is known of the caller. ``is_mine``: whoever looks may write it down; ``named``: to whom a matter of
    somebody who is looked after by name is handed.
    """

    call: Call
    is_mine: bool
    may_join: bool
    phrases: list[tuple[str, str]]
    open_cases: Sequence[Case]
    made: Sequence[Case]
    named: NamedPerson | None

    @property
    def comes_first(self) -> bool:
        """Whether this customer's matters go before those of others (T36, T41)."""
        account = self.call.account
        return account is not None and Segment(account.customer.segment).comes_first


def call_for(reference: str, user: User, *, at: datetime) -> Call:
    """The call, for who took it or answers for it, and for supervisors. Raises CallNotFound."""
    call = get_call(reference)
    is_mine = user.staff.pk in (call.agent_id, call.first_asked_id)
    if not (is_mine or Verb.SEE_BOARD in accounts.permissions.verbs_of(user, at)):
        raise CallNotFound(reference)
    return call


def screen_of(call: Call, user: User, *, at: datetime) -> CallScreen:
    """Of a call that this user may see."""
    staff, account = user.staff, call.account
    known = {"customer": account.customer.name, "premises": str(account.premises)} if account else {"customer": "", "premises": ""}
    visible = casework.permissions.visible_cases(user, at)
    open_cases = visible.filter(account=account).unfinished().order_by("-opened_at")[:8] if account else []
    is_mine = staff.pk in (call.agent_id, call.first_asked_id)
    return CallScreen(
        call=call,
        is_mine=is_mine,
        may_join=not is_mine and call.status in ("talking", "held"),
        phrases=phrases_at(call.status, agent=call.agent.number if call.agent else "", **known),
        open_cases=list(open_cases),
        named=person_of(call, at=at),
        made=[*call.cases.order_by("opened_at"), *(cases_made_during(call, until=at) if call.status != "saved" else [])],
    )


def person_of(call: Call, *, at: datetime) -> NamedPerson | None:
    """To whom the caller's matter is handed: whoever looks after them by name, or stands in, or is qualified; None for everybody else."""
    customer = call.account.customer if call.account else None
    if customer is None or customer.segment not in CARED_FOR:
        return None
    return person_for(customer, hall=call.agent.hall_id if call.agent else None, at=at)


def order_route(call: Call, call_type: str) -> tuple[str, list[str]]:
    """Route and arguments of the page where an order is made of this call."""
    known, unknown = _ORDERS[T(call_type)]
    return (known, [call.account.number]) if call.account and known else (unknown, [])
