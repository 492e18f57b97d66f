"""What a crew says over the radio, written down by a dispatcher: the same steps through the same door, with nothing to prove them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Staff
from casework.operations import WrongMove

from ..models import Visit
from ..sayings import sayable
from ..states import VISIT
from .deeds import MOVES, Deed


@dataclass(frozen=True, kw_only=True)
class Radioed:
    """What was said: a step (sayings.SAYABLE), by whom, when it was so (None: now); ``outcome`` with finish, ``reason`` with give_back."""

    step: str
    teller: Staff
    happened_at: datetime | None = None
    outcome: str = ""
    reason: str = ""


@transaction.atomic
def write_down(*, visit: Visit, said: Radioed, by: Actor, at: datetime) -> Visit:
    """Take a crew's step in its stead. The event says who told and who wrote; no place and no picture is claimed.

    Raises WrongMove for what cannot be said from here, TooLongAgo, NotFromThisCrew, Forbidden, ReasonMissing, UnknownOutcome,
    NotYetExpected where nobody has to be home yet, StaleRow.
    """
    if said.step not in sayable(visit):
        raise WrongMove(said.step, visit.status, VISIT.label_of(visit.status))
    deed = Deed(visit=visit.pk, verb=said.step, outcome=said.outcome, reason=said.reason)
    MOVES[said.step](visit, deed, {"by": by, "at": at, "happened_at": said.happened_at, "told_by": said.teller})
    return visit
