"""The customer's own pages. Everything is about the chosen account; what is not bound does not exist here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.operations
import accounts.queries
import billing.queries
import desk.queries.cabinet
from accounts.clock import business_now
from accounts.forms import ContactForm
from accounts.views.guards import MemberRequest, account_or_404, customer_only
from billing.queries.counter_visits import promises_of
from desk.queries.cabinet import Cabinet

CHOSEN = "cabinet_account"


@require_safe
@customer_only
def home(request: MemberRequest) -> HttpResponse:
    """How the gas stands: position of the year, what waits for the card, the last purchases."""
    cabinet = cabinet_of(request)
    if cabinet is None:
        return render(request, "desk/cabinet_empty.html")
    context = {
        "cabinet": cabinet,
        "position": desk.queries.cabinet.position(cabinet.account, at=business_now()),
        "waiting": desk.queries.cabinet.waiting(cabinet.account),
        "purchases": billing.queries.purchases(cabinet.account)[:3],
    }
    return render(request, "desk/cabinet_home.html", context)


@require_POST
@customer_only
def choose(request: MemberRequest) -> HttpResponse:
    """Look at another of one's accounts."""
    account = account_or_404(request.user, request.POST.get("number", ""))
    request.session[CHOSEN] = account.number
    return redirect("desk:cabinet")


@require_safe
@customer_only
def purchases(request: MemberRequest) -> HttpResponse:
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    page = Paginator(billing.queries.purchases(cabinet.account), 20).get_page(request.GET.get("page"))
    return render(request, "desk/cabinet_purchases.html", {"cabinet": cabinet, "page": page})


@require_safe
@customer_only
def purchase(request: MemberRequest, reference: str) -> HttpResponse:
    """One purchase, why it cost what it cost, and what was promised about it."""
    cabinet = cabinet_of(request)
    top_up = cabinet and desk.queries.cabinet.purchase(cabinet.account, reference)
    if not top_up:
        raise Http404
    at = business_now()
    context = {
        "cabinet": cabinet,
        "top_up": top_up,
        "why": billing.queries.why_price(top_up),
        "standings": promises_of(top_up, at=at, public=True),
        "now": at,
    }
    return render(request, "desk/cabinet_purchase.html", context)


@require_safe
@customer_only
def cards(request: MemberRequest) -> HttpResponse:
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    return render(request, "desk/cabinet_cards.html", {"cabinet": cabinet, "cards": desk.queries.cabinet.cards(cabinet.account)})


@require_safe
@customer_only
def tariff(request: MemberRequest) -> HttpResponse:
    cabinet = cabinet_of(request)
    if cabinet is None:
        return redirect("desk:cabinet")
    context = {
        "cabinet": cabinet,
        "position": desk.queries.cabinet.position(cabinet.account, at=business_now()),
        "versions": desk.queries.cabinet.tariff_versions(cabinet.account),
    }
    return render(request, "desk/cabinet_tariff.html", context)


@require_safe
@customer_only
def documents(request: MemberRequest) -> HttpResponse:
    """Receipts to print and keep; not for those who only pay."""
    cabinet = cabinet_of(request)
    if cabinet is None or not cabinet.sees_household:
        return redirect("desk:cabinet")
    return render(request, "desk/cabinet_documents.html", {"cabinet": cabinet, "receipts": desk.queries.cabinet.receipts(cabinet.account)})


@require_http_methods(["GET", "POST"])
@customer_only
def details(request: MemberRequest) -> HttpResponse:
    """Accounts, contacts, language, sign-in."""
    cabinet = cabinet_of(request)
    if cabinet is None or not cabinet.sees_household:
        return render(request, "desk/cabinet_details.html", {"cabinet": cabinet})
    customer = cabinet.account.customer
    form = ContactForm(request.POST or None, instance=customer)
    if form.is_valid():
        accounts.operations.change_customer(customer=customer, changes=form.cleaned_data, by=request.user, at=business_now())
        messages.success(request, _("The changes are kept."))
        return redirect("desk:cabinet_details")
    context = {"cabinet": cabinet, "form": form, "phones": customer.phones.order_by("-is_primary", "pk")}
    return render(request, "desk/cabinet_details.html", context, status=422 if form.errors else 200)


def cabinet_of(request: MemberRequest) -> Cabinet | None:
    """The reader's cabinet at the account chosen; None when nothing is bound yet."""
    return desk.queries.cabinet.open_cabinet(request.user, request.session.get(CHOSEN), at=business_now())
