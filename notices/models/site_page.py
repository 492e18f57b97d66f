from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SitePage(models.Model):
    """A page of the site whose content people keep, under its short name: when it was brought up to date and looked at last (T84)."""

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    updated_at = models.DateTimeField(_("brought up to date"), null=True)
    checked_at = models.DateTimeField(_("looked at"), null=True)
    checked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="site_page")

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class PageChange(models.Model):
    """Somebody said that what a page, an article or news tell of has changed; open until better words are there.

    On the timeline of what it is about. ``was_mistaken``: somebody looked, and what stands there is right.
    """

    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="page_changes")
    reason = models.CharField(_("what has changed"), max_length=300)
    told_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(_("told"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    was_mistaken = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        ordering = ["told_at", "pk"]
        indexes = [models.Index(fields=["timeline"], condition=Q(settled_at=None), name="open_page_changes")]
