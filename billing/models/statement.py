from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly

from .checkout import Provider


class Statement(models.Model):
    """A provider's bill as it was taken over: fetched by us, or handed in by a person. The file itself is not kept: customers stand in it.

    ``digest`` is its SHA-256: the same file again from the same ``source`` changes nothing. ``fresh`` of its rows were new to us; their
    fees are ``posting``.
    ``bad`` are the rows that could not be taken: ``{"line": 7, "because": "amount"}``. One that was fetched and says nothing happened
    (no bill exists) has no rows and an empty digest. Nothing of it changes but ``compared_at``: whoever dies between taking it over
    and comparing it with our books leaves it empty, and the next run compares.
    """

    class Source(models.TextChoices):
        FETCHED = "fetched", _("fetched from the provider")
        UPLOADED = "uploaded", _("handed in by hand")

    provider = models.CharField(_("provider"), max_length=8, choices=Provider)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"))
    payments = models.PositiveIntegerField(_("payments"))
    paid = models.BigIntegerField(_("paid"))
    refunds = models.PositiveIntegerField(_("refunds"))
    refunded = models.BigIntegerField(_("given back"))
    fees = models.BigIntegerField(_("fees"))
    fresh = models.PositiveIntegerField(_("new to us"))
    fresh_fees = models.BigIntegerField(_("fees of what was new"))
    bad = models.JSONField(_("not read"), default=list)
    posting = models.OneToOneField("billing.Posting", on_delete=models.PROTECT, null=True, related_name="statement")
    at = models.DateTimeField(_("taken over"))
    by = models.CharField(max_length=64)
    compared_at = models.DateTimeField(_("compared with our books"), null=True)

    class Meta:
        verbose_name = _("statement of a provider")
        verbose_name_plural = _("statements of providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "source", "first_day", "digest"], name="a_statement_is_taken_over_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.first_day:%Y-%m-%d}"


class StatementLine(AppendOnly):
    """One row of a provider's bill: money that came in or went back there, with what it cost (``fee``, negative where it came back).

    ``source`` is its statement's: a row that a person handed in stands beside the provider's own, and neither takes the other's place.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    source = models.CharField(_("source"), max_length=8, choices=Statement.Source)
    provider = models.CharField(_("provider"), max_length=8, choices=Provider)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    transaction = models.CharField(_("number of the provider"), max_length=64)
    order_number = models.CharField(_("our reference, as the provider gave it"), max_length=64)
    refund_number = models.CharField(_("our refund, as the provider gave it"), max_length=64, blank=True)
    amount = models.PositiveBigIntegerField(_("amount"))
    fee = models.BigIntegerField(_("fee"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("row of a statement")
        verbose_name_plural = _("rows of statements")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind", "transaction", "refund_number", "source"], name="a_row_of_a_source_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.refund_number or self.transaction


class Payout(AppendOnly):
    """What a provider paid out to our bank account: its money became the bank's. ``slip`` is the bank's number of it on that day."""

    provider = models.CharField(_("provider"), max_length=8, choices=Provider)
    amount = models.PositiveBigIntegerField(_("amount"))
    day = models.DateField(_("on the account since"))
    slip = models.CharField(_("number at the bank"), max_length=40)
    posting = models.OneToOneField("billing.Posting", on_delete=models.PROTECT, related_name="payout")
    at = models.DateTimeField(_("noted"))
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("payout of a provider")
        verbose_name_plural = _("payouts of providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "day", "slip"], name="a_payout_is_noted_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_payout_moves_something"),
        ]
