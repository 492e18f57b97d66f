from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A periodic job's next moment; config/jobs.py lists them.

    Due at ``next_run_at``. Whoever sweeps claims it by compare-and-set on ``claimed_until`` and rings for a worker; only a run
    that ended well moves ``next_run_at`` on. So a claim whose run never ended comes round again, and a job is late until it is done.
    """

    name = models.CharField(_("name"), max_length=64, primary_key=True)
    next_run_at = models.DateTimeField(_("next run"))
    claimed_until = models.DateTimeField(null=True)
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
