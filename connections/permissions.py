"""Who may apply for gas, for themselves and for others. A part of the system acts by its own rules; a person needs the verb."""

from datetime import datetime

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_apply(actor: Actor, *, at: datetime) -> None:
    """Apply: customers and strangers for themselves, every employee for anybody (CON-01, the sixth channel). Raises Forbidden."""
    if isinstance(actor, User) and actor.is_staff:
        accounts.permissions.check_verb(actor, Verb.TAKE_APPLICATIONS, at=at)
