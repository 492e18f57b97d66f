from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class Account(models.Model):
    """The supply relation of one customer at one door, with its number on the card, the bill and the phone.

    ``open`` from the day gas is on; ``frozen`` while a reason forbids sales (debt, dispute, fraud check); ``closed``
    after settlement, for good. ``number`` is nine digits and a Luhn check digit. ``search`` holds everything the one
    search box finds (number, card, names, phones, address), folded; operations keep it.
    """

    class UseKind(models.TextChoices):
        RESIDENTIAL = "residential", _("residential")
        COMMERCIAL = "commercial", _("commercial")
        SMALL_MICRO = "small_micro", _("small and micro business")

    class PriceClass(models.TextChoices):
        RESIDENT = "resident", _("resident")
        RESIDENT_HEATING = "resident_heating", _("resident with gas heating")
        WELFARE = "welfare", _("public welfare")
        COMMERCIAL = "commercial", _("commercial")
        INDUSTRIAL = "industrial", _("industrial")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("account", "open")
        FROZEN = "frozen", _("frozen")
        CLOSED = "closed", pgettext_lazy("account", "closed")

    number = models.CharField(_("account number"), max_length=10, unique=True)
    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="accounts", verbose_name=_("customer"))
    premises = models.ForeignKey("accounts.Premises", on_delete=models.PROTECT, related_name="accounts", verbose_name=_("premises"))
    use_kind = models.CharField(_("use"), max_length=12, choices=UseKind, default=UseKind.RESIDENTIAL)
    price_class = models.CharField(_("price class"), max_length=16, choices=PriceClass, default=PriceClass.RESIDENT)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    frozen_reason = models.CharField(_("why it is frozen"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    search = models.TextField(editable=False)
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=(Q(status="frozen") & ~Q(frozen_reason="")) | (~Q(status="frozen") & Q(frozen_reason="")),
                name="a_frozen_account_says_why_and_no_other_does",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="a_closed_account_has_a_closing_moment_and_no_other_does",
            ),
            models.UniqueConstraint(fields=["premises"], condition=~Q(status="closed"), name="a_door_has_one_living_account"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
