from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Questionnaire(models.Model):
    """What is asked about cases of one kind ``since`` a moment: never edited, so that old answers can be read.

    ``questions`` are rows of callbacks.questions.Question: code, sort, words by language, whether it must be answered. Without a
    ``published_by`` it came with the house.
    """

    kind = models.CharField(_("kind"), max_length=32)
    number = models.PositiveSmallIntegerField(_("version"))
    questions = models.JSONField()
    since = models.DateTimeField(_("since"))
    written_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="a_questionnaire_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("written_by")), name="somebody_else_publishes_questions"
            ),
        ]


class QuestionnaireDraft(models.Model):
    """Other questions for a kind, being written: one draft for each kind. ``version`` grows with every change, for who publishes it."""

    kind = models.CharField(_("kind"), max_length=32, unique=True)
    questions = models.JSONField()
    since = models.DateTimeField(_("to be asked from"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200)
    said = models.CharField(_("why it was sent back"), max_length=200, blank=True)
    written_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("draft of a questionnaire")
        verbose_name_plural = _("drafts of questionnaires")
