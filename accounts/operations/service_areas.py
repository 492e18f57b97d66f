"""Which hall looks after which part of the territory."""

from collections.abc import Collection
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed


class AreasOverlap(Exception):
    """One place would belong to two service areas."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(_("“%(first)s” and “%(second)s” would both cover the same place.") % {"first": first, "second": second})


@transaction.atomic
def draw_service_area(*, name: str, hall: models.Hall, nodes: Collection[models.Territory], by: Actor, at: datetime) -> models.ServiceArea:
    """Give these places, with all below them, to a hall; an area of this name is drawn anew. Raises AreasOverlap."""
    area = models.ServiceArea.objects.filter(name=name).first() or models.ServiceArea(name=name)
    area.hall = hall
    signed(area, by=by, at=at).save()
    area.territories.set(nodes)
    check_no_overlap()
    return area


def check_area_fits(*, name: str, nodes: Collection[models.Territory], but: int | None = None) -> None:
    """Raises AreasOverlap if an area of these places would share one with another area, itself (``but``) aside."""
    others = models.ServiceArea.territories.through.objects.exclude(servicearea=but or 0)
    _check([*others.values_list("territory__path", "servicearea__name"), *((node.path, name) for node in nodes)])


def check_no_overlap() -> None:
    """Raises AreasOverlap for the first place that two areas cover, or one covers twice."""
    through = models.ServiceArea.territories.through.objects
    _check(list(through.values_list("territory__path", "servicearea__name")))


def _check(rows: list[tuple[str, str]]) -> None:
    # Sorted by path, whatever lies below a node follows it directly.
    for (path, first), (below, second) in pairwise(sorted(rows)):
        if below.startswith(path):
            raise AreasOverlap(first, second)
