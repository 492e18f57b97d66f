"""What searching the knowledge base reads instead of its texts: made anew whenever a text becomes current or goes.

A shelf is a language and an audience (``ru:public``), so that what is for colleagues never touches what the public finds.
"""

from django.db import models


class KnowledgeWord(models.Model):
    """A stem, or two neighbouring ideographs, with the number of texts on its shelf that have it, and how it sounds (Chinese)."""

    shelf = models.CharField(max_length=20)
    word = models.CharField(max_length=40)
    sound = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "word"], name="a_shelf_has_a_word_once")]
        indexes = [models.Index(fields=["shelf", "sound"], condition=~models.Q(sound=""), name="knowledge_word_by_sound")]


class KnowledgeSlip(models.Model):
    """A word with one letter left out: what a mistyped word is found by."""

    word = models.ForeignKey(KnowledgeWord, on_delete=models.CASCADE, related_name="slips")
    shelf = models.CharField(max_length=20)
    slip = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["shelf", "slip"], name="knowledge_slip_by_letters")]


class KnowledgePosting(models.Model):
    """That a text has a word, and how much the word says about it (in thousandths)."""

    word = models.ForeignKey(KnowledgeWord, on_delete=models.CASCADE, related_name="postings", db_index=False)
    text = models.ForeignKey("notices.ArticleText", on_delete=models.CASCADE, related_name="postings")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "text"], name="a_text_has_a_word_once")]
        indexes = [models.Index(fields=["word", "-weight", "text"], name="knowledge_posting_by_weight")]
