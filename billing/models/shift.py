from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import ShiftStatus


class ReopenReason(models.TextChoices):
    """Why a counted till goes back to its clerk; the second person's own words stand beside it (ShiftReturn)."""

    MISCOUNTED = "miscounted", _("the count is wrong")
    PAPER_MISSING = "paper_missing", _("a receipt or slip is missing")
    NOT_FINISHED = "not_finished", _("customers are still to be served")
    OTHER = "other", _("something else")


class Shift(models.Model):
    """A clerk's time at a counter with its cash: opened with a float, counted, signed by a second person, closed for good.

    ``counted`` is the count by denomination, minor units to pieces: ``{"10000": 12, "5000": 3}``. ``expected`` and
    ``difference`` are set at the count, with a reason when they differ. Every count and reopening stands on ``timeline``.
    ``counted_by`` is whoever counted: the clerk, or somebody who may sign when the clerk has left; a third person signs then.
    """

    counter = models.ForeignKey("accounts.Counter", on_delete=models.PROTECT, related_name="shifts")
    clerk = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="shifts")
    status = models.CharField(_("status"), max_length=8, choices=ShiftStatus, default=ShiftStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened"))
    float_amount = models.PositiveBigIntegerField(_("float"))
    counted = models.JSONField(null=True)
    counted_amount = models.PositiveBigIntegerField(_("counted"), null=True)
    expected_amount = models.BigIntegerField(_("expected"), null=True)
    difference_reason = models.CharField(_("reason for the difference"), max_length=200, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True)
    counted_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("counted by"))
    countersigned_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="countersigned_shifts")
    closed_at = models.DateTimeField(_("closed at"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="shift")

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.UniqueConstraint(fields=["counter"], condition=~Q(status="closed"), name="a_counter_has_one_shift_at_a_time"),
            models.UniqueConstraint(fields=["clerk"], condition=~Q(status="closed"), name="a_clerk_has_one_shift_at_a_time"),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False, countersigned_by__isnull=False),
                name="a_closed_shift_has_a_second_signature",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("clerk")), name="nobody_countersigns_their_own_shift"
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True) | Q(counted_by__isnull=True) | ~Q(countersigned_by=F("counted_by")),
                name="nobody_countersigns_their_own_count",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it takes money."""
        return self.status == ShiftStatus.OPEN

    @property
    def is_counted(self) -> bool:
        return self.status == ShiftStatus.COUNTED

    @property
    def is_closed(self) -> bool:
        return self.status == ShiftStatus.CLOSED

    @property
    def difference(self) -> int:
        """Over (positive) or short (negative) at the last count, in minor units; 0 before it."""
        return (self.counted_amount or 0) - (self.expected_amount or 0)


class ShiftReturn(models.Model):
    """What the second person said when a counted till went back. In a row of its own: words about people must be erasable.

    The journal has the code of the reason and a digest of ``salt`` and ``words``; once both are emptied it says nothing more.
    """

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="returns")
    words = models.CharField(_("in their own words"), max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True)
