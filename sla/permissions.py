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

from .roster import up_the_line


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


def check_may_decide(actor: Actor, *, role: str, asker: int, at: datetime) -> None:
    """Approve or refuse more time: whoever holds the role this length takes, or one further up the line; never who asked.

    Raises Forbidden.
    """
    _check(actor, Verb.APPROVE_EXTENSIONS, at)
    if not isinstance(actor, User):
        return
    if accounts.queries.current_staff(actor).pk == asker:
        raise Forbidden(_("Somebody else decides about what you asked for yourself."))
    if not accounts.queries.roles_of(actor, at) & {Role(one) for one in up_the_line(role) if one in Role}:
        raise Forbidden(_("So much more time is for somebody with more responsibility to decide."))


def check_may_exempt(actor: Actor, *, at: datetime) -> None:
    """Say that a compensation is not owed. Raises Forbidden."""
    _check(actor, Verb.EXEMPT_COMPENSATION, at)


def check_may_mend(actor: Actor, *, at: datetime) -> None:
    """Follow an event again after a promise was mended, or settle a fault. Raises Forbidden."""
    _check(actor, Verb.EDIT_PROMISES, at)
