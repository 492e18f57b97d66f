from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly


class HallDay(AppendOnly):
    """The day close of a hall: every shift of the day closed, the totals fixed in ``totals``, one signature; the other is a row of
    its own (DaySignature), so that neither is ever changed.

    ``totals`` also holds what was compared by hand: the terminals' report, the cash left in the safe, orders against payments and cards.
    """

    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="days")
    day = models.DateField(_("day"))
    totals = models.JSONField()
    closed_at = models.DateTimeField(_("closed at"))
    closed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="closed_days")

    class Meta:
        verbose_name = _("day of a hall")
        verbose_name_plural = _("days of halls")
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="a_hall_closes_a_day_once")]


class DaySignature(AppendOnly):
    """The second signature under a closed day: somebody else has compared it with receipts, slips and cash."""

    day = models.OneToOneField(HallDay, on_delete=models.PROTECT, related_name="signature")
    signed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="signed_days")
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("second signature of a day")
        verbose_name_plural = _("second signatures of days")


class BankDeposit(AppendOnly):
    """Cash taken from the safe of a hall to the bank, with the number on the bank's slip."""

    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="deposits")
    amount = models.PositiveBigIntegerField(_("amount"))
    slip = models.CharField(_("number on the bank's slip"), max_length=40)
    posting = models.OneToOneField("billing.Posting", on_delete=models.PROTECT, related_name="deposit")
    deposited_at = models.DateTimeField(_("taken to the bank"))
    deposited_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="deposits")

    class Meta:
        verbose_name = _("cash taken to the bank")
        verbose_name_plural = _("cash taken to the bank")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_deposit_takes_something_to_the_bank"),
            models.UniqueConstraint(fields=["hall", "slip"], name="a_slip_of_the_bank_is_noted_once"),
        ]
