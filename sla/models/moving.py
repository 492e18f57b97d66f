from django.db import models
from django.utils.translation import gettext_lazy as _


class Moving(models.Model):
    """Open clocks of a promise were moved to a version on purpose: how many, by whom, and why. Their timelines name its key."""

    version = models.ForeignKey("sla.PromiseVersion", on_delete=models.PROTECT, related_name="movings")
    clocks = models.PositiveIntegerField(_("clocks"), default=0)
    reason = models.CharField(_("reason"), max_length=200)
    moved_by = models.CharField(max_length=64)
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("move of open clocks")
        verbose_name_plural = _("moves of open clocks")
