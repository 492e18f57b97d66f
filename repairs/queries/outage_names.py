"""What places are called: with what they lie in, or shortly."""

from collections.abc import Collection, Mapping

from accounts.models import Territory


def place_names(places: Collection[Territory]) -> Mapping[int, str]:
    """Place -> its name with what it lies in, from the county down; one statement for all of them."""
    return _names(places, {Territory.Level.PROVINCE, Territory.Level.CITY})


def short_names(places: Collection[Territory]) -> list[str]:
    """The same from the compound down, for headings and text messages."""
    levels = Territory.Level
    return list(_names(places, {levels.PROVINCE, levels.CITY, levels.COUNTY, levels.TOWN}).values())


def _names(places: Collection[Territory], without: Collection[str]) -> Mapping[int, str]:
    keys = {int(key) for place in places for key in place.path.strip("/").split("/")}
    known = Territory.objects.in_bulk(keys)
    found = {}
    for place in places:
        chain = [known[int(key)] for key in place.path.strip("/").split("/") if int(key) in known]
        found[place.pk] = " ".join(one.name for one in chain if one.level not in without or one.pk == place.pk)
    return found
