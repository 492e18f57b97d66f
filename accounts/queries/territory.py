"""What a place inherits from the larger ones around it, and how it is called among neighbours."""

from collections.abc import Iterable, Mapping

from .. import addresses, models


def area_of(territory: models.Territory) -> str:
    """Urban, suburban or rural: the nearest place upwards that says so; empty when none does."""
    chain = _around(territory)
    return next((node.area for node in reversed(chain) if node.area), "")


def coordinates_of(territory: models.Territory) -> tuple[float, float] | None:
    """Latitude and longitude of the nearest place upwards that has them; None when none does."""
    found = ((node.latitude, node.longitude) for node in reversed(_around(territory)))
    return next(((latitude, longitude) for latitude, longitude in found if latitude is not None and longitude is not None), None)


def service_area_of(territory: models.Territory) -> models.ServiceArea | None:
    """The service area whose hall looks after a place, if somebody does."""
    keys = [node.pk for node in _around(territory)]
    return models.ServiceArea.objects.select_related("hall").filter(territories__in=keys).first()


def short_addresses(premises: Iterable[models.Premises]) -> Mapping[int, str]:
    """Premises' key -> its address as neighbours say it: compound, building, unit, door. Needs their ``territory`` loaded."""
    chains = {one: one.territory.keys for one in premises}
    near = [models.Territory.Level.COMPOUND, models.Territory.Level.BUILDING, models.Territory.Level.UNIT]
    found = models.Territory.objects.filter(pk__in={key for chain in chains.values() for key in chain}, level__in=near)
    names = dict(found.values_list("pk", "name"))
    return {one.pk: addresses.written([*(names[key] for key in chain if key in names), one.door]) for one, chain in chains.items()}


def _around(territory: models.Territory) -> list[models.Territory]:
    keys = territory.keys
    found = models.Territory.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
