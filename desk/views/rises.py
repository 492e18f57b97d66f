"""Unusual rises of reports, for supervisors: what was found, its cases, who looked, what it came from."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.permissions import visible_cases

from ..forms.rises import ExplanationForm
from ..models import EarlyCluster
from ..operations import rises as operations
from ..queries.rises import all_rises, cases_of

_ON_A_PAGE = 50


@require_safe
@staff_with(Verb.SEE_BOARD)
def rise_list(request: MemberRequest) -> HttpResponse:
    """What lasts, then what is over."""
    page = Paginator(all_rises(), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/rises/list.html", {"page": page, "now": business_now()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.SEE_BOARD)
def rise(request: MemberRequest, pk: int) -> HttpResponse:
    """One with its cases; posting says what it comes from."""
    at = business_now()
    found = get_object_or_404(EarlyCluster.objects.select_related("district", "acknowledged_by", "explained_by"), pk=pk)
    form = ExplanationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.explain(rise=found, **form.cleaned_data, by=request.user, at=at)
        except operations.ExplainedAlready as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Said. Nobody is told of it again while it lasts."))
            return redirect("desk:rise", found.pk)
    cases = cases_of(found, among=visible_cases(request.user, at))
    context = {"rise": found, "cases": cases[:_ON_A_PAGE], "form": form, "now": at, "hidden": found.cases.count() - cases.count()}
    return render(request, "desk/rises/rise.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_with(Verb.SEE_BOARD)
def rise_acknowledge(request: MemberRequest, pk: int) -> HttpResponse:
    """I have seen it."""
    found = get_object_or_404(EarlyCluster, pk=pk)
    operations.acknowledge(rise=found, by=request.user, at=business_now())
    return redirect("desk:rise", found.pk)
