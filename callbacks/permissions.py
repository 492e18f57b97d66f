"""Who may ask a customer how it went, and who sees what came of it. A person needs the verb at that moment, and was not there."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
from accounts.actors import Actor
from accounts.models import Staff, User
from accounts.permissions import Forbidden
from accounts.roles import Verb
from casework.models import Case

from .queries.executors import who_worked


class WasThere(Forbidden):
    """Nobody is told the truth about the work by whoever did it."""

    def __init__(self) -> None:
        super().__init__(_("You worked on this yourself: somebody else asks the customer how it went."))


def check_may_ask(actor: Actor, *, at: datetime) -> None:
    """Ring customers, write down what they said, hand a call back on. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.HANDLE_CASES, at=at)


def check_may_write_questions(actor: Actor, *, at: datetime) -> None:
    """Write what customers are asked, and put in force what somebody else wrote: whoever publishes words of the house. Raises Forbidden."""
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, Verb.PUBLISH_KNOWLEDGE, at=at)


def check_was_elsewhere(case: Case, staff: Staff) -> None:
    """Whoever worked on it does not ask about it. Raises WasThere."""
    if staff.pk in who_worked(case):
        raise WasThere
