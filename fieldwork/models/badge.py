from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Badge(models.Model):
    """What a worker shows at the door: a number the customer can check with us, and a photo. Withdrawn when lost or when they leave.

    ``photo`` is the name of a file in private storage, empty for none.
    """

    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="badges")
    number = models.CharField(_("badge number"), max_length=12, unique=True)
    photo = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        constraints = [
            models.UniqueConstraint(fields=["staff"], condition=models.Q(withdrawn_at__isnull=True), name="a_person_wears_one_badge"),
        ]
