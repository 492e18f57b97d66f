from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkplaceCheck(models.Model):
    """Before the first call of a day an agent looks over the workplace: devices, system, headset, notebook, pen (DSK-01).

    ``missing`` are codes of what was not in order (desk.workplace.ITEMS), ``remark`` what is wrong with it.
    """

    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="workplace_checks")
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("when"))
    missing = models.JSONField(_("not in order"), default=list)
    remark = models.CharField(_("what is wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("check of a workplace")
        verbose_name_plural = _("checks of workplaces")
        constraints = [models.UniqueConstraint(fields=["staff", "day"], name="a_workplace_is_checked_once_a_day")]
