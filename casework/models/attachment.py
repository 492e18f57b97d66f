from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A file that came with a case. Its bytes lie in private storage under a name that says nothing; erased ones are gone.

    ``content_type`` is what the bytes are, not what the sender said; ``name`` is the sender's, made safe, for the reader.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="attachments")
    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200, blank=True)
    is_from_customer = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(_("when"))
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
