from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """What a crew brought from a door as proof of one step: where it stood, what the detector showed, a photo.

    ``happened_at`` is the moment by our clock (the device's, corrected by how wrong it was), ``received_at`` when we heard of it.
    """

    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, related_name="evidence")
    step = models.CharField(_("step"), max_length=16)
    happened_at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy, m"), null=True, blank=True)
    metres_away = models.PositiveIntegerField(_("metres from the address"), null=True, blank=True)
    gas_ppm = models.PositiveIntegerField(_("gas in the air, ppm"), null=True, blank=True)
    photo = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes = [models.Index(fields=["visit", "happened_at"], name="evidence_of_visit")]
