from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.append_only import AppendOnly


class ServiceScore(AppendOnly):
    """The open service score of one month (its first day): sealed when the month is over and what comes late has come.

    Never changed. A correction is another edition with its reason, and both can be read. ``figures`` are rows of
    desk.score_figures.Figure; ``seal`` covers them, the month, the edition and the seal of the edition before, and stands on
    ``timeline`` too, so that the journal's daily root answers for it.
    """

    month = models.DateField(_("month"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    figures = models.JSONField()
    seal = models.CharField(max_length=64)
    reason = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("sealed"))
    made_by = models.CharField(max_length=64)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="service_score")

    is_sealed = True

    class Meta:
        verbose_name = _("service score")
        verbose_name_plural = _("service scores")
        ordering = ["-month", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["month", "edition"], name="an_edition_of_a_month_is_sealed_once"),
            models.CheckConstraint(condition=Q(edition=1, reason="") | (Q(edition__gt=1) & ~Q(reason="")), name="a_correction_says_why"),
        ]


class ScoreDraft(models.Model):
    """The score of a month that is not sealed yet, as of ``made_at``; counted anew every hour, gone when the month is sealed."""

    month = models.DateField(_("month"), unique=True)
    figures = models.JSONField()
    made_at = models.DateTimeField(_("counted"))

    is_sealed = False
    edition = 0
    seal = reason = ""

    class Meta:
        verbose_name = _("provisional service score")
        verbose_name_plural = _("provisional service scores")
        ordering = ["-month"]
