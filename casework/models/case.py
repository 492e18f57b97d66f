from django.db import models
from django.utils.translation import gettext_lazy as _


class Urgency(models.TextChoices):
    """How soon somebody must act."""

    EMERGENCY = "emergency", _("emergency")
    URGENT = "urgent", _("urgent")
    NORMAL = "normal", _("normal")


class Channel(models.TextChoices):
    """How somebody came to us."""

    HALL = "hall", _("at a hall")
    PHONE = "phone", _("by phone")
    WEB = "web", _("on the web")
    CABINET = "cabinet", _("in the personal cabinet")
    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by letter")
    API = "api", _("over the API")
    STAFF = "staff", _("from our own staff")


class Case(models.Model):
    """Somebody's matter: a request, a fault, a complaint, an application. Its business part has a table of its own.

    Opened with a reference that can be read out on the phone and a code for the public tracking page; owned by one person at a
    time; closed when the lifecycle of its kind says so. Contact name, phone and subject are personal data.
    """

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="case")
    reference = models.CharField(_("reference"), max_length=16, unique=True)
    tracking_code = models.CharField(max_length=16)
    kind = models.CharField(_("kind"), max_length=32)
    classification = models.CharField(_("class"), max_length=32, blank=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    premises = models.ForeignKey("accounts.Premises", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=32, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    segment = models.CharField(_("segment"), max_length=20, blank=True)
    area = models.CharField(_("area"), max_length=12, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    status = models.CharField(_("status"), max_length=24)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    first_asked = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["owner", "status"], name="case_of_owner"),
            models.Index(fields=["opened_at"], name="case_opened"),
        ]
