from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly

from ..charge_states import ChargeReturnStatus, ChargeStatus
from .top_up import Payment


class Charge(models.Model):
    """What somebody without an account pays us for: works that a case is about, in advance. The life is in charge_states.CHARGE.

    Who it is for says the case. ``basis`` is the number of the contract, ``lines`` what it is made of, a snapshot that never changes:
    ``[{"words": "...", "hundredths": 1250, "price": 4500, "amount": 56250}, ...]``; ``amount`` is their sum in minor units. What was
    paid stands in the ledger as an advance until the works are done. ``reference`` is all that a page needs where anybody may pay it.
    """

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="charges")
    basis = models.CharField(_("contract"), max_length=20, unique=True)
    language = models.CharField(max_length=10)
    lines = models.JSONField(_("lines"), default=list)
    amount = models.PositiveBigIntegerField(_("amount"))
    status = models.CharField(_("status"), max_length=10, choices=ChargeStatus, default=ChargeStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(_("issued"))
    due_on = models.DateField(_("to be paid by"))
    paid_at = models.DateTimeField(_("paid"), null=True)
    paid_by = models.CharField(_("paid by"), max_length=12, choices=Payment.Method, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="charge")

    class Meta:
        verbose_name = _("charge for works")
        verbose_name_plural = _("charges for works")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_charge_asks_for_money"),
            models.UniqueConstraint(fields=["case"], condition=Q(status__in=["open", "paid"]), name="a_case_is_charged_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status == ChargeStatus.OPEN

    @property
    def is_paid(self) -> bool:
        """And neither earned nor given back as a whole."""
        return self.status == ChargeStatus.PAID


class ChargeReturn(models.Model):
    """The wish to give a charge back, whole or in part, its approval, and its carrying out (charge_states.CHARGE_RETURN).

    What came in online goes back the way it came (``refund``); what a till took comes out of a till.
    """

    class Cause(models.TextChoices):
        """Of the codes of Refund.Reason: the refund carries the same."""

        CHANGED_MIND = "changed_mind", _("not wanted any more")
        WRONG = "wrong", _("too much was charged")
        NOT_DELIVERED = "not_delivered", _("could not be built")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="returns")
    amount = models.PositiveBigIntegerField(_("amount"))
    cause = models.CharField(_("kind of reason"), max_length=14, choices=Cause, default=Cause.CHANGED_MIND)
    status = models.CharField(_("status"), max_length=8, choices=ChargeReturnStatus, default=ChargeReturnStatus.ASKED)
    version = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="charge_return")

    class Meta:
        verbose_name = _("giving back of a charge")
        verbose_name_plural = _("giving back of charges")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_return_gives_something_back"),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(status__in=["asked", "approved"]), name="one_return_of_a_charge_is_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        """For somebody to decide."""
        return self.status == ChargeReturnStatus.ASKED

    @property
    def is_payable(self) -> bool:
        """At a counter: what came in online goes back by itself."""
        return self.status == ChargeReturnStatus.APPROVED


class ChargeReceipt(AppendOnly):
    """The proof that a charge was paid, or that money of it went back (in red, ``amount`` below zero).

    ``number`` is gapless per hall and year, over both kinds. ``facts`` is all that stands on the paper, a snapshot. ``code`` is the public
    verification code in the QR link, as on receipts of gas; papers from before there was one have none.
    """

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="receipts")
    charge_return = models.OneToOneField(ChargeReturn, on_delete=models.PROTECT, null=True, related_name="receipt")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, null=True, related_name="charge_receipts")
    idempotency_key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - many rows have none
    method = models.CharField(_("method"), max_length=12, choices=Payment.Method)
    amount = models.BigIntegerField(_("amount"))
    facts = models.JSONField()
    issued_at = models.DateTimeField(_("issued at"))
    code = models.CharField(max_length=24, unique=True, null=True)  # noqa: DJ001 - the oldest rows have none

    class Meta:
        verbose_name = _("receipt for a charge")
        verbose_name_plural = _("receipts for charges")
        constraints = [
            models.UniqueConstraint(fields=["hall", "year", "number"], name="a_charge_receipt_has_a_number_of_its_hall_and_year"),
            models.UniqueConstraint(fields=["charge"], condition=Q(charge_return=None), name="a_charge_is_paid_once"),
            models.CheckConstraint(
                condition=Q(charge_return=None, amount__gt=0) | Q(charge_return__isnull=False, amount__lt=0),
                name="a_receipt_in_red_is_about_money_that_went_back",
            ),
        ]

    @property
    def full_number(self) -> str:
        """As printed: ``LL01-2026-C00042``. Needs ``hall`` loaded."""
        return f"{self.hall.code}-{self.year}-C{self.number:05d}"

    @property
    def is_red(self) -> bool:
        return self.charge_return_id is not None
