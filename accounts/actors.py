"""Who did it: a person or the system, as a short label that outlives the row it names."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever may act: a signed-in user, a device, or the system itself."""

    @property
    def actor_label(self) -> str:
        """For the journal: ``user:17``, ``system:sentry``. Never a name or a phone."""
        ...


@dataclass(frozen=True)
class System:
    """A part of Pilotlight acting by itself."""

    part: str

    @property
    def actor_label(self) -> str:
        return f"system:{self.part}"
