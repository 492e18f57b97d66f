"""Who may work in the virtual reception. A part of the system acts by its own rules; a person needs the verb now."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import DirectionQuestion, ServiceApplication


def check_may_write(actor: Actor, *, at: datetime) -> None:
    """Send an appeal or an application: customers for themselves, staff who handle cases for anybody. Raises Forbidden."""
    if isinstance(actor, User) and actor.is_staff:
        accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)


def check_may_triage(actor: Actor, *, at: datetime) -> None:
    """Say what becomes of an appeal, and answer it. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)


def check_may_answer_direction(user: User, question: DirectionQuestion, *, at: datetime) -> None:
    """Tell the reception what to answer: who was asked, who stands in for them, or who assigns cases. Raises Forbidden."""
    accounts.permissions.check_verb(user, Verb.HANDLE_CASES, at=at)
    if Verb.ASSIGN_CASES in accounts.permissions.verbs_of(user, at):
        return
    staff = accounts.queries.current_staff(user)
    if staff.pk != question.to_staff_id and not accounts.queries.stands_in_for(staff, question.to_staff_id, at):
        raise Forbidden(_("A colleague was asked. Only they, their deputy or whoever assigns cases can answer."))


def check_may_agree(actor: Actor, application: ServiceApplication, *, at: datetime) -> None:
    """Agree a time with the client and say that it is done: the specialist, their deputy, or who assigns cases. Raises Forbidden."""
    if not isinstance(actor, User):
        return
    accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)
    if Verb.ASSIGN_CASES in accounts.permissions.verbs_of(actor, at):
        return
    staff, owner = accounts.queries.current_staff(actor), application.case.owner_id
    if owner is None or (staff.pk != owner and not accounts.queries.stands_in_for(staff, owner, at)):
        raise Forbidden(_("Only the specialist in charge, their deputy or whoever assigns cases can do this."))


def check_may_route(actor: Actor, *, at: datetime) -> None:
    """Say by which rules appeals and applications go to whom. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.ROUTE_APPEALS, at=at)
