"""Useful links, as colleagues keep them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import permissions
from ..link_forms import LinkForm
from ..models import UsefulLink
from ..operations import useful_links as operations
from ..queries.site_pages import useful_links


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def link_list(request: MemberRequest) -> HttpResponse:
    """All of them, with when somebody looked last where each leads."""
    may_keep = may(permissions.check_may_publish_knowledge, request.user, at=business_now())
    return render(request, "notices/link_list.html", {"links": useful_links(), "may_keep": may_keep})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def link_new(request: MemberRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def link_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another address or name."""
    return _form(request, get_object_or_404(UsefulLink, pk=pk))


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def link_checked(request: MemberRequest, pk: int) -> HttpResponse:
    """It leads where it should."""
    operations.check_link(link=get_object_or_404(UsefulLink, pk=pk), by=request.user, at=business_now())
    messages.success(request, _("Noted: it leads where it should."))
    return redirect("notices:link_list")


@require_POST
@staff_with(Verb.PUBLISH_KNOWLEDGE)
def link_remove(request: MemberRequest, pk: int) -> HttpResponse:
    operations.remove_link(link=get_object_or_404(UsefulLink, pk=pk), by=request.user, at=business_now())
    messages.success(request, _("Taken away."))
    return redirect("notices:link_list")


def _form(request: MemberRequest, link: UsefulLink | None) -> HttpResponse:
    at, form = business_now(), LinkForm(request.POST or None, link=link)
    if form.is_valid():
        try:
            if link is None:
                operations.add_link(draft=form.draft(), by=request.user, at=at)
            else:
                operations.change_link(link=link, draft=form.draft(), by=request.user, at=at)
        except operations.BadLink as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("Kept. It is on the page now."))
            return redirect("notices:link_list")
    return render(request, "notices/link_form.html", {"form": form, "link": link}, status=422 if form.errors else 200)
