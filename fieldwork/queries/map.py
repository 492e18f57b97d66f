"""What is drawn on the dispatchers' map, as shapes: jobs gathered by nearness, crews where they were last, and towns to find one's way."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Territory

from .. import maps
from ..maps import Frame
from .board import Box, CrewLine, Wanted, bounds, map_cells

#: Cells across the map: what lies in one is drawn as one circle.
_COLUMNS = 18
_MOST_TOWNS = 60


@dataclass(frozen=True)
class Circle:
    """Jobs in one cell; ``zoom`` is the box to look closer at, ``visit`` the job where it is alone."""

    x: float
    y: float
    radius: float
    count: int
    tone: str
    visit: int
    zoom: str


@dataclass(frozen=True)
class Mark:
    """A crew or a town: where it is drawn, and its name."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class Drawing:
    """All of the map; ``width`` and ``height`` are its units."""

    width: int
    height: int
    circles: Sequence[Circle]
    crews: Sequence[Mark]
    towns: Sequence[Mark]


def drawing(wanted: Wanted, crews: Sequence[CrewLine], *, box: Box | None) -> Drawing | None:
    """The map of what is open; None where nothing has a place. Three statements, two for a part that was chosen."""
    found = box or bounds(wanted)
    if found is None:
        return None
    frame = maps.with_room(**found._asdict())
    found = Box(frame.south, frame.west, frame.north, frame.east)
    cells = map_cells(wanted, box=found, columns=_COLUMNS)
    circles = []
    for cell in cells:
        x, y = frame.place(cell.latitude, cell.longitude)
        tone = "danger" if cell.emergencies else "wait" if cell.waiting else "calm"
        zoom = _near(found, cell.latitude, cell.longitude)
        circles.append(Circle(x, y, maps.radius(cell.count), cell.count, tone, cell.visit if cell.count == 1 else 0, zoom))
    known = [(line.crew.code, line.place) for line in crews if line.place and frame.holds(*line.place)]
    marks = [Mark(*frame.place(*place), code) for code, place in known]
    return Drawing(maps.WIDTH, frame.height, circles, marks, towns_in(frame))


def box_of(text: str) -> Box | None:
    """A part of the map from the address: south, west, north, east. None for anything else."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return Box(south, west, north, east) if -90 <= south < north <= 90 and -180 <= west < east <= 180 else None


def _near(box: Box, latitude: float, longitude: float) -> str:
    """A quarter of the map around a point."""
    high, wide = (box.north - box.south) / 8, (box.east - box.west) / 8
    return ",".join(f"{edge:.5f}" for edge in (latitude - high, longitude - wide, latitude + high, longitude + wide))


def towns_in(frame: Frame) -> list[Mark]:
    """Towns by which people find their way on a map. One statement."""
    inside = Territory.objects.filter(
        level=Territory.Level.TOWN, latitude__range=(frame.south, frame.north), longitude__range=(frame.west, frame.east)
    )
    rows = inside.order_by("pk").values_list("latitude", "longitude", "name")[:_MOST_TOWNS]
    return [Mark(*frame.place(latitude or 0, longitude or 0), name) for latitude, longitude, name in rows]
