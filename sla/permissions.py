"""Who may change promises. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Role, Verb
from casework import accusations
from casework.permissions import AboutThemselves

from .models import Compensation, Escalation, Extension
from .roster import up_the_line

#: Who looks after every hall; others who may see the board see that of their own.
_EVERY_HALL = frozenset({Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.HEAD_OFFICE})


def check_may_edit_promises(actor: Actor, *, at: datetime) -> None:
    """Promises and calendars. Raises Forbidden."""
    _check(actor, Verb.EDIT_PROMISES, at)


def may_see_the_book(user: User | AnonymousUser, *, at: datetime) -> bool:
    """Whether promises among ourselves are shown too."""
    return Verb.SEE_PROMISES in accounts.permissions.verbs_of(user, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)


def check_may_ask(actor: Actor, *, at: datetime) -> None:
    """Ask for more time on a case. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_decide(actor: Actor, wish: Extension, *, at: datetime) -> None:
    """Approve or refuse more time: whoever holds the role this length takes, or one further up the line; never who asked.

    Heads of halls decide in their own.

    Raises Forbidden.
    """
    _check(actor, Verb.APPROVE_EXTENSIONS, at)
    if not isinstance(actor, User):
        return
    staff = accounts.queries.current_staff(actor)
    if staff.pk == wish.asked_by_id:
        raise Forbidden(_("Somebody else decides about what you asked for yourself."))
    if staff.pk in accusations.accused_on(wish.timeline_id, at):
        raise AboutThemselves
    if not accounts.queries.roles_of(actor, at) & {Role(one) for one in up_the_line(wish.approver_role) if one in Role}:
        raise Forbidden(_("So much more time is for somebody with more responsibility to decide."))
    if not sees_every_hall(actor, at=at) and staff.hall_id is not None and wish.clock.hall_id not in {None, staff.hall_id}:
        raise Forbidden(_("This is a matter of another hall."))


def check_may_exempt(actor: Actor, *, at: datetime) -> None:
    """Say that a compensation is not owed. Raises Forbidden."""
    _check(actor, Verb.EXEMPT_COMPENSATION, at)


def check_may_exempt_this(actor: Actor, compensation: Compensation, *, at: datetime) -> None:
    """The same of one compensation, with the reason where it is too late or nothing could prove it. Raises Forbidden."""
    check_may_exempt(actor, at=at)
    if compensation.status != Compensation.Status.OWED:
        raise Forbidden(_("This cannot be done now: it is “%(status)s”.") % {"status": compensation.get_status_display()})
    if not hasattr(compensation.timeline, "case"):
        raise Forbidden(_("It is about a recurring duty and no case: there is nowhere to keep what proves it."))


def check_may_note_duty(actor: Actor, *, at: datetime) -> None:
    """Say that a recurring duty was done. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_mend(actor: Actor, *, at: datetime) -> None:
    """Follow an event again after a promise was mended, or settle a fault. Raises Forbidden."""
    _check(actor, Verb.EDIT_PROMISES, at)


def sees_every_hall(user: User, *, at: datetime) -> bool:
    """Whether the board and its trends show the whole company, or only one's own hall."""
    return bool(accounts.queries.roles_of(user, at) & _EVERY_HALL)


def decides_about(user: User, *, at: datetime) -> frozenset[str]:
    """The roles whose wishes for more time somebody may decide about: their own, and those below in the line."""
    if Verb.APPROVE_EXTENSIONS not in accounts.permissions.verbs_of(user, at):
        return frozenset()
    mine = accounts.queries.roles_of(user, at)
    return frozenset(str(role) for role in Role if mine & {Role(one) for one in up_the_line(role)})


def check_may_acknowledge(user: User, escalation: Escalation, *, at: datetime) -> None:
    """Take up what one was told of, or what stands on one's board. Raises Forbidden, NotStaff."""
    staff = accounts.queries.current_staff(user)
    if escalation.told.filter(pk=staff.pk).exists():
        return
    accounts.permissions.check_verb(user, Verb.SEE_BOARD, at=at)
    if not sees_every_hall(user, at=at) and escalation.alarm.clock.hall_id != staff.hall_id:
        raise Forbidden(_("This is a matter of another hall."))


def check_may_explain(actor: Actor, *, at: datetime) -> None:
    """Say why a promise was broken. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)
