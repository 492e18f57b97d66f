from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Inquiry(models.Model):
    """A department was asked what happened, and told to get in touch with the customer (CMP-03).

    It goes to a person, a hall, or whoever works as something. Whoever is asked sees ``question`` and nothing else of the complaint:
    it may be about themselves. ``contacted_at`` is when they said that they spoke with the customer. Texts are blanked with the case.
    """

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.CASCADE, related_name="inquiries")
    to_staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_role = models.CharField(_("department"), max_length=32, choices=Role, blank=True)
    question = models.TextField(_("question"), blank=True)
    is_to_contact = models.BooleanField(_("is to get in touch with the customer"), default=False)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    finding = models.TextField(_("what happened, as they say"), blank=True)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("spoke with the customer"), null=True, blank=True)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_staff__isnull=False) | Q(to_hall__isnull=False) | ~Q(to_role=""), name="an_inquiry_goes_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_inquiry_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="inquiry_open", condition=Q(answered_at=None))]
