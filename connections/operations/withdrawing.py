"""An applicant wants no gas any more: promises and visits end with the case, an open charge is not to be paid, paid money goes back.

Note [Who says what was done]. Before the works are ordered nothing was done, and what goes back follows from the contract alone
(refund_rules): it is proposed in the same act. Once they are, somebody says what of each line was done before anything is proposed; until
then the money stays in advance, and whoever supervises has heard of it. What is proposed is approved by the levels of every refund; what
is kept becomes ours when it has gone.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

import billing.operations.charge_returns
import billing.operations.charges
import casework.permissions
from accounts.actors import Actor, System
from billing.charge_states import ChargeReturnStatus
from billing.models import Charge, ChargeReturn
from billing.queries.charges import UNDER_WAY, money_of, returned_so_far
from casework.operations import Step, cancel_case, record

from ..models import Application, Contract, Quote
from ..offer_refusals import NothingHeld, StillWanted
from ..queries.offers import charge_of, last_contract, status_before_end
from ..queries.refunds import is_before_works, refund_for
from ..states import ConnectionStatus
from .holding import hold_case

#: Who does what follows by itself.
BY = System("connections.withdrawing")


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: Actor, at: datetime) -> Application:
    """End an application that nobody wants any more. Raises ReasonMissing, WrongMove once gas is on or it is over, StaleRow, Forbidden."""
    casework.permissions.check_may_contact(by, application.case, at=at)
    hold_case(application.case)
    cancel_case(case=application.case, reason=reason, by=by, at=at)
    follow_up(application=application, by=by, at=at)
    return application


@transaction.atomic
def follow_up(*, application: Application, by: Actor, at: datetime) -> None:
    """What a withdrawal means for offer and money, by whichever door it came. Safe to repeat.

    ``by`` is whoever withdrew: they asked for what goes back, so that somebody else approves it.
    """
    hold_case(application.case)
    contract = last_contract(application)
    charge = charge_of(contract) if contract else None
    Quote.objects.filter(application=application, sent_at__isnull=False, withdrawn_at=None).update(withdrawn_at=at)
    if contract is None or charge is None:
        return
    charge = billing.operations.charges.hold_charge(charge)
    if charge.is_open:
        billing.operations.charges.withdraw_charge(charge=charge, by=BY, at=at)
    elif charge.is_paid and not charge.returns.filter(status__in=UNDER_WAY).exists():
        if is_before_works(status_before_end(application)):
            _propose(contract, charge, {}, by=by, at=at)
        else:
            _ask_what_was_done(application, charge, at)


@transaction.atomic
def propose_refund(*, application: Application, done: Mapping[int, int], by: Actor, at: datetime) -> ChargeReturn | None:
    """Propose what goes back of a withdrawn application: ``done`` is by the key of each line how much of it was done, in hundredths.

    None where nothing goes back: then the advance is ours at once. Raises StillWanted, NothingHeld, ReturnUnderWay, Forbidden.
    """
    casework.permissions.check_may_handle(by, application.case, at=at)
    hold_case(application.case)
    contract = last_contract(application)
    charge = charge_of(contract) if contract else None
    if application.case.status != ConnectionStatus.CANCELLED:
        raise StillWanted
    if contract is None or charge is None or not charge.is_paid:
        raise NothingHeld
    return _propose(contract, charge, done, by=by, at=at)


def _propose(contract: Contract, charge: Charge, done: Mapping[int, int], *, by: Actor, at: datetime) -> ChargeReturn | None:
    application = contract.quote.application
    # Reckoned of the whole contract: what went back of it before counts, however often this is followed up.
    due = refund_for(contract, status_before_end(application), done) - returned_so_far(charge)
    amount = min(max(due, 0), money_of(charge).held)
    facts = {"charge": charge.reference, "amount": amount, "done": {str(key): value for key, value in done.items()}}
    record(timeline_id=application.case.timeline_id, steps=[Step("connection.refund_proposed", facts)], by=by, at=at)
    if not amount:
        billing.operations.charges.settle_charge(charge=charge, by=by, at=at)
        return None
    cause = ChargeReturn.Cause.CHANGED_MIND
    return billing.operations.charge_returns.ask_charge_return(charge=charge, amount=amount, cause=cause, by=by, at=at)


def _ask_what_was_done(application: Application, charge: Charge, at: datetime) -> None:
    """Once: a withdrawal that is followed up again must not ask again."""
    timeline = application.case.timeline
    if not timeline.events.filter(verb="connection.refund_to_reckon").exists():
        facts = {"charge": charge.reference, "amount": money_of(charge).held}
        record(timeline_id=timeline.pk, steps=[Step("connection.refund_to_reckon", facts)], by=BY, at=at)


@transaction.atomic
def settle(*, application: Application, at: datetime) -> None:
    """What was to go back has gone, or gas is on: what is left of the advance is ours. Safe to repeat."""
    hold_case(application.case)
    contract = last_contract(application)
    charge = charge_of(contract) if contract else None
    is_over = application.case.status in {ConnectionStatus.CANCELLED, ConnectionStatus.CONNECTED, ConnectionStatus.CLOSED}
    if charge is None or not charge.is_paid or not is_over or charge.returns.filter(status__in=UNDER_WAY).exists():
        return
    went = charge.returns.filter(status=ChargeReturnStatus.DONE).exists()
    if application.case.status != ConnectionStatus.CANCELLED or went:
        billing.operations.charges.settle_charge(charge=charge, by=BY, at=at)
