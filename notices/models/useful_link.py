from django.db import models
from django.utils.translation import gettext_lazy as _


class UsefulLink(models.Model):
    """A site of somebody else that is of use to customers. ``names`` by language; ``checked_at``: somebody looked where it leads."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("related organisation")
        PARTNER = "partner", _("partner")
        AUTHORITY = "authority", _("authority")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    address = models.URLField(_("address"), max_length=300, unique=True)
    names = models.JSONField(_("names"), default=dict)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    checked_at = models.DateTimeField(_("looked at"), null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("useful link")
        verbose_name_plural = _("useful links")
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.address
