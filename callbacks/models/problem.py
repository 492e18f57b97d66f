from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Problem(models.Model):
    """Something wrong that was heard in a follow-up: a case of its own, offered to a department at once (T78).

    The department's acceptance and its answer to the customer have the promises of that case; the words are its text.
    """

    follow_up = models.ForeignKey("callbacks.FollowUp", on_delete=models.CASCADE, related_name="problems")
    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="heard_in")
    department = models.CharField(_("department"), max_length=32, choices=Role, blank=True)
    at = models.DateTimeField(_("passed on"))

    class Meta:
        verbose_name = _("problem heard in a follow-up")
        verbose_name_plural = _("problems heard in follow-ups")
        ordering = ["at", "pk"]
