"""The register of priority customers: who is on it and why, for longer, off it. Searched by POST; nothing of it stands in an address."""

import csv
import io
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import models
from ..clock import business_date, business_now
from ..operations import priority_register as register
from ..queries import priority_register as queries
from ..register_forms import EndForm, EntryForm, ExtendForm, SeekForm
from ..roles import Verb
from .guards import MemberRequest, account_or_404, staff_with

#: What a paper is usually good for.
_USUAL = timedelta(days=365)
_PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.KEEP_REGISTER)
def register_list(request: MemberRequest) -> HttpResponse:
    """Who is on it; what runs out soon. What is looked for travels in the body."""
    by_address = {name: value for name, value in request.GET.dict().items() if name != "sought"}
    today, form = business_date(business_now()), SeekForm({**by_address, **request.POST.dict()})
    found = queries.entries(today, **form.wanted())
    page = Paginator(found, _PAGE).get_page(request.POST.get("page") or request.GET.get("page"))
    soon = queries.entries(today, state="soon").count()
    return render(request, "accounts/register.html", {"page": page, "form": form, "soon": soon, "wanted": form.wanted(), "today": today})


@never_cache
@require_safe
@staff_with(Verb.KEEP_REGISTER)
def register_file(request: MemberRequest) -> HttpResponse:
    """The register as codes, for counting: nobody's name, number or door."""
    today, text = business_date(business_now()), io.StringIO()
    csv.writer(text).writerows(queries.codes(today))
    headers = {"Content-Disposition": f'attachment; filename="priority-register-{today.isoformat()}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.KEEP_REGISTER)
def register_of_account(request: MemberRequest, number: str) -> HttpResponse:
    """One customer: every entry, and a form for another one."""
    account, at = account_or_404(request.user, number), business_now()
    today = business_date(at)
    form = EntryForm(request.POST or None, initial={"since": today, "until": today + _USUAL})
    if form.is_valid():
        entry = register.NewEntry(**form.cleaned_data)
        try:
            register.put_on_register(customer=account.customer, entry=entry, by=request.user, at=at)
        except register.BadEntry as refusal:
            form.add_error(refusal.code, str(refusal))
        except register.OnTheRegister as refusal:
            form.add_error("ground", str(refusal))
        else:
            messages.success(request, _("On the register. Crews, interruptions and calls go by it now."))
            return redirect("accounts:register_of_account", number=number)
    return _page(request, account, {"form": form})


@require_POST
@staff_with(Verb.KEEP_REGISTER)
def entry_extend(request: MemberRequest, number: str, pk: int) -> HttpResponse:
    """It lasts until another day."""
    account, form = account_or_404(request.user, number), ExtendForm(request.POST, auto_id=f"extend_{pk}_%s")
    entry, at = _entry(account, pk), business_now()
    if form.is_valid():
        try:
            register.extend_entry(entry=entry, **form.cleaned_data, by=request.user, at=at)
        except register.BadEntry as refusal:
            form.add_error(refusal.code, str(refusal))
        except register.EntryEnded as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry has another last day now."))
            return redirect("accounts:register_of_account", number=number)
    return _page(request, account, {"wrong": form, "wrong_entry": pk})


@require_POST
@staff_with(Verb.KEEP_REGISTER)
def entry_end(request: MemberRequest, number: str, pk: int) -> HttpResponse:
    """It does not hold any more."""
    account, form = account_or_404(request.user, number), EndForm(request.POST, auto_id=f"end_{pk}_%s")
    entry, at = _entry(account, pk), business_now()
    if form.is_valid():
        try:
            register.end_entry(entry=entry, **form.cleaned_data, by=request.user, at=at)
        except register.EntryEnded as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry is ended; it stays to be read."))
            return redirect("accounts:register_of_account", number=number)
    return _page(request, account, {"wrong": form, "wrong_entry": pk})


def _entry(account: models.Account, pk: int) -> models.PriorityEntry:
    entry: models.PriorityEntry = get_object_or_404(models.PriorityEntry, pk=pk, customer=account.customer_id)
    return entry


def _page(request: MemberRequest, account: models.Account, given: dict[str, Any]) -> HttpResponse:
    today = business_date(business_now())
    lines = [_line(entry, given) for entry in queries.entries_of(account.customer)]
    usual = {"since": today, "until": today + _USUAL}
    context = {"account": account, "lines": lines, "today": today, "form": EntryForm(initial=usual), **given}
    is_wrong = "wrong" in given or bool(context["form"].is_bound and context["form"].errors)
    return render(request, "accounts/register_of_account.html", context, status=422 if is_wrong else 200)


def _line(entry: models.PriorityEntry, given: dict[str, Any]) -> dict[str, Any]:
    """An entry with its history and its two forms; a form that was refused with what was typed."""
    forms = {
        "extend": ExtendForm(auto_id=f"extend_{entry.pk}_%s", initial={"until": entry.until}),
        "end": EndForm(auto_id=f"end_{entry.pk}_%s"),
    }
    wrong = given.get("wrong")
    if wrong is not None and given["wrong_entry"] == entry.pk:
        forms["extend" if isinstance(wrong, ExtendForm) else "end"] = wrong
    state = queries.state_of(entry, business_date(business_now()))
    return {"entry": entry, "state": state, "history": list(entry.history.select_related("history_user__staff")), **forms}
