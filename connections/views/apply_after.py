"""After the steps: the number at once, or the link that goes on later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import connections.operations.drafts
from accounts.clock import business_now
from accounts.throttles import Pace, may_ask

from ..forms.link import LinkForm
from ..forms.steps import missing_step
from ..models import Application
from ..operations.drafts import DraftGone, answers_in
from ..queries import applicants
from .draft_session import applied_of, draft_of, let_go, open_draft_of, secret_of, take_up

#: A secret of 192 bits is not guessed; this keeps trying from costing us anything.
_LINKS = Pace("apply_link", "30/min")


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What we connect, what comes next, and the door to go on with what was begun."""
    return render(request, "connections/apply/start.html", {"draft": open_draft_of(request), "kinds": Application.Kind.choices})


@never_cache
@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """Reference and code, who rings, what is missing, what happens next."""
    application = applied_of(request)
    if application is None:
        return redirect("connections:apply")
    context = {**applicants.standing(application, at=business_now())}
    answer = render(request, "connections/apply/done.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_safe
def later(request: HttpRequest) -> HttpResponse:
    """The link by which one goes on another day, or on another machine."""
    draft = open_draft_of(request)
    if draft is None:
        return redirect("connections:apply")
    link = f"{request.build_absolute_uri(reverse('connections:resume'))}#{secret_of(request)}"
    return render(request, "connections/apply/later.html", {"draft": draft, "link": link})


@never_cache
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """The link of a draft: what stands behind its # comes in a form, into the session, and on with the first step that is open."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _link_page(request, form)
    if not may_ask(request, _LINKS):
        form.add_error(None, _("Too many attempts. Wait a minute and repeat."))
        return _link_page(request, form, status=429)
    if not take_up(request, form.cleaned_data["link"]):
        form.add_error("link", str(DraftGone()))
        return _link_page(request, form)
    return _to_open_step(request)


@never_cache
@require_safe
def old_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A link from before: it opens nothing, since addresses are written into logs. Typed into the form it does."""
    return _link_page(request, LinkForm(), is_old=True, status=410)


def _link_page(request: HttpRequest, form: LinkForm, *, is_old: bool = False, status: int = 0) -> HttpResponse:
    answer = render(
        request, "connections/apply/link.html", {"form": form, "is_old": is_old}, status=status or (422 if form.errors else 200)
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """To the first step that is open, or to the check."""
    return _to_open_step(request)


def _to_open_step(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request)
    if draft is None:
        return redirect("connections:apply")
    step = "check" if draft.case_id else missing_step(answers_in(draft)) or "check"
    return redirect(f"connections:apply_{step}")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Nothing of it is to be kept."""
    draft = draft_of(request)
    if draft is not None:
        connections.operations.drafts.forget_draft(draft=draft)
        let_go(request)
    messages.success(request, _("What you had entered is deleted."))
    return redirect("connections:apply")
