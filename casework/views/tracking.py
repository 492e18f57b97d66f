"""Public: how a request stands, for whoever has its reference and code. Nobody's name, words or place is shown."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import kept_words
from accounts.clock import business_now
from accounts.throttles import Pace, may_ask

from .. import queries, references
from ..forms.intake import TrackForm
from ..models import Case
from ..operations import Taken

#: Codes have 28^8 forms: nobody guesses one at this pace.
TRACK = Pace("track", "15/min")
_TRACKED = "tracked_case"
#: How long one look lasts; real time, as sessions do.
_LASTS = timedelta(minutes=15)


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Reference and code, in the body and never in the address. Whatever is wrong, the answer is the same."""
    # The slip's QR code names the reference; alone it opens nothing.
    form = TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:20]})
    status = 422 if form.errors else 200
    if form.is_valid():
        if not may_ask(request, TRACK):
            return _form(request, form, status=429)
        found = queries.tracked_case(references.tidy(form.cleaned_data["reference"]), references.tidy(form.cleaned_data["code"]))
        if found is not None:
            request.session[_TRACKED] = [found.pk, (timezone.now() + _LASTS).timestamp()]
            return _go_on(request)
        form.add_error(None, _("We find no request with this reference and this code. Compare both with your slip or message."))
        status = 422
    return _form(request, form, status=status)


def look_up_again(request: HttpRequest) -> HttpResponse:
    """The quarter of an hour is over. Whoever sent something meanwhile gives the code once more, and it goes where it was to go."""
    if not kept_words.fields(request):
        return redirect("casework:track")
    return _form(request, TrackForm(), status=403, then=request.path)


def _go_on(request: HttpRequest) -> HttpResponse:
    """To the page; or, with what was sent too late, to where it was sent: 307 has the browser send the same fields there."""
    then = request.POST.get("then", "")
    own = then.startswith(reverse("casework:track")) and "//" not in then
    return HttpResponseRedirect(then, preserve_request=True) if own else redirect("casework:tracked")


@never_cache
@require_safe
def tracked(request: HttpRequest) -> HttpResponse:
    """The promises of the case, met, missed or running, for a quarter of an hour."""
    case = case_in_sight(request)
    if case is None:
        return redirect("casework:track")
    return tracked_page(request, case)


def tracked_page(request: HttpRequest, case: Case, *, taken: Taken | None = None) -> HttpResponse:
    """The page of a request that was looked up; ``taken`` is what became of files sent from it, where some were refused."""
    context = {"case": case, "story": queries.story_for_customer(case), "now": business_now(), "taken": taken}
    answer = render(request, "casework/tracked.html", context, status=422 if taken and taken.refused else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def case_in_sight(request: HttpRequest) -> Case | None:
    """What this visitor looked up within the last quarter of an hour."""
    key, until = request.session.get(_TRACKED, (0, 0))
    if until <= timezone.now().timestamp():
        return None
    return Case.objects.select_related("timeline").filter(pk=key, erased_at=None).first()


def _form(request: HttpRequest, form: TrackForm, *, status: int, then: str = "") -> HttpResponse:
    then = then or request.POST.get("then", "")
    kept = [pair for pair in kept_words.fields(request) if pair[0] not in {"then", *form.fields}] if then else []
    context = {"form": form, "too_often": status == 429, "then": then, "kept": kept}
    answer = render(request, "casework/track.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
