from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Obligation(models.Model):
    """Whom we owe recurring duties: one customer, one account, or (a share of) everybody. Its timeline carries the clocks."""

    class Subject(models.TextChoices):
        ACCOUNT = "account", _("account")
        CUSTOMER = "customer", _("customer")
        COMPANY = "company", _("the whole company")

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="obligation")
    subject = models.CharField(max_length=10, choices=Subject)
    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, null=True, related_name="obligation")
    customer = models.OneToOneField("accounts.Customer", on_delete=models.PROTECT, null=True, related_name="obligation")

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="account", account__isnull=False, customer__isnull=True)
                | Q(subject="customer", customer__isnull=False, account__isnull=True)
                | Q(subject="company", account__isnull=True, customer__isnull=True),
                name="an_obligation_is_to_one",
            ),
            models.UniqueConstraint(fields=["subject"], condition=Q(subject="company"), name="the_company_s_duties_have_one_timeline"),
        ]


class Period(models.Model):
    """One turn of a recurring duty: "2026-11" of the monthly call.

    Opened by a job as it begins; done when ``done`` reaches ``needed``; ``ended_at`` when it is no longer owed to them.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="periods")
    promise = models.ForeignKey("sla.Promise", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    needed = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("period of a duty")
        verbose_name_plural = _("periods of duties")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "promise", "label"], name="a_period_is_opened_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done__lt=models.F("needed")) | Q(done_at__isnull=False, done__gte=models.F("needed")),
                name="a_period_is_done_when_enough_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["promise", "opened_at"], name="period_open", condition=Q(done_at__isnull=True, ended_at__isnull=True))
        ]
