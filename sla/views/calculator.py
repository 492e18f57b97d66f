"""When would it be due, and why: a question about something that has not happened."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import staff_with

from ..amends import Amends
from ..queries import policies, what_if
from ..question_forms import QuestionForm


@require_safe
@staff_with(Verb.SEE_PROMISES)
def calculator(request: HttpRequest) -> HttpResponse:
    """The form, and the answer once something is asked; without a moment it is asked for now."""
    at = business_now()
    begins = {"at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")}
    asked = begins | request.GET.dict() if request.GET.get("promise") else None
    form = QuestionForm(policies.policies_at(at).policies(), asked, initial=begins)
    context = {"form": form, "now": at, **(_answer(form) if form.is_valid() else {})}
    return render(request, "sla/calculator.html", context, status=422 if form.errors else 200)


def _answer(form: QuestionForm) -> dict[str, Any]:
    typed = form.cleaned_data
    begins: datetime = typed["at"]
    hall = typed["hall"].code if typed["hall"] else ""
    try:
        answer = what_if.explain(what_if.Question(typed["promise"], begins, form.attributes(), typed["anchor_at"], hall))
    except what_if.UnknownPromise:
        form.add_error("promise", _("Nothing of this kind is promised for these attributes at that moment."))
        return {}
    except what_if.OutOfReach as refusal:
        form.add_error("at", str(refusal))
        return {}
    late = form.lateness()
    return {
        "answer": answer,
        "begins": begins,
        "asked": typed["promise"],
        "late": late,
        "amends": Amends.parse(answer.policy.compensation),
        "cost": None if late is None else answer.cost(late),
    }
