from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What tells one reporter from another."""

    PHONE = "phone", _("phone")
    DEVICE = "device", _("device")
    NETWORK = "network", _("network")


class ReportSource(models.Model):
    """One of the marks by which reports of one source are counted: a keyed digest, from which nobody is found again."""

    Kind = SourceKind

    repair = models.ForeignKey("repairs.Repair", on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=8, choices=SourceKind)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="report_of_source")]
