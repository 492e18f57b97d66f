from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models import Contact

from ..states import CallStatus


class Call(models.Model):
    """Somebody rang the hotline: from the first ring until what was said is written down (states.CALL).

    Its clocks (T24, T25, T27) hang on ``timeline``. ``exchange_id`` is the telephone exchange's own number of the call, empty for one
    that an agent took down by hand. ``agent`` took it; ``first_asked`` answers for it: of two present, the senior one. Seconds on hold
    add up, ``held_since`` is the hold that lasts. ``caller`` and ``content`` are personal data, blanked when their time is over.
    """

    Type = Contact.CallType

    class OrderOutcome(models.TextChoices):
        MADE = "made", pgettext_lazy("order of a call", "made")
        DROPPED = "dropped", pgettext_lazy("order of a call", "given up: not wanted after all")
        LAPSED = "lapsed", pgettext_lazy("order of a call", "never made, as far as we know")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    line = models.ForeignKey("desk.HotlineLine", on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    exchange_id = models.CharField(max_length=64, blank=True)
    caller = models.CharField(_("caller's number"), max_length=32, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=CallStatus)
    version = models.PositiveIntegerField(default=0)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="call")
    agent = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    first_asked = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rang_at = models.DateTimeField(_("rang"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    held_since = models.DateTimeField(null=True)
    hold_seconds = models.PositiveIntegerField(_("on hold, s"), default=0)
    holds_unasked = models.PositiveSmallIntegerField(_("put on hold without being asked"), default=0)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    cases = models.ManyToManyField("casework.Case", related_name="calls")
    call_type = models.CharField(_("what it was about"), max_length=16, choices=Contact.CallType, blank=True)
    content = models.TextField(_("what was said"), blank=True)
    is_solved = models.BooleanField(_("solved during the call"), null=True)
    is_order_wanted = models.BooleanField(_("an order is to be made of it"), default=False)
    order_outcome = models.CharField(_("what became of the order"), max_length=8, choices=OrderOutcome, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [
            models.Index(fields=["rang_at"], name="call_rang"),
            models.Index(fields=["agent", "rang_at"], name="calls_of_an_agent"),
            models.Index(fields=["status"], name="call_not_over", condition=Q(status__in=["ringing", "talking", "held", "ended"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["exchange_id"], condition=~Q(exchange_id=""), name="a_call_of_the_exchange_comes_once"),
            models.CheckConstraint(
                condition=Q(status__in=["ringing", "abandoned"]) | Q(answered_at__isnull=False), name="who_talks_was_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def ring_seconds(self) -> int | None:
        """How long it rang before somebody answered or the caller gave up; None while it rings."""
        return _between(self.rang_at, self.answered_at or self.ended_at)

    @property
    def talk_seconds(self) -> int | None:
        """From answering to the end, holds left out; None before the end."""
        whole = _between(self.answered_at, self.ended_at)
        return None if whole is None else max(whole - self.hold_seconds, 0)


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return int((end - start).total_seconds()) if start and end else None
