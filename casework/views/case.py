"""The page of a case for staff, with everything that can be done there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import kinds, permissions
from ..forms import acts
from ..models import Case
from ..queries.case_page import page_for_staff
from .guards import case_or_404

#: The forms of the page by the act they belong to.
FORMS: Mapping[str, type[forms.Form]] = {
    "answer": acts.AnswerForm,
    "ask": acts.QuestionForm,
    "contact": acts.ContactForm,
    "ask_leader": acts.LeaderForm,
    "transfer": acts.TransferForm,
    "assign": acts.AssignForm,
    "decline": acts.ReasonForm,
    "cancel": acts.ReasonForm,
    "reopen": acts.WhyForm,
    "change": acts.ChangeForm,
    "merge": acts.MergeForm,
    "split": acts.SplitForm,
    "attach": acts.FileForm,
    "return_papers": acts.MissingForm,
    "receive_papers": acts.ReceivedForm,
}


@require_safe
@staff_with(Verb.HANDLE_CASES)
def case(request: MemberRequest, reference: str) -> HttpResponse:
    return case_page(request, case_or_404(request.user, reference))


def case_page(request: MemberRequest, found: Case, wrong: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    """The page; ``wrong`` holds the form that was sent and cannot be taken, with what was typed."""
    at = business_now()
    page = page_for_staff(found, at=at)
    # One form a field name would share its id with another's: each has its act before it.
    first = {"urgency": found.urgency, "account": found.account.number if found.account else ""}
    shown = {act: kind(auto_id=f"{act}_%s", initial=first if act == "change" else None) for act, kind in FORMS.items()}
    wrong = wrong or {}
    context = {**page, "forms": {**shown, **wrong}, "wrong": next(iter(wrong), ""), "doors": _doors(request, page)}
    return render(request, "casework/case.html", context, status=422 if wrong else 200)


def _doors(request: MemberRequest, page: Mapping[str, Any]) -> dict[str, Any]:
    """What is open to this reader: steps that the lifecycle has from here, and permissions with the reason where there is none."""
    found, offer, at = page["case"], page["offer"], page["now"]
    lifecycle = kinds.kind(found.kind).lifecycle
    steps = {move.verb for move in lifecycle.moves if found.status in move.sources}
    is_free = offer is None and found.owner_id is None
    return {
        "steps": steps,
        "is_unfinished": found.is_unfinished,
        "had_list": found.paper_lists.exists(),
        "has_missing": page["papers"] is not None and any(paper.arrived_at is None for paper in page["papers"].papers.all()),
        "may_accept": may(permissions.check_may_accept, request.user, found, offer, at=at),
        "is_to_take": found.is_unfinished and (offer is not None or is_free),
        "may_transfer": may(permissions.check_may_transfer, request.user, found, at=at),
        "may_assign": may(permissions.check_may_assign, request.user, at=at),
        "may_erase": may(permissions.check_may_erase, request.user, at=at),
    }
