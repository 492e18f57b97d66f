"""The fleet of kiosks, for whoever looks after them: how each is, its keys, its cash."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import billing.operations.device_keys
import billing.operations.kiosk_cash
import billing.operations.kiosks
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..kiosk_forms import EmptyingForm, KioskForm
from ..models import DeviceKey, Kiosk
from ..operations.device_keys import NewKey
from ..operations.kiosks import CodeTaken
from ..queries import kiosk_pages
from ..queries import kiosks as queries
from ..refusals import ReasonMissing, Refused


@require_safe
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_list(request: MemberRequest) -> HttpResponse:
    """Every machine, those in need first."""
    at = business_now()
    gone = Kiosk.objects.filter(state=Kiosk.State.RETIRED).order_by("code")
    return render(request, "billing/kiosks/list.html", {"lines": queries.fleet(at), "retired": gone, "now": at})


@require_safe
@staff_with(Verb.MANAGE_DEVICES)
def kiosk(request: MemberRequest, code: str) -> HttpResponse:
    """One machine."""
    return _page(request, _kiosk(code), EmptyingForm())


@require_http_methods(["GET", "POST"])
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_new(request: MemberRequest) -> HttpResponse:
    """A machine that was not there before; its first key is made on its own page."""
    form = KioskForm(request.POST or None)
    if form.is_valid():
        made = _write(form, lambda: billing.operations.kiosks.enrol_kiosk(**form.plan(), by=request.user, at=business_now()))
        if made is not None:
            messages.success(request, _("The kiosk is on the list. Make a key for it now."))
            return redirect("billing:kiosk", code=made.code)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_change(request: MemberRequest, code: str) -> HttpResponse:
    """Another place, hall or ceiling."""
    found = _kiosk(code)
    form = KioskForm(request.POST or None, kiosk=found)
    if form.is_valid():
        changed = _write(
            form, lambda: billing.operations.kiosks.change_kiosk(kiosk=found, **form.plan(), by=request.user, at=business_now())
        )
        if changed is not None:
            messages.success(request, _("The kiosk is changed."))
            return redirect("billing:kiosk", code=changed.code)
    return _form_page(request, form, found)


@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_retire(request: MemberRequest, code: str) -> HttpResponse:
    """It was taken away; what it did stays."""
    try:
        billing.operations.kiosks.retire_kiosk(kiosk=_kiosk(code), by=request.user, at=business_now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("billing:kiosk", code=code)
    messages.success(request, _("The kiosk is off the list, and its keys are revoked."))
    return redirect("billing:kiosk_list")


@never_cache
@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_key(request: MemberRequest, code: str) -> HttpResponse:
    """A new key, shown in this answer and never again; those before it go on for a day."""
    found = _kiosk(code)
    if found.state == Kiosk.State.RETIRED:
        raise Http404
    made = billing.operations.device_keys.rotate_key(kiosk=found, by=request.user, at=business_now())
    return _page(request, found, EmptyingForm(), made=made)


@require_POST
@staff_with(Verb.MANAGE_DEVICES)
def kiosk_key_revoke(request: MemberRequest, code: str, handle: str) -> HttpResponse:
    """From now on nothing signed with it is heard."""
    key = DeviceKey.objects.select_related("kiosk").filter(kiosk__code=code, handle=handle).first()
    if key is None:
        raise Http404
    billing.operations.device_keys.revoke_key(key=key, by=request.user, at=business_now())
    messages.success(request, _("Key %(handle)s is revoked.") % {"handle": handle})
    return redirect("billing:kiosk", code=code)


@require_POST
@staff_with(Verb.MANAGE_DEVICES, Verb.COUNTERSIGN_SHIFT)
def kiosk_empty(request: MemberRequest, code: str) -> HttpResponse:
    """All cash is taken out and counted."""
    found, form = _kiosk(code), EmptyingForm(request.POST)
    if form.is_valid():
        try:
            box = billing.operations.kiosk_cash.empty_kiosk(kiosk=found, **form.cleaned_data, by=request.user, at=business_now())
        except ReasonMissing:
            form.add_error("reason", _("This is not what our books say. Count again, or say why it differs."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("The cash is in the safe.")
                if box.counted == box.expected
                else _("The cash is in the safe, and the difference is booked.")
            )
            messages.success(request, said)
            return redirect("billing:kiosk", code=code)
    return _page(request, found, form)


def _kiosk(code: str) -> Kiosk:
    try:
        return queries.find_kiosk(code)
    except queries.KioskNotFound:
        raise Http404 from None


def _write(form: KioskForm, act: Callable[[], Kiosk]) -> Kiosk | None:
    try:
        return act()
    except CodeTaken as refusal:
        form.add_error("code", str(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _form_page(request: MemberRequest, form: KioskForm, found: Kiosk | None) -> HttpResponse:
    return render(request, "billing/kiosks/form.html", {"form": form, "kiosk": found}, status=422 if form.errors else 200)


def _page(request: MemberRequest, found: Kiosk, form: EmptyingForm, made: NewKey | None = None) -> HttpResponse:
    at = business_now()
    page = kiosk_pages.page_of(found, request.user, at=at)
    context = {"page": page, "kiosk": found, "form": form, "made": made, "now": at}
    return render(request, "billing/kiosks/kiosk.html", context, status=422 if form.errors else 200)
