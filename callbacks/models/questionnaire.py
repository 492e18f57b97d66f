from django.db import models
from django.utils.translation import gettext_lazy as _


class Questionnaire(models.Model):
    """What is asked about cases of one kind: a version that was used stays, so that old answers can be read.

    ``questions`` are rows of callbacks.questions.Question: code, sort, words by language, whether it must be answered.
    """

    kind = models.CharField(_("kind"), max_length=32)
    number = models.PositiveSmallIntegerField(_("version"))
    questions = models.JSONField()
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="a_questionnaire_has_its_own_number")]
