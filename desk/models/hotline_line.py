from django.db import models
from django.utils.translation import gettext_lazy as _


class HotlineLine(models.Model):
    """A number that customers ring, round the clock (T23). The exchange says every minute whether it can be reached.

    ``heard_at`` is empty until an exchange first spoke of it: only then silence means something. ``timeline`` carries what was promised
    while it could not be reached.
    """

    number = models.CharField(_("number"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_reachable = models.BooleanField(_("can be reached"), default=True)
    heard_at = models.DateTimeField(_("heard of"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="hotline_line")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("hotline number")
        verbose_name_plural = _("hotline numbers")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name or self.number
