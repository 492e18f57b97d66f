"""Who may see a case and do what with it. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor, System
from accounts.models import Account, Binding, Staff, User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from . import accusations
from .lifecycles import Move
from .models import Case, CaseQuerySet, PaperList, Transfer
from .queries.cases import times_reopened

#: Whoever looked a case up with its reference and code: bound as its customer is.
VISITOR = System("tracking")


class NotYourCase(Forbidden):
    """Neither staff nor the customer's own. Pages answer 404, so that nobody learns which numbers exist."""

    def __init__(self) -> None:
        super().__init__(_("There is no such request among yours."))


class AboutThemselves(Forbidden):
    """Nobody handles what is said about himself, or about his own hall or department."""

    def __init__(self) -> None:
        super().__init__(_("This case is about them, or about where they work. Somebody else looks into it."))


class ReopenedOften(Forbidden):
    """A word alone has sent us back to work several times: now two people speak with each other first."""

    def __init__(self) -> None:
        super().__init__(_("This was opened again several times already. Please ring us, so that somebody speaks with you about it."))


def visible_cases(user: User | AnonymousUser, at: datetime) -> CaseQuerySet:
    """Every case this user may see: all for staff who handle cases, but for those about themselves (``accusations``); for a customer
    those of the household, and those they opened.

    Lists and single pages both start here, so that they cannot disagree.
    """
    if isinstance(user, User) and handles_cases(user, at):
        return accusations.unless_about(Case.objects.all(), user.pk, at)
    if not user.is_authenticated or not user.is_active or user.is_staff:
        return Case.objects.none()
    return Case.objects.filter(Q(asker=user) | Q(account__in=household_accounts(user).values("pk")))


def household_accounts(user: User) -> QuerySet[Account]:
    """The accounts of a cabinet user's household; not those they only pay for."""
    household = [Binding.Role.HOLDER, Binding.Role.FAMILY]
    bound = Binding.objects.filter(user=user, unbound_at__isnull=True, role__in=household)
    return Account.objects.filter(pk__in=bound.values("account")).order_by("number")


def handles_cases(user: User | AnonymousUser, at: datetime) -> bool:
    """Whether somebody works on cases."""
    return Verb.HANDLE_CASES in accounts.permissions.verbs_of(user, at)


def check_may_see(user: User | AnonymousUser, case: Case, *, at: datetime) -> None:
    """Raises NotYourCase unless the case is among ``visible_cases``."""
    if not visible_cases(user, at).filter(pk=case.pk).exists():
        raise NotYourCase


def check_may_ask(user: User, *, at: datetime) -> None:
    """Open a case: customers for themselves, staff who handle cases for anybody. Raises Forbidden."""
    if user.is_staff:
        _check(user, Verb.HANDLE_CASES, at)


def check_may_handle(actor: Actor, case: Case, *, at: datetime) -> None:
    """Work on a case. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_assign(actor: Actor, *, at: datetime) -> None:
    """Put cases into other people's hands. Raises Forbidden."""
    _check(actor, Verb.ASSIGN_CASES, at)


def check_may_step(actor: Actor, case: Case, step: Move | None, *, at: datetime) -> None:
    """A step of the lifecycle: the verb beside it, or the customer's own wish. Raises Forbidden, NotYourCase.

    A customer may answer what we asked, withdraw, confirm, and say that it did not help.
    """
    if not isinstance(actor, User):
        return
    if actor.is_staff:
        _check(actor, (step and step.who) or Verb.HANDLE_CASES, at)
        return
    check_may_see(actor, case, at=at)
    if step is not None and step.verb not in {"hear_customer", "cancel", "reopen", "confirm"}:
        raise Forbidden(_("Only our staff can do this."))


def check_may_reopen(actor: Actor, case: Case, *, at: datetime) -> None:
    """Open a case again: customers, signed in or with reference and code, ``REOPEN_DAYS`` long and ``REOPEN_TIMES``; staff always.

    Raises Forbidden, ReopenedOften.
    """
    if actor.is_staff if isinstance(actor, User) else actor != VISITOR:
        return
    if case.closed_at is not None and at - case.closed_at > timedelta(days=settings.REOPEN_DAYS):
        raise Forbidden(_("This request was closed too long ago to be opened again. Please send us a new one."))
    if times_reopened(case, {actor.actor_label, VISITOR.actor_label}) >= settings.REOPEN_TIMES:
        raise ReopenedOften


def check_may_erase(actor: Actor, *, at: datetime) -> None:
    """Forget personal data for good. Raises Forbidden."""
    _check(actor, Verb.ERASE_PERSONAL_DATA, at)


def check_may_contact(actor: Actor, case: Case, *, at: datetime) -> None:
    """Add a word or a file to a case: staff who handle cases, and whoever may see it as a customer. Raises NotYourCase."""
    if isinstance(actor, User):
        check_may_see(actor, case, at=at)


def check_may_ask_late(user: User, first: PaperList, *, at: datetime) -> None:
    """Sign for a paper that the first list forgot: who approves things, and did not make that list. Raises Forbidden."""
    if Verb.APPROVE_EXTENSIONS not in accounts.permissions.verbs_of(user, at):
        raise Forbidden(_("Only the head of a hall or a supervisor may still ask for it. Put it before them."))
    if first.staff_id == accounts.queries.current_staff(user).pk:
        raise Forbidden(_("You made the first list yourself: somebody else signs for what it forgot."))


def check_not_about(staff: Staff, case: Case, *, at: datetime) -> None:
    """Raises AboutThemselves where a case is about this colleague."""
    if accusations.is_about(case, staff, at):
        raise AboutThemselves


def check_may_transfer(user: User, case: Case, *, at: datetime) -> None:
    """Whoever answers for the case now, or who may assign. Raises Forbidden."""
    _check(user, Verb.HANDLE_CASES, at)
    if Verb.ASSIGN_CASES in accounts.permissions.verbs_of(user, at):
        return
    if accounts.queries.current_staff(user).pk != case.answerable_id:
        raise Forbidden(_("Only whoever has the case in hand can pass it on. Ask them, or the head of your hall."))


def check_may_accept(user: User, case: Case, offer: Transfer | None, *, at: datetime) -> None:
    """Whoever was asked: the person (or their deputy now), anybody of the hall or department; anybody where nobody has it.

    Raises Forbidden, AboutThemselves.
    """
    _check(user, Verb.HANDLE_CASES, at)
    staff = accounts.queries.current_staff(user)
    check_not_about(staff, case, at=at)
    if offer is None:
        return
    if offer.to_staff_id is not None:
        is_asked = offer.to_staff_id == staff.pk or accounts.queries.stands_in_for(staff, offer.to_staff_id, at)
    else:
        is_asked = offer.to_hall_id in {None, staff.hall_id} and (not offer.to_role or offer.to_role in accounts.queries.roles_of(user, at))
    if not is_asked:
        raise Forbidden(_("Somebody else was asked to take this case."))


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
