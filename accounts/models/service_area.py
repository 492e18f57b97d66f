from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ServiceArea(models.Model):
    """A part of the territory that one hall looks after. Nodes of several areas never overlap (checked when one is drawn)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="service_areas", verbose_name=_("hall"))
    territories = models.ManyToManyField("accounts.Territory", related_name="service_areas", verbose_name=_("territories"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")

    def __str__(self) -> str:
        return self.name
