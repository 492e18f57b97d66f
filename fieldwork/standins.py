"""Who comes to what is somebody's own, while people are away. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Away(NamedTuple):
    """Somebody is away from then until then, and who stands in."""

    starts_at: datetime
    ends_at: datetime
    deputy: int


@dataclass(frozen=True)
class Standins:
    """Person -> when they are away."""

    away: Mapping[int, Sequence[Away]]

    def attending(self, owner: int, starts_at: datetime, ends_at: datetime) -> int | None:
        """Who comes in this window: they, else who stands in for them; None where that one is away too."""
        deputy = self._deputy(owner, starts_at, ends_at)
        if deputy is None:
            return owner
        return deputy if self._deputy(deputy, starts_at, ends_at) is None else None

    def helpers_of(self, owner: int) -> set[int]:
        """Who may come to what is this person's, they among them."""
        return {owner} | {one.deputy for one in self.away.get(owner, ())}

    def helped_by(self, people: Iterable[int]) -> set[int]:
        """Everybody to whose visits one of these may come, they among them."""
        wanted = set(people)
        return wanted | {staff for staff, times in self.away.items() if wanted & {one.deputy for one in times}}

    def _deputy(self, staff: int, starts_at: datetime, ends_at: datetime) -> int | None:
        return next((one.deputy for one in self.away.get(staff, ()) if one.starts_at < ends_at and starts_at < one.ends_at), None)
