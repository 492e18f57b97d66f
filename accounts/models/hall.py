from django.db import models
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
