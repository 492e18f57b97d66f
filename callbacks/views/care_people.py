"""Who is qualified for VIPs and key accounts where their manager cannot see to a matter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_now
from accounts.models import Staff
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import permissions

from ..forms.care import QualificationForm
from ..operations import naming
from ..queries.named import left_alone, qualified_people


@require_http_methods(["GET", "HEAD", "POST"])
@staff_with(Verb.SEE_BOARD)
def people(request: MemberRequest) -> HttpResponse:
    """Those who are, with how much they see to by name; and somebody more."""
    at, form = business_now(), QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = naming.qualify(by=request.user, at=at, **form.cleaned_data)
        messages.success(request, _("%(who)s is qualified.") % {"who": made.staff.name})
        return redirect("callbacks:care_people")
    alone = permissions.visible_cases(request.user, at).filter(pk__in=left_alone().values("pk")).order_by("opened_at", "pk")[:20]
    context = {"people": qualified_people(at=at), "alone": alone, "form": form}
    return render(request, "callbacks/care_people.html", context, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.SEE_BOARD)
def end_qualification(request: MemberRequest, number: str) -> HttpResponse:
    """No longer."""
    naming.end_qualification(staff=get_object_or_404(Staff, number=number), by=request.user, at=business_now())
    messages.success(request, _("No longer on the list. What they see to by name stays theirs."))
    return redirect("callbacks:care_people")
