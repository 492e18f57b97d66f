from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import AssignmentStatus


class HeldAssignment(models.Model):
    """The wish to use held money after all: for an order, a bill or a charge, or as credit of an account. The life is in states.ASSIGNMENT.

    Two people agree, whatever the amount: money that came without a name is easily given to the wrong one. ``because`` is how the
    first of them knows whose it is. An order, a bill or a charge takes exactly what it costs; what is left of the payment stays held. A
    charge is nobody's account's.
    """

    class Because(models.TextChoices):
        PROOF = "proof", _("the customer showed proof of the payment")
        MISTYPED = "mistyped", _("the reference was left out or mistyped")
        PAYER = "payer", _("the payer is the holder of the account")
        AGREED = "agreed", _("agreed with whoever paid")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    payment = models.ForeignKey("billing.ProviderPayment", on_delete=models.PROTECT, related_name="assignments")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="assignments")
    checkout = models.ForeignKey("billing.Checkout", on_delete=models.PROTECT, null=True, related_name="assignments")
    bill = models.ForeignKey("billing.Bill", on_delete=models.PROTECT, null=True, related_name="assignments")
    charge = models.ForeignKey("billing.Charge", on_delete=models.PROTECT, null=True, related_name="assignments")
    amount = models.PositiveBigIntegerField(_("amount"))
    because = models.CharField(_("how we know"), max_length=8, choices=Because)
    status = models.CharField(_("status"), max_length=8, choices=AssignmentStatus, default=AssignmentStatus.ASKED)
    version = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="assignment")

    class Meta:
        verbose_name = _("use of held money")
        verbose_name_plural = _("uses of held money")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_assignment_moves_something"),
            models.CheckConstraint(
                condition=Q(checkout__isnull=True) | Q(bill__isnull=True), name="held_money_is_used_for_one_thing_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, charge__isnull=True)
                | Q(account__isnull=True, charge__isnull=False, checkout__isnull=True, bill__isnull=True),
                name="held_money_is_for_an_account_or_for_a_charge",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_at__isnull=False) & ~Q(decided_by=models.F("asked_by"))),
                name="two_people_agree_about_held_money",
            ),
            models.UniqueConstraint(
                fields=["checkout"], condition=Q(status__in=["asked", "done"]), name="an_order_is_paid_out_of_held_money_once"
            ),
            models.UniqueConstraint(
                fields=["bill"], condition=Q(status__in=["asked", "done"]), name="a_bill_is_paid_out_of_held_money_once"
            ),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(status__in=["asked", "done"]), name="a_charge_is_paid_out_of_held_money_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        """For somebody to decide."""
        return self.status == AssignmentStatus.ASKED

    @property
    def is_credit(self) -> bool:
        """For neither order, bill nor charge: the account's next bill is lower by it."""
        return self.checkout_id is None and self.bill_id is None and self.charge_id is None

    @property
    def target(self) -> str:
        """What it is for, as a number to read out. Needs checkout, bill, charge and account loaded."""
        return str(self.checkout or self.bill or self.charge or (self.account.number if self.account else ""))
