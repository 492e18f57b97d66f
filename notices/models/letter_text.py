from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterText(models.Model):
    """Other words for one kind of letter in one language, from a moment on; never edited once they hold.

    ``effective_from`` empty is a draft. ``text`` empty means the words that are delivered hold again. Placeholders stand as
    ``{{ reference }}``, written as the delivered words write them.
    """

    kind = models.CharField(_("kind of letter"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveSmallIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    effective_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("words of a letter")
        verbose_name_plural = _("words of letters")
        ordering = ["kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="words_of_a_letter_have_their_own_number"),
            models.UniqueConstraint(fields=["kind", "language"], condition=Q(effective_from=None), name="words_of_a_letter_have_one_draft"),
        ]
