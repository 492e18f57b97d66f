"""What staff do with a repair on its case's page, and the list of reports that wait for somebody to look at them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import references
from casework.operations import NothingSaid, ReasonMissing, StaleRow, WrongMove

from ..forms.intake import ClassForm
from ..models import Repair
from ..operations import closing, following, ordering, standing_alone
from ..queries import reported, reports
from .guards import repair_or_404

_REFUSALS = (
    *(closing.NotMended, closing.NoHonestEnd, ReasonMissing, NothingSaid),
    *(StaleRow, WrongMove, Forbidden, ordering.UnknownClass, ordering.NothingToSend),
    *(following.NotAlike, standing_alone.NotFollowing),
)
type Act = Callable[[Repair, MemberRequest, dict[str, Any]], object]


@require_safe
@staff_with(Verb.HANDLE_CASES)
def waiting_list(request: MemberRequest) -> HttpResponse:
    """Reports for which nobody is sent yet, and why; and gas to be turned on again."""
    at = business_now()
    context = {
        "waiting": reports.waiting()[:100],
        "restorations": reported.open_restorations()[:100],
        "may_release": Verb.DISPATCH in accounts.permissions.verbs_of(request.user, at),
        "now": at,
    }
    return render(request, "repairs/waiting.html", context)


def act_view(name: str, done: Callable[[], str], act: Act, *verbs: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one act: call its operation, say what happened or why not, and show the case again."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES, *verbs)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        repair = repair_or_404(request.user, reference)
        try:
            if request.POST.get("version", str(repair.case.version)) != str(repair.case.version):
                raise StaleRow
            act(repair, request, {"by": request.user, "at": business_now()})
        except MissingVerb:
            raise
        except _REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done())
        return redirect("casework:case", reference=repair.case.reference)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _classify(repair: Repair, request: MemberRequest, when: dict[str, Any]) -> None:
    """The desk's own judgement."""
    form = ClassForm(request.POST)
    if not form.is_valid():
        raise ordering.UnknownClass
    ordering.classify(repair=repair, **form.cleaned_data, **when)


def _follow(repair: Repair, request: MemberRequest, when: dict[str, Any]) -> None:
    """It is the trouble of that other report."""
    wanted = references.tidy(request.POST.get("lead", ""))
    lead = Repair.objects.select_related("case", "follows__case").filter(case__reference=wanted).first()
    if lead is None:
        raise Http404
    following.follow(repair=repair, lead=lead, **when)


order = act_view("order", lambda: _("The repair is ordered, and a crew is asked for."), lambda r, _q, w: ordering.order(repair=r, **w))
send_again = act_view("send_again", lambda: _("A crew is asked for."), lambda r, _q, w: ordering.send_again(repair=r, **w))
release = act_view(
    "release",
    lambda: _("Let through: a crew is asked for."),
    lambda r, _q, w: ordering.release(repair=r, **w),
    Verb.DISPATCH,
)
classify = act_view("classify", lambda: _("The changes are kept."), _classify)
follow = act_view("follow", lambda: _("It follows the other report now. Its case and its promises stay."), _follow)
stand_alone = act_view(
    "stand_alone",
    lambda: _("It stands by itself again, and a crew is asked for."),
    lambda r, _q, w: standing_alone.stand_alone(repair=r, **w),
)
spare = act_view(
    "spare",
    lambda: _("No second crew goes."),
    lambda r, _q, w: standing_alone.spare_a_crew(repair=r, **w),
    Verb.DISPATCH,
)
