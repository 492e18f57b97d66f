"""How many a turn must reach: promises that owe a share of everybody (T72, T76, T77) count by the frames that samples draw from."""

from collections.abc import Callable, Mapping

from sla.duties import Turn
from sla.policies import Policy

from .queries.frames import FRAMES
from .sampling import wanted


def _needed_by(population: str) -> Callable[[Policy, Turn, int], int]:
    def needed(policy: Policy, turn: Turn, percent: int) -> int:
        return sum(wanted(len(keys), percent) for keys in FRAMES[population](policy, turn).values())

    return needed


#: What the book calls a population -> how many a turn must reach of it at this share (per cent), stratum by stratum.
POPULATIONS: Mapping[str, Callable[[Policy, Turn, int], int]] = {name: _needed_by(name) for name in FRAMES}
