from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..states import ConnectionStatus
from .application import ConnectionKind


class Ball(models.TextChoices):
    """Whose turn it is."""

    COMPANY = "company", pgettext_lazy("ball", "we")
    APPLICANT = "applicant", pgettext_lazy("ball", "you")
    AUTHORITY = "authority", pgettext_lazy("ball", "a third party")


class Deed(models.TextChoices):
    """What ends a stage by itself; a stage without one is ended by whoever does it."""

    MANUAL = "manual", _("somebody says so")
    HOME_VISIT = "home_visit", _("the steward's visit was made")
    SURVEY = "survey", _("the survey was made")
    PAPERS = "papers", _("all papers are accepted")
    DRAWINGS = "drawings", _("the drawings are accepted")
    QUOTE = "quote", _("the quote was sent")
    CONTRACT = "contract", _("the customer accepted the contract")
    PAYMENT = "payment", _("the fees are paid")
    INSTALLATION = "installation", _("the installer reported it done")
    ACCEPTANCE = "acceptance", _("the acceptance was passed")
    GAS_ON = "gas_on", _("gas was turned on")


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def in_force(self, kind: str, at: datetime) -> "PolicyVersionQuerySet":
        """The version for a kind that holds at a moment, as the first row; drafts hold never."""
        return self.filter(kind=kind, effective_from__lte=at).order_by("-effective_from")


class PolicyVersion(models.Model):
    """How one kind of application goes: its stages, papers and fees, from a moment on. Never edited once it is in force.

    ``effective_from`` empty is a draft. ``texts`` are by language: "intro" is the first paragraph of the one-time notice.
    """

    kind = models.CharField(_("what is to be connected"), max_length=16, choices=ConnectionKind)
    number = models.PositiveSmallIntegerField(_("version"))
    effective_from = models.DateTimeField(_("in force from"), null=True, blank=True)
    texts = models.JSONField(default=dict)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="a_plan_version_has_its_own_number"),
            models.UniqueConstraint(
                fields=["kind", "effective_from"],
                condition=Q(effective_from__isnull=False),
                name="one_version_of_a_plan_begins_at_a_moment",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.effective_from is None


class StageRow(models.Model):
    """One stage of a plan. Stages of one ``status`` with the same ``position`` run beside each other.

    ``names`` are by language. ``planned_days`` are working days from its beginning. ``is_needed``: the application leaves its status
    only when it is done. ``is_one_stop``: only where the company does everything (then ``ball`` is ours anyway); ``is_own`` the
    opposite: only where the applicant does it.
    """

    policy = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="stages")
    key = models.CharField(_("key"), max_length=24)
    status = models.CharField(_("within"), max_length=24, choices=ConnectionStatus)
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    names = models.JSONField(default=dict)
    ball = models.CharField(_("whose turn"), max_length=10, choices=Ball, default=Ball.COMPANY)
    owner = models.CharField(_("done by"), max_length=32, blank=True)
    planned_days = models.PositiveSmallIntegerField(_("working days planned"), default=1)
    deed = models.CharField(_("ends when"), max_length=16, choices=Deed, default=Deed.MANUAL)
    is_needed = models.BooleanField(_("needed"), default=True)
    is_one_stop = models.BooleanField(_("only in one stop"), default=False)
    is_own = models.BooleanField(_("only without one stop"), default=False)

    class Meta:
        verbose_name = _("stage of a plan")
        verbose_name_plural = _("stages of a plan")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="a_stage_is_in_a_plan_once")]


class PaperRow(models.Model):
    """One paper of a plan's check-list, and for whom it is needed: ``channels`` empty is all, ``new_build`` empty is either.

    ``names`` and ``hints`` (where one gets it, what it must show) are by language. ``may_follow``: the application is accepted without
    it, and it is due ``due_days`` working days later (``at_survey``: at the survey); what happens otherwise is in ``consequences``.
    ``is_drawing``: a drawing of the project, which may come through joint review.
    """

    policy = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="papers")
    key = models.CharField(_("key"), max_length=24)
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    names = models.JSONField(default=dict)
    hints = models.JSONField(default=dict)
    channels = models.JSONField(default=list)
    new_build = models.BooleanField(_("only for new building projects, or only for others"), null=True)
    may_follow = models.BooleanField(_("may follow"), default=False)
    at_survey = models.BooleanField(_("at the survey at the latest"), default=False)
    due_days = models.PositiveSmallIntegerField(_("working days to hand it in"), default=5)
    consequences = models.JSONField(default=dict)
    is_drawing = models.BooleanField(_("drawing of the project"), default=False)

    class Meta:
        verbose_name = _("paper of a plan")
        verbose_name_plural = _("papers of a plan")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="a_paper_is_in_a_plan_once")]


class FeeRow(models.Model):
    """One fee of a plan, in minor units for one ``unit`` (a connection, a metre of pipe); it is put into quotes.

    ``refundable_until`` is the last status in which it is given back when the applicant withdraws.
    """

    class Unit(models.TextChoices):
        ONCE = "once", _("once")
        METRE = "metre", _("a metre")
        PIECE = "piece", _("a piece")

    policy = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="fees")
    key = models.CharField(_("key"), max_length=24)
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    names = models.JSONField(default=dict)
    amount = models.PositiveBigIntegerField(_("amount"))
    unit = models.CharField(_("for"), max_length=8, choices=Unit, default=Unit.ONCE)
    refundable_until = models.CharField(_("given back until"), max_length=24, choices=ConnectionStatus, default=ConnectionStatus.CONTRACT)

    class Meta:
        verbose_name = _("fee of a plan")
        verbose_name_plural = _("fees of a plan")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="a_fee_is_in_a_plan_once")]
