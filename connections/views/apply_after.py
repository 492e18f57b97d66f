"""After the steps: the number at once, or the link that goes on later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import connections.operations.drafts
from accounts.clock import business_now

from ..forms.steps import missing_step
from ..models import Application
from ..operations.drafts import answers_in
from ..queries import applicants
from .draft_session import applied_of, draft_of, let_go, open_draft_of, secret_of, take_up


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
    link = request.build_absolute_uri(reverse("connections:resume", args=[secret_of(request)]))
    return render(request, "connections/apply/later.html", {"draft": draft, "link": link})


@never_cache
@require_safe
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of a draft: into the session, and on with the first step that is open."""
    if not take_up(request, secret):
        messages.error(request, _("This application was not kept any longer. Please begin anew; what you sent us before is not lost."))
        return redirect("connections:apply")
    return go_on(request)


@never_cache
@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """To the first step that is open, or to the check."""
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
