"""What a crew can say over the radio from where its visit stands."""

from collections.abc import Mapping

from .models import Visit
from .states import VisitStatus

S = VisitStatus
#: An offer that a crew does not take is taken back, by the dispatcher's own button.
_FROM: Mapping[str, tuple[str, ...]] = {
    S.OFFERED: ("accept",),
    S.ACCEPTED: ("set_off", "arrive", "give_back"),
    S.ON_THE_WAY: ("arrive", "give_back"),
    S.ON_SITE: ("made_safe", "restored", "finish", "find_nobody", "give_back"),
}
SAYABLE = tuple(dict.fromkeys(step for steps in _FROM.values() for step in steps))


def sayable(visit: Visit) -> tuple[str, ...]:
    """The steps that can be said now; what was said once is not asked again."""
    said = {step for step in ("made_safe", "restored") if getattr(visit, f"{step}_at") is not None}
    return tuple(step for step in _FROM.get(visit.status, ()) if step not in said)
