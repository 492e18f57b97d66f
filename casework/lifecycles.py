"""A lifecycle as one table: from, verb, to, who may. Everything not in the table is refused, and the diagram is drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.roles import Verb


@dataclass(frozen=True)
class Move:
    """One allowed step. ``who`` is the staff verb it takes; None for steps only the system makes.

    ``tells`` are events that the step means besides its own, in words that are the same for every kind of case
    (``case.answered``): promises listen to those.
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    who: Verb | None = None
    tells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lifecycle:
    """All allowed steps of one kind of thing. ``finals`` maps each status without a way out to the reason why."""

    kind: str
    start: tuple[str, ...]
    moves: tuple[Move, ...]
    finals: Mapping[str, str]

    def find(self, verb: str, status: str) -> Move | None:
        """The step that leads out of this status by this verb, if the table has one."""
        return next((move for move in self.moves if move.verb == verb and status in move.sources), None)

    def label_of(self, status: str) -> str:
        """The status in the reader's words."""
        named = [*self.start, *(move.target for move in self.moves)]
        found = next((one for one in named if one == status), status)
        return str(getattr(found, "label", found))
