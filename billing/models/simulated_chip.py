from django.db import models
from django.utils.translation import gettext_lazy as _


class SimulatedChip(models.Model):
    """The chip of a demo or test card: what a real card would carry in the customer's pocket.

    It lies on the reader of ``counter``, or on none. ``image`` is the encoded content with its checksum; the product reads
    and writes it only through the driver. ``fault`` scripts the next write: pulled or power lost before, during or after it.
    """

    class Fault(models.TextChoices):
        NONE = "", _("none")
        PULLED_BEFORE = "pulled_before", _("pulled out before the write")
        POWER_BEFORE_WRITE = "power_before", _("power lost before the write")
        TORN = "torn", _("pulled out in the middle of the write")
        POWER_BEFORE_READ_BACK = "power_after", _("power lost between write and read-back")

    label = models.CharField(_("label"), max_length=60, unique=True)
    image = models.TextField(_("content"))
    counter = models.OneToOneField("accounts.Counter", on_delete=models.SET_NULL, null=True, blank=True, related_name="chip_on_reader")
    fault = models.CharField(_("fault at the next write"), max_length=14, choices=Fault, default=Fault.NONE, blank=True)

    class Meta:
        verbose_name = _("simulated card")
        verbose_name_plural = _("simulated cards")

    def __str__(self) -> str:
        return self.label
