from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClockStatus(models.TextChoices):
    """Where a clock stands. Kept or broken is not a status: it is computed from the moments whenever it is asked."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")
    WITHDRAWN = "withdrawn", _("withdrawn")


class BreachReason(models.TextChoices):
    """Why a promise was broken, said by whoever knows; what reports count by."""

    NOT_SEEN = "not_seen", _("nobody saw it in time")
    NO_PEOPLE = "no_people", _("too few people on duty")
    NO_ACCESS = "no_access", pgettext_lazy("breach", "no access to the place")
    PARTS = "parts", pgettext_lazy("breach", "parts were missing")
    OTHERS = "others", _("another company or office")
    ROAD = "road", _("traffic or weather on the way")
    PASSED_ON = "passed_on", _("passed from hand to hand")
    RECORDED_LATE = "recorded_late", _("done in time, recorded late")
    SYSTEM = "system", _("our system failed")
    OTHER = "other", pgettext_lazy("breach", "something else")


class ClockQuerySet(models.QuerySet["Clock"]):
    def open(self) -> "ClockQuerySet":
        """Running or paused."""
        return self.filter(status__in=[ClockStatus.RUNNING, ClockStatus.PAUSED])


class Clock(models.Model):
    """One promise on one timeline from one starting event.

    Facts: ``started_at``, ``legs`` (which version and calendar counted from when), ``pauses``, ``extensions``, ``stopped_at``.
    Cached from them by sla.deadlines: ``target_at``, ``due_at`` (empty while paused or without a number), ``consumed`` (seconds
    of working time used up to the last change), ``trace`` (the steps of the computation, put into words when read).
    ``epoch`` counts recomputations that moved the due moment; alarms belong to an epoch. ``event`` is the verb that started it,
    ``about`` the turn: the fact of that name or the period of a recurring duty. An ending that names another turn leaves this clock
    alone; one event may begin several turns (a merger brings along those of the case it absorbs).
    """

    Status = ClockStatus

    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="clocks")
    promise = models.ForeignKey("sla.Promise", on_delete=models.PROTECT, related_name="clocks")
    version = models.ForeignKey("sla.PromiseVersion", on_delete=models.PROTECT, related_name="+")
    started_by = models.PositiveIntegerField()
    event = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=10, choices=ClockStatus, default=ClockStatus.RUNNING)
    epoch = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    anchor_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=64, blank=True)
    target_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    consumed = models.PositiveBigIntegerField(default=0)
    legs = models.JSONField(default=list)
    pauses = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    trace = models.JSONField(default=list)
    is_safety = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    # What reports ask by: as of the last change, so that they need no join.
    kind = models.CharField(max_length=32, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=12, blank=True)
    urgency = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    breach_reason = models.CharField(_("why it was broken"), max_length=32, blank=True, choices=BreachReason)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [
            models.UniqueConstraint(
                fields=["timeline", "promise", "started_by", "about"], name="a_turn_of_a_promise_starts_once_per_event"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["running", "paused"], stopped_at__isnull=True)
                | Q(status__in=["stopped", "withdrawn"], stopped_at__isnull=False),
                name="a_clock_that_ended_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="clock_due", condition=Q(status="running")),
            models.Index(fields=["hall", "due_at"], name="clock_due_in_hall", condition=Q(status="running")),
            models.Index(fields=["promise", "stopped_at"], name="clock_ended", condition=Q(status="stopped")),
            models.Index(fields=["timeline"], name="clock_open", condition=Q(status__in=["running", "paused"])),
            models.Index(fields=["promise"], name="clock_open_of_promise", condition=Q(status__in=["running", "paused"])),
            models.Index(fields=["timeline"], name="clock_guessed", condition=Q(is_provisional=True, status__in=["running", "paused"])),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in {ClockStatus.RUNNING, ClockStatus.PAUSED}

    def is_breached(self, at: datetime) -> bool:
        """Computed from the moments, never from an alarm: ended after the due moment, or running past it."""
        if self.due_at is None or self.status == ClockStatus.WITHDRAWN:
            return False
        return (self.stopped_at or at) > self.due_at


class Span(models.Model):
    """Who had the matter in hand while a clock ran, and for how much working time: the last one is not blamed for the first one's delay."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="spans")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    consumed = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at__isnull=True), name="a_clock_is_in_one_hand_at_a_time")
        ]
