from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..credit_states import CreditPayoutStatus


class CreditPayout(models.Model):
    """The wish to pay out credit of an account, by a transfer from our bank. The life is in credit_states.CREDIT_PAYOUT.

    Two people agree; the second orders the transfer, and ``slip`` is its number at the bank. To whose bank account it goes stands on the
    customer's paper, not here: ``because`` says which reason the paper gives.
    """

    class Because(models.TextChoices):
        ENDED = "ended", _("the account ends, or has ended")
        NO_BILLS = "no_bills", _("no bill will use it up: the meter is paid in advance")
        WISHED = "wished", _("the customer asks for it")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="credit_payouts")
    amount = models.PositiveBigIntegerField(_("amount"))
    because = models.CharField(_("reason"), max_length=8, choices=Because)
    status = models.CharField(_("status"), max_length=8, choices=CreditPayoutStatus, default=CreditPayoutStatus.ASKED)
    version = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    slip = models.CharField(_("number at the bank"), max_length=40, blank=True)
    posting = models.OneToOneField("billing.Posting", on_delete=models.PROTECT, null=True, related_name="credit_payout")
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="credit_payout")

    class Meta:
        verbose_name = _("payout of credit")
        verbose_name_plural = _("payouts of credit")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payout_of_credit_moves_something"),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_at__isnull=False) & ~Q(decided_by=models.F("asked_by"))),
                name="two_people_agree_about_credit",
            ),
            models.CheckConstraint(
                condition=Q(status="done", posting__isnull=False) & ~Q(slip="") | ~Q(status="done") & Q(posting__isnull=True, slip=""),
                name="credit_that_was_paid_out_is_in_the_ledger",
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(status="asked"), name="credit_is_asked_for_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        """For somebody to decide."""
        return self.status == CreditPayoutStatus.ASKED
