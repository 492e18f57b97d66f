"""Changing what is written down about an account's customer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import forms, models, operations, queries
from ..clock import business_now
from ..operations.wechat_links import NotLinked, unlink_for
from ..roles import Verb
from .guards import MemberRequest, account_or_404, staff_with


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_CUSTOMERS)
def customer_edit(request: MemberRequest, number: str) -> HttpResponse:
    account = account_or_404(request.user, number)
    form = forms.CustomerForm(request.POST or None, instance=account.customer)
    if not form.is_valid():
        return _customer_page(request, account, form, forms.PhoneForm())
    operations.change_customer(customer=account.customer, changes=form.cleaned_data, by=request.user, at=business_now())
    messages.success(request, _("The changes are kept."))
    return redirect("desk:account", number=number)


@require_POST
@staff_with(Verb.EDIT_CUSTOMERS)
def phone_add(request: MemberRequest, number: str) -> HttpResponse:
    account = account_or_404(request.user, number)
    form = forms.PhoneForm(request.POST)
    if not form.is_valid():
        return _customer_page(request, account, forms.CustomerForm(instance=account.customer), form)
    phone = str(form.cleaned_data["number"])
    primary = form.cleaned_data["is_primary"]
    operations.add_phone(customer=account.customer, number=phone, is_primary=primary, by=request.user, at=business_now())
    messages.success(request, _("The phone is added."))
    return redirect("accounts:customer_edit", number=number)


@require_POST
@staff_with(Verb.EDIT_CUSTOMERS)
def phone_remove(request: MemberRequest, number: str, pk: int) -> HttpResponse:
    account = account_or_404(request.user, number)
    phone = get_object_or_404(models.Phone, pk=pk, customer=account.customer)
    operations.remove_phone(phone=phone, by=request.user, at=business_now())
    messages.success(request, _("The phone is removed."))
    return redirect("accounts:customer_edit", number=number)


@require_POST
@staff_with(Verb.EDIT_CUSTOMERS)
def wechat_unlink_for(request: MemberRequest, number: str) -> HttpResponse:
    """The WeChat of one of the account's cabinets opens it no longer: the phone was lost, or sold."""
    account, pk = account_or_404(request.user, number), request.POST.get("binding", "")
    binding = get_object_or_404(models.Binding, pk=int(pk) if pk.isdecimal() else 0, account=account, unbound_at=None)
    try:
        unlink_for(user=binding.user, by=request.user, at=business_now())
    except NotLinked as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The WeChat no longer opens that cabinet."))
    return redirect("desk:account", number=number)


@require_POST
@staff_with(Verb.FREEZE_ACCOUNTS)
def account_freeze(request: MemberRequest, number: str) -> HttpResponse:
    account = account_or_404(request.user, number)
    try:
        operations.freeze_account(account=account, reason=request.POST.get("reason", ""), by=request.user, at=business_now())
    except (operations.ReasonMissing, operations.AccountFrozen, operations.AccountClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is frozen: no gas is sold until it is unfrozen."))
    return redirect("desk:account", number=number)


@require_POST
@staff_with(Verb.FREEZE_ACCOUNTS)
def account_unfreeze(request: MemberRequest, number: str) -> HttpResponse:
    account = account_or_404(request.user, number)
    try:
        operations.unfreeze_account(account=account, by=request.user, at=business_now())
    except (operations.NotFrozen, operations.AccountClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is open again."))
    return redirect("desk:account", number=number)


@never_cache
@require_POST
@staff_with(Verb.REVEAL_PERSONAL_DATA)
def customer_reveal(request: MemberRequest, number: str) -> HttpResponse:
    """What lies behind the mask, once; that somebody looked is written down."""
    account = account_or_404(request.user, number)
    revealed = operations.reveal(customer=account.customer, by=request.user, at=business_now())
    name = "accounts/customer_reveal.html" + ("#revealed" if request.headers.get("HX-Request") else "")
    return render(request, name, {"account": account, "revealed": revealed})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_CUSTOMERS)
def bind_with_papers(request: MemberRequest, number: str) -> HttpResponse:
    """A customer at the hall whose phone on file is gone: the clerk has seen the papers."""
    account = account_or_404(request.user, number)
    form = forms.PapersForm(request.POST or None)
    if form.is_valid():
        user = queries.cabinet_user(str(form.cleaned_data["phone"]))
        if user is None:
            form.add_error("phone", _("Nobody has signed up with this phone yet. Ask the customer to sign up first."))
        else:
            role, papers = form.cleaned_data["role"], form.cleaned_data["papers"]
            operations.bind_with_papers(user=user, account=account, role=role, papers=papers, by=request.user, at=business_now())
            messages.success(request, _("The account is in the customer's cabinet now."))
            return redirect("desk:account", number=number)
    return render(request, "accounts/binding_papers.html", {"account": account, "form": form})


def _customer_page(request: MemberRequest, account: models.Account, form: forms.CustomerForm, phone_form: forms.PhoneForm) -> HttpResponse:
    context = {"account": account, "form": form, "phone_form": phone_form, "phones": account.customer.phones.order_by("pk")}
    status = 422 if form.errors or phone_form.errors else 200
    return render(request, "accounts/customer_edit.html", context, status=status)
