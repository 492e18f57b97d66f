"""The life of an application for gas."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.kinds import CaseKind
from casework.lifecycles import Lifecycle, Move


class ConnectionStatus(models.TextChoices):
    """Where an application stands. The stages within a status are rows (models.Stage)."""

    REGISTERED = "registered", pgettext_lazy("connection", "registered")
    ACCEPTED = "accepted", pgettext_lazy("connection", "accepted: papers, visit and survey")
    DESIGN = "design", pgettext_lazy("connection", "being designed")
    CONTRACT = "contract", pgettext_lazy("connection", "contract and payment")
    CONSTRUCTION = "construction", pgettext_lazy("connection", "being built")
    ACCEPTANCE = "acceptance", pgettext_lazy("connection", "built, being inspected")
    CORRECTIONS = "corrections", pgettext_lazy("connection", "corrections to be made")
    READY = "ready", pgettext_lazy("connection", "inspected, ready for gas")
    CONNECTED = "connected", pgettext_lazy("connection", "gas is on")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


C = ConnectionStatus
#: Before the works are ordered: nothing has been dug.
_PREPARING = (C.REGISTERED, C.ACCEPTED, C.DESIGN, C.CONTRACT)
_WORKS = (C.CONSTRUCTION, C.ACCEPTANCE, C.CORRECTIONS, C.READY)

CONNECTION = Lifecycle(
    kind="connection",
    start=(C.REGISTERED,),
    moves=(
        Move("accept", (C.REGISTERED,), C.ACCEPTED, tells=("connection.accepted",)),
        Move("design", (C.ACCEPTED,), C.DESIGN, Verb.HANDLE_CASES, ("connection.design_begun",)),
        Move("offer", (C.DESIGN,), C.CONTRACT, Verb.HANDLE_CASES, ("connection.offered",)),
        Move("redesign", (C.CONTRACT,), C.DESIGN, Verb.HANDLE_CASES, ("connection.offer_withdrawn",)),
        Move("build", (C.CONTRACT,), C.CONSTRUCTION, tells=("order.taken",)),
        Move("inspect", (C.CONSTRUCTION,), C.ACCEPTANCE, Verb.HANDLE_CASES, ("connection.installed",)),
        Move("fail", (C.ACCEPTANCE,), C.CORRECTIONS, Verb.HANDLE_CASES, ("connection.acceptance_failed",)),
        Move("correct", (C.CORRECTIONS,), C.ACCEPTANCE, Verb.HANDLE_CASES, ("connection.corrected",)),
        Move("pass", (C.ACCEPTANCE,), C.READY, Verb.HANDLE_CASES, ("connection.acceptance_passed",)),
        Move("doubt", (C.READY,), C.CORRECTIONS, Verb.HANDLE_CASES, ("connection.acceptance_failed",)),
        Move("connect", (C.READY,), C.CONNECTED, tells=("connection.gas_on", "case.resolved")),
        Move("close", (C.CONNECTED,), C.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (C.CLOSED,), C.CONNECTED, Verb.HANDLE_CASES, ("case.reopened", "connection.accepted")),
        Move("cancel", (*_PREPARING, *_WORKS), C.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", _PREPARING, C.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        C.CANCELLED: "nobody wants it any more; a new wish is a new application",
        C.MERGED: "it goes on in the case it was merged into",
    },
)


class StageStatus(models.TextChoices):
    """Where one stage of an application stands."""

    WAITING = "waiting", pgettext_lazy("stage", "not begun")
    RUNNING = "running", pgettext_lazy("stage", "under way")
    DONE = "done", pgettext_lazy("stage", "done")
    SKIPPED = "skipped", pgettext_lazy("stage", "not needed")


class PaperStatus(models.TextChoices):
    """Where one paper of an application stands."""

    WANTED = "wanted", pgettext_lazy("paper", "not here yet")
    HANDED_IN = "handed_in", pgettext_lazy("paper", "handed in, not looked at yet")
    ACCEPTED = "accepted", pgettext_lazy("paper", "accepted")
    REJECTED = "rejected", pgettext_lazy("paper", "not accepted")
    WAIVED = "waived", pgettext_lazy("paper", "not needed")


#: A dozen papers in several versions, drawings, photos of the works and of defects.
_MOST_FILES = 300
CASE_KINDS = (CaseKind(CONNECTION, "C", _("new connection"), frozenset({C.CLOSED, C.CANCELLED, C.MERGED}), _MOST_FILES),)
