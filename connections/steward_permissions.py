"""Who may hand over an application. A part of the system acts by its own rules; a person needs the verb now."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import Application


def check_may_hand_over(actor: Actor, application: Application, *, at: datetime) -> None:
    """Give an application to another steward: whoever has it, who stands in for them, or who assigns cases. Raises Forbidden."""
    if not isinstance(actor, User):
        return
    accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)
    if Verb.ASSIGN_CASES in accounts.permissions.verbs_of(actor, at):
        return
    staff, owner = accounts.queries.current_staff(actor), application.case.owner_id
    if owner is None or (staff.pk != owner and not accounts.queries.stands_in_for(staff, owner, at)):
        raise Forbidden(_("Only the steward, their deputy or whoever assigns cases can hand it over."))


def check_may_clear_desk(actor: Actor, *, at: datetime) -> None:
    """Hand over everything that somebody has: whoever assigns cases. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.ASSIGN_CASES, at=at)
