from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import PaperStatus


class Paper(models.Model):
    """One paper an application needs, taken from its plan when it was accepted.

    ``owner`` is who must see to it, ``due_at`` until when; ``reminded_at`` when the applicant was last asked for it. ``verdict`` says
    why it was not accepted. ``version`` counts the changes, for those who edit at once.
    """

    application = models.ForeignKey("connections.Application", on_delete=models.CASCADE, related_name="papers")
    row = models.ForeignKey("connections.PaperRow", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    status = models.CharField(_("status"), max_length=10, choices=PaperStatus, default=PaperStatus.WANTED)
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    may_follow = models.BooleanField(_("may follow"), default=False)
    at_survey = models.BooleanField(_("at the survey at the latest"), default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(_("why not"), max_length=300, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["row__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="an_application_needs_a_paper_once")]
        indexes = [models.Index(fields=["due_at"], name="paper_due", condition=Q(status__in=["wanted", "rejected"]))]


class PaperFile(models.Model):
    """One version of a paper: the file handed in, or that it was shown at a counter (no file)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField(_("version"))
    attachment = models.OneToOneField("casework.Attachment", on_delete=models.PROTECT, null=True, related_name="paper_file")
    at = models.DateTimeField(_("when"))
    by = models.CharField(max_length=64)
    is_accepted = models.BooleanField(null=True)
    verdict = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="a_paper_version_has_its_own_number")]
