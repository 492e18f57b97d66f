from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import BillStatus


class Reading(models.Model):
    """What a meter showed on a day, and who says so. Kept for good; a wrong one is ``superseded_by`` another, never edited.

    A doubtful one (below the last, or far above what is usual) waits for somebody to confirm it and is not billed before.
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
        ACCEPTED = "accepted", _("accepted")
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
    superseded_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        verbose_name = _("meter reading")
        verbose_name_plural = _("meter readings")
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "day"],
                condition=Q(superseded_by__isnull=True) & ~Q(standing="rejected"),
                name="a_meter_has_one_reading_a_day",
            ),
        ]


class Bill(models.Model):
    """What an account owes for a month: the life is in states.BILL. ``lines`` is the breakdown by tier and price version, as billed.

    ``basis`` says where the volume came from: a reading, the mean of earlier months, or the norm, which is set right at the next
    reading. A bill is never edited: a wrong one is withdrawn and made anew.
    """

    class Basis(models.TextChoices):
        READING = "reading", _("meter reading")
        MEAN = "mean", _("mean of earlier months")
        NORM = "norm", _("consumption norm")

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
    lines = models.JSONField(_("breakdown"), default=list)
    tariff_version = models.ForeignKey("billing.TariffVersion", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=BillStatus, default=BillStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField(_("issued"))
    due_on = models.DateField(_("to be paid by"))
    paid_at = models.DateTimeField(_("paid"), null=True)
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
