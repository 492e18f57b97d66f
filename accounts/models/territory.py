from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Area(models.TextChoices):
    """The seeds' area kinds (ACC-08): time limits depend on them."""

    URBAN = "urban", _("urban")
    SUBURBAN = "suburban", _("suburban")
    RURAL = "rural", _("rural")


class Territory(models.Model):
    """A node of the tree from province to building unit. A door is a Premises, not a node.

    ``path`` is the chain of primary keys from the root, ``/1/7/42/``, so that everything below a node is one prefix query.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        COUNTY = "county", _("county")
        TOWN = "town", _("town")
        COMPOUND = "compound", _("compound")
        BUILDING = "building", _("building")
        UNIT = "unit", _("unit")

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("division code"), max_length=20, blank=True)
    area = models.CharField(_("area"), max_length=10, choices=Area, blank=True, help_text=_("empty: as the node above"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("empty: as the node above"))
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    path = models.CharField(max_length=200, db_index=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="a_territory_name_is_unique_below_its_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> list[int]:
        """Of all it lies in, from the root down to itself."""
        return [int(key) for key in self.path.strip("/").split("/")]
