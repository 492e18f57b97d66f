"""Who may write what we send."""

from datetime import datetime

import accounts.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Verb


def check_may_write_letters(actor: Actor, *, at: datetime) -> None:
    """Change the words of letters: administrators and branch managers. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.WRITE_LETTERS, at=at)
