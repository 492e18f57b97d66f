"""Who may change promises. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_edit_promises(actor: Actor, *, at: datetime) -> None:
    """Promises and calendars. Raises Forbidden."""
    _check(actor, Verb.EDIT_PROMISES, at)


def may_see_the_book(user: User | AnonymousUser, *, at: datetime) -> bool:
    """Whether promises among ourselves are shown too."""
    return Verb.SEE_PROMISES in accounts.permissions.verbs_of(user, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
