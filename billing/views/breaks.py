"""What provider, ledger and delivery do not agree about: the list, one of them, and what is done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import billing.operations.break_actions
import billing.operations.breaks
import billing.queries.breaks
from accounts.clock import business_now
from accounts.permissions import Forbidden, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..break_forms import RemedyForm
from ..break_remedies import remedies
from ..models import Break
from ..operations.break_actions import Wish
from ..queries.breaks import BreakNotFound
from ..queries.held_money import TargetNotFound
from ..queries.names import names_of
from ..refusals import Refused
from ..states import BreakStatus


@require_safe
@staff_with(Verb.SEE_LEDGER)
def break_list(request: MemberRequest) -> HttpResponse:
    """What is not settled, the oldest first, and how it stands with each provider."""
    at = business_now()
    lines = billing.queries.breaks.open_breaks(at)
    providers = billing.queries.breaks.at_providers()
    context = {
        "providers": providers,
        "is_compared": any(provider.last_day for provider in providers),
        "waiting": [line for line in lines if line.found.status == BreakStatus.ASKED],
        "lines": [line for line in lines if line.found.status != BreakStatus.ASKED],
        "lately": billing.queries.breaks.lately_settled(),
        "now": at,
        "may_reconcile": Verb.RECONCILE in verbs_of(request.user, at),
    }
    return render(request, "billing/reconciliation/list.html", context)


@require_safe
@staff_with(Verb.SEE_LEDGER)
def break_detail(request: MemberRequest, reference: str) -> HttpResponse:
    """One of them: what there, what here, what was delivered, and what happened."""
    found = _find(reference)
    return _page(request, found, RemedyForm(found=found))


@require_POST
@staff_with(Verb.RECONCILE)
def break_take_on(request: MemberRequest, reference: str) -> HttpResponse:
    """From now on it is the reader's."""
    found = _find(reference)
    staff = request.user.staff
    return _do(
        request,
        found,
        _("It is yours to settle now."),
        lambda: billing.operations.breaks.take_on(found=found, staff=staff, by=request.user, at=business_now()),
    )


@require_POST
@staff_with(Verb.RECONCILE)
def break_act(request: MemberRequest, reference: str) -> HttpResponse:
    """Ask for a way to settle it, or begin it."""
    found = _find(reference)
    form = RemedyForm(request.POST, found=found)
    if form.is_valid():
        wish = Wish(**{**form.cleaned_data, "action": Break.Action(form.cleaned_data["action"])})
        try:
            done = billing.operations.break_actions.act(found=found, wish=wish, by=request.user, at=business_now())
        except (TargetNotFound, Refused, Forbidden, WrongMove, StaleRow) as refusal:
            form.add_error("target" if isinstance(refusal, TargetNotFound) else None, str(refusal))
        else:
            said = _("Asked: another person approves it.") if done.status == BreakStatus.ASKED else _("Begun. This ends when it is done.")
            messages.success(request, said)
            return redirect("billing:break_detail", reference=reference)
    return _page(request, found, form)


@require_POST
@staff_with(Verb.APPROVE_WRITE_OFFS)
def break_approve(request: MemberRequest, reference: str) -> HttpResponse:
    """What was asked is done."""
    return _decide(request, reference, approve=True, said=_("Approved, and done."))


@require_POST
@staff_with(Verb.APPROVE_WRITE_OFFS)
def break_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    """It is open again."""
    return _decide(request, reference, approve=False, said=_("Refused: it is open again."))


def _decide(request: MemberRequest, reference: str, *, approve: bool, said: str) -> HttpResponse:
    found = _find(reference)
    decide = billing.operations.break_actions.decide
    return _do(request, found, said, lambda: decide(found=found, approve=approve, by=request.user, at=business_now()))


def _do(request: MemberRequest, found: Break, said: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (Refused, Forbidden, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("billing:break_detail", reference=found.reference)


def _find(reference: str) -> Break:
    try:
        return billing.queries.breaks.find_break(reference)
    except BreakNotFound as missing:
        raise Http404(str(missing)) from None


def _page(request: MemberRequest, found: Break, form: RemedyForm) -> HttpResponse:
    at = business_now()
    verbs, story = verbs_of(request.user, at), billing.queries.breaks.story(found)
    labels = [found.asked_by, found.decided_by, *(line.by for line in story)]
    names = names_of(labels)
    context = {
        "found": found,
        "story": [line.named(names) for line in story],
        "names": names,
        "due_at": billing.queries.breaks.due_at(found),
        "form": form if remedies(found) else None,
        "may_reconcile": Verb.RECONCILE in verbs,
        "may_decide": Verb.APPROVE_WRITE_OFFS in verbs and found.asked_by != request.user.actor_label,
        "me": request.user.actor_label,
        "now": at,
    }
    return render(request, "billing/reconciliation/break.html", context, status=422 if form.errors else 200)
