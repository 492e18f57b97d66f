from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stewardship(models.Model):
    """One staff member stewards one application, from a moment until handed over; the standing one is the case's owner.

    ``note`` is what the one before wrote for the one after (handover).
    """

    class Reason(models.TextChoices):
        ASSIGNED = "assigned", _("assigned by territory and load")
        CHOSEN = "chosen", _("chosen by somebody who assigns")
        APPROACHED = "approached", _("the applicant came to them")
        HANDED_OVER = "handed_over", _("handed over")
        LEFT = "left", _("the steward before left")

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="stewardships")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="stewardships")
    reason = models.CharField(_("why"), max_length=12, choices=Reason)
    note = models.TextField(_("handover note"), blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("stewardship")
        verbose_name_plural = _("stewardships")
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(until=None), name="an_application_has_one_steward"),
        ]


class Mandate(models.Model):
    """The applicant has us act for them (CON-08): voluntary, whole or for named deeds, free of charge, signed; revocable at any time."""

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="mandates")
    deeds = models.JSONField(default=list)
    signed_how = models.CharField(_("signed by"), max_length=12)
    signature = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"))
    by = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [models.UniqueConstraint(fields=["application"], condition=Q(revoked_at=None), name="one_mandate_stands")]
