"""What somebody does with a call back: ring, write down what was said or that nobody answered, hand it on, end it honestly."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.permissions import Forbidden, MissingVerb
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NothingSaid, StaleRow, WrongMove

from ..forms.answers import AttemptForm, CallForm, LetterForm
from ..models import FollowUp
from ..operations import calling, hearing, letters, links
from ..operations.holding import NotAsked
from ..queries.questionnaires import current
from .follow_ups import follow_up_page
from .guards import follow_up_or_404

REFUSALS = (
    *(NotAsked, calling.TooEarly, calling.HandedAlready, hearing.NotAnswered, links.NoWayToWrite),
    *(Forbidden, NothingSaid, StaleRow, WrongMove),
)
type Act = Callable[[FollowUp, MemberRequest, dict[str, Any]], object]


def act_view(name: str, done: Callable[[], str], act: Act) -> Callable[..., HttpResponseBase]:
    """The view of one act: call its operation, say what happened or why not, and show the follow-up again."""

    @require_POST
    @staff_with(Verb.HANDLE_CASES)
    def view(request: MemberRequest, pk: int) -> HttpResponse:
        found = _read(request, pk)
        try:
            act(found, request, {"by": request.user, "at": business_now()})
        except MissingVerb:
            raise
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done())
        return redirect("callbacks:follow_up", pk=found.pk)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


hand_over = act_view(
    "hand_over", lambda: _("The hotline has it, and takes it up within ten minutes."), lambda f, _r, w: calling.hand_over(follow_up=f, **w)
)
send_link = act_view("send_link", lambda: _("The link is on its way."), lambda f, _r, w: links.send_link(follow_up=f, **w))
give_up = act_view("give_up", lambda: _("Ended: not reached."), lambda f, _r, w: calling.give_up(follow_up=f, **w))
refuse = act_view(
    "refuse",
    lambda: _("Ended: the customer did not want to be asked."),
    lambda f, r, w: calling.refuse(follow_up=f, note=r.POST.get("note", "")[:300], **w),
)
wrong_number = act_view(
    "wrong_number",
    lambda: _("Ended: the number is somebody else's. Whoever looks after the case hears of it."),
    lambda f, _r, w: calling.find_wrong_number(follow_up=f, **w),
)


@dataclass(frozen=True)
class Filled:
    """A form that was sent for a follow-up; ``name`` is what its page calls it."""

    follow_up: FollowUp
    name: str
    form: Any


@require_POST
@staff_with(Verb.HANDLE_CASES)
def hear(request: MemberRequest, pk: int) -> HttpResponse:
    """What the customer said."""
    found = _read(request, pk)
    form = CallForm(request.POST, asked=current(found.kind, business_now()))
    filled, done = Filled(found, "form", form), _("Written down. Thank you.")
    return _sent(request, filled, done, lambda w: hearing.hear(follow_up=found, said=hearing.Said(**form.given()), **w))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def attempt(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody answered our questions."""
    found = _read(request, pk)
    form = AttemptForm(request.POST, auto_id="attempt_%s")
    done = _("The attempt is written down. It comes back when it is time to try again.")
    filled = Filled(found, "attempt_form", form)
    return _sent(request, filled, done, lambda w: calling.note_attempt(follow_up=found, **form.cleaned_data, **w))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def write_letter(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter that asks."""
    found = _read(request, pk)
    form = LetterForm(request.POST)
    filled, done = Filled(found, "letter_form", form), _("The letter is kept. Print it and send it.")
    return _sent(request, filled, done, lambda w: letters.write_letter(follow_up=found, **form.cleaned_data, **w))


@never_cache
@require_POST
@staff_with(Verb.HANDLE_CASES)
def show_phones(request: MemberRequest, pk: int) -> HttpResponse:
    """Whom to ring, once; that somebody looked is written down."""
    found = follow_up_or_404(request.user, pk)
    try:
        phones = calling.show_phones(follow_up=found, by=request.user, at=business_now())
    except MissingVerb:
        raise
    except (NotAsked, Forbidden) as refusal:
        messages.error(request, str(refusal))
        return redirect("callbacks:follow_up", pk=found.pk)
    name = "callbacks/phones.html" + ("#shown" if request.headers.get("HX-Request") else "")
    return render(request, name, {"follow_up": found, "phones": phones})


def _read(request: MemberRequest, pk: int) -> FollowUp:
    """The follow-up as the reader saw it."""
    found = follow_up_or_404(request.user, pk)
    seen = request.POST.get("version", "")
    found.version = int(seen) if seen.isdecimal() and len(seen) < 9 else found.version
    return found


def _sent(request: MemberRequest, filled: Filled, done: str, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    if filled.form.is_valid():
        try:
            act({"by": request.user, "at": business_now()})
        except MissingVerb:
            raise
        except REFUSALS as refusal:
            filled.form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("callbacks:follow_up", pk=filled.follow_up.pk)
    return follow_up_page(request, follow_up_or_404(request.user, filled.follow_up.pk), **{filled.name: filled.form})
