from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FollowUpWork(models.Model):
    """Work that an answer names: another case with promises of its own (T16), or a few words and a day.

    A case that is resolved, closed, withdrawn or merged is done with by itself; of words somebody says so. When all of them are done,
    the complaint is settled. ``words`` are blanked with the case.
    """

    answer = models.ForeignKey("complaints.Answer", on_delete=models.CASCADE, related_name="works")
    work = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("what is still done"), max_length=300, blank=True)
    promised_at = models.DateTimeField(_("until"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("follow-up work")
        verbose_name_plural = _("follow-up works")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "work"], name="an_answer_names_a_case_once"),
            models.CheckConstraint(condition=Q(work__isnull=False) | Q(promised_at__isnull=False), name="work_in_words_has_a_day"),
        ]
        indexes = [models.Index(fields=["work"], name="follow_up_not_done", condition=Q(done_at=None))]
