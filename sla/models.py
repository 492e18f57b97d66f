from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A periodic job's next moment. Whoever sweeps claims it by compare-and-set on ``next_run_at``; config/jobs.py lists them."""

    name = models.CharField(_("name"), max_length=64, primary_key=True)
    next_run_at = models.DateTimeField(_("next run"))
    last_run_at = models.DateTimeField(_("last run"), null=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")


class Heartbeat(models.Model):
    """A timekeeper's sign of life; screens and health checks turn red when it is old."""

    name = models.CharField(_("name"), max_length=64, primary_key=True)
    beat_at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
