from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly


class Receipt(AppendOnly):
    """The printed proof of a counter payment, or of its taking back (a red-letter receipt, amounts negative).

    ``number`` is gapless per hall and year. ``facts`` is all that stands on the paper, a snapshot; print page and PDF are
    made from it alone and look the same for ever. ``code`` is the public verification code in the QR link: it says
    nothing about the customer.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment receipt")
        RED_LETTER = "red_letter", _("red-letter receipt")

    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PAYMENT)
    top_up = models.ForeignKey("billing.TopUp", on_delete=models.PROTECT, related_name="receipts")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    amount = models.BigIntegerField(_("amount"))
    facts = models.JSONField()
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["hall", "year", "number"], name="a_receipt_number_is_unique_in_its_hall_and_year")]

    @property
    def full_number(self) -> str:
        """As printed: ``LL01-2026-000042``. Needs ``hall`` loaded."""
        return f"{self.hall.code}-{self.year}-{self.number:06d}"


class Paper(models.Model):
    """A rendered PDF in private storage. The row can be made again from its snapshot at any time."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="paper")
    path = models.CharField(max_length=200)
    made_at = models.DateTimeField()
