"""Who builds, inspects and lets gas in. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_build(actor: Actor, *, at: datetime) -> None:
    """Send orders on, write the construction log, say that it is built, or mended. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_inspect(actor: Actor, *, at: datetime) -> None:
    """Accept what was built, or find defects. Raises Forbidden."""
    _check(actor, Verb.INSPECT_WORKS, at)


def check_may_let_gas_in(actor: Actor, *, at: datetime) -> None:
    """Turn the gas on for the first time. Raises Forbidden."""
    _check(actor, Verb.LET_GAS_IN, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
