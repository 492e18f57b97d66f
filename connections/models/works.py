from django.db import models
from django.utils.translation import gettext_lazy as _


class WorksEntry(models.Model):
    """One entry of the construction log: what was done on a day, with photos (attachments of the case)."""

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="works")
    at = models.DateTimeField(_("when"))
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=64)
    text = models.TextField(_("what was done"))
    photos = models.ManyToManyField("casework.Attachment", related_name="+", blank=True)

    class Meta:
        verbose_name = _("entry of the construction log")
        verbose_name_plural = _("construction log")
        ordering = ["at", "pk"]
