"""Bills of providers: handed in, fetched, looked at; and payouts that arrived at the bank."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

import billing.operations.payouts
import billing.operations.statements
import billing.queries.breaks
from accounts.clock import business_now, real_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..break_forms import BillForm, FetchForm, PayoutForm
from ..models import Statement
from ..providers import NotOffered
from ..refusals import Refused

_ROWS = 50


@require_safe
@staff_with(Verb.SEE_LEDGER)
def statement_list(request: MemberRequest) -> HttpResponse:
    """The bills we have, and forms for more."""
    return _page(request)


@require_safe
@staff_with(Verb.SEE_LEDGER)
def statement_detail(request: MemberRequest, key: int) -> HttpResponse:
    """One bill: its sums, its rows, and those that could not be read."""
    statement = Statement.objects.filter(pk=key).first()
    if statement is None:
        raise Http404
    page = Paginator(statement.lines.order_by("at", "pk"), _ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "billing/reconciliation/statement.html",
        {"statement": statement, "page": page, "bad": billing.queries.breaks.bad_rows(statement)},
    )


@require_POST
@staff_with(Verb.RECONCILE)
def statement_upload(request: MemberRequest) -> HttpResponse:
    """A file by hand."""
    form = BillForm(request.POST, request.FILES)
    if form.is_valid():
        at, file = business_now(), form.cleaned_data["file"]
        try:
            statement = billing.operations.statements.take_over(content=file.read(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _taken(request, statement, is_known=statement.at != at)
    return _page(request, upload=form)


@require_POST
@staff_with(Verb.RECONCILE)
def statement_fetch(request: MemberRequest) -> HttpResponse:
    """From the provider, now."""
    form = FetchForm(request.POST)
    if form.is_valid():
        at = business_now()
        try:
            statement = billing.operations.statements.fetch(**form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except NotOffered:
            form.add_error("provider", _("This provider is not set up here."))
        else:
            return _taken(request, statement, is_known=statement.at != at)
    return _page(request, fetch=form)


@require_POST
@staff_with(Verb.RECONCILE)
def payout_note(request: MemberRequest) -> HttpResponse:
    """Money of a provider arrived at the bank."""
    form = PayoutForm(request.POST)
    if form.is_valid():
        try:
            billing.operations.payouts.note_payout(**form.cleaned_data, by=request.user, at=business_now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted: the money is the bank's now."))
            return redirect("billing:statement_list")
    return _page(request, payout=form)


def _taken(request: MemberRequest, statement: Statement, *, is_known: bool) -> HttpResponse:
    if is_known:
        messages.info(request, _("We had this bill already; nothing has changed."))
    else:
        new = ngettext("%(count)s new row.", "%(count)s new rows.", statement.fresh) % {"count": statement.fresh}
        messages.success(request, _("The bill is taken over and compared.") + " " + new)
    return redirect("billing:statement_detail", key=statement.pk)


def _page(request: MemberRequest, **bound: Any) -> HttpResponse:
    day = billing.queries.breaks.yesterday_there(real_now())
    context = {
        "statements": billing.queries.breaks.statements(),
        "payouts": billing.queries.breaks.payouts(),
        "providers": billing.queries.breaks.at_providers(),
        "may_reconcile": Verb.RECONCILE in verbs_of(request.user, business_now()),
        "upload": BillForm(auto_id="upload_%s"),
        "fetch": FetchForm(auto_id="fetch_%s", initial={"day": day}),
        "payout": PayoutForm(auto_id="payout_%s"),
        **bound,
    }
    return render(request, "billing/reconciliation/statements.html", context, status=422 if bound else 200)
