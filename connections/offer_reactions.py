"""What follows for offers: the applicant hears of them, paid ones let the application go on, a withdrawal gives money back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import System
from billing.models import Charge
from casework.models import Event

from .operations import offer_letters_out, offers, withdrawing
from .queries.applications import application_of_case, application_on

_BY = System("connections.offers")


@dataclass(frozen=True)
class _Author:
    """Whoever is said to have done it, as the journal has it."""

    actor_label: str


def say_offered(event: Event, at: datetime) -> None:
    """Quote and contract went to the applicant."""
    if application := application_on(event.timeline_id):
        offer_letters_out.say_offered(application=application, event=event, at=at)


def say_taken_back(event: Event, at: datetime) -> None:
    """It holds no longer."""
    if application := application_on(event.timeline_id):
        offer_letters_out.say_taken_back(application=application, event=event, at=at)


def say_accepted(event: Event, at: datetime) -> None:
    """They agreed: it is to be paid."""
    if application := application_on(event.timeline_id):
        offer_letters_out.say_accepted(application=application, event=event, at=at)


def go_on_paid(event: Event, at: datetime) -> None:
    """A charge was paid, by whichever way: the application goes on, as of the moment of the money."""
    charge = Charge.objects.select_related("case__timeline").filter(timeline=event.timeline_id).first()
    application = application_of_case(charge.case_id) if charge else None
    if charge is not None and application is not None:
        offers.note_paid(application=application, by=_BY, at=event.at)
        offer_letters_out.say_paid(application=application, charge=charge, event=event, at=at)


def follow_withdrawal(event: Event, at: datetime) -> None:
    """The application ended by whichever door: what was offered falls, what was paid is looked at."""
    if application := application_on(event.timeline_id):
        withdrawing.follow_up(application=application, by=_Author(event.by), at=event.at)
        offer_letters_out.say_withdrawn(application=application, event=event, at=at)


def ask_what_was_done(event: Event, at: datetime) -> None:
    """The works had begun: somebody says what of it was done."""
    if application := application_on(event.timeline_id):
        offer_letters_out.ask_what_was_done(application=application, event=event, at=at)


def settle_returned(event: Event, at: datetime) -> None:
    """Money of a charge went back: what is left of a withdrawn application is ours."""
    if application := application_of_case(event.facts.get("case")):
        withdrawing.settle(application=application, at=event.at)


def settle_connected(event: Event, at: datetime) -> None:
    """Gas is on: the advance is earned."""
    if application := application_on(event.timeline_id):
        withdrawing.settle(application=application, at=event.at)


def forget_notes(event: Event, at: datetime) -> None:
    """Personal data of the case was erased."""
    if application := application_on(event.timeline_id):
        offers.forget_notes(application=application)


OFFER_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "connection.offered": (say_offered,),
    "connection.offer_withdrawn": (say_taken_back,),
    "connection.contract_accepted": (say_accepted,),
    "charge.pay": (go_on_paid,),
    "case.cancelled": (follow_withdrawal,),
    "connection.refund_to_reckon": (ask_what_was_done,),
    "charge_return.carry_out": (settle_returned,),
    "connection.gas_on": (settle_connected,),
    "case.erased": (forget_notes,),
}
