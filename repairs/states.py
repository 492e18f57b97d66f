"""The lives of a repair, of turning the gas on again, and of an interruption of supply."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.kinds import CaseKind
from casework.lifecycles import Lifecycle, Move


class RepairStatus(models.TextChoices):
    """Where a repair stands. How the crew gets on is its visit's status."""

    REPORTED = "reported", pgettext_lazy("repair", "reported")
    HELD = "held", pgettext_lazy("repair", "set aside to be looked at")
    ORDERED = "ordered", pgettext_lazy("repair", "ordered")
    DISPATCHED = "dispatched", pgettext_lazy("repair", "a crew has it")
    ON_SITE = "on_site", pgettext_lazy("repair", "crew on site")
    WAITING = "waiting", pgettext_lazy("repair", "waiting")
    FINISHED = "finished", pgettext_lazy("repair", "done, not yet confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("repair", "confirmed")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


R = RepairStatus
_AT_WORK = (R.ORDERED, R.DISPATCHED, R.ON_SITE, R.WAITING)

REPAIR = Lifecycle(
    kind="repair",
    start=(R.REPORTED, R.HELD),
    moves=(
        Move("release", (R.HELD,), R.REPORTED, Verb.DISPATCH),
        Move("order", (R.REPORTED, R.HELD), R.ORDERED, Verb.HANDLE_CASES, ("repair.ordered",)),
        Move("dispatch", (R.ORDERED, R.WAITING), R.DISPATCHED, tells=("repair.dispatched",)),
        Move("undispatch", (R.DISPATCHED, R.ON_SITE), R.ORDERED),
        Move("arrive", (R.ORDERED, R.DISPATCHED, R.WAITING), R.ON_SITE),
        Move("wait", (R.ORDERED, R.DISPATCHED, R.ON_SITE), R.WAITING, Verb.HANDLE_CASES),
        Move("finish", (R.ORDERED, R.DISPATCHED, R.ON_SITE, R.WAITING), R.FINISHED, tells=("repair.finished", "case.resolved")),
        Move("confirm", (R.FINISHED,), R.CONFIRMED, Verb.HANDLE_CASES, ("repair.confirmed",)),
        Move("conclude", (R.FINISHED, R.WAITING), R.CONFIRMED, Verb.HANDLE_CASES),
        Move("close", (R.CONFIRMED,), R.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (R.FINISHED, R.CONFIRMED, R.CLOSED), R.ORDERED, Verb.HANDLE_CASES, ("case.reopened", "repair.ordered")),
        Move("cancel", (R.REPORTED, R.HELD, *_AT_WORK), R.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", (R.REPORTED, R.HELD, *_AT_WORK), R.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        R.CANCELLED: "nobody wants it any more; a new fault is a new case",
        R.MERGED: "it goes on in the case it was merged into",
    },
)


class RestorationStatus(models.TextChoices):
    """Where turning the gas on again stands."""

    ACCEPTED = "accepted", pgettext_lazy("restoration", "accepted")
    DONE = "done", pgettext_lazy("restoration", "gas is on again")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


B = RestorationStatus

RESTORATION = Lifecycle(
    kind="restoration",
    start=(B.ACCEPTED,),
    moves=(
        Move("restore", (B.ACCEPTED,), B.DONE, tells=("restoration.done", "case.resolved")),
        Move("close", (B.DONE,), B.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (B.DONE, B.CLOSED), B.ACCEPTED, Verb.HANDLE_CASES, ("case.reopened",)),
        Move("cancel", (B.ACCEPTED,), B.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", (B.ACCEPTED, B.DONE), B.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        B.CANCELLED: "nobody wants it any more; a new wish is a new case",
        B.MERGED: "it goes on in the case it was merged into",
    },
)


class OutageStatus(models.TextChoices):
    """Where an interruption of supply stands."""

    DRAFT = "draft", pgettext_lazy("outage", "being planned")
    ANNOUNCED = "announced", pgettext_lazy("outage", "announced")
    UNDER_WAY = "under_way", pgettext_lazy("outage", "gas is off")
    ENDED = "ended", pgettext_lazy("outage", "gas is on again")
    CANCELLED = "cancelled", pgettext_lazy("outage", "called off")


U = OutageStatus

OUTAGE = Lifecycle(
    kind="outage",
    start=(U.DRAFT,),
    moves=(
        Move("announce", (U.DRAFT,), U.ANNOUNCED, Verb.PLAN_OUTAGES, ("interruption.notice_published",)),
        Move("begin", (U.DRAFT, U.ANNOUNCED), U.UNDER_WAY, Verb.PLAN_OUTAGES, ("outage.begun",)),
        Move("end", (U.UNDER_WAY,), U.ENDED, Verb.PLAN_OUTAGES, ("outage.ended",)),
        Move("cancel", (U.DRAFT, U.ANNOUNCED), U.CANCELLED, Verb.PLAN_OUTAGES, ("interruption.cancelled",)),
    ),
    finals={
        U.ENDED: "what comes after is another interruption",
        U.CANCELLED: "another date is another interruption",
    },
)

CASE_KINDS = (
    CaseKind(REPAIR, "R", _("repair"), frozenset({R.CLOSED, R.CANCELLED, R.MERGED})),
    CaseKind(RESTORATION, "W", _("turning the gas on again"), frozenset({B.CLOSED, B.CANCELLED, B.MERGED})),
)
