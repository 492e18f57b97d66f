from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DevicePhoto(models.Model):
    """A picture from a crew's device and what it proves: whichever of the two comes first waits here for the other.

    ``key`` is made on the device and named by the deed. Without an ``attachment`` the picture has not come yet; without
    ``evidence`` the deed has not. Sent again, it is kept once.
    """

    key = models.CharField(max_length=64)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, related_name="device_photos")
    evidence = models.ForeignKey("fieldwork.Evidence", on_delete=models.PROTECT, null=True, related_name="device_photos")
    attachment = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("picture from a device")
        verbose_name_plural = _("pictures from devices")
        constraints = [
            models.UniqueConstraint(fields=["staff", "key"], name="a_picture_of_a_device_is_kept_once"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False) | Q(attachment__isnull=False), name="a_picture_waits_for_one_thing_at_most"
            ),
        ]
