from django.db import models
from django.utils.translation import gettext_lazy as _


class CreditForecast(models.Model):
    """How long an account's credit will last, as reckoned on one day. One row an account, overwritten; no days where nothing can be said.

    ``litres`` is the credit there was on the morning of ``since``. ``occasion`` names this credit (the last purchase): what is said
    about it is said once.
    """

    class Source(models.TextChoices):
        METER = "meter", _("days of the connected meter")
        PURCHASES = "purchases", _("purchases")

    account = models.OneToOneField("accounts.Account", on_delete=models.CASCADE, primary_key=True, related_name="credit_forecast")
    source = models.CharField(_("from"), max_length=9, choices=Source)
    made_on = models.DateField(_("reckoned on"), db_index=True)
    occasion = models.CharField(max_length=20)
    litres = models.BigIntegerField(_("credit (litres)"), default=0)
    since = models.DateField(_("counted from"))
    ends_on = models.DateField(_("lasts until about"), null=True)
    earliest = models.DateField(_("at the earliest"), null=True)
    latest = models.DateField(_("at the latest"), null=True)

    class Meta:
        verbose_name = _("credit forecast")
        verbose_name_plural = _("credit forecasts")


class ForecastTrial(models.Model):
    """A forecast kept as it was when the end came near, to be judged by what came: once for each credit of an account.

    ``came_on`` is the day the credit was really used up: told by the meter's days, or taken from the next purchase.
    """

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="forecast_trials")
    source = models.CharField(_("from"), max_length=9, choices=CreditForecast.Source)
    occasion = models.CharField(max_length=20)
    made_on = models.DateField(_("reckoned on"))
    litres = models.BigIntegerField(_("credit (litres)"))
    since = models.DateField(_("counted from"))
    ends_on = models.DateField(_("lasts until about"))
    earliest = models.DateField(_("at the earliest"))
    latest = models.DateField(_("at the latest"), null=True)
    came_on = models.DateField(_("used up on"), null=True)

    class Meta:
        verbose_name = _("judged forecast")
        verbose_name_plural = _("judged forecasts")
        indexes = [models.Index(fields=["came_on", "made_on"], name="forecast_trial_by_end")]
        constraints = [models.UniqueConstraint(fields=["account", "occasion"], name="a_credit_is_judged_once")]

    @property
    def days_off(self) -> int | None:
        """By how many days the end came later than said; below zero: earlier."""
        return (self.came_on - self.ends_on).days if self.came_on else None

    @property
    def is_hit(self) -> bool:
        """Within the range that was said."""
        return self.came_on is not None and self.earliest <= self.came_on and (self.latest is None or self.came_on <= self.latest)
