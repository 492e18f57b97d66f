from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Meter(models.Model):
    """A gas meter at an account, of one of the four kinds (domain.md 1.2, 1.3).

    Installed, in use, removed; ``use_until`` is the end of its legal life (JJG 577-2012: ten years for natural gas).
    ``cap_litres`` is the most it takes at once. ``residual_litres`` is the credit it still showed when removed.
    """

    class Kind(models.TextChoices):
        VOLUME = "volume", _("card meter, counts volume")
        AMOUNT = "amount", _("card meter, counts money")
        IOT = "iot", _("connected meter")
        MECHANICAL = "mechanical", _("mechanical meter")

    #: What gas is bought in advance for. Mechanical ones are read; none is put in any more.
    PREPAID = (Kind.VOLUME, Kind.AMOUNT, Kind.IOT)

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="meters", verbose_name=_("account"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    serial = models.CharField(_("serial number"), max_length=32, unique=True)
    maker = models.CharField(_("maker"), max_length=60)
    model = models.CharField(_("model"), max_length=40)
    cap_litres = models.PositiveBigIntegerField(_("largest top-up it takes (litres)"), null=True, blank=True)
    installed_at = models.DateTimeField(_("installed"))
    use_until = models.DateField(_("may be used until"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    residual_litres = models.PositiveBigIntegerField(_("credit left when removed (litres)"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meter")
        verbose_name_plural = _("meters")
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(removed_at__isnull=True), name="an_account_has_one_meter_in_use"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("installed_at")),
                name="a_meter_is_removed_after_it_was_installed",
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def takes_card(self) -> bool:
        return self.kind in {self.Kind.VOLUME, self.Kind.AMOUNT}

    @property
    def is_connected(self) -> bool:
        return self.kind == self.Kind.IOT
