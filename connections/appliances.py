"""What gas is wanted for."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Appliance(models.TextChoices):
    """Something that burns gas. An application says how many of each."""

    STOVE = "stove", _("kitchen stove")
    WATER_HEATER = "water_heater", _("water heater")
    WALL_BOILER = "wall_boiler", _("boiler for heating")
    RANGE = "range", _("commercial stove or wok range")
    STEAM = "steam", _("steam boiler")
    FURNACE = "furnace", _("furnace or burner of a workshop")
    OTHER = "other", _("something else")


#: At most so many of one kind: more is a slip of the finger.
MOST = 999


def in_words(wanted: Mapping[str, int]) -> list[str]:
    """ "kitchen stove: 2", in the order of the list; codes of a later version as they are."""
    known = [code for code in Appliance.values if wanted.get(code)]
    strange = [code for code in wanted if code not in Appliance.values and wanted[code]]
    return [_line(str(Appliance(code).label) if code in Appliance.values else code, wanted[code]) for code in [*known, *strange]]


def _line(name: str, count: int) -> str:
    if count == 1:
        return name
    return ngettext("%(name)s: %(count)d piece", "%(name)s: %(count)d pieces", count) % {"name": name, "count": count}
