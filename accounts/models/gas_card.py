from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class GasCard(models.Model):
    """The card a customer carries between the counter and the meter: what we believe is written on it.

    ``active`` until reported ``lost``, ``replaced`` by a new one, or ``returned`` at closing. ``counter`` is the
    purchase counter after the last write we know of, ``password`` the one that write left on the chip (a new one comes
    with each write), ``cumulative_litres`` all volume ever written for its meter. The card itself is the witness:
    whatever it shows at the next read wins over ``unknown``.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("in use")
        LOST = "lost", _("reported lost")
        REPLACED = "replaced", _("replaced")
        RETURNED = "returned", _("handed back")

    number = models.CharField(_("card number"), max_length=10, unique=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="cards", verbose_name=_("account"))
    meter = models.ForeignKey("accounts.Meter", on_delete=models.PROTECT, related_name="cards", verbose_name=_("meter"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    counter = models.PositiveIntegerField(_("purchase counter"), default=0)
    password = models.CharField(max_length=16, editable=False)
    cumulative_litres = models.PositiveBigIntegerField(_("volume written in all (litres)"), default=0)
    issued_at = models.DateTimeField(_("issued at"))
    ended_at = models.DateTimeField(_("out of use since"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["password"])

    class Meta:
        verbose_name = _("gas card")
        verbose_name_plural = _("gas cards")
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(status="active"), name="an_account_has_one_card_in_use"),
            models.CheckConstraint(
                condition=Q(status="active", ended_at__isnull=True) | (~Q(status="active") & Q(ended_at__isnull=False)),
                name="a_card_out_of_use_says_since_when_and_no_other_does",
            ),
        ]

    def __str__(self) -> str:
        return self.number
