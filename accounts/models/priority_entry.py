from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class PriorityGround(models.TextChoices):
    """Why somebody cannot do without gas as others can, or cannot wait."""

    AGE = "age", _("elderly, living alone")
    ILLNESS = "illness", _("disability or serious illness")
    EQUIPMENT = "equipment", _("medical equipment at home")
    CHILDREN = "children", _("small children")
    LOW_INCOME = "low_income", _("low income, receives benefits")
    INSTITUTION = "institution", _("hospital, school or home of care")
    OTHER = "other", _("another ground")


class PriorityEntryQuerySet(models.QuerySet["PriorityEntry"]):
    def standing(self, day: date) -> "PriorityEntryQuerySet":
        """Those that hold on a day: begun, not run out, not ended."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day, ended_at=None)


class PriorityEntry(models.Model):
    """A customer is on the register of priority customers (A8, ACC-10), for one ground, from a day until a day; both count.

    ``Customer.is_vulnerable`` follows these rows (accounts.operations.priority_register): dispatch, interruptions and calls read the
    flag. ``evidence`` is the kind and number of the paper that was seen, ``why`` the reason of the last change; the history keeps all.
    """

    Ground = PriorityGround

    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="priority_entries")
    ground = models.CharField(_("ground"), max_length=12, choices=PriorityGround)
    evidence = models.CharField(_("paper seen"), max_length=80, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)
    history = HistoricalRecords()

    objects = PriorityEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the priority register")
        verbose_name_plural = _("priority register")
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="an_entry_lasts_a_day_at_least"),
            models.UniqueConstraint(fields=["customer", "ground"], condition=Q(ended_at__isnull=True), name="a_ground_is_entered_once"),
        ]
        indexes = [models.Index(fields=["until"], name="priority_entry_running_out", condition=Q(ended_at__isnull=True))]
