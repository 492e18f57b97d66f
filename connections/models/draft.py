from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationDraft(models.Model):
    """An application that somebody has begun and not sent. Nobody signed in: who has the link may go on, until it expires.

    ``token`` is the digest of what the link holds. ``answers`` are as typed, by step and field: personal data, sealed at rest
    (accounts.sealing) and gone with the row. ``case`` is what became of it: sent twice it is still one application.
    """

    token = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("what is to be connected"), max_length=16)
    sealed = models.TextField(blank=True)
    step = models.CharField(max_length=16, blank=True)
    asker = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))
    expires_at = models.DateTimeField(_("kept until"))

    class Meta:
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")
        indexes = [models.Index(fields=["expires_at"], name="draft_expiring")]
