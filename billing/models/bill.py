from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import AppendOnly

from ..states import BillStatus
from .top_up import Payment


class Reading(models.Model):
    """What a meter showed on a day, and who says so. Kept for good; a wrong one is ``superseded_by`` another, never edited.

    A doubtful one (below the last, or far above what is usual) waits for somebody to confirm it and is not billed before.
    ``litres`` is the register; the gas of ``day`` is in it. ``doubt`` is a code of ``billing.plausibility``.
    """

    class Source(models.TextChoices):
        CABINET = "cabinet", _("cabinet")
        SMS = "sms", _("text message")
        HOTLINE = "hotline", _("hotline")
        HALL = "hall", _("hall")
        API = "api", _("connected system")
        CREW = "crew", _("read at the door")
        METER = "meter", _("sent by the meter")

    class Standing(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("reading", "accepted")
        DOUBTFUL = "doubtful", _("to be checked")
        REJECTED = "rejected", _("rejected")

    meter = models.ForeignKey("accounts.Meter", on_delete=models.PROTECT, related_name="readings")
    day = models.DateField(_("read on"))
    litres = models.PositiveBigIntegerField(_("reading (litres)"))
    source = models.CharField(_("source"), max_length=8, choices=Source)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing)
    doubt = models.CharField(_("doubt"), max_length=16, blank=True)
    taken_at = models.DateTimeField(_("received"))
    by = models.CharField(max_length=64)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        verbose_name = _("meter reading")
        verbose_name_plural = _("meter readings")
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "day"],
                condition=Q(superseded_by__isnull=True, standing="accepted"),
                name="a_meter_has_one_believed_reading_a_day",
            ),
        ]


class Bill(models.Model):
    """What an account owes for a month: the life is in states.BILL. ``lines`` is the breakdown by tier and price version, as billed.

    ``basis`` says where the volume came from: a reading, the mean of earlier months, or the norm, which is set right at the next
    reading: its bill has the lines of all days since the reading before, and with the opposite sign (``corrects``) those that were
    billed without one. So volume and amount may be below zero. A bill is never edited: a wrong one is withdrawn and made anew.
    ``credited`` is what came out of the credit of the account when it was issued (below zero: went into it). ``is_final``: made up to
    the last reading, before the account is closed. Why it was withdrawn is a code; the words beside it can be erased.
    """

    class Basis(models.TextChoices):
        READING = "reading", _("meter reading")
        MEAN = "mean", _("mean of earlier months")
        NORM = "norm", _("consumption norm")

    class Withdrawal(models.TextChoices):
        READING = "reading", _("a reading was wrong")
        PRICE = "price", _("price, benefit or household was wrong")
        ACCOUNT = "account", _("it belongs to another account")
        OTHER = "other", _("something else")

    number = models.CharField(_("number"), max_length=14, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="bills")
    meter = models.ForeignKey("accounts.Meter", on_delete=models.PROTECT, null=True, related_name="bills")
    month = models.DateField(_("month"), help_text=_("its first day"))
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="bills")
    previous_litres = models.PositiveBigIntegerField(_("reading before (litres)"), null=True)
    litres = models.BigIntegerField(_("volume (litres)"))
    amount = models.BigIntegerField(_("amount"))
    credited = models.BigIntegerField(_("paid out of credit"), default=0)
    is_final = models.BooleanField(_("final bill"), default=False)
    lines = models.JSONField(_("breakdown"), default=list)
    tariff_version = models.ForeignKey("billing.TariffVersion", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=BillStatus, default=BillStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField(_("issued"))
    due_on = models.DateField(_("to be paid by"))
    paid_at = models.DateTimeField(_("paid"), null=True)
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=8, choices=Withdrawal, blank=True)
    withdrawn_words = models.CharField(_("in their own words"), max_length=200, blank=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="bill")

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        constraints = [
            models.UniqueConstraint(fields=["account", "month"], condition=~Q(status="withdrawn"), name="a_month_is_billed_once"),
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="a_bill_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def to_pay(self) -> int:
        """What is to be paid to settle it, in minor units; the same before and after."""
        return self.amount - self.credited

    @property
    def is_open(self) -> bool:
        return self.status == BillStatus.OPEN

    @property
    def is_paid(self) -> bool:
        return self.status == BillStatus.PAID

    @property
    def is_withdrawn(self) -> bool:
        return self.status == BillStatus.WITHDRAWN


class BillPayment(AppendOnly):
    """A bill paid at a till: how, how much was handed over, and the number on the paper, gapless for each hall and year."""

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="payment")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, related_name="bill_payments")
    idempotency_key = models.CharField(max_length=120, unique=True)
    method = models.CharField(_("method"), max_length=12, choices=Payment.Method)
    amount = models.PositiveBigIntegerField(_("amount"))
    tendered = models.PositiveBigIntegerField(_("handed over"), null=True)
    slip = models.CharField(_("terminal slip number"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("payment of a bill")
        verbose_name_plural = _("payments of bills")
        constraints = [
            models.UniqueConstraint(fields=["hall", "year", "number"], name="a_paid_bill_has_a_number_of_its_hall_and_year"),
            models.CheckConstraint(
                condition=Q(method="cash", tendered__gte=models.F("amount")) | (~Q(method="cash") & Q(tendered__isnull=True)),
                name="cash_handed_over_covers_the_bill",
            ),
        ]

    @property
    def full_number(self) -> str:
        """As printed: ``LL01-2026-B00042``. Needs ``hall`` loaded."""
        return f"{self.hall.code}-{self.year}-B{self.number:05d}"

    @property
    def change(self) -> int:
        return (self.tendered or self.amount) - self.amount


class BillFault(models.Model):
    """A month of an account that could not be billed, and why: tried again each day, gone once it is billed."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="bill_faults")
    month = models.DateField(_("month"))
    code = models.CharField(_("reason"), max_length=24)
    tried_at = models.DateTimeField(_("tried"))

    class Meta:
        verbose_name = _("month that could not be billed")
        verbose_name_plural = _("months that could not be billed")
        constraints = [models.UniqueConstraint(fields=["account", "month"], name="a_month_has_one_fault")]
