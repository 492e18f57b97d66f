"""Answers for everybody, as colleagues write, compare and publish them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb, may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Case
from casework.operations import Answer, NotTaken, ReasonMissing, StaleRow, WrongMove, answer_once
from casework.permissions import check_not_about
from casework.views.guards import case_or_404
from notices.personal_data import redact
from notices.personal_words import found_in

from .. import publication_permissions
from ..forms import publications as form_of
from ..models import Publication, PublicationFile, Topic
from ..operations import publication_files
from ..operations import publications as operations
from ..queries import publications as queries
from .sent_once import once_of

_REFUSALS = (
    *(operations.NothingToPublish, operations.TooLong, operations.PublishedAlready, operations.MarksLeft, operations.NotLookedAt),
    *(operations.Unchangeable, ReasonMissing, NotTaken, StaleRow, WrongMove, Forbidden),
)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def publication_list(request: MemberRequest) -> HttpResponse:
    """What waits for a second pair of eyes, drafts, what everybody reads, what was taken back."""
    may_publish = may(_check_publishes, request.user)
    return render(request, "complaints/publication_list.html", {**queries.by_status(), "may_publish": may_publish})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def publication_new(request: MemberRequest, reference: str = "") -> HttpResponse:
    """From a case, with its own words to begin with; or from nothing."""
    at = business_now()
    case = case_or_404(request.user, reference) if reference else None
    form, once = form_of.DraftForm(request.POST or None, initial=_first_words(case)), once_of(request)
    if form.is_valid():
        try:
            number = _begin_once(request, _draft(form), case, once, at)
        except MissingVerb:
            raise
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("complaints:publication", number)
    context = {"form": form, "case": case, "once": once}
    return render(request, "complaints/publication_new.html", context, status=422 if form.errors else 200)


def _begin_once(request: MemberRequest, draft: operations.Draft, case: Case | None, once: str, at: datetime) -> int:
    """The number of the draft that this form made, now or before."""

    def act() -> Answer:
        row = operations.begin(draft=draft, case=case, by=request.user, at=at)
        return Answer(201, {"number": row.number}, about=case.reference if case else "")

    answer = answer_once(caller=request.user.actor_label, key=f"publication:{once}", fingerprint="", at=at, act=act)
    if answer.body is None:
        raise Http404
    return int(answer.body["number"])


def _draft(form: forms.Form) -> operations.Draft:
    given = form.cleaned_data
    return operations.Draft(**{name: given[name] for name in ("section", "language", "question", "answer")})


def _first_words(case: Case | None) -> dict[str, Any]:
    """What the detector found in the words of the case is taken out already."""
    asked, answered = queries.original(case)
    topic = getattr(getattr(case, "appeal", None), "topic", Topic.OTHER)
    language = (case.language if case else "") or get_language() or "en"
    words = {name: redact(text, found_in(text)) for name, text in (("question", asked), ("answer", answered))}
    return {"section": topic, "language": language, **words}


@require_safe
@staff_with(Verb.HANDLE_CASES)
def publication(request: MemberRequest, number: int) -> HttpResponse:
    """One draft or publication with its original beside it."""
    return _page(request, _found(request, number))


@require_safe
@staff_with(Verb.HANDLE_CASES)
def publication_file(request: MemberRequest, number: int, file: int) -> HttpResponseBase:
    """A file of a draft, for those who must look at it."""
    from .answers import handed_out

    return handed_out(get_object_or_404(PublicationFile, publication=_found(request, number), number=file))


def _check_publishes(user: Any) -> None:
    import accounts.permissions

    accounts.permissions.check_verb(user, Verb.PUBLISH_ANSWERS, at=business_now())


def _found(request: MemberRequest, number: int) -> Publication:
    row = get_object_or_404(Publication.objects.select_related("case", "drafted_by", "published_by", "withdrawn_by"), number=number)
    if row.case is not None and not may(_check_sees, request.user, row.case).yes:
        raise Http404
    return row


def _check_sees(user: Any, case: Case) -> None:
    import accounts.queries

    check_not_about(accounts.queries.current_staff(user), case, at=business_now())


def _page(request: MemberRequest, row: Publication, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    page, seen, at = queries.page_of(row), operations.digest(row), business_now()
    words = {name: getattr(row, name) for name in ("section", "language", "question", "answer")}
    shown: dict[str, forms.Form] = {
        "rewrite": form_of.DraftForm(auto_id="rewrite_%s", initial=words),
        "propose": form_of.ProposeForm(auto_id="propose_%s", initial={"kept_why": row.kept_why}),
        "send_back": form_of.ReasonForm(auto_id="send_back_%s"),
        "withdraw": form_of.ReasonForm(auto_id="withdraw_%s"),
        "publish": form_of.PublishForm(auto_id="publish_%s", initial={"seen": seen, "looked_at": page["to_look_at"]}),
        "add_file": form_of.FileForm(auto_id="file_%s"),
    }
    context = {
        **page,
        "publication": row,
        "forms": {**shown, **(wrong or {})},
        "may_write": may(publication_permissions.check_may_write, request.user, row, at=at),
        "may_publish": may(publication_permissions.check_may_publish, request.user, row, at=at),
    }
    return render(request, "complaints/publication.html", context, status=422 if wrong else 200)


type Act = Callable[[Publication, Any, dict[str, Any]], object]


def _act(name: str, form_class: type[forms.Form] | None, done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act: read its form, call its operation, say what happened or why not."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, /, number: int, **more: int) -> HttpResponse:
        row = _found(request, number)
        form = (form_class or forms.Form)(request.POST, request.FILES, auto_id=f"{name}_%s")
        if not form.is_valid():
            return _page(request, row, {name: form})
        try:
            if request.POST.get("version", str(row.version)) != str(row.version):
                raise StaleRow
            act(row, form, {"by": request.user, "at": business_now(), **more})
        except MissingVerb:
            raise
        except PublicationFile.DoesNotExist:
            raise Http404 from None
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return _page(request, _found(request, number), {name: form})
        messages.success(request, done())
        return redirect("complaints:publication", number)

    view.__name__ = name
    return view


def _publish(row: Publication, form: Any, when: dict[str, Any]) -> None:
    operations.publish(publication=row, seen=form.cleaned_data["seen"], looked_at=form.cleaned_data["looked_at"], **when)


def _remove(row: Publication, _form: Any, when: dict[str, Any]) -> None:
    publication_files.remove_file(publication=row, number=when.pop("file"), **when)


rewrite = _act(
    "rewrite",
    form_of.DraftForm,
    lambda: _("Kept."),
    lambda row, form, when: operations.rewrite(publication=row, draft=_draft(form), **when),
)
propose = _act(
    "propose",
    form_of.ProposeForm,
    lambda: _("Somebody else reads it now before everybody can."),
    lambda row, form, when: operations.propose(publication=row, kept_why=form.cleaned_data["kept_why"], **when),
)
send_back = _act(
    "send_back",
    form_of.ReasonForm,
    lambda: _("Sent back to be changed."),
    lambda row, form, when: operations.send_back(publication=row, why=form.cleaned_data["why"], **when),
)
publish = _act("publish", form_of.PublishForm, lambda: _("Published. Everybody can read it now."), _publish)
withdraw = _act(
    "withdraw",
    form_of.ReasonForm,
    lambda: _("Taken back. Its page says so from now on."),
    lambda row, form, when: operations.withdraw(publication=row, why=form.cleaned_data["why"], **when),
)
drop = _act("drop", None, lambda: _("Given up."), lambda row, form, when: operations.drop(publication=row, **when))
add_file = _act(
    "add_file",
    form_of.FileForm,
    lambda: _("Kept beside the answer."),
    lambda row, form, when: publication_files.add_file(publication=row, file=form.cleaned_data["file"], **when),
)
remove_file = _act("remove_file", None, lambda: _("Taken away."), _remove)
