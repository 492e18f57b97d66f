"""Who may announce and write news, and who may let out what another wrote."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import Announcement, News, NewsCorrection


def check_may_announce(actor: Actor, *, at: datetime) -> None:
    """Write, schedule, move, call off. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.ANNOUNCE, at=at)


def check_may_approve(actor: Actor, written: Announcement | News | NewsCorrection, *, at: datetime) -> None:
    """Let it out or send it back: never whoever wrote it. Raises Forbidden."""
    if not isinstance(actor, User):
        return
    accounts.permissions.check_verb(actor, Verb.APPROVE_ANNOUNCEMENTS, at=at)
    writer = written.proposed_by_id if isinstance(written, NewsCorrection) else written.written_by_id
    if accounts.queries.current_staff(actor).pk == writer:
        raise Forbidden(_("Somebody else approves what you wrote yourself."))
