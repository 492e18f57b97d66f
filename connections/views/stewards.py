"""The steward's portfolio, the supervisor's look at what ages, and how applications change hands."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_now
from accounts.models import Area, Staff
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import Ended, NobodyNamed, StaleRow

from ..forms.steward import ClearForm, HandOverForm
from ..models import Ball, Stewardship
from ..operations import leaving, stewards
from ..queries.ageing import ageing
from ..queries.portfolio import portfolio
from ..queries.stewards import stewards as all_stewards
from .guards import application_or_404

_PAGE = 50
_REFUSALS = (stewards.NoteMissing, stewards.NoSteward, NobodyNamed, Ended, StaleRow, Forbidden)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def my_portfolio(request: MemberRequest) -> HttpResponse:
    """My applications, and those of whom I stand in for, by what is due next."""
    at, ball = business_now(), request.GET.get("ball", "")
    found = portfolio(accounts.queries.current_staff(request.user), at, ball=ball if ball in Ball.values else "")
    page = Paginator(found.files, _PAGE).get_page(request.GET.get("page"))
    balls = [(code, label, found.balls.get(code, 0)) for code, label in _turns()]
    context = {"portfolio": found, "page": page, "balls": balls, "ball": ball, "now": at, "query": f"ball={ball}&" if ball else ""}
    return render(request, "connections/portfolio.html", context)


@require_safe
@staff_with(Verb.SEE_BOARD)
def ageing_page(request: MemberRequest) -> HttpResponse:
    """How old what is open is, and where its time went: all of it, of a steward, of an area."""
    at = business_now()
    people = list(all_stewards(at))
    chosen = next((one for one in people if one.number == request.GET.get("steward")), None)
    area = request.GET.get("area", "")
    found = ageing(at, steward=chosen.pk if chosen else None, area=area if area in Area.values else "")
    may_assign = Verb.ASSIGN_CASES in accounts.permissions.verbs_of(request.user, at)
    context = {
        "ageing": found,
        "people": people,
        "chosen": chosen,
        "area": area,
        "areas": Area.choices,
        "may_assign": may_assign,
        "now": at,
    }
    return render(request, "connections/ageing.html", context)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def hand_over(request: MemberRequest, reference: str) -> HttpResponse:
    """One application to another steward, with a note."""
    application, at = application_or_404(request.user, reference), business_now()
    form = HandOverForm(request.POST, at=at)
    try:
        if request.POST.get("version", str(application.case.version)) != str(application.case.version):
            raise StaleRow
        if not form.is_valid():
            raise stewards.NoteMissing if "note" in form.errors else stewards.NoSteward
        stewards.hand_over(application=application, **form.cleaned_data, by=request.user, at=at)
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Handed over, and the applicant hears the name."))
    return redirect("casework:case", reference=application.case.reference)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ASSIGN_CASES)
def clear_desk(request: MemberRequest, number: str) -> HttpResponse:
    """All applications of somebody who leaves, spread among the others."""
    leaver = Staff.objects.filter(number=number).first()
    if leaver is None:
        raise Http404
    at = business_now()
    files = Stewardship.objects.filter(staff=leaver, until=None, application__case__closed_at=None).count()
    form = ClearForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        cleared = leaving.hand_over_all(leaver=leaver, note=form.cleaned_data["note"], by=request.user, at=at)
        _say_cleared(request, cleared)
        return redirect("connections:ageing")
    context = {"leaver": leaver, "files": files, "form": form, "others": all_stewards(at).exclude(pk=leaver.pk)}
    return render(request, "connections/clear_desk.html", context, status=422 if form.errors else 200)


def _say_cleared(request: MemberRequest, cleared: leaving.Cleared) -> None:
    given = sum(cleared.taken.values())
    text = ngettext("%(files)s application handed over.", "%(files)s applications handed over.", given) % {"files": given}
    messages.success(request, text)
    if cleared.left:
        left = ngettext("%(files)s could not be handed over.", "%(files)s could not be handed over.", cleared.left)
        messages.warning(request, left % {"files": cleared.left})


def _turns() -> list[tuple[str, str]]:
    return [(Ball.COMPANY, _("our turn")), (Ball.APPLICANT, _("the applicant's turn")), (Ball.AUTHORITY, _("with a third party"))]
