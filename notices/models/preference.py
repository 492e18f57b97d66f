from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """How one person wants to be reached; what is empty follows the house's settings. Safety letters ask nobody.

    ``channel`` is only for staff (a customer's is ``Customer.channel``): the way their inbox is pushed to them, or none.
    What a customer does not want to be sent at all is a Refusal.
    """

    class Push(models.TextChoices):
        SMS = "sms", _("text message")
        VOICE = "voice", _("phone call")
        EMAIL = "email", _("e-mail")
        NONE = "none", _("only here, in the inbox")

    staff = models.OneToOneField("accounts.Staff", on_delete=models.CASCADE, null=True, related_name="preference")
    customer = models.OneToOneField("accounts.Customer", on_delete=models.CASCADE, null=True, related_name="preference")
    channel = models.CharField(_("how we alert you"), max_length=8, choices=Push, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, blank=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    budget = models.PositiveSmallIntegerField(_("at most so many an hour"), null=True, blank=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, customer__isnull=True) | Q(staff__isnull=True, customer__isnull=False),
                name="a_preference_is_one_persons",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    @property
    def span(self) -> tuple[time, time] | None:
        """The quiet hours this person chose, if any."""
        return (self.quiet_from, self.quiet_until) if self.quiet_from is not None and self.quiet_until is not None else None
