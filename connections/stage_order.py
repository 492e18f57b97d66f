"""In which order the statuses of an application follow each other, and which moves it makes by itself. Pure."""

from collections.abc import Mapping

from .states import ConnectionStatus

C = ConnectionStatus
#: The way without a setback; stages stand in one of these, or in CORRECTIONS.
WAY = (C.ACCEPTED, C.DESIGN, C.CONTRACT, C.CONSTRUCTION, C.ACCEPTANCE, C.READY)
#: Where stages of a plan may stand. Corrections come before the acceptance that they lead to again.
PLACES = (*WAY[:4], C.CORRECTIONS, *WAY[4:])
#: Status -> the step that is taken when the stages it needs are done. All others are somebody's deed.
BY_ITSELF: Mapping[str, str] = {C.ACCEPTED: "design", C.CONTRACT: "build"}
#: Steps that lead back to work that was done before.
BACK = ("redesign", "fail", "correct", "doubt")
_RANKS = {status: rank for rank, status in enumerate(PLACES)}


def rank(status: str) -> int:
    """Later on the way is more; what is over comes last."""
    return _RANKS.get(C(status), -1 if status == C.REGISTERED else len(PLACES))
