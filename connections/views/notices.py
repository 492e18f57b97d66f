"""The one-time notice: given and printed by staff, read again by the applicant, and what it takes for who thinks of applying."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from billing import papers
from casework.models import Channel
from casework.operations import NoWayToTell
from notices.operations import language_of

from ..forms.notices import GiveForm
from ..models import ConnectionKind, OneTimeNotice, PolicyVersion
from ..operations import notices
from ..queries.told_once import Asker, content_for, content_of
from .doors import Door, cabinet_door, staff_door, tracked_door
from .guards import application_or_404


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_notice(request: MemberRequest, reference: str) -> HttpResponse:
    """What this applicant is told, the notices given so far, and giving it."""
    at, application = business_now(), application_or_404(request.user, reference)
    given = application.notices.order_by("-pk")
    language = language_of(application.case)
    form = GiveForm(request.POST or None, initial={"language": language})
    if form.is_valid():
        try:
            told = notices.give(application=application, by=request.user, at=at, **form.cleaned_data)
        except NoWayToTell as refusal:
            form.add_error("means", str(refusal))
        else:
            messages.success(request, _("The notice is given, and kept as it was given."))
            return redirect("connections:case_notice_given", reference=application.case.reference, pk=told.pk)
    content = content_of(application, translation.get_language() or language, at)
    context = {"application": application, "case": application.case, "content": content, "given": given, "form": form}
    return render(request, "connections/notice_give.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@staff_with(Verb.HANDLE_CASES)
def case_notice_given(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """One that was given, for staff."""
    return _given(request, staff_door(request, reference), pk)


@never_cache
@require_safe
@customer_only
def cabinet_notice_given(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """In the cabinet."""
    return _given(request, cabinet_door(request, reference), pk)


@never_cache
@require_safe
def tracked_notice_given(request: HttpRequest, pk: int) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _given(request, door, pk) if door else redirect("casework:track")


@require_safe
@cache_control(private=True, no_store=True)
@staff_with(Verb.HANDLE_CASES)
def case_notice_pdf(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """To be printed at the counter."""
    return _pdf(staff_door(request, reference), pk)


@require_safe
@cache_control(private=True, no_store=True)
@customer_only
def cabinet_notice_pdf(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """From the cabinet."""
    return _pdf(cabinet_door(request, reference), pk)


@require_safe
@cache_control(private=True, no_store=True)
def tracked_notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _pdf(door, pk) if door else redirect("casework:track")


@require_safe
def guide(request: HttpRequest, kind: str) -> HttpResponse:
    """Public: what it takes, by the plan in force (CON-15)."""
    at = business_now()
    policy = PolicyVersion.objects.in_force(kind, at).first() if kind in ConnectionKind.values else None
    if policy is None:
        raise Http404
    asker = Asker(channel=Channel.WEB, is_new_build=bool(request.GET.get("new")), is_one_stop=bool(request.GET.get("one_stop")))
    content = content_for(policy, asker, translation.get_language() or "", at)
    context = {"content": content, "kind": kind, "kinds": ConnectionKind.choices, "asker": asker}
    return render(request, "connections/guide.html", context)


def _given(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    told = _one(door, pk)
    context = {
        "told": told,
        "content": told.content,
        "case": door.application.case,
        "door": door,
        "pdf": door.to("notice_pdf", str(told.pk)),
    }
    return render(request, "connections/notice_given.html", context)


def _pdf(door: Door, pk: int) -> HttpResponse:
    told = _one(door, pk)
    case = door.application.case
    context = {"told": told, "content": told.content, "case": case, "application": door.application, "company": settings.COMPANY}
    pdf = papers.render_pdf("connections/pdf/notice.html", context, told.language)
    name = f'inline; filename="{case.reference}-{told.pk}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def _one(door: Door, pk: int) -> OneTimeNotice:
    found = door.application.notices.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
