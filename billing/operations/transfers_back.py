"""Money that a person sends back by a transfer at our bank: what came in there, and what a provider could not give back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from casework.operations import WrongMove, move

from .. import permissions, providers
from ..models import Provider, Refund
from ..providers.protocol import ProviderFault, RefundState
from ..refusals import Refused
from ..states import REFUND, RefundStatus
from .refunds import back_of, note_gone, note_outcome

_BY = System("payments")


class GoneThere(Refused):
    """The provider has given the money back, or is about to."""

    code = "gone_there"

    def __init__(self) -> None:
        super().__init__(_("The provider has given this money back, or is about to. Stop the transfer at the bank."))


class NotToldThere(Refused):
    """Nobody knows whether the provider has given the money back."""

    code = "not_told_there"

    def __init__(self) -> None:
        super().__init__(_("The provider does not say whether it has given this money back. Order no transfer before it has answered."))


def note_given_by_hand(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """A person has ordered the transfer at our bank: of what had come in there, or because the provider could not give it back.

    The provider is asked first, over the network: it may have given back what it never told us of. Raises GoneThere, NotToldThere,
    OwnReversal, Forbidden, WrongMove unless it waits for that.
    """
    permissions.check_may_decide_refund(by, refund, at=at)
    if refund.status == RefundStatus.FAILED and refund.payment.provider != Provider.BANK:
        _check_not_gone(refund, at)
    return _note_by_hand(refund, by, at)


def _check_not_gone(refund: Refund, at: datetime) -> None:
    """Of a provider whose keys we have no more nobody can ask: whoever ordered the transfer has looked there."""
    try:
        state = providers.provider(refund.payment.provider).ask_refund(back_of(refund))
    except providers.NotOffered:
        return
    except ProviderFault as fault:
        raise NotToldThere from fault
    if state is RefundState.DONE:
        note_outcome(reference=refund.reference, state=state, by=_BY, at=at)
    if state in {RefundState.DONE, RefundState.UNDER_WAY}:
        raise GoneThere


@transaction.atomic
def _note_by_hand(refund: Refund, by: Actor, at: datetime) -> Refund:
    if refund.status == RefundStatus.FAILED:
        refund = Refund.objects.select_related("payment__checkout__account", "timeline").get(pk=refund.pk)
        fields = {"ended_at": at, "try_at": None, "out_of": Provider.BANK.value}
        move(refund, REFUND, "transfer", by=by, at=at, fields=fields, amount=refund.amount, provider=refund.payment.provider)
        note_gone(refund=refund, by=by, at=at)
        return refund
    if refund.payment.provider != Provider.BANK or refund.status != RefundStatus.APPROVED:
        raise WrongMove("confirm", refund.status, refund.get_status_display())
    note_outcome(reference=refund.reference, state=RefundState.DONE, by=by, at=at)
    refund.refresh_from_db()
    return refund
