"""Plans for staff: how each kind of application goes, a version as applicants see it, and what it changes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Channel

from .. import plan_permissions
from ..forms.plans import AskerForm, PublishForm
from ..models import ConnectionKind, PolicyVersion
from ..queries import plans
from ..queries.told_once import Asker, content_for


@require_safe
@staff_with(Verb.SEE_PROMISES)
def plan_list(request: MemberRequest) -> HttpResponse:
    """The plan of every kind, with what is to come and what is being written."""
    at = business_now()
    context = {"lines": plans.plan_lines(at), "may_edit": may(plan_permissions.check_may_edit_plans, request.user, at=at), "now": at}
    return render(request, "connections/plan_list.html", context)


@require_safe
@staff_with(Verb.SEE_PROMISES)
def plan_story(request: MemberRequest, kind: str) -> HttpResponse:
    """Every version of one kind's plan, the newest first."""
    if kind not in ConnectionKind.values:
        raise Http404
    at = business_now()
    line = next(line for line in plans.plan_lines(at) if line.kind == kind)
    versions = PolicyVersion.objects.filter(kind=kind).order_by("-number")
    edit = may(plan_permissions.check_may_edit_plans, request.user, at=at)
    context = {"line": line, "versions": versions, "may_edit": edit, "now": at}
    return render(request, "connections/plan_story.html", context)


@require_safe
@staff_with(Verb.SEE_PROMISES)
def version_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One version: its rows, what keeps it from coming into force, what it changes."""
    return version_page(request, get_object_or_404(PolicyVersion, pk=pk))


@require_safe
@staff_with(Verb.SEE_PROMISES)
def version_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The notice that applicants get by this version."""
    version = get_object_or_404(PolicyVersion, pk=pk)
    form = AskerForm(request.GET or None, initial={"channel": Channel.WEB, "language": translation.get_language()})
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    language = given.get("language") or translation.get_language() or ""
    asker = Asker(
        channel=given.get("channel") or Channel.WEB,
        is_new_build=given.get("is_new_build", False),
        is_one_stop=given.get("is_one_stop", False),
    )
    context = {"version": version, "form": form, "tongue": language, "content": content_for(version, asker, language, business_now())}
    return render(request, "connections/plan_preview.html", context)


def version_page(request: MemberRequest, version: PolicyVersion, form: PublishForm | None = None) -> HttpResponse:
    """The page of a version, with the form by which a draft comes into force as it was filled in."""
    at = business_now()
    page = plans.page_of(version, at)
    edit = may(plan_permissions.check_may_edit_plans, request.user, at=at)
    context = {
        "page": page,
        "version": version,
        "may_edit": edit,
        "is_open": version.is_draft and bool(edit),
        "form": form or PublishForm(initial={"seen": page.seen}),
        "now": at,
    }
    return render(request, "connections/plan_version.html", context, status=422 if form and form.errors else 200)
