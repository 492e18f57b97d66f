from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..ways_in import GOVERNMENT


class ConnectionKind(models.TextChoices):
    """What is to be connected. The case's classification follows from it (CLASSIFICATIONS), and promises are chosen by that."""

    RESIDENTIAL = "residential", _("a home")
    COMMERCIAL = "commercial", _("a business or institution")
    SMALL_MICRO = "small_micro", _("a small or micro business")
    BUILDING_LINE = "building_line", _("main line of a building")
    PRIVATE_NETWORK = "private_network", _("private network")


#: ConnectionKind -> Case.classification, as promises T47 to T51 select (CON-13); T48 is chosen by the segment private_network.
CLASSIFICATIONS = {
    ConnectionKind.RESIDENTIAL: "individual",
    ConnectionKind.COMMERCIAL: "other",
    ConnectionKind.SMALL_MICRO: "other",
    ConnectionKind.BUILDING_LINE: "building",
    ConnectionKind.PRIVATE_NETWORK: "other",
}


class Application(models.Model):
    """Somebody wants gas. The case has contact, channel, steward (its owner), reference and code; here is what is wanted, and where.

    Without known premises ``place`` says where in words: personal data, blanked with the case; ``territory`` is the nearest place we
    know. ``appliances`` are codes with numbers, ``flow`` the wanted litres of gas an hour. ``policy`` is the version of stages, papers
    and fees it was accepted under; it stays with it. ``is_with_gaps``: accepted while papers were missing. ``is_one_stop``: on the
    customer's order the company does approvals, design, building and supervision. ``is_at_government_hall``: taken at the window of the
    government hall, whose check-list is its own (``way_in``). ``outside_number`` and ``outside_due`` are the
    city platform's own. ``processing_from`` is when the company's clock began: the last needed paper had come (C15).
    ``account`` is what gas-on made.
    """

    Kind = ConnectionKind

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="application")
    kind = models.CharField(_("what is to be connected"), max_length=16, choices=ConnectionKind)
    is_new_build = models.BooleanField(_("new building project"), default=False)
    policy = models.ForeignKey("connections.PolicyVersion", on_delete=models.PROTECT, related_name="applications")
    place = models.CharField(_("where"), max_length=240, blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    appliances = models.JSONField(_("appliances"), default=dict)
    flow = models.PositiveIntegerField(_("wanted flow (litres an hour)"), null=True, blank=True)
    wishes = models.TextField(_("wishes"), blank=True)
    is_with_gaps = models.BooleanField(_("accepted with papers missing"), default=False)
    is_one_stop = models.BooleanField(_("the company does everything"), default=False)
    is_at_government_hall = models.BooleanField(_("taken at the government hall"), default=False)
    outside_system = models.CharField(_("other system"), max_length=40, blank=True)
    outside_number = models.CharField(_("number there"), max_length=64, blank=True)
    outside_due = models.DateTimeField(_("due there"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    processing_from = models.DateTimeField(_("papers complete"), null=True, blank=True)
    account = models.OneToOneField("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="application")

    class Meta:
        verbose_name = _("application for gas")
        verbose_name_plural = _("applications for gas")
        constraints = [
            models.UniqueConstraint(
                fields=["outside_system", "outside_number"], condition=~Q(outside_number=""), name="an_outside_number_comes_once"
            ),
        ]

    @property
    def way_in(self) -> str:
        """By which way it came, as check-lists tell them apart (connections.ways_in)."""
        return GOVERNMENT if self.is_at_government_hall else str(self.case.channel)
