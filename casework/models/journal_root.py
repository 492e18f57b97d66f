from datetime import UTC

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..journal import Published, Statement
from .append_only import AppendOnly


class JournalRoot(AppendOnly):
    """A signed word about the whole journal: the Merkle root over all heads that moved since the root before, which it names.

    Made once a day (several in a row when more moved than one run takes) and published; whoever keeps a copy can show any later
    change to what came before. ``key`` is the public half of the key that signed.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("made"))
    heads = models.PositiveIntegerField(_("timelines that moved"))
    root = models.CharField(_("root"), max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("root of the journal")
        verbose_name_plural = _("roots of the journal")

    @property
    def statement(self) -> Statement:
        """What is signed."""
        made_at = self.made_at.astimezone(UTC).isoformat()
        return {"number": self.number, "at": made_at, "heads": self.heads, "root": self.root, "previous": self.previous}

    @property
    def published(self) -> Published:
        """As the public page has it."""
        return {"statement": self.statement, "key": self.key, "signature": self.signature}


class SealedHead(AppendOnly):
    """The head of one timeline as a root covers it. No foreign key to the timeline: it must outlive one that was removed."""

    root = models.ForeignKey(JournalRoot, on_delete=models.PROTECT, related_name="sealed", db_index=False)
    timeline = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root", "timeline"], name="a_root_has_one_head_of_a_timeline"),
            models.UniqueConstraint(fields=["timeline", "seq"], name="a_head_is_sealed_once"),
        ]
