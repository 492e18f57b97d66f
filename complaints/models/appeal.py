from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: Characters of a letter; longer ones come as a file.
LONGEST = 10_000


class AppealForm(models.TextChoices):
    """What somebody sends through the virtual reception. A complaint has a table of its own."""

    QUESTION = "question", _("question")
    APPEAL = "appeal", _("appeal")
    REVIEW = "review", _("review")


class Topic(models.TextChoices):
    """What it is about: the function of the company that answers for it."""

    SUPPLY = "supply", _("gas supply and pressure")
    SAFETY = "safety", _("safety and checks")
    METERS = "meters", _("meters and gas cards")
    MONEY = "money", _("prices, bills and payments")
    CONNECTION = "connection", _("new connections and changes")
    REPAIR = "repair", _("repairs and works")
    CONTRACT = "contract", _("contract, papers and personal data")
    SERVICE = "service", _("halls, hotline and staff")
    OTHER = "other", _("another topic")


class Triage(models.TextChoices):
    """What the reception specialist made of a letter (VIR-03)."""

    OUT_OF_FIELD = "out_of_field", _("not ours to answer")
    TYPICAL = "typical", _("typical question")
    FORWARDED = "forwarded", _("for the department in charge")
    HARD = "hard", _("hard case, a date was told")


class Appeal(models.Model):
    """An appeal, a question or a review of the virtual reception. The case has contact, channel, reference, code and owner.

    Received by a reception specialist, who looks whether it is complete (else the case waits for the applicant) and triages it: not
    ours, with the reason in ``reason``; typical, answered with an article of the knowledge base (``article``); forwarded to whoever
    is in charge by function and territory (``DirectionQuestion``); or hard, with a date told in ``told_until``. Our words are the
    case's answers. ``territory`` is the nearest place we know of ``place``. ``email`` is where an answer goes when the case knows no
    better. ``is_publishable``: its author has nothing against a short form for others, without personal data. ``outside_number`` is
    its number at a portal of the city, which comes once. Text, place, e-mail and reason are blanked with the case.
    """

    Form = AppealForm
    Topic = Topic
    Triage = Triage

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="appeal")
    form = models.CharField(_("form"), max_length=12, choices=AppealForm)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    text = models.TextField(_("text"), blank=True)
    place = models.CharField(_("where"), max_length=240, blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), blank=True)
    is_publishable = models.BooleanField(_("may be published without personal data"), default=False)
    triage = models.CharField(_("triage"), max_length=12, choices=Triage, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    article = models.CharField(_("article"), max_length=80, blank=True)
    told_until = models.DateTimeField(_("answer promised until"), null=True, blank=True)
    outside_system = models.CharField(_("other system"), max_length=40, blank=True)
    outside_number = models.CharField(_("number there"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("appeal to the virtual reception")
        verbose_name_plural = _("appeals to the virtual reception")
        constraints = [
            models.UniqueConstraint(
                fields=["outside_system", "outside_number"], condition=~Q(outside_number=""), name="an_outside_appeal_comes_once"
            ),
        ]
