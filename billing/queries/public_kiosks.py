"""Kiosks as everybody sees them: which work right now, how far each is, and where they stand on a map (promise T04: at once)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldwork import maps
from fieldwork.distances import Point, metres
from fieldwork.queries.map import Mark, towns_in

from ..models import Kiosk
from . import kiosks

State = Kiosk.State
_ORDER = {State.WORKING: 0, State.LIMITED: 1, State.OUT: 2, State.SILENT: 3}
#: Of these somebody may go there; the others are shown so that nobody does.
WORKING = (State.WORKING, State.LIMITED)


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
    def place(self) -> Point | None:
        """Where it stands, as far as that is known."""
        return _place(self.kiosk)


@dataclass(frozen=True)
class KioskMark(Mark):
    """A machine on the map."""

    works: bool


@dataclass(frozen=True)
class Drawing:
    """All of the map; ``width`` and ``height`` are its units. ``here`` is the place asked about."""

    width: int
    height: int
    kiosks: Sequence[KioskMark]
    towns: Sequence[Mark]
    here: Mark | None


def public_kiosks(at: datetime, *, near: Point | None = None) -> list[PublicKiosk]:
    """All that stand somewhere: those that work first; of those the nearest first, where a place is asked about. One statement."""
    lines = [_line(kiosk, at, near) for kiosk in kiosks.standing()]
    far = 10**9
    return sorted(
        lines, key=lambda line: (not line.works, far if line.metres is None else line.metres, _ORDER[State(line.state)], line.kiosk.code)
    )


def drawing(lines: Sequence[PublicKiosk], *, near: Point | None = None) -> Drawing | None:
    """The map of these; None where no place of any is known. One statement, for the towns around."""
    placed = [(line, place) for line in lines if (place := line.place) is not None]
    frame = maps.around([place for _line, place in placed] + ([near] if near and placed else []))
    if frame is None:
        return None
    marks = [KioskMark(*frame.place(*place), line.kiosk.code, line.works) for line, place in placed]
    return Drawing(maps.WIDTH, frame.height, marks, towns_in(frame), Mark(*frame.place(*near), "") if near else None)


def _line(kiosk: Kiosk, at: datetime, near: Point | None) -> PublicKiosk:
    place = _place(kiosk)
    away = metres(near, place) if near and place else None
    return PublicKiosk(kiosk=kiosk, state=kiosks.state_of(kiosk, at=at).value, limits=kiosks.limits_of(kiosk), metres=away)


def _place(kiosk: Kiosk) -> Point | None:
    return None if kiosk.latitude is None or kiosk.longitude is None else Point(kiosk.latitude, kiosk.longitude)
