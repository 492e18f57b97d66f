from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import ExtensionStatus


class ExtensionReason(models.TextChoices):
    """Why a promise cannot be kept in time; what reports count by."""

    WEATHER = "weather", _("weather or disaster")
    ACCESS = "access", _("no access to the place")
    PARTS = "parts", _("waiting for parts")
    PERMIT = "permit", _("waiting for a permit or another company")
    DIFFICULT = "difficult", _("more difficult than it seemed")
    CUSTOMER = "customer", _("the customer asked for it")
    OTHER = "other", _("something else")


class Extension(models.Model):
    """A wish for more time on one clock: asked by who has the case, with reason and evidence, decided by who may for that length.

    Asked -> approved (the clock moves, the customer is told the new moment) | refused | withdrawn. ``due_at`` is the moment asked
    for and ``was_due_at`` the one it replaces; reports count an extended promise apart from one kept in its own time.
    """

    Reason = ExtensionReason
    Status = ExtensionStatus

    clock = models.ForeignKey("sla.Clock", on_delete=models.PROTECT, related_name="wishes")
    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=12, choices=ExtensionReason)
    explanation = models.CharField(_("explanation"), max_length=500)
    evidence = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("new due moment"))
    was_due_at = models.DateTimeField()
    approver_role = models.CharField(max_length=32)
    status = models.CharField(_("status"), max_length=10, choices=ExtensionStatus, default=ExtensionStatus.ASKED)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(_("reason for the decision"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(status="asked"), name="a_clock_has_one_open_wish_for_more_time"),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("was_due_at")), name="an_extension_gives_more_time"),
        ]
        indexes = [models.Index(fields=["asked_at"], name="extension_open", condition=Q(status="asked"))]
