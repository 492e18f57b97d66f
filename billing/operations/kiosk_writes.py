"""A card is written at a kiosk: nobody stands there who could help, so what goes wrong becomes a case for the hall, once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Account
from casework.models import Case, Channel, GeneralRequest
from casework.operations import Opening, StaleRow, WrongMove, move_case, open_request
from casework.states import GENERAL_REQUEST, RequestStatus

from .. import kiosk_slips, matters
from ..devices.cards import CardImage
from ..models import CardWrite, Kiosk, TopUp
from ..states import TopUpStatus
from .card_writes import finish_write

_NOT_THERE = (TopUpStatus.FAILED, TopUpStatus.UNKNOWN)


@dataclass(frozen=True)
class Ended:
    """What became of a write, and the case that the hall has now, if any."""

    top_up: TopUp
    case: Case | None


@transaction.atomic
def finish_at_kiosk(*, kiosk: Kiosk, write: CardWrite, read_back: CardImage | None, error: str = "", by: Actor, at: datetime) -> Ended:
    """Say what became of a write, now or hours later from the machine's own queue. Doing it twice changes nothing.

    Not on the card, or nobody knows: the hall that looks after the kiosk has a case, one for each purchase.
    """
    # Two words about one purchase come one after the other; the account before its card (docs/decisions/0014).
    Account.objects.select_for_update(no_key=True).get(pk=write.card.account_id)
    top_up = finish_write(write=write, read_back=read_back, error=error, by=by, at=at)
    if top_up.status in _NOT_THERE:
        return Ended(top_up, _case_for(top_up, kiosk, error, by, at))
    if top_up.status == TopUpStatus.WRITTEN:
        end_case(top_up=top_up, by=by, at=at)
    return Ended(top_up, None)


def end_case(*, top_up: TopUp, by: Actor, at: datetime) -> None:
    """The purchase has reached the card after all: its case is answered, if it has one and nobody was quicker."""
    case = _open_cases(top_up).first()
    if case is None:
        return
    try:
        with transaction.atomic():
            _answer(case, by, at)
    except (StaleRow, WrongMove):
        return


def _answer(case: Case, by: Actor, at: datetime) -> None:
    move_case(case=case, verb="answer", by=by, at=at)
    with translation.override(case.language or None):
        words = _("The gas you paid for is on your card. Put the card into your meter.")
    GeneralRequest.objects.filter(case=case).update(answer=words, answered_at=at)


def _case_for(top_up: TopUp, kiosk: Kiosk, error: str, by: Actor, at: datetime) -> Case:
    found = _open_cases(top_up).first()
    if found is not None:
        return found
    reason = kiosk_slips.reason_of(error)
    with translation.override(kiosk.hall.language):
        why = str(reason.label) if reason else _("The machine did not say why.")
        text = _("Kiosk %(kiosk)s: %(why)s") % {"kiosk": kiosk.code, "why": why}
    opening = Opening(
        kind=GENERAL_REQUEST.kind,
        subject="",
        matter=matters.of_kiosk_write(top_up.reference),
        channel=Channel.API,
        account=top_up.account,
        hall=kiosk.hall,
    )
    return open_request(opening=opening, topic=GeneralRequest.Topic.TOP_UP, text=text, by=by, at=at).case


def _open_cases(top_up: TopUp) -> QuerySet[Case]:
    waiting = [RequestStatus.OPEN, RequestStatus.WAITING]
    return Case.objects.filter(account=top_up.account_id, matter=matters.of_kiosk_write(top_up.reference), status__in=waiting)
