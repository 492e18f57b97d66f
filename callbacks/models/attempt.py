from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Result(models.TextChoices):
    """What came of one attempt in which the customer did not answer our questions."""

    NO_ANSWER = "no_answer", pgettext_lazy("call", "nobody answered")
    BUSY = "busy", pgettext_lazy("call", "the line was busy")
    LATER = "later", pgettext_lazy("call", "asked us to ring later")
    SOMEBODY_ELSE = "somebody_else", pgettext_lazy("call", "somebody else answered")


class Attempt(models.Model):
    """Somebody tried. What was said stands in the contact of the case that belongs to it."""

    follow_up = models.ForeignKey("callbacks.FollowUp", on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField(_("when"))
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("what came of it"), max_length=16, choices=Result)

    class Meta:
        verbose_name = _("attempt to call back")
        verbose_name_plural = _("attempts to call back")
        ordering = ["at", "pk"]
