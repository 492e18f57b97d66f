"""Who may complain, look into it, ask departments and answer. A part of the system acts by its own rules; a person needs the verb.

Whom a complaint is about may do none of it: ``casework.accusations`` keeps it from them, and each check here looks once more.
"""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb
from casework.permissions import check_not_about

from .models import Complaint, Inquiry


class NotAsked(Forbidden):
    """The question was put to somebody else."""

    def __init__(self) -> None:
        super().__init__(_("This question was put to somebody else."))


def check_may_complain(actor: Actor, *, at: datetime) -> None:
    """Customers and passers-by always; staff who handle cases for anybody. Raises Forbidden."""
    if isinstance(actor, User) and actor.is_staff:
        accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)


def check_may_look_into(actor: Actor, complaint: Complaint, *, at: datetime) -> None:
    """Investigate, ask, decide and answer: staff who handle cases and whom it is not about. Raises Forbidden, AboutThemselves."""
    if not isinstance(actor, User):
        return
    accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)
    check_not_about(accounts.queries.current_staff(actor), complaint.case, at=at)


def check_may_say(user: User, inquiry: Inquiry, *, at: datetime) -> None:
    """Answer a department's question: the person asked or their deputy, anybody of the hall or department. Raises NotAsked, Forbidden."""
    accounts.permissions.check_verb(user, Verb.HANDLE_CASES, at=at)
    staff = accounts.queries.current_staff(user)
    if inquiry.to_staff_id is not None:
        is_asked = inquiry.to_staff_id == staff.pk or accounts.queries.stands_in_for(staff, inquiry.to_staff_id, at)
    else:
        in_hall = inquiry.to_hall_id in {None, staff.hall_id}
        is_asked = in_hall and (not inquiry.to_role or inquiry.to_role in accounts.queries.roles_of(user, at))
    if not is_asked:
        raise NotAsked


def check_may_see_results(user: User, *, at: datetime) -> None:
    """What complaints come to, over all of them. Raises Forbidden."""
    accounts.permissions.check_verb(user, Verb.SEE_BOARD, at=at)
