"""An application that is complete: to the specialist in charge, who agrees the time with the client and says when it is done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.operations
from accounts.actors import Actor, System
from accounts.models import Staff
from casework.callback_rules import asked_after
from casework.operations import NothingSaid, move_case

from .. import reception_permissions
from ..models import ServiceApplication
from ..states import ServiceStatus
from .service_applications import gaps_of, in_words
from .triage import NotThen

#: Who keeps up with an appointment that was booked for an application.
BY = System("complaints.services")


class Incomplete(Exception):
    """What is missing is asked for first."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(_("Not complete yet: %(items)s. Ask the client, or write down what you know.") % {"items": in_words(items)})


@transaction.atomic
def route(*, application: ServiceApplication, to: Staff, by: Actor, at: datetime) -> ServiceApplication:
    """Give a complete application to the specialist in charge: it is theirs from now on.

    Raises Incomplete, NobodyNamed for who has left, Ended, WrongMove, StaleRow, Forbidden.
    """
    if missing := gaps_of(application):
        raise Incomplete(missing)
    case = application.case
    casework.operations.assign(case=case, owner=to, by=by, at=at)
    move_case(case=case, verb="route", by=by, at=at, facts={"to": to.pk})
    application.specialist, application.routed_at = to, at
    application.save(update_fields=["specialist", "routed_at"])
    return application


@transaction.atomic
def agree(*, application: ServiceApplication, agreed_for: datetime, words: str, by: Actor, at: datetime) -> ServiceApplication:
    """The client and we agreed when it is done; a time agreed anew takes the place of the former.

    Raises NotThen, WrongMove, StaleRow, Forbidden.
    """
    reception_permissions.check_may_agree(by, application, at=at)
    if agreed_for <= at:
        raise NotThen
    move_case(case=application.case, verb="agree", by=by, at=at, facts={"agreed_for": agreed_for.isoformat()})
    application.agreed_for, application.agreed_words = agreed_for, words.strip()[:300]
    application.save(update_fields=["agreed_for", "agreed_words"])
    return application


@transaction.atomic
def finish(*, application: ServiceApplication, words: str, by: Actor, at: datetime) -> ServiceApplication:
    """The service was done; in a few words what. Raises NothingSaid, WrongMove, StaleRow, Forbidden."""
    reception_permissions.check_may_agree(by, application, at=at)
    if not words.strip():
        raise NothingSaid
    move_case(case=application.case, verb="finish", by=by, at=at, facts=asked_after(application.case))
    application.done_words = words.strip()[:300]
    application.save(update_fields=["done_words"])
    return application


def follow_appointment(*, application: ServiceApplication, starts_at: datetime, at: datetime) -> None:
    """A visit was booked for it: that is the agreed time. Nothing where it is agreed already, is not routed yet, or lies behind."""
    is_open = application.case.status in {ServiceStatus.ROUTED, ServiceStatus.AGREED} and application.agreed_for != starts_at
    if is_open and starts_at > at:
        agree(application=application, agreed_for=starts_at, words="", by=BY, at=at)
