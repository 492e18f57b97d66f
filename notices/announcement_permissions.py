"""Who may announce, and who may let out what another wrote."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import Announcement


def check_may_announce(actor: Actor, *, at: datetime) -> None:
    """Write, schedule, move, call off. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.ANNOUNCE, at=at)


def check_may_approve(actor: Actor, announcement: Announcement, *, at: datetime) -> None:
    """Let it out or send it back: never whoever wrote it. Raises Forbidden."""
    if not isinstance(actor, User):
        return
    accounts.permissions.check_verb(actor, Verb.APPROVE_ANNOUNCEMENTS, at=at)
    if accounts.queries.current_staff(actor).pk == announcement.written_by_id:
        raise Forbidden(_("Somebody else approves what you wrote yourself."))
