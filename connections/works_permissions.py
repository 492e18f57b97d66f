"""Who builds, inspects and lets gas in. A part of the system acts by its own rules; a person needs the verb at that moment."""

from datetime import datetime

import accounts.permissions
import casework.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb

from .models import Defect


def check_may_build(actor: Actor, *, at: datetime) -> None:
    """Send orders on, write the construction log, say that it is built. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_inspect(actor: Actor, *, at: datetime) -> None:
    """Accept what was built, or find defects. Raises Forbidden."""
    _check(actor, Verb.INSPECT_WORKS, at)


def check_may_mend(actor: Actor, defect: Defect, *, at: datetime) -> None:
    """Say that a defect is mended: staff for anybody; the applicant for what the applicant had to mend. Raises Forbidden, NotYourCase."""
    if isinstance(actor, User) and not actor.is_staff and defect.party == Defect.Party.APPLICANT:
        casework.permissions.check_may_see(actor, defect.application.case, at=at)
    elif actor != casework.permissions.VISITOR or defect.party != Defect.Party.APPLICANT:
        _check(actor, Verb.HANDLE_CASES, at)


def check_may_let_gas_in(actor: Actor, *, at: datetime) -> None:
    """Turn the gas on for the first time. Raises Forbidden."""
    _check(actor, Verb.LET_GAS_IN, at)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
