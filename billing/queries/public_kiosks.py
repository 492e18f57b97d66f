"""Kiosks as everybody sees them: which work right now, how far each is, and where they stand on a map (promise T04: at once)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Territory

from .. import kiosk_map
from ..kiosk_map import Place
from ..models import Kiosk
from . import kiosks

State = Kiosk.State
_ORDER = {State.WORKING: 0, State.LIMITED: 1, State.OUT: 2, State.SILENT: 3}
#: Of these somebody may go there; the others are shown so that nobody does.
WORKING = (State.WORKING, State.LIMITED)
_MOST_TOWNS = 40


@dataclass(frozen=True, kw_only=True)
class PublicKiosk:
    """One machine: its state as of now, what it cannot do, and the metres from the place asked about (None: no place, or unknown)."""

    kiosk: Kiosk
    state: str
    limits: Sequence[str]
    metres: int | None

    @property
    def works(self) -> bool:
        """Whether a card can be written there now."""
        return self.state in WORKING

    @property
    def place(self) -> Place | None:
        """Degrees, where they are known."""
        one = self.kiosk
        return None if one.latitude is None or one.longitude is None else (one.latitude, one.longitude)


@dataclass(frozen=True)
class Mark:
    """A machine or a town on the map."""

    x: float
    y: float
    name: str
    works: bool = True


@dataclass(frozen=True)
class Drawing:
    """All of the map; ``width`` and ``height`` are its units. ``here`` is the place asked about."""

    width: int
    height: int
    kiosks: Sequence[Mark]
    towns: Sequence[Mark]
    here: Mark | None


def public_kiosks(at: datetime, *, near: Place | None = None) -> list[PublicKiosk]:
    """All that stand somewhere: those that work first; of those the nearest first, where a place is asked about. One statement."""
    lines = [_line(kiosk, at, near) for kiosk in kiosks.standing()]
    far = 10**9
    return sorted(
        lines, key=lambda line: (not line.works, far if line.metres is None else line.metres, _ORDER[State(line.state)], line.kiosk.code)
    )


def drawing(lines: Sequence[PublicKiosk], *, near: Place | None = None) -> Drawing | None:
    """The map of these; None where no place of any is known. One statement, for the towns around."""
    found = [(line, line.place) for line in lines]
    placed = [(line, place) for line, place in found if place is not None]
    frame = kiosk_map.around([place for _line, place in placed] + ([near] if near and placed else []))
    if frame is None or not placed:
        return None
    marks = [Mark(*frame.place(*place), line.kiosk.code, line.works) for line, place in placed]
    inside = Territory.objects.filter(
        level=Territory.Level.TOWN, latitude__range=(frame.south, frame.north), longitude__range=(frame.west, frame.east)
    )
    rows = inside.order_by("pk").values_list("latitude", "longitude", "name")[:_MOST_TOWNS]
    towns = [Mark(*frame.place(latitude or 0, longitude or 0), name) for latitude, longitude, name in rows]
    return Drawing(kiosk_map.WIDTH, frame.height, marks, towns, Mark(*frame.place(*near), "") if near else None)


def _line(kiosk: Kiosk, at: datetime, near: Place | None) -> PublicKiosk:
    away = None
    if near and kiosk.latitude is not None and kiosk.longitude is not None:
        away = kiosk_map.metres(near, (kiosk.latitude, kiosk.longitude))
    return PublicKiosk(kiosk=kiosk, state=kiosks.state_of(kiosk, at=at).value, limits=kiosks.limits_of(kiosk), metres=away)
