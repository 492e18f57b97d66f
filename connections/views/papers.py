"""Papers as staff look at them: every version, a picture of it, the verdict; and the list of all that is missing, told once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import Ended, NoPaperNamed, NotTaken, NoWayToTell, ReasonMissing, SaidTooLate, StaleRow
from casework.queries import first_list

from .. import paper_looks
from ..forms.papers import MissingForm, PaperFileForm, VerdictForm
from ..models import Application, Paper
from ..operations import paper_lists, paper_revisions, papers
from ..operations.paper_lists import LookFirst
from ..operations.paper_revisions import MATTERS_IN, MattersNoMore, NotSettled, needs_signature
from ..operations.papers import NotLookedAt, Settled
from ..queries.paper_lines import called, line_of, next_to_look_at, paper_of, papers_shown
from ..queries.papers import SETTLED
from ..states import PaperStatus
from .guards import application_or_404

REFUSALS = (Settled, NotSettled, MattersNoMore, NotLookedAt, ReasonMissing, Ended, Forbidden, NotTaken)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_paper(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """One paper with its versions; look at it and say what you found."""
    application = application_or_404(request.user, reference)
    paper = _paper_or_404(application, pk)
    if request.method != "POST":
        return _page(request, application, paper)
    form = VerdictForm(request.POST)
    verdict = _VERDICTS.get(request.POST.get("act", ""))
    if not form.is_valid() or verdict is None:
        return _page(request, application, paper, form)
    try:
        verdict(paper, {**form.cleaned_data, "by": request.user, "at": business_now()})
    except StaleRow:
        form.add_error(None, _("Somebody changed this paper while you looked. It stands here as it is now; what you typed is kept."))
        return _page(request, application, _paper_or_404(application, pk), form)
    except REFUSALS as refusal:
        form.add_error("reason" if isinstance(refusal, ReasonMissing) else None, str(refusal))
        return _page(request, application, _paper_or_404(application, pk), form)
    messages.success(request, _("Noted."))
    following = next_to_look_at(application)
    return redirect("connections:case_paper", reference, following.pk) if following else redirect("casework:case", reference)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def case_paper_hand_in(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """A version that came by hand, by post or by mail."""
    application = application_or_404(request.user, reference)
    paper, form = _paper_or_404(application, pk), PaperFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, application, paper, file_form=form)
    try:
        papers.hand_in(paper=paper, file=form.cleaned_data["file"], by=request.user, at=business_now())
    except REFUSALS as refusal:
        form.add_error("file", str(refusal))
        return _page(request, application, paper, file_form=form)
    messages.success(request, _("The version is kept."))
    return redirect("connections:case_paper", reference, pk)


@never_cache
@require_safe
@staff_with(Verb.HANDLE_CASES)
def case_paper_picture(request: MemberRequest, reference: str, pk: int, version: int) -> HttpResponse:
    """What a version looks like: its first page as a picture that we made, never the file itself."""
    application = application_or_404(request.user, reference)
    found = _paper_or_404(application, pk).files.select_related("attachment").filter(number=version).first()
    kept = found.attachment if found else None
    if kept is None or kept.erased_at is not None:
        raise Http404
    try:
        with default_storage.open(kept.file) as file:
            picture = paper_looks.picture_of(file.read(), kept.content_type)
    except FileNotFoundError:
        picture = None
    if picture is None:
        raise Http404
    safe = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=safe)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_missing(request: MemberRequest, reference: str) -> HttpResponse:
    """The whole list of what is missing or was not accepted, before it is told; then tell it."""
    application, at = application_or_404(request.user, reference), business_now()
    first = first_list(application.case)
    form = MissingForm(request.POST if request.method == "POST" else None, is_later=first is not None)
    if form.is_valid():
        try:
            paper_lists.name_missing(application=application, by=request.user, at=at, **form.cleaned_data)
        except (LookFirst, NoPaperNamed, NoWayToTell, SaidTooLate, StaleRow, Ended, Forbidden) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The whole list is told. Print it for the applicant from here."))
            return redirect("casework:case", reference)
    context = {"case": application.case, "shown": papers_shown(application, at), "form": form, "first": first, "now": at}
    return render(request, "connections/missing_tell.html", context, status=422 if form.errors else 200)


def _show(paper: Paper, given: dict[str, Any]) -> None:
    papers.show_at_counter(paper=paper, seen=given["seen"], by=given["by"], at=given["at"])


def _accept(paper: Paper, given: dict[str, Any]) -> None:
    papers.accept(paper=paper, seen=given["seen"], by=given["by"], at=given["at"])


_VERDICTS: dict[str, Callable[[Paper, dict[str, Any]], object]] = {
    "accept": _accept,
    "reject": lambda paper, given: papers.reject(paper=paper, **given),
    "waive": lambda paper, given: papers.waive(paper=paper, **given),
    "take_back": lambda paper, given: paper_revisions.take_back(paper=paper, **given),
    "show": _show,
}


def _paper_or_404(application: Application, pk: int) -> Paper:
    found = paper_of(application, pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: MemberRequest, application: Application, paper: Paper, form: VerdictForm | None = None, file_form: PaperFileForm | None = None
) -> HttpResponse:
    is_wrong = any(one is not None and (one.errors or one is form) for one in (form, file_form))
    # What was typed stays, and is about what the page shows now.
    kept = VerdictForm(initial={"seen": paper.version, "reason": form["reason"].value() if form else ""})
    versions = paper.files.select_related("attachment").order_by(F("number").desc())
    context = {
        "case": application.case,
        "line": line_of(paper, application, business_now()),
        "versions": [(version, called(version.by)) for version in versions],
        "decided_by": called(paper.decided_by),
        "form": kept,
        "refused": form,
        "file_form": file_form or PaperFileForm(),
        "may_judge": application.case.is_unfinished and paper.status == PaperStatus.HANDED_IN,
        "may_take_back": application.case.status in MATTERS_IN and paper.status in SETTLED,
        "is_to_sign": needs_signature(paper),
        "now": business_now(),
    }
    return render(request, "connections/paper.html", context, status=422 if is_wrong else 200)
