"""The inbox of staff, and how each wants to be reached."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.models import Staff
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations, queries
from ..forms import PreferenceForm
from ..models import Preference

_PAGE = 30


@require_safe
@staff_with(Verb.SEE_GALLERY)
def inbox(request: MemberRequest) -> HttpResponse:
    """Newest first; what says the same many times stands above as one line."""
    staff = accounts.queries.current_staff(request.user)
    only_unread = request.GET.get("show") == "unread"
    page = Paginator(queries.inbox(staff, unread=only_unread), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "heaps": queries.heaps(staff),
        "only_unread": only_unread,
        "unread": queries.inbox(staff, unread=True).count(),
        "query": "show=unread&" if only_unread else "",
    }
    return render(request, "notices/inbox.html", context)


@require_safe
@staff_with(Verb.SEE_GALLERY)
def inbox_count(request: MemberRequest) -> HttpResponse:
    """The number beside the bell, asked for again now and then."""
    return render(request, "notices/bell.html", {"unread": queries.count_unread(request.user), "counted": queries.COUNTED})


@require_POST
@staff_with(Verb.SEE_GALLERY)
def inbox_open(request: MemberRequest, pk: int) -> HttpResponse:
    """Read one line and go where it leads."""
    line = get_object_or_404(queries.inbox(_staff(request)), pk=pk)
    operations.mark_read(messages=queries.inbox(_staff(request)).filter(pk=pk), at=business_now())
    leads = line.link and url_has_allowed_host_and_scheme(line.link, allowed_hosts=None)
    return redirect(line.link if leads else "notices:inbox")


@require_POST
@staff_with(Verb.SEE_GALLERY)
def inbox_read(request: MemberRequest) -> HttpResponse:
    """Everything, or one heap, or one line is read."""
    rows = queries.inbox(_staff(request), unread=True)
    if "kind" in request.POST:
        rows = rows.filter(kind=request.POST["kind"], about=request.POST.get("about", ""))
    elif "message" in request.POST:
        rows = rows.filter(pk__in=[pk for pk in request.POST.getlist("message") if pk.isdecimal() and len(pk) < 19])
    count = operations.mark_read(messages=rows, at=business_now())
    messages.success(request, ngettext("%(count)s notification is read.", "%(count)s notifications are read.", count) % {"count": count})
    return redirect("notices:inbox")


@require_http_methods(["GET", "POST"])
@staff_with(Verb.SEE_GALLERY)
def preferences(request: MemberRequest) -> HttpResponse:
    """How we alert this staff member, and when not."""
    staff = _staff(request)
    known = Preference.objects.filter(staff=staff).first()
    form = PreferenceForm(request.POST or None, instance=known)
    if form.is_valid():
        operations.prefer(people=[staff], wishes=form.cleaned_data, at=business_now())
        messages.success(request, _("We will reach you this way from now on."))
        return redirect("notices:inbox")
    context = {"form": form, "phone": staff.user.phone, "email": staff.user.email}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


def _staff(request: MemberRequest) -> Staff:
    return accounts.queries.current_staff(request.user)
