"""Who may plan and end interruptions, and who may agree to an exception. A part of the system acts by its own rules."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import OutageWish


def check_may_plan(actor: Actor, *, at: datetime) -> None:
    """Plan, announce, begin, end. Raises Forbidden."""
    _check(actor, Verb.PLAN_OUTAGES, at)


def check_may_ring(actor: Actor, *, at: datetime) -> None:
    """Ring customers about an interruption, and say which case belongs to it. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_decide(actor: Actor, wish: OutageWish, *, at: datetime) -> None:
    """Agree to an exception: never whoever asked for it or planned the interruption. Raises Forbidden."""
    _check(actor, Verb.APPROVE_OUTAGES, at)
    if not isinstance(actor, User):
        return
    staff = accounts.queries.current_staff(actor)
    if staff.pk in {wish.asked_by_id, wish.outage.planned_by_id}:
        raise Forbidden(_("Somebody else decides about what you planned or asked for yourself."))


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
