from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import CompensationStatus


class VoidedBecause(models.TextChoices):
    """Why a promise that seemed broken was not."""

    KEPT = "kept", _("it was kept in time; that was recorded later")
    WAITED = "waited", _("the clock stood still before it was due; that was recorded later")
    MOVED = "moved", _("it was due later than it seemed")
    MOOT = "moot", _("it fell away before it was due; that was recorded later")


class Compensation(models.Model):
    """What we owe a customer for one broken promise, by that promise's rule as it stood for the clock.

    Decided once the amount can grow no more: the clock has ended, or its cap is reached. From ``payable_at`` on it is credited
    by itself; after ``pay_by`` it is twice as much. Until it is credited it may be exempted, with evidence. When it becomes known
    that the promise was not broken (``void_reason``, said at ``voided_at``) it is withdrawn, and what was credited is taken back.
    ``due_at`` is the moment that was missed: a visit agreed anew after it does not undo that.
    """

    Status = CompensationStatus
    VoidedBecause = VoidedBecause
    #: What counts for nothing in reports.
    NOT_OWED = (CompensationStatus.EXEMPT, CompensationStatus.WITHDRAWN)

    clock = models.OneToOneField("sla.Clock", on_delete=models.PROTECT, related_name="compensation")
    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="compensations")
    amount = models.PositiveBigIntegerField(_("amount"))
    steps = models.PositiveIntegerField(default=1)
    late = models.PositiveBigIntegerField(_("seconds late"))
    due_at = models.DateTimeField(null=True)
    status = models.CharField(_("status"), max_length=10, choices=CompensationStatus, default=CompensationStatus.OWED)
    decided_at = models.DateTimeField()
    payable_at = models.DateTimeField()
    pay_by = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    paid = models.PositiveBigIntegerField(default=0)
    exempted_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    exemption = models.CharField(_("why it is not owed"), max_length=300, blank=True)
    evidence = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("why the promise was not broken"), max_length=8, blank=True, choices=VoidedBecause)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("compensation")
        verbose_name_plural = _("compensations")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="paid", paid_at__isnull=False, paid__gt=0) | (~Q(status="paid") & Q(paid_at__isnull=True, paid=0)),
                name="a_paid_compensation_says_when_and_how_much",
            ),
        ]
        indexes = [models.Index(fields=["payable_at"], name="compensation_owed", condition=Q(status="owed", asked_at__isnull=True))]
