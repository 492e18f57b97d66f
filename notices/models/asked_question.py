from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from .article import Article


class AskedQuestion(models.Model):
    """A question that no article answers, put to the department that knows: asked -> answered, and from then on an article (T28).

    Or dropped with a reason: an article was there after all, or it is nobody's business. ``case`` is where the customer waits for it.
    """

    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=10)
    department = models.CharField(_("department"), max_length=32, choices=Role)
    case = models.ForeignKey("casework.Case", on_delete=models.SET_NULL, null=True, related_name="asked_questions")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="questions")
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(_("why it was dropped"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("question to a department")
        verbose_name_plural = _("questions to departments")
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(answered_at=None) | Q(dropped_at=None), name="a_question_is_answered_or_dropped"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="somebody_answered_an_answered_question",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(answered_at=None, dropped_at=None), name="question_that_waits")]

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for the answer."""
        return self.answered_at is None and self.dropped_at is None
