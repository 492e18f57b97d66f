from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutageWish(models.Model):
    """Somebody asks for what the rules forbid unless another person agrees: less than 48 hours' notice, or gas on at night.

    Waits until ``decided_at``; then approved or not, with a sentence. An approval is written into the interruption too, and holds
    for the plan as it was: another beginning needs another wish.
    """

    class What(models.TextChoices):
        SHORT_NOTICE = "short_notice", _("less than 48 hours' notice")
        NIGHT = "night", _("gas on at night")

    outage = models.ForeignKey("repairs.Outage", on_delete=models.PROTECT, related_name="wishes")
    what = models.CharField(_("what for"), max_length=12, choices=What)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(default=False)
    decision = models.CharField(_("decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("exception for an interruption")
        verbose_name_plural = _("exceptions for interruptions")
        constraints = [
            models.UniqueConstraint(
                fields=["outage", "what"], condition=Q(decided_at__isnull=True), name="one_exception_is_asked_for_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="nobody_approves_their_own_wish"
            ),
            models.CheckConstraint(condition=Q(is_approved=False) | Q(decided_by__isnull=False), name="an_approval_has_somebody_s_name"),
        ]
