"""The lives of a complaint, of an appeal to the virtual reception, and of an application for a service."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.kinds import CaseKind
from casework.lifecycles import Lifecycle, Move


class ComplaintStatus(models.TextChoices):
    """Where a complaint stands. Whose it is, and which department was asked, is not a status."""

    RECEIVED = "received", pgettext_lazy("complaint", "received")
    INVESTIGATING = "investigating", pgettext_lazy("complaint", "being looked into")
    WAITING = "waiting", _("waiting for the customer")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered, what was promised is being done")
    SETTLED = "settled", pgettext_lazy("complaint", "settled")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


C = ComplaintStatus
_HEARD = (C.RECEIVED, C.INVESTIGATING)

COMPLAINT = Lifecycle(
    kind="complaint",
    start=(C.RECEIVED,),
    moves=(
        Move("investigate", (C.RECEIVED,), C.INVESTIGATING, Verb.HANDLE_CASES, ("complaint.investigation_started",)),
        Move("ask_customer", _HEARD, C.WAITING, Verb.HANDLE_CASES, ("case.waiting_for_customer",)),
        Move("hear_customer", (C.WAITING,), C.INVESTIGATING, tells=("case.customer_answered",)),
        Move("stop_waiting", (C.WAITING,), C.INVESTIGATING, Verb.HANDLE_CASES, ("case.waiting_ended",)),
        Move("answer", (C.INVESTIGATING, C.WAITING), C.ANSWERED, Verb.HANDLE_CASES, ("case.answered",)),
        Move("settle", (C.ANSWERED,), C.SETTLED, Verb.HANDLE_CASES, ("case.resolved",)),
        Move("refuse", (C.INVESTIGATING, C.WAITING), C.SETTLED, Verb.HANDLE_CASES, ("case.answered", "case.resolved")),
        Move("close", (C.SETTLED,), C.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (C.ANSWERED, C.SETTLED, C.CLOSED), C.INVESTIGATING, Verb.HANDLE_CASES, ("case.reopened",)),
        Move("cancel", (*_HEARD, C.WAITING), C.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", (*_HEARD, C.WAITING, C.ANSWERED), C.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        C.CANCELLED: "nobody complains any more; a new wrong is a new complaint",
        C.MERGED: "it goes on in the case it was merged into",
    },
)


class AppealStatus(models.TextChoices):
    """Where an appeal, a question or a review stands (requirements section 5, virtual reception)."""

    RECEIVED = "received", pgettext_lazy("appeal", "received")
    WAITING = "waiting", _("waiting for the customer")
    FORWARDED = "forwarded", pgettext_lazy("appeal", "with the department in charge")
    DRAFTING = "drafting", pgettext_lazy("appeal", "the answer is being written")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


A = AppealStatus
_UNANSWERED = (A.RECEIVED, A.WAITING, A.FORWARDED, A.DRAFTING)

APPEAL = Lifecycle(
    kind="appeal",
    start=(A.RECEIVED,),
    moves=(
        Move("ask_customer", (A.RECEIVED, A.DRAFTING), A.WAITING, Verb.HANDLE_CASES, ("case.waiting_for_customer",)),
        Move("hear_customer", (A.WAITING,), A.RECEIVED, tells=("case.customer_answered",)),
        Move("stop_waiting", (A.WAITING,), A.RECEIVED, Verb.HANDLE_CASES, ("case.waiting_ended",)),
        Move("forward", (A.RECEIVED, A.FORWARDED, A.DRAFTING), A.FORWARDED, Verb.HANDLE_CASES, ("appeal.forwarded",)),
        Move("direction_answer", (A.FORWARDED,), A.DRAFTING, Verb.HANDLE_CASES, ("appeal.direction_answered",)),
        Move("answer", _UNANSWERED, A.ANSWERED, Verb.HANDLE_CASES, ("case.answered", "case.resolved")),
        Move("decline", (A.RECEIVED, A.DRAFTING), A.ANSWERED, Verb.HANDLE_CASES, ("appeal.declined", "case.answered", "case.resolved")),
        Move("close", (A.ANSWERED,), A.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (A.ANSWERED, A.CLOSED), A.RECEIVED, Verb.HANDLE_CASES, ("case.reopened",)),
        Move("cancel", _UNANSWERED, A.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", (*_UNANSWERED, A.ANSWERED), A.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        A.CANCELLED: "nobody wants an answer any more; a new question is a new appeal",
        A.MERGED: "it goes on in the case it was merged into",
    },
)


class ServiceStatus(models.TextChoices):
    """Where an application for a service stands (T90): complete, routed, a time agreed, done."""

    RECEIVED = "received", pgettext_lazy("application", "received")
    WAITING = "waiting", _("waiting for the customer")
    ROUTED = "routed", pgettext_lazy("application", "with the specialist in charge")
    AGREED = "agreed", pgettext_lazy("application", "a time is agreed")
    DONE = "done", pgettext_lazy("application", "done")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    CANCELLED = "cancelled", pgettext_lazy("case", "withdrawn")
    MERGED = "merged", _("goes on in another case")


S = ServiceStatus
_ASKED = (S.RECEIVED, S.WAITING, S.ROUTED, S.AGREED)

SERVICE_APPLICATION = Lifecycle(
    kind="application",
    start=(S.RECEIVED,),
    moves=(
        Move("ask_customer", (S.RECEIVED, S.ROUTED), S.WAITING, Verb.HANDLE_CASES, ("case.waiting_for_customer",)),
        Move("hear_customer", (S.WAITING,), S.RECEIVED, tells=("case.customer_answered",)),
        Move("stop_waiting", (S.WAITING,), S.RECEIVED, Verb.HANDLE_CASES, ("case.waiting_ended",)),
        Move("route", (S.RECEIVED, S.ROUTED), S.ROUTED, Verb.HANDLE_CASES, ("application.routed",)),
        Move("agree", (S.ROUTED, S.AGREED), S.AGREED, Verb.HANDLE_CASES, ("application.time_agreed",)),
        Move("finish", (S.AGREED,), S.DONE, Verb.HANDLE_CASES, ("case.resolved",)),
        Move("close", (S.DONE,), S.CLOSED, Verb.HANDLE_CASES, ("case.closed",)),
        Move("reopen", (S.DONE, S.CLOSED), S.ROUTED, Verb.HANDLE_CASES, ("case.reopened",)),
        Move("cancel", _ASKED, S.CANCELLED, Verb.HANDLE_CASES, ("case.cancelled",)),
        Move("merge", _ASKED, S.MERGED, Verb.HANDLE_CASES, ("case.merged",)),
    ),
    finals={
        S.CANCELLED: "nobody wants it any more; a new wish is a new application",
        S.MERGED: "it goes on in the case it was merged into",
    },
)


class PublicationStatus(models.TextChoices):
    """Where an answer for everybody stands: written by one, published by another."""

    DRAFT = "draft", pgettext_lazy("publication", "being written")
    PROPOSED = "proposed", pgettext_lazy("publication", "waits for a second pair of eyes")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "taken back")
    DROPPED = "dropped", pgettext_lazy("publication", "given up")


P = PublicationStatus

PUBLICATION = Lifecycle(
    kind="publication",
    start=(P.DRAFT,),
    moves=(
        Move("propose", (P.DRAFT,), P.PROPOSED, Verb.HANDLE_CASES),
        Move("send_back", (P.PROPOSED,), P.DRAFT, Verb.PUBLISH_ANSWERS),
        Move("publish", (P.PROPOSED,), P.PUBLISHED, Verb.PUBLISH_ANSWERS),
        Move("withdraw", (P.PUBLISHED,), P.WITHDRAWN, Verb.HANDLE_CASES),
        Move("drop", (P.DRAFT, P.PROPOSED), P.DROPPED, Verb.HANDLE_CASES),
    ),
    finals={
        P.WITHDRAWN: "its number goes on to say that it was taken back; better words are a new publication",
        P.DROPPED: "nobody saw it; another draft is another publication",
    },
)

CASE_KINDS = (
    CaseKind(COMPLAINT, "K", _("complaint"), frozenset({C.CLOSED, C.CANCELLED, C.MERGED})),
    CaseKind(APPEAL, "V", _("appeal to the virtual reception"), frozenset({A.CLOSED, A.CANCELLED, A.MERGED})),
    CaseKind(SERVICE_APPLICATION, "S", _("application for a service"), frozenset({S.CLOSED, S.CANCELLED, S.MERGED})),
)
