from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import matters


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


class Origin(models.TextChoices):
    """On which road it came (ACC-07): what came on any but the first is asked after, every single one (CAL-04)."""

    CUSTOMER = "customer", _("the customer")
    PETITION = "petition", _("a petition")
    GOVERNMENT = "government", _("a government office")
    LEADER_DAY = "leader_day", _("the leader's reception day")
    CONDUCT_SUPERVISOR = "conduct_supervisor", _("an industry-conduct supervisor")


#: What came on these roads is answered, and asked after, by letter and nothing else (CMP-06, CAL-05).
BY_LETTER = (Origin.PETITION, Origin.GOVERNMENT)


class CaseQuerySet(models.QuerySet["Case"]):
    def unfinished(self) -> "CaseQuerySet":
        """Not closed, withdrawn or merged away."""
        return self.filter(closed_at=None)


class Case(models.Model):
    """Somebody's matter: a request, a fault, a complaint, an application. Its business part has a table of its own.

    Opened with a reference that can be read out on the phone and a code for the public tracking page. ``owner`` has it in hand;
    until somebody accepts it, ``first_asked`` answers for it. ``named`` is the better-qualified person who sees to a matter of a VIP or
    key account besides whoever has it in hand (T36, T41). Closed when the lifecycle of its kind says so. ``asker`` is the
    cabinet user who opened it. ``subject`` is as somebody typed it, ``matter`` the code of what its room says it is about: one of them
    may be empty, and ``title`` says both. Contact name, phone, subject and ``search`` are personal data, blanked by ``erase_case``.
    """

    Channel = Channel
    Origin = Origin
    Urgency = Urgency

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
    matter = models.CharField(max_length=32, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    origin = models.CharField(_("put forward by"), max_length=20, choices=Origin, default=Origin.CUSTOMER)
    segment = models.CharField(_("segment"), max_length=20, blank=True)
    area = models.CharField(_("area"), max_length=12, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    status = models.CharField(_("status"), max_length=24)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    first_asked = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    named = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="named_cases")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    asker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    search = models.TextField(editable=False, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["owner", "status"], name="case_of_owner"),
            models.Index(fields=["opened_at"], name="case_opened"),
            models.Index(fields=["hall"], name="case_unfinished_of_hall", condition=models.Q(closed_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(closed_at__isnull=False), name="only_an_ended_case_is_erased"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """What it is about, in the language now active; empty once it is erased."""
        if self.erased_at is not None:
            return ""
        matter = matters.in_words(self.matter)
        if not (matter and self.subject):
            return matter or self.subject
        # Translators: what is wrong, and the first line of what somebody wrote about it.
        return gettext("%(matter)s: %(words)s") % {"matter": matter, "words": self.subject}

    @property
    def is_unfinished(self) -> bool:
        return self.closed_at is None

    @property
    def answerable_id(self) -> int | None:
        """Who answers for it now: whoever has it in hand, else whoever was asked first."""
        return self.owner_id or self.first_asked_id
