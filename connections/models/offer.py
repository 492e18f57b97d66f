from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Quote(models.Model):
    """What it would cost, one version after the other; what was sent never changes. ``design`` is the drawing it rests on."""

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="quotes")
    number = models.PositiveSmallIntegerField(_("version"))
    design = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("remark"), max_length=300, blank=True)
    total = models.PositiveBigIntegerField(_("total"), default=0)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(max_length=64)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="a_quote_has_its_own_number"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(sent_at__isnull=False, withdrawn_at=None), name="one_quote_of_an_application_stands"
            ),
        ]

    @property
    def mark(self) -> str:
        """Which content this is: another one each time somebody keeps the version in work."""
        return f"{self.number}.{round(self.made_at.timestamp() * 1_000_000)}"


class QuoteLine(models.Model):
    """One line of a quote, in minor units; ``fee`` is the fee of the plan it comes from, where it does."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    fee = models.ForeignKey("connections.FeeRow", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("what for"), max_length=120, blank=True)
    hundredths = models.PositiveIntegerField(_("how many, in hundredths"), default=100)
    price = models.PositiveBigIntegerField(_("price of one"))
    amount = models.PositiveBigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["pk"]


class Contract(models.Model):
    """The contract on one quote: its number, how and when the applicant accepted it, and the charge that has to be paid.

    ``digest`` is the fingerprint of what was accepted. ``personal`` is that of its part about people, under a ``salt`` of its own: when the
    words are erased the salt goes with them, and the fingerprint of the whole can still be made (queries.fingerprints).
    """

    class How(models.TextChoices):
        CABINET = "cabinet", _("in the cabinet")
        LINK = "link", _("with reference and code")
        PAPER = "paper", _("signed on paper")

    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="contract")
    number = models.CharField(_("number"), max_length=20, unique=True)
    offered_at = models.DateTimeField(_("offered"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_how = models.CharField(_("accepted"), max_length=8, choices=How, blank=True)
    accepted_by = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    personal = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")


class Design(models.Model):
    """One version of the drawing of a connection; the file is a file of the case."""

    application = models.ForeignKey("connections.Application", on_delete=models.PROTECT, related_name="designs")
    number = models.PositiveSmallIntegerField(_("version"))
    attachment = models.OneToOneField("casework.Attachment", on_delete=models.PROTECT, related_name="design")
    note = models.CharField(_("remark"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("design")
        verbose_name_plural = _("designs")
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="a_design_has_its_own_number")]
