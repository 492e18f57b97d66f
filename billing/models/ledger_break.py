from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import BreakStatus
from .checkout import Provider


class Break(models.Model):
    """Provider, ledger and what was delivered do not agree about something. The life is in states.BREAK.

    ``key`` names what is wrong with what, so that looking twice finds it once. ``there`` is the provider's amount and ``here`` ours, in
    minor units; None where one of them knows nothing of it. ``provider`` is empty where money had come over a counter or into a kiosk.
    ``owner`` is whoever took it on. What is to be done about it (``action``,
    with ``note`` in their own words) is asked by one person and approved by another, unless what follows has approvals of its own.
    """

    class Kind(models.TextChoices):
        MISSING_HERE = "missing_here", _("paid there, not here")
        MISSING_THERE = "missing_there", _("paid here, not there")
        AMOUNT = "amount", _("another amount there than here")
        NOT_POSTED = "not_posted", _("paid, but not so in the ledger")
        NOT_DELIVERED = "not_delivered", _("paid, but not delivered")
        DELIVERED_UNPAID = "delivered_unpaid", _("delivered, but not paid there")
        REFUND_MISSING = "refund_missing", _("given back here, not there")
        REFUND_EXTRA = "refund_extra", _("given back there, not here")
        FEE = "fee", _("another fee than agreed")
        TAKEN_BACK = "taken_back", _("delivered, though the money went back")

    class Action(models.TextChoices):
        DELIVER = "deliver", _("deliver")
        REFUND = "refund", _("give the money back")
        ASSIGN = "assign", _("use the money for an account or a bill")
        WRITE_OFF = "write_off", _("write it off")
        EXPLAIN = "explain", _("no money is missing: it is explained")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    provider = models.CharField(_("provider"), max_length=8, choices=Provider, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=BreakStatus)
    version = models.PositiveIntegerField(default=0)
    day = models.DateField(_("day"))
    there = models.BigIntegerField(_("there"), null=True)
    here = models.BigIntegerField(_("here"), null=True)
    line = models.ForeignKey("billing.StatementLine", on_delete=models.PROTECT, null=True, related_name="breaks")
    payment = models.ForeignKey("billing.ProviderPayment", on_delete=models.PROTECT, null=True, related_name="breaks")
    refund = models.ForeignKey("billing.Refund", on_delete=models.PROTECT, null=True, related_name="breaks")
    top_up = models.ForeignKey("billing.TopUp", on_delete=models.PROTECT, null=True, related_name="breaks")
    found_at = models.DateTimeField(_("found"))
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="breaks", verbose_name=_("owner"))
    action = models.CharField(_("what is to be done"), max_length=9, choices=Action, blank=True)
    note = models.CharField(_("why"), max_length=400, blank=True)
    asked_by = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    posting = models.OneToOneField("billing.Posting", on_delete=models.PROTECT, null=True, related_name="settles")
    ended_at = models.DateTimeField(_("settled"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="ledger_break")

    class Meta:
        verbose_name = _("reconciliation break")
        verbose_name_plural = _("reconciliation breaks")
        indexes = [models.Index(fields=["found_at"], name="break_to_settle", condition=models.Q(ended_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="settled", ended_at__isnull=False)
                | (~models.Q(status="settled") & models.Q(ended_at__isnull=True)),
                name="a_settled_break_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def gap(self) -> int:
        """How much more our book of the provider says than lies there, in minor units: a refund that only we know of is too little."""
        difference = (self.here or 0) - (self.there or 0)
        return -difference if self.is_refund else difference

    @property
    def is_refund(self) -> bool:
        """About money that went back, not about money that came in."""
        return self.kind in {self.Kind.REFUND_MISSING, self.Kind.REFUND_EXTRA} or bool(self.line and self.line.refund_number)
