"""What staff do with the stages of an application on its case's page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import Ended, ReasonMissing, StaleRow, WrongMove

from ..forms.stages import BallForm, NoteForm, UntilForm
from ..models import Application, Stage
from ..operations import stages
from ..queries.stage_lines import stage_of
from .guards import application_or_404

REFUSALS = (stages.EndsByItself, stages.NotRunning, stages.DayGone, Ended, ReasonMissing, StaleRow, WrongMove, Forbidden)
type Said = dict[str, Any]


class NotRead(Exception):
    """A day or a choice that is none."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__(" ".join(str(error) for errors in form.errors.values() for error in errors))


def _act(name: str, done: Callable[[], str], act: Callable[[Stage, MemberRequest, Said], object]) -> Callable[..., HttpResponseBase]:
    """The view of one act on one stage: call its operation, say what happened or why not, and show the case again."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
        application = application_or_404(request.user, reference)
        stage = stage_of(application.case, pk)
        if stage is None:
            raise Http404
        said = {"seen": _seen(request), "by": request.user, "at": business_now()}
        return _answer(request, application, done, lambda: act(stage, request, said))

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _act_on_all(
    name: str, done: Callable[[], str], act: Callable[[Application, MemberRequest, Said], object]
) -> Callable[..., HttpResponseBase]:
    """The same for the application."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        application = application_or_404(request.user, reference)
        return _answer(request, application, done, lambda: act(application, request, {"by": request.user, "at": business_now()}))

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _answer(request: MemberRequest, application: Application, done: Callable[[], str], act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except MissingVerb:
        raise
    except (*REFUSALS, NotRead) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done())
    return redirect("casework:case", reference=application.case.reference)


def _seen(request: MemberRequest) -> int:
    """The version that the page was made for; without one nothing was seen that could still hold."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else -1


def _read[F: forms.Form](form: F) -> F:
    if not form.is_valid():
        raise NotRead(form)
    return form


def _turn(stage: Stage, request: MemberRequest, said: Said) -> None:
    """Whose turn it is."""
    stages.turn(stage=stage, ball=_read(BallForm(request.POST)).cleaned_data["ball"], **said)


def _finish(stage: Stage, request: MemberRequest, said: Said) -> None:
    """It is done."""
    stages.finish(stage=stage, note=_read(NoteForm(request.POST)).cleaned_data["note"], **said)


def _skip(stage: Stage, request: MemberRequest, said: Said) -> None:
    """It is not needed, and why."""
    stages.skip(stage=stage, reason=_read(NoteForm(request.POST)).cleaned_data["note"], **said)


def _promise(stage: Stage, request: MemberRequest, said: Said) -> None:
    """Another day was agreed."""
    stages.promise(stage=stage, until=_read(UntilForm(request.POST)).moment(said["at"]), **said)


def _agree_day(application: Application, request: MemberRequest, said: Said) -> None:
    """Another day for gas on was agreed."""
    stages.agree_day(application=application, until=_read(UntilForm(request.POST)).moment(said["at"]), **said)


def _choose_way(application: Application, request: MemberRequest, said: Said) -> None:
    """The company does everything, or the applicant does it alone again."""
    stages.choose_way(application=application, is_one_stop=request.POST.get("way") == "one_stop", **said)


begin = _act("begin", lambda: _("The stage has begun."), lambda stage, _request, said: stages.begin(stage=stage, **said))
finish = _act("finish", lambda: _("The stage is done."), _finish)
skip = _act("skip", lambda: _("The stage is left out."), _skip)
turn = _act("turn", lambda: _("It is written down whose turn it is."), _turn)
promise = _act("promise", lambda: _("The new day is kept, and promised from now on."), _promise)
agree_day = _act_on_all("agree_day", lambda: _("The new day for the gas is kept, and promised from now on."), _agree_day)
choose_way = _act_on_all("choose_way", lambda: _("The stages follow what was chosen."), _choose_way)
