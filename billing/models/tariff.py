from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account

_LONG_MONTHS, _SHORT_MONTHS = (1, 3, 5, 7, 8, 10, 12), (4, 6, 9, 11)
_ON_A_DAY = (
    Q(year_starts_month__in=_LONG_MONTHS, year_starts_day__range=(1, 31))
    | Q(year_starts_month__in=_SHORT_MONTHS, year_starts_day__range=(1, 30))
    | Q(year_starts_month=2, year_starts_day__range=(1, 29))
)


class Tariff(models.Model):
    """What one price class pays; its prices live in versions."""

    price_class = models.CharField(_("price class"), max_length=16, choices=Account.PriceClass, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")

    def __str__(self) -> str:
        return self.name


class TariffVersion(models.Model):
    """Prices in force from a day on, until the next version's day. Never edited once in force: a change is a new version.

    Tiers are progressive over a year that begins on ``year_starts_month``/``year_starts_day`` (NDRC 发改价格[2014]467号):
    only the volume above a bound costs more, unused allowance is not carried over. A household larger than
    ``base_persons`` gets ``extra_person_litres`` more on each bound per extra person, as approved in an Allowance.
    """

    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("in force from"))
    year_starts_month = models.PositiveSmallIntegerField(
        _("tier year starts in month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    year_starts_day = models.PositiveSmallIntegerField(
        _("tier year starts on day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    base_persons = models.PositiveSmallIntegerField(_("persons included"), default=4)
    decision = models.CharField(_("decision or legal basis"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("entered"))
    created_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("tariff version")
        verbose_name_plural = _("tariff versions")
        ordering = ["tariff", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["tariff", "number"], name="a_tariff_version_has_its_own_number"),
            models.UniqueConstraint(fields=["tariff", "effective_from"], name="a_tariff_changes_once_a_day"),
            models.CheckConstraint(
                condition=_ON_A_DAY,
                name="a_tier_year_starts_on_a_day_of_the_calendar",
                violation_error_message=_("The month has no such day."),
            ),
        ]


class Tier(models.Model):
    """One step of a version: volume of the year up to ``upper_litres`` (empty: all above) at ``unit_price``.

    ``unit_price`` is in 1/10 000 of the currency unit per m3: 2.75 yuan is 27 500.
    """

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="tiers")
    number = models.PositiveSmallIntegerField(_("tier"))
    upper_litres = models.PositiveBigIntegerField(_("up to (litres a year)"), null=True, blank=True)
    extra_person_litres = models.PositiveBigIntegerField(_("more per extra person (litres)"), default=0)
    unit_price = models.PositiveIntegerField(_("price (1/10 000 per m³)"))

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="a_tier_has_its_own_number"),
            models.UniqueConstraint(fields=["version"], condition=Q(upper_litres__isnull=True), name="a_version_has_one_open_ended_tier"),
        ]


class PurchaseLimit(models.Model):
    """How much a price class may buy per order, calendar month and tier year; empty means no limit (domain.md 1.2)."""

    price_class = models.CharField(_("price class"), max_length=16, choices=Account.PriceClass, unique=True)
    order_litres = models.PositiveBigIntegerField(_("per order (litres)"), null=True, blank=True)
    month_litres = models.PositiveBigIntegerField(_("per month (litres)"), null=True, blank=True)
    year_litres = models.PositiveBigIntegerField(_("per year (litres)"), null=True, blank=True)

    class Meta:
        verbose_name = _("purchase limit")
        verbose_name_plural = _("purchase limits")


class Allowance(models.Model):
    """What a household proved: more people than the tariff includes, or free volume, for a time.

    Granted with the paper that proves it, valid until its day, then renewed or gone. Never edited: taken back by ``ended_at``.
    """

    class Kind(models.TextChoices):
        EXTRA_PERSONS = "extra_persons", _("more persons")
        FREE_VOLUME = "free_volume", _("free volume")

    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="allowances")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    persons = models.PositiveSmallIntegerField(_("persons in the household"), null=True, blank=True)
    litres_per_month = models.PositiveBigIntegerField(_("free volume a month (litres)"), null=True, blank=True)
    proof = models.CharField(_("proof seen"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="extra_persons", persons__isnull=False, litres_per_month__isnull=True)
                | Q(kind="free_volume", persons__isnull=True, litres_per_month__isnull=False),
                name="an_allowance_says_how_much_of_its_own_kind",
            ),
        ]
