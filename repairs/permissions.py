"""Who may report, order, let through and see. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_take_down(actor: Actor, *, at: datetime) -> None:
    """Report in somebody else's name, with the triage questions: staff who handle cases. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_report(user: User, *, at: datetime) -> None:
    """Report: customers and passers-by always, staff who handle cases for anybody. Raises Forbidden."""
    if user.is_staff:
        _check(user, Verb.HANDLE_CASES, at)


def check_may_order(actor: Actor, *, at: datetime) -> None:
    """Make an order of a report, or send somebody again. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_release(actor: Actor, *, at: datetime) -> None:
    """Let through what was set aside: whoever answers for the crews' time. Raises Forbidden."""
    _check(actor, Verb.DISPATCH, at)


def check_may_call_off(actor: Actor, *, at: datetime) -> None:
    """Decide that no second crew goes to an emergency at another door. Raises Forbidden."""
    _check(actor, Verb.DISPATCH, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
