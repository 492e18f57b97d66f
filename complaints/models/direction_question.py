from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DirectionQuestion(models.Model):
    """A specialist by territory or function was asked what to answer (VIR-03c), and has one working day (T88).

    Open until answered, or until nobody needs the answer any more (``ended_at`` without an answer: asked elsewhere, withdrawn,
    answered without it). ``question`` is what the reception specialist wrote beside the appeal, ``answer`` what came back: between
    us, not what the applicant reads. Both are blanked with the case.
    """

    appeal = models.ForeignKey("complaints.Appeal", on_delete=models.CASCADE, related_name="direction_questions")
    to_staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="direction_questions")
    question = models.TextField(_("what they should know"), blank=True)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer to the reception"), blank=True)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a specialist")
        verbose_name_plural = _("questions to specialists")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal"], condition=Q(ended_at=None), name="an_appeal_is_with_one_specialist_at_a_time"),
            models.CheckConstraint(condition=Q(answered_by=None) | Q(ended_at__isnull=False), name="a_specialists_answer_says_when"),
        ]
        indexes = [models.Index(fields=["to_staff"], name="direction_question_open", condition=Q(ended_at=None))]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
