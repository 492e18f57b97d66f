"""The list of whom to call back, and the page of one call: whom, about what, the questions, what came of it."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import permissions as case_permissions
from casework import references
from casework.models import Case

from .. import permissions
from ..forms.answers import AttemptForm, CallForm, LetterForm
from ..models import FollowUp
from ..operations import bearing, calling
from ..paper import letter_as_pdf
from ..queries import lists
from ..queries.questionnaires import asked_in, current
from ..wording import answers_in_words, letter_to_begin_with
from .guards import follow_up_or_404

_ON_A_PAGE = 50
_CAN_BE_HEARD = (FollowUp.Status.WAITING, FollowUp.Status.WRITTEN, FollowUp.Status.NOT_REACHED)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def follow_up_list(request: MemberRequest) -> HttpResponse:
    """By what is due; who waits for our call first."""
    at = business_now()
    visible = case_permissions.visible_cases(request.user, at)
    chosen = request.GET.get("list", "now")
    chosen = chosen if chosen in lists.LISTS else "now"
    names = {"now": _("To ring now"), "later": _("Later"), "letters": _("Letters and visits"), "ended": _("What came of them")}
    found = lists.counts(visible, at=at)
    tabs = [{"key": key, "name": name, "count": found.get(key), "is_here": key == chosen} for key, name in names.items()]
    page = Paginator(lists.follow_ups(chosen, visible, at=at), _ON_A_PAGE).get_page(request.GET.get("page"))
    may_see = Verb.SEE_BOARD in accounts.permissions.verbs_of(request.user, at)
    context = {"page": page, "tabs": tabs, "chosen": chosen, "list_name": names[chosen], "may_see_results": may_see, "now": at}
    return render(request, "callbacks/list.html", context)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def follow_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Whom to ring about what, what to ask, and what came of it."""
    return follow_up_page(request, follow_up_or_404(request.user, pk))


@require_safe
@staff_with(Verb.HANDLE_CASES)
def follow_up_of_case(request: MemberRequest, reference: str) -> HttpResponse:
    """To the call back about a case, if there is one."""
    visible = case_permissions.visible_cases(request.user, business_now())
    case: Case | None = visible.filter(reference=references.tidy(reference)).first()
    if case is None:
        raise Http404
    found = lists.latest_of(case)
    if found is None:
        return render(request, "callbacks/none.html", {"case": case}, status=404)
    return redirect("callbacks:follow_up", pk=found.pk)


@require_safe
@staff_with(Verb.HANDLE_CASES)
@cache_control(private=True, no_store=True)
def letter_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter as it was kept, in the customer's language."""
    found = follow_up_or_404(request.user, pk)
    if not found.letter:
        raise Http404
    name = f'inline; filename="{found.case.reference}-{found.pk}.pdf"'
    return HttpResponse(letter_as_pdf(found), content_type="application/pdf", headers={"Content-Disposition": name})


def follow_up_page(request: MemberRequest, found: FollowUp, **forms: Any) -> HttpResponse:
    """The page; ``forms`` holds the one that was sent and cannot be taken, with what was typed."""
    at = business_now()
    staff = accounts.queries.current_staff(request.user)
    asked = asked_in(found, at)
    waits = found.status == FollowUp.Status.WAITING
    context = {
        "follow_up": found,
        "case": found.case,
        "now": at,
        "waits": waits,
        "can_be_heard": found.status in _CAN_BE_HEARD,
        "may_ask": may(permissions.check_was_elsewhere, found.case, staff),
        "form": CallForm(asked=current(found.kind, at)),
        "attempt_form": AttemptForm(auto_id="attempt_%s"),
        "letter_form": LetterForm(initial={"text": letter_to_begin_with(found)}),
        "tries": found.tries.select_related("staff"),
        "may_give_up": calling.may_give_up(found),
        "is_anybody_known": bearing.is_anybody_known(found.case),
        "most_tries": settings.CALLBACK_TRIES,
        "answers": answers_in_words(found, asked),
        "problems": found.problems.select_related("case"),
        "history": [one for one in lists.history_of(found.case) if one.pk != found.pk],
        **forms,
    }
    return render(request, "callbacks/follow_up.html", context, status=422 if forms else 200)
