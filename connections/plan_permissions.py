"""Who may write how applications go: stages, papers, fees and the words around them."""

from datetime import datetime

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_edit_plans(actor: Actor, *, at: datetime) -> None:
    """Write, publish and throw away drafts of plans: administrators and branch managers. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.EDIT_CONNECTION_PLANS, at=at)
