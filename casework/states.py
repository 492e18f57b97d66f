"""The life of a general request: the front desk's catch-all, for whatever has no room of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb

from .kinds import CaseKind
from .lifecycles import Lifecycle, Move


class RequestStatus(models.TextChoices):
    """Where a general request stands. Whose it is, and who was asked to take it, is not a status."""

    OPEN = "open", pgettext_lazy("case", "being worked on")
    WAITING = "waiting", _("waiting for the customer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


S = RequestStatus

GENERAL_REQUEST = Lifecycle(
    kind="general_request",
    start=(S.OPEN,),
    moves=(
        Move("ask_customer", (S.OPEN,), S.WAITING, Verb.HANDLE_CASES, ("case.waiting_for_customer",)),
        Move("hear_customer", (S.WAITING,), S.OPEN, tells=("case.customer_answered",)),
        Move("stop_waiting", (S.WAITING,), S.OPEN, Verb.HANDLE_CASES, ("case.waiting_ended",)),
        Move("answer", (S.OPEN, S.WAITING), S.ANSWERED, Verb.HANDLE_CASES, ("case.answered", "case.resolved")),
        Move("close", (S.ANSWERED,), S.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (S.ANSWERED, S.CLOSED), S.OPEN, Verb.HANDLE_CASES, ("case.reopened",)),
        Move("cancel", (S.OPEN, S.WAITING), S.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", (S.OPEN, S.WAITING, S.ANSWERED), S.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        S.CANCELLED: "nobody wants it any more; a new wish is a new case",
        S.MERGED: "it goes on in the case it was merged into",
    },
)

CASE_KINDS = (CaseKind(GENERAL_REQUEST, "G", _("general request"), frozenset({S.CLOSED, S.CANCELLED, S.MERGED})),)
