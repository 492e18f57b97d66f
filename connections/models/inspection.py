from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Defect(models.Model):
    """Something that must be put right before, or after, gas may flow.

    A critical one that is open keeps the gas off, whoever asks (operations.gas_on asks under the lock). ``clause`` is
    the rule it breaks (a standard and its clause), ``party`` who must mend it, ``visit`` the re-inspection that is booked.
    ``told_at`` is when the applicants said that theirs is mended, which staff look at before it counts as said.
    """

    class Grade(models.TextChoices):
        CRITICAL = "critical", pgettext_lazy("defect", "critical: no gas until it is mended")
        MAJOR = "major", pgettext_lazy("defect", "serious: to be mended by its date")
        MINOR = "minor", pgettext_lazy("defect", "minor")

    class Party(models.TextChoices):
        COMPANY = "company", pgettext_lazy("defect", "the company")
        APPLICANT = "applicant", pgettext_lazy("defect", "the applicant")
        CONTRACTOR = "contractor", pgettext_lazy("defect", "the contractor")

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="defects")
    grade = models.CharField(_("grade"), max_length=8, choices=Grade)
    text = models.CharField(_("what is wrong"), max_length=300)
    clause = models.CharField(_("clause"), max_length=80, blank=True)
    party = models.CharField(_("to be mended by"), max_length=10, choices=Party)
    photo = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(_("due"))
    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(_("found"))
    found_by = models.CharField(max_length=64)
    told_at = models.DateTimeField(_("mended, says the applicant"), null=True, blank=True)
    mended_at = models.DateTimeField(_("said to be mended"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    checked_by = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("defect")
        verbose_name_plural = _("defects")
        ordering = ["pk"]
        indexes = [models.Index(fields=["application"], name="defect_open", condition=Q(checked_at=None))]


class GasOn(models.Model):
    """Gas was turned on for an application: once, whatever was retried. What it made, and what is next.

    ``supply`` is the timeline on which promises run as long as gas is supplied (T12); ``supply_ended_at`` when it was told that it is not
    any more.
    """

    application = models.OneToOneField("connections.Application", on_delete=models.PROTECT, primary_key=True, related_name="gas_on")
    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("connections.Contract", on_delete=models.PROTECT, null=True, related_name="+")
    supply_contract = models.CharField(_("supply contract"), max_length=20, unique=True)
    supply = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="+")
    inspect_by = models.DateField(_("first safety check until"))
    at = models.DateTimeField(_("gas on"))
    by = models.CharField(max_length=64)
    supply_ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gas turned on")
        verbose_name_plural = _("gas turned on")
