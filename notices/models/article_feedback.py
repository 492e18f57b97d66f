from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article


class ArticleFeedback(models.Model):
    """Whether an article helped a reader, with a few words or none; nobody's name. The words are blanked when they are old."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="feedback")
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveSmallIntegerField(_("version"))
    is_useful = models.BooleanField(_("useful"))
    is_from_staff = models.BooleanField(default=False)
    words = models.CharField(_("what was missing"), max_length=500, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("word about an article")
        verbose_name_plural = _("words about articles")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["at"], condition=Q(settled_at=None, is_useful=False), name="feedback_to_be_looked_at")]
