from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Service(models.TextChoices):
    """What somebody may apply for, besides a connection and a repair."""

    METER = "meter", _("change or check a meter")
    MOVE = "move", _("move a pipe or a meter")
    APPLIANCE = "appliance", _("connect or change a gas appliance")
    CARE = "care", _("look after gas appliances at home")
    STOP = "stop", _("turn the gas off for a while")
    START = "start", _("turn the gas on again")
    CONTRACT = "contract", _("change the contract or its holder")
    CERTIFICATE = "certificate", _("a certificate or a copy of a paper")


class Item(models.TextChoices):
    """What we need to know before somebody can be sent or a paper written."""

    ACCOUNT = "account", _("account number")
    PLACE = "place", _("address")
    METER = "meter", _("number of the meter")
    APPLIANCE = "appliance", _("make and model of the appliance")
    OWNER = "owner", _("who the owner is, and that they agree")
    PURPOSE = "purpose", _("what the paper is for")
    SINCE = "since", _("from when to when")
    PASSPORT = "passport", _("passport of the appliance (a picture)")


class ServiceApplication(models.Model):
    """Somebody applies for a service (VIR-04, T90): complete, given to who is in charge, a time agreed with the client, done.

    ``details`` are items (``Item``) with what the client said; ``missing`` are those they were asked for, all at once at
    ``missing_told_at``. ``specialist`` agrees the time with the client: ``agreed_for`` is when, ``agreed_words`` what was agreed. A
    number of another system comes once. Details, wishes, place, e-mail and words are blanked with the case.
    """

    Service = Service
    Item = Item

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="service_application")
    service = models.CharField(_("service"), max_length=12, choices=Service)
    details = models.JSONField(_("details"), default=dict)
    wishes = models.TextField(_("wishes"), blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), blank=True)
    missing = models.JSONField(_("missing"), default=list)
    missing_told_at = models.DateTimeField(_("client was told what is missing"), null=True, blank=True)
    specialist = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    routed_at = models.DateTimeField(_("given to the specialist"), null=True, blank=True)
    agreed_for = models.DateTimeField(_("agreed time"), null=True, blank=True)
    agreed_words = models.CharField(_("what was agreed"), max_length=300, blank=True)
    done_words = models.CharField(_("what was done"), max_length=300, blank=True)
    outside_system = models.CharField(_("other system"), max_length=40, blank=True)
    outside_number = models.CharField(_("number there"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("application for a service")
        verbose_name_plural = _("applications for services")
        constraints = [
            models.UniqueConstraint(
                fields=["outside_system", "outside_number"], condition=~Q(outside_number=""), name="an_outside_service_comes_once"
            ),
            models.CheckConstraint(
                condition=Q(specialist=None, routed_at=None) | Q(specialist__isnull=False, routed_at__isnull=False),
                name="a_routed_application_says_to_whom_and_when",
            ),
        ]
