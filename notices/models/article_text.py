from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .article import Article


class ArticleText(models.Model):
    """The words of an article in one language: one version, never edited once it was published.

    draft -> offered (``offered_at``: somebody else looks) -> published and current -> replaced by the next, or sent back to its
    writer (``returned_why``). ``source_number`` is the version of the source language that a translation follows: as soon as that
    language has a newer one, the translation is older than its source. ``words`` is what people say and the text does not.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("question or title"), max_length=160)
    body = models.TextField(_("answer"))
    words = models.CharField(_("other words for it"), max_length=400, blank=True)
    source_number = models.PositiveSmallIntegerField(null=True)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    returned_why = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    published_by = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("text of an article")
        verbose_name_plural = _("texts of articles")
        ordering = ["article", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="texts_of_an_article_have_their_own_number"),
            models.UniqueConstraint(fields=["article", "language"], condition=Q(published_at=None), name="an_article_has_one_draft"),
            models.UniqueConstraint(fields=["article", "language"], condition=Q(is_current=True), name="an_article_has_one_current_text"),
            models.CheckConstraint(condition=Q(is_current=False) | ~Q(published_at=None), name="a_current_text_is_published"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="") | (~Q(published_at=None) & ~Q(published_by="")),
                name="somebody_published_a_published_text",
            ),
            # What we deliver is written and published by one program; what people write, by two.
            models.CheckConstraint(
                condition=~Q(written_by=F("published_by")) | Q(written_by__startswith="system:"),
                name="another_person_publishes_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.title
