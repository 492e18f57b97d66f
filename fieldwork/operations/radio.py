"""What a crew says over the radio, written down by a dispatcher: the same steps through the same door, with nothing to prove them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Staff
from casework.operations import WrongMove

from ..models import Visit
from ..states import VISIT, VisitStatus
from .deeds import MOVES, Deed

S = VisitStatus
#: What a crew can say from where it stands. An offer it does not take is taken back, by the dispatcher's own button.
_FROM: Mapping[str, tuple[str, ...]] = {
    S.OFFERED: ("accept",),
    S.ACCEPTED: ("set_off", "arrive", "give_back"),
    S.ON_THE_WAY: ("arrive", "give_back"),
    S.ON_SITE: ("made_safe", "restored", "finish", "find_nobody", "give_back"),
}
SAYABLE = tuple(dict.fromkeys(step for steps in _FROM.values() for step in steps))


@dataclass(frozen=True, kw_only=True)
class Radioed:
    """What was said: a step of SAYABLE, by whom, when it was so (None: just now); ``outcome`` with finish, ``reason`` with give_back."""

    step: str
    teller: Staff
    happened_at: datetime | None = None
    outcome: str = ""
    reason: str = ""


def sayable(visit: Visit) -> tuple[str, ...]:
    """The steps that a crew can take from where its visit stands; what was said once is not asked again."""
    said = {step for step in ("made_safe", "restored") if getattr(visit, f"{step}_at") is not None}
    return tuple(step for step in _FROM.get(visit.status, ()) if step not in said)


@transaction.atomic
def write_down(*, visit: Visit, said: Radioed, by: Actor, at: datetime) -> Visit:
    """Take a crew's step in its stead. The event says who told and who wrote; no place and no picture is claimed.

    Raises WrongMove for what cannot be said from here, NotFromThisCrew, Forbidden, ReasonMissing, UnknownOutcome, StaleRow.
    """
    if said.step not in _FROM.get(visit.status, ()):
        raise WrongMove(said.step, visit.status, VISIT.label_of(visit.status))
    deed = Deed(visit=visit.pk, verb=said.step, outcome=said.outcome, reason=said.reason)
    MOVES[said.step](visit, deed, {"by": by, "at": at, "happened_at": said.happened_at, "told_by": said.teller})
    return visit
