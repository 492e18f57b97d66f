"""The order that is to be made of a call: made, given up, or never made, and then the list says so instead of keeping it for good.

Note [A stranger's words go to no other case]
    Of a caller whose account we know, what the agent opens for that account is the order. Of a stranger nothing tells whose it is: what
    looks like it is shown (the same number, or opened by the same agent), and the agent says with one press that this is the one.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import System
from accounts.models import User
from casework.models import Case, Contact
from casework.operations import NewContact, StaleRow, Step, amend, record_contact

from ..models import Call
from ..queries.call_orders import likely_orders, order_made_of, waiting_orders
from .call_holding import hold_own

log = logging.getLogger(__name__)

_BY = System("hotline")


class NotTheOrder(Exception):
    """The case has nothing to do with this call, as far as we can tell."""

    def __init__(self) -> None:
        super().__init__(_("This case is not one that could have come of the call. Look again."))


@transaction.atomic
def link(*, call: Call, case: Case, by: User, at: datetime) -> None:
    """This case came of this call: the call, with its seconds, is a contact of the case, and no order is awaited any more."""
    held = hold_own(call=call, by=by, at=at)
    if held.cases.filter(pk=case.pk).exists():
        return
    held.cases.add(case)
    said = NewContact(
        means=Contact.Means.CALL,
        direction=Contact.Direction.IN,
        content=held.content,
        call_type=held.call_type,
        ring_seconds=held.ring_seconds,
        talk_seconds=held.talk_seconds,
        hold_seconds=held.hold_seconds,
    )
    record_contact(case=case, contact=said, by=by, at=at)
    outcome = Call.OrderOutcome.MADE if held.is_order_wanted else held.order_outcome
    fields = {"is_order_wanted": False, "order_outcome": outcome}
    amend(held, fields=fields, steps=[Step("call.linked", {"case": case.reference})], by=by, at=at)


def take_order(*, call: Call, reference: str, by: User, at: datetime) -> Case:
    """The agent says that this case is the order, of those that look like it. Raises NotTheOrder, NotYourCall.

    See Note [A stranger's words go to no other case].
    """
    found = next((one.case for one in likely_orders(call, by, at=at) if one.case.reference == reference), None)
    if found is None:
        raise NotTheOrder
    link(call=call, case=found, by=by, at=at)
    return found


def link_orders(*, at: datetime) -> int:
    """Link the orders that agents made after saving a call, of callers we know; how many."""
    linked = 0
    for call in waiting_orders().filter(account__isnull=False):
        case = order_made_of(call, until=at)
        if case is not None and call.agent is not None:
            link(call=call, case=case, by=call.agent.user, at=at)
            linked += 1
    return linked


@transaction.atomic
def drop_order(*, call: Call, by: User, at: datetime) -> None:
    """No order is to be made of it after all. Raises NotYourCall."""
    held = hold_own(call=call, by=by, at=at)
    if held.is_order_wanted:
        fields = {"is_order_wanted": False, "order_outcome": Call.OrderOutcome.DROPPED}
        amend(held, fields=fields, steps=[Step("call.order_dropped")], by=by, at=at)


def lapse_orders(*, at: datetime) -> int:
    """End the waiting of orders that nobody made in ``ORDERS_WAIT_DAYS``: it says that none was made, or none that we know of; how many.

    Nothing where the setting is 0.
    """
    if not settings.ORDERS_WAIT_DAYS:
        return 0
    old = waiting_orders().filter(ended_at__lt=at - timedelta(days=settings.ORDERS_WAIT_DAYS))
    return sum(_lapse(call, at) for call in old)


def _lapse(call: Call, at: datetime) -> bool:
    fields = {"is_order_wanted": False, "order_outcome": Call.OrderOutcome.LAPSED}
    try:
        amend(call, fields=fields, steps=[Step("call.order_lapsed")], by=_BY, at=at)
    except StaleRow:
        log.info("somebody made or dropped the order meanwhile")
        return False
    return True
