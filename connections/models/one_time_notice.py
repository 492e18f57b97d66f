from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly, Contact


class OneTimeNotice(AppendOnly):
    """The whole process, papers, fees and times were told at once (CON-06); ``content`` is what was told, as it was told, by row.

    How it reached the applicant is ``means``; whoever gave it is ``by``. A notice given again is a row of its own.
    """

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="notices")
    policy = models.ForeignKey("connections.PolicyVersion", on_delete=models.PROTECT, related_name="+")
    means = models.CharField(_("how"), max_length=8, choices=Contact.Means)
    language = models.CharField(max_length=10)
    content = models.JSONField(default=dict)
    told_at = models.DateTimeField(_("when"))
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("one-time notice")
        verbose_name_plural = _("one-time notices")
