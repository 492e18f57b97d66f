"""Who may write what we send, and what we tell whoever asks."""

from datetime import datetime

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from accounts.roles import Role, Verb

from .models import AskedQuestion

__all__ = [
    "Forbidden",
    "check_may_answer",
    "check_may_publish_knowledge",
    "check_may_write_knowledge",
    "check_may_write_letters",
    "is_colleague",
]


def check_may_write_letters(actor: Actor, *, at: datetime) -> None:
    """Change the words of letters: administrators and branch managers. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.WRITE_LETTERS, at=at)


def check_may_write_knowledge(actor: Actor, *, at: datetime) -> None:
    """Write drafts, ask departments, look at articles: every colleague. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.WRITE_KNOWLEDGE, at=at)


def check_may_publish_knowledge(actor: Actor, *, at: datetime) -> None:
    """Publish what somebody else wrote, send it back, withdraw: supervisors, heads, the reception, administrators. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.PUBLISH_KNOWLEDGE, at=at)


def check_may_answer(actor: Actor, question: AskedQuestion, *, at: datetime) -> None:
    """Answer a question put to a department: its own people, and whoever publishes. Raises Forbidden."""
    if isinstance(actor, User) and Role(question.department) not in accounts.queries.roles_of(actor, at):
        accounts.permissions.check_verb(actor, Verb.PUBLISH_KNOWLEDGE, at=at)


def is_colleague(actor: Actor, *, at: datetime) -> bool:
    """Whether somebody works here."""
    return isinstance(actor, User) and bool(accounts.permissions.verbs_of(actor, at))
