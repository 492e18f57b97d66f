from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Transfer(models.Model):
    """Somebody else was asked to take a case: a person, a hall, or whoever works as something (a department).

    Pending until accepted (the case changes hands), declined (it stays where it was) or taken back by whoever asked. Until
    then the one who asked still answers for the case: first asked, first answerable.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("no longer asked for")

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="transfers")
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    to_staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="transfers")
    to_hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    to_role = models.CharField(max_length=32, choices=Role, blank=True)
    note = models.CharField(_("what they should know"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome="pending"), name="a_case_is_offered_to_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(to_staff__isnull=False) | Q(to_hall__isnull=False) | ~Q(to_role=""), name="a_transfer_goes_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", answered_at__isnull=True) | (~Q(outcome="pending") & Q(answered_at__isnull=False)),
                name="an_answered_transfer_says_when",
            ),
        ]
