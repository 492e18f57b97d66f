"""Who may do what with money and gas. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

from django.conf import settings

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb

from .approval_levels import Level, level_of
from .models import Break, ChargeReturn, CreditPayout, HeldAssignment, Refund, Reversal
from .queries.charges import returned_so_far
from .queries.credit_payouts import asked_lately
from .queries.held_money import asked_of
from .refusals import AboveYourLevel, OwnReversal


def check_may_give_gas(actor: Actor, *, at: datetime) -> None:
    """Gas without money needs somebody who may also grant allowances. Raises Forbidden."""
    _check(actor, Verb.APPROVE_ALLOWANCES, at)


def check_may_grant_allowances(actor: Actor, *, at: datetime) -> None:
    """Raises Forbidden."""
    _check(actor, Verb.APPROVE_ALLOWANCES, at)


def check_may_edit_tariffs(actor: Actor, *, at: datetime) -> None:
    """Prices and purchase limits. Raises Forbidden."""
    _check(actor, Verb.EDIT_TARIFFS, at)


def check_may_manage_devices(actor: Actor, *, at: datetime) -> None:
    """Kiosks and their keys, the gateway of the connected meters. Raises Forbidden."""
    _check(actor, Verb.MANAGE_DEVICES, at)


def check_may_empty_kiosks(actor: Actor, *, at: datetime) -> None:
    """Take cash out of a kiosk and count it: who looks after machines and may sign for tills. Raises Forbidden."""
    _check(actor, Verb.MANAGE_DEVICES, at)
    _check(actor, Verb.COUNTERSIGN_SHIFT, at)


def check_may_decide_reversal(actor: Actor, reversal: Reversal, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb for such a sum. Raises OwnReversal, AboveYourLevel, Forbidden."""
    _check_second(actor, reversal.asked_by, reversal.top_up.amount, at)


def check_may_ask_refund(actor: Actor, *, at: datetime) -> None:
    """Whoever may ask to take purchases back, and whoever compares our books with the providers'. Raises Forbidden."""
    if not (isinstance(actor, User) and Verb.RECONCILE in accounts.permissions.verbs_of(actor, at)):
        _check(actor, Verb.REQUEST_REVERSAL, at)


def check_may_decide_refund(actor: Actor, refund: Refund, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb for such a sum; parts of one payment count together.

    Raises OwnReversal, AboveYourLevel, Forbidden.
    """
    parts = refund.amount if refund.reversal_id else asked_of(refund.payment)
    _check_second(actor, refund.asked_by, parts, at)


def check_may_pay_out_charge_return(actor: Actor, *, at: datetime) -> None:
    """Pay money of a charge out at a counter. Raises Forbidden."""
    check_may_ask_refund(actor, at=at)


def check_may_decide_charge_return(actor: Actor, asked: ChargeReturn, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb for such a sum; parts of one charge count together.

    Raises OwnReversal, AboveYourLevel, Forbidden.
    """
    _check_second(actor, asked.asked_by, returned_so_far(asked.charge), at)


def check_may_ask_assignment(actor: Actor, *, at: datetime) -> None:
    """Say what held money is for: whoever may ask to give it back. Raises Forbidden."""
    check_may_ask_refund(actor, at=at)


def check_may_decide_assignment(actor: Actor, assignment: HeldAssignment, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb for such a sum; parts of one payment count together.

    Raises OwnReversal, AboveYourLevel, Forbidden.
    """
    _check_second(actor, assignment.asked_by, asked_of(assignment.payment), at)


def check_may_decide_payout(actor: Actor, payout: CreditPayout, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb for such a sum; payouts of one account within a month count together.

    Raises OwnReversal, AboveYourLevel, Forbidden.
    """
    _check_second(actor, payout.asked_by, asked_lately(payout), at)


def check_may_reconcile(actor: Actor, *, at: datetime) -> None:
    """Take over bills of providers, look into breaks, note payouts. Raises Forbidden."""
    _check(actor, Verb.RECONCILE, at)


def check_may_decide_break(actor: Actor, found: Break, *, at: datetime) -> None:
    """Four eyes: not the one who asked, and the verb. Raises OwnReversal, Forbidden."""
    if actor.actor_label == found.asked_by:
        raise OwnReversal
    _check(actor, Verb.APPROVE_WRITE_OFFS, at)


def level_for(amount: int, reason: str) -> Level:
    """Who must approve that so much (minor units) goes back for a reason, by our settings."""
    return level_of(
        amount,
        reason,
        second_from=settings.REVERSAL_NEEDS_APPROVAL_FROM,
        company_from=settings.REVERSAL_NEEDS_COMPANY_FROM,
        always_asked=settings.REVERSAL_ALWAYS_ASKED,
    )


def _check_second(actor: Actor, asked_by: str, amount: int, at: datetime) -> None:
    if actor.actor_label == asked_by:
        raise OwnReversal
    _check(actor, Verb.APPROVE_REVERSAL, at)
    is_large = amount >= settings.REVERSAL_NEEDS_COMPANY_FROM
    if is_large and isinstance(actor, User) and Verb.APPROVE_LARGE_REVERSAL not in accounts.permissions.verbs_of(actor, at):
        raise AboveYourLevel(settings.REVERSAL_NEEDS_COMPANY_FROM)


def check_may_take_readings(actor: Actor, *, at: datetime) -> None:
    """Take readings of others' meters, and judge doubtful ones. Raises Forbidden."""
    _check(actor, Verb.TAKE_READINGS, at)


def check_may_close_accounts(actor: Actor, *, at: datetime) -> None:
    """Make final bills and end accounts: whoever keeps customers' data at a counter. Raises Forbidden."""
    _check(actor, Verb.EDIT_CUSTOMERS, at)


def check_may_withdraw_bill(actor: Actor, *, at: datetime) -> None:
    """Raises Forbidden."""
    _check(actor, Verb.APPROVE_REVERSAL, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
