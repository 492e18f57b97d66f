from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Nature(models.TextChoices):
    """How a promise is kept: what has a number runs as a clock, what has none is a rule to be read."""

    CLOCK = "clock", pgettext_lazy("promise", "clock")
    RECURRING = "recurring", _("recurring duty")
    LEAD_TIME = "lead_time", _("lead time")
    GATE = "gate", _("gate")
    RULE = "rule", _("rule without a number")


class Promise(models.Model):
    """One row of the promise book (T01 to T98 come from the source documents, H01 on are our own). What it says is in its versions.

    ``loaded`` is the digest of the row of sla/promises.csv that was taken over last, so that only a changed row is taken again.
    """

    key = models.CharField(_("key"), max_length=16, primary_key=True)
    kind = models.CharField(_("kind"), max_length=24)
    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    source = models.CharField(_("source"), max_length=8, blank=True)
    quote = models.TextField(_("wording of the source"), blank=True)
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")


class PromiseVersionQuerySet(models.QuerySet["PromiseVersion"]):
    def in_force(self, at: datetime) -> "PromiseVersionQuerySet":
        """Of each promise the version that holds at a moment; drafts hold never."""
        later = PromiseVersion.objects.filter(
            promise=models.OuterRef("promise"), effective_from__lte=at, effective_from__gt=models.OuterRef("effective_from")
        )
        return self.filter(effective_from__lte=at).exclude(models.Exists(later))


#: The columns that are what a version says; the others are when, by whom and why.
CONTENT = (
    *("texts", "family", "selects", "starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on", "target", "limit"),
    *("calendar", "cut_off", "anchor", "part_of", "is_safety", "is_active", "is_public", "owner", "ladder"),
    *("extension", "compensation", "readings"),
)


class PromiseVersion(models.Model):
    """What a promise says from a moment on. Never edited in place: a change is a new version; ``effective_from`` empty is a draft.

    ``selects`` maps kind, classification, urgency, segment, area and channel to the values it is for (absent: any); of several
    in one ``family`` only the most specific holds (sla.selection). Events are patterns (sla.patterns), ``target`` and ``limit``
    codes of sla.limits; ``anchor`` names the fact of the starting event that holds the moment an agreed, planned or lead time
    counts from. ``texts`` are title and explanation by language. Ladder, extension, compensation and readings are plain JSON,
    described in docs/promises.md.
    """

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    effective_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    texts = models.JSONField(default=dict)
    family = models.CharField(_("family"), max_length=32, blank=True)
    selects = models.JSONField(default=dict)
    starts_on = models.JSONField(default=list)
    stops_on = models.JSONField(default=list)
    pauses_on = models.JSONField(default=list)
    resumes_on = models.JSONField(default=list)
    withdrawn_on = models.JSONField(default=list)
    target = models.CharField(_("target"), max_length=16, blank=True)
    limit = models.CharField(_("limit"), max_length=16, blank=True)
    calendar = models.CharField(_("calendar"), max_length=32, default="24x7")
    cut_off = models.TimeField(_("cut-off"), null=True, blank=True)
    anchor = models.CharField(max_length=32, blank=True)
    part_of = models.CharField(_("stage of"), max_length=16, blank=True)
    is_safety = models.BooleanField(_("safety clock"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_public = models.BooleanField(_("shown to customers"), default=False)
    owner = models.CharField(_("answerable"), max_length=32, blank=True)
    ladder = models.JSONField(default=list)
    extension = models.JSONField(default=dict)
    compensation = models.JSONField(default=dict)
    readings = models.JSONField(default=dict)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)

    objects = PromiseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a promise")
        verbose_name_plural = _("versions of promises")
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="a_promise_version_has_its_own_number"),
            models.UniqueConstraint(
                fields=["promise", "effective_from"],
                condition=Q(effective_from__isnull=False),
                name="one_version_of_a_promise_begins_at_a_moment",
            ),
            models.CheckConstraint(condition=Q(is_safety=False) | Q(pauses_on=[]), name="a_safety_clock_is_never_paused"),
        ]


class BookEdition(models.Model):
    """The state of the whole book as one token: a single row that every writer of promises and calendars renews.

    Processes keep the book in memory and look at this row alone to learn whether it is still the same.
    """

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("edition of the book of promises")
        verbose_name_plural = _("editions of the book of promises")
