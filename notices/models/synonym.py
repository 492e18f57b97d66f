from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """Words that mean the same to whoever searches, in one language: card, chip card, gas card. Searching one finds the others."""

    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("words, with commas between"), max_length=400)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("words with one meaning")
        verbose_name_plural = _("words with one meaning")
        ordering = ["language", "words", "id"]
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="a_group_of_synonyms_stands_once")]
