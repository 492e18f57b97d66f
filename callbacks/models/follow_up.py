from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.callback_rules import LETTER, PHONE, VISIT

from ..states import FollowUpStatus


class Heard(models.TextChoices):
    """How the customer's answer reached us; the first three are means of a contact."""

    CALL = "call", pgettext_lazy("follow-up", "in a call")
    VISIT = "visit", pgettext_lazy("follow-up", "on a visit")
    LETTER = "letter", pgettext_lazy("follow-up", "by letter")
    LINK = "link", pgettext_lazy("follow-up", "by the link of a message")


class FollowUp(models.Model):
    """Somebody asks a customer how their matter went: once for each ending of a case (``occasion``: the event), or twice (``turn``).

    It has no timeline of its own: its promises (T73, T46) are the case's. ``ring_from``: not before (quiet hours, the pause after an
    attempt, a second call back days later); ``due_at`` is what was promised. ``is_pressing``: the customer waits for this call. The
    link of a message answers it until ``link_until``; ``said_at`` is when somebody used it. ``answers`` are numbers by question,
    ``settled`` whether what was wanted is done, ``score`` the customer's satisfaction from 1 to 5. ``texts`` by question, ``words``
    and ``letter`` are what people wrote: personal data, blanked with the case.
    """

    class Way(models.TextChoices):
        PHONE = PHONE, pgettext_lazy("follow-up", "by phone")
        LETTER = LETTER, pgettext_lazy("follow-up", "by letter")
        VISIT = VISIT, pgettext_lazy("follow-up", "on a visit")

    Status = FollowUpStatus

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="follow_ups")
    occasion = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=32)
    way = models.CharField(_("way"), max_length=8, choices=Way, default=Way.PHONE)
    status = models.CharField(_("status"), max_length=12, choices=FollowUpStatus, default=FollowUpStatus.WAITING)
    is_pressing = models.BooleanField(_("waits for our call"), default=False)
    born_at = models.DateTimeField()
    ring_from = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    handed_at = models.DateTimeField(_("with the hotline since"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    link_sent_at = models.DateTimeField(null=True, blank=True)
    link_until = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    heard_by = models.CharField(_("heard"), max_length=8, choices=Heard, blank=True)
    questionnaire = models.ForeignKey("callbacks.Questionnaire", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    words = models.TextField(_("what they said"), blank=True)
    letter = models.TextField(_("letter"), blank=True)
    settled = models.BooleanField(_("settled"), null=True)
    score = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(fields=["case", "occasion", "turn"], name="an_ending_is_asked_about_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(status="waiting"), name="a_case_waits_for_one_call_back"),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="a_score_is_from_1_to_5"),
            models.CheckConstraint(
                condition=~Q(status="heard") | Q(settled__isnull=False, ended_at__isnull=False), name="who_was_heard_said_something"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="follow_up_waiting", condition=Q(status="waiting")),
            models.Index(fields=["born_at"], name="follow_up_born"),
        ]

    @property
    def timeline_id(self) -> int:
        """Where its steps are recorded."""
        return self.case.timeline_id
