"""How fresh the site is: each page people keep, what has changed and is not there yet, and saying so."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..kept_pages import PAGES
from ..knowledge_forms import ChangedForm
from ..operations.page_changes import confirm_page, tell_page_changed
from ..queries import site_pages as found
from ..queries.news import words_of


@require_safe
@staff_with(Verb.WRITE_KNOWLEDGE)
def site_pages(request: MemberRequest) -> HttpResponse:
    """Every page with when it was brought up to date, and every article and piece of news that waits for better words."""
    return _page(request)


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def page_changed(request: MemberRequest, code: str) -> HttpResponse:
    """What it tells of has changed: a clock runs from now on."""
    form = ChangedForm(request.POST, auto_id=f"{_known(code)}_%s")
    if not form.is_valid():
        return _page(request, code, form)
    tell_page_changed(code=code, reason=form.cleaned_data["what"], by=request.user, at=business_now())
    messages.success(request, _("Noted: better words are due within one working day."))
    return redirect("notices:site_pages")


@require_POST
@staff_with(Verb.WRITE_KNOWLEDGE)
def page_confirm(request: MemberRequest, code: str) -> HttpResponse:
    """It was brought up to date, or what stands there is right."""
    confirm_page(code=_known(code), is_updated=request.POST.get("is_updated") == "yes", by=request.user, at=business_now())
    messages.success(request, _("Noted. Its page says when."))
    return redirect("notices:site_pages")


def _known(code: str) -> str:
    if code not in PAGES:
        raise Http404
    return code


def _page(request: MemberRequest, wrong: str = "", form: ChangedForm | None = None) -> HttpResponse:
    kept = found.kept_pages(list(PAGES))
    lines = [
        {
            "code": code,
            "title": title,
            "page": kept.get(code),
            "form": form if code == wrong else ChangedForm(auto_id=f"{code}_%s"),
            "is_wrong": code == wrong,
        }
        for code, title in PAGES.items()
    ]
    news = [{"news": row, "words": words_of(row)} for row in found.changed_news()]
    context = {"lines": lines, "articles": found.changed_articles(), "news": news}
    return render(request, "notices/site_pages.html", context, status=422 if wrong else 200)
