from django.db import models
from django.utils.translation import gettext_lazy as _


class DeviceAction(models.Model):
    """One thing a crew did on its device, perhaps without signal: applied once, however often it is sent.

    ``key`` is made on the device. ``device_at`` is what its clock said, ``skew_ms`` how far that clock was ahead of ours when it
    synchronised, ``happened_at`` the moment that follows. A refused one keeps why, so that nothing vanishes: the crew sees it,
    the dispatcher too.
    """

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("done")
        REFUSED = "refused", _("not possible any more")

    key = models.CharField(max_length=64)
    crew = models.ForeignKey("fieldwork.Crew", on_delete=models.PROTECT, related_name="device_actions")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, null=True, related_name="device_actions")
    verb = models.CharField(max_length=24)
    device_at = models.DateTimeField()
    skew_ms = models.BigIntegerField(default=0)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    why = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("action on a device")
        verbose_name_plural = _("actions on devices")
        constraints = [models.UniqueConstraint(fields=["staff", "key"], name="an_action_of_a_device_is_applied_once")]
