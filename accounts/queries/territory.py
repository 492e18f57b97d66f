"""What a place inherits from the larger ones around it."""

from .. import models


def area_of(territory: models.Territory) -> str:
    """Urban, suburban or rural: the nearest place upwards that says so; empty when none does."""
    chain = _around(territory)
    return next((node.area for node in reversed(chain) if node.area), "")


def service_area_of(territory: models.Territory) -> models.ServiceArea | None:
    """The service area whose hall looks after a place, if somebody does."""
    keys = [node.pk for node in _around(territory)]
    return models.ServiceArea.objects.select_related("hall").filter(territories__in=keys).first()


def _around(territory: models.Territory) -> list[models.Territory]:
    keys = [int(key) for key in territory.path.strip("/").split("/")]
    found = models.Territory.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
