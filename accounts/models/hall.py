from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Hall(models.Model):
    """A place where customers are served: a hall of the company, its window in a government hall, or the online hall.

    The online hall [网上营业厅] numbers the receipts of what is bought without a clerk; nobody can go there.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("company hall")
        GOVERNMENT = "government", _("government hall")
        ONLINE = "online", _("online hall")

    code = models.CharField(_("code"), max_length=8, unique=True, help_text=_("stands in receipt numbers"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, related_name="halls", verbose_name=_("territory"))
    language = models.CharField(_("language of its print-outs"), max_length=10, default="zh-hans")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")

    def __str__(self) -> str:
        return self.name


class HallHours(models.Model):
    """One window of a hall's week, in the operator's time zone; a lunch break makes two windows a day."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text=_("0 = Monday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_hall_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hall_hours_name_a_weekday"),
            models.UniqueConstraint(fields=["hall", "weekday", "opens"], name="hall_hours_start_once"),
        ]


class HallWeek(models.Model):
    """What the week of a hall was from a moment on, for deadlines that count by it: HallHours say only what it is now. Never changed.

    ``weekly`` maps "0" (Monday) to "6" to lists of ["08:30", "12:00"]; empty where the hall has no hours of its own.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="weeks")
    number = models.PositiveSmallIntegerField(_("version"))
    since = models.DateTimeField(_("in force from"))
    weekly = models.JSONField(default=dict)
    written_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("week of a hall")
        verbose_name_plural = _("weeks of halls")
        ordering = ["hall", "number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="a_hall_s_week_has_its_own_number")]


class Counter(models.Model):
    """A desk in a hall: one clerk, one till, one card reader."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="counters", verbose_name=_("hall"))
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["hall", "number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="a_counter_number_is_unique_in_its_hall")]

    def __str__(self) -> str:
        return f"{self.hall} · {self.number}"
