from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import StageStatus
from .policy import Ball


class Stage(models.Model):
    """One stage of an application, taken from its plan when it was accepted.

    ``ball`` is whose turn it is while it runs; ``planned_for`` what the plan says, ``promised_until`` what the applicant was told.
    """

    application = models.ForeignKey("connections.Application", on_delete=models.CASCADE, related_name="stages")
    row = models.ForeignKey("connections.StageRow", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    status = models.CharField(_("status"), max_length=8, choices=StageStatus, default=StageStatus.WAITING)
    ball = models.CharField(_("whose turn"), max_length=10, choices=Ball)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    planned_for = models.DateTimeField(_("planned for"), null=True, blank=True)
    promised_until = models.DateTimeField(_("promised until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["row__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="an_application_has_a_stage_once")]
        indexes = [models.Index(fields=["planned_for"], name="stage_running", condition=Q(status="running"))]
