"""What we ask providers about an online payment, over the network: show me how to pay, was it paid, close it. See Note [Never inside
a transaction] in checkouts.py."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import in_business_time, in_real_seconds, real_now
from casework.retries import pause_after

from .. import providers, wording
from ..models import Checkout, ProviderPayment
from ..providers.protocol import Heard, Order, ProviderDown, ProviderFault, ProviderRefused
from ..refusals import Refused
from ..states import CheckoutStatus
from .checkouts import note_cancelled, note_expired
from .provider_payments import take

log = logging.getLogger(__name__)

_BY = System("payments")
#: While it can be paid we ask after 20 s, then each time twice as long, at most so many seconds apart.
_LONGEST_PAUSE = 240
#: So long after its end we still want to know whether it was paid after all.
_GIVE_UP = timedelta(days=1)


class ProviderSilent(Refused):
    """The provider does not answer. The offer stands: try again, or pay another way."""

    code = "provider_silent"

    def __init__(self) -> None:
        super().__init__(_("The payment provider does not answer just now. Nothing was paid. Try again in a moment, or pay another way."))


class PaidMeanwhile(Refused):
    """What was to be cancelled has just been paid."""

    code = "paid_meanwhile"

    def __init__(self) -> None:
        super().__init__(_("This was paid a moment ago, so it cannot be cancelled any more."))


def present(*, checkout: Checkout, payer: str = "", at: datetime) -> Checkout:
    """Ask the provider for what the customer needs to pay, once. ``payer`` is who pays, in an app that knows. Raises ProviderSilent."""
    if checkout.shown or checkout.status != CheckoutStatus.OPEN:
        return checkout
    try:
        shown = providers.provider(checkout.provider).open(_order(checkout, payer, at))
    except (ProviderFault, providers.NotOffered, KeyError) as fault:  # KeyError: an answer without what was asked for
        log.warning("provider did not open an order", extra={"provider": checkout.provider, "fault": type(fault).__name__})
        raise ProviderSilent from fault
    # Two screens may have asked at once: both codes pay the same order, and one is kept.
    Checkout.objects.filter(pk=checkout.pk, shown={}).update(shown=shown.as_json())
    checkout.refresh_from_db()
    return checkout


def _order(checkout: Checkout, payer: str, at: datetime) -> Order:
    left = timedelta(seconds=in_real_seconds(checkout.expires_at - at))
    return Order(
        reference=checkout.reference,
        amount=checkout.amount,
        subject=_subject(checkout),
        product=checkout.product,
        expires_at=real_now() + max(left, timedelta(minutes=1)),
        payer=payer,
        return_url=settings.SITE_URL + _way_back(checkout),
    )


def _subject(checkout: Checkout) -> str:
    """What the customer reads at the provider."""
    if checkout.charge is not None:
        with translation.override(checkout.charge.language):
            return _("Gas connection %(contract)s") % {"contract": checkout.charge.basis}
    with translation.override(checkout.account.customer.language if checkout.account else settings.LANGUAGE_CODE):
        return _("Gas %(volume)s") % {"volume": wording.cubic_metres(checkout.litres)} if checkout.litres else _("Gas bill")


def _way_back(checkout: Checkout) -> str:
    if checkout.charge is not None:
        return reverse("billing:charge_payment_back", args=[checkout.charge.reference, checkout.reference])
    return reverse("desk:cabinet_payment_back", args=[checkout.reference])


def cancel(*, checkout: Checkout, by: Actor, at: datetime) -> Checkout:
    """Close the order at the provider, then with us. Money that was on its way all the same goes back.

    Raises PaidMeanwhile (and what was paid is used), WrongMove, StaleRow.
    """
    if checkout.shown and _is_paid(checkout, at):
        raise PaidMeanwhile
    return note_cancelled(checkout=checkout, by=by, at=at)


def _is_paid(checkout: Checkout, at: datetime) -> bool:
    try:
        if providers.provider(checkout.provider).close(checkout.reference):
            return False
        return ask(checkout=checkout, at=at) is not None
    except (ProviderFault, providers.NotOffered):
        return False  # the question that follows every cancelling finds it


def ask_due(*, at: datetime, limit: int = 10) -> int:
    """Ask about payments whose time for a question has come, each once; how many were asked about.

    A few at a time: a provider that hangs must not hold the worker longer than a task may take.
    """
    claimed = _claim(at, limit)
    for checkout in claimed:
        try:
            ask(checkout=checkout, at=at)
        except Exception as error:  # noqa: BLE001 - one order must not stop the others
            log.warning("asking about a payment failed", extra={"checkout": checkout.pk, "fault": type(error).__name__})
    return len(claimed)


@transaction.atomic
def _claim(at: datetime, limit: int) -> list[Checkout]:
    """Booked before it is made: whoever dies while asking leaves a question that comes round again."""
    due = Checkout.objects.filter(ask_at__lte=at).order_by("ask_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, no_key=True, of=("self",)).select_related("account__customer", "charge")[:limit])
    for checkout in rows:
        checkout.asked = min(checkout.asked + 1, 30_000)
        checkout.ask_at = _next_question(checkout, at)
        checkout.save(update_fields=["asked", "ask_at"])
    return rows


def _next_question(checkout: Checkout, at: datetime) -> datetime | None:
    if checkout.status == CheckoutStatus.OPEN and at < checkout.expires_at:
        pause = in_business_time(timedelta(seconds=min(20 * 2 ** min(checkout.asked, 10), _LONGEST_PAUSE)))
        return min(at + pause, checkout.expires_at)
    last = (checkout.ended_at or checkout.expires_at) + in_business_time(_GIVE_UP)
    return at + pause_after(checkout.asked) if at < last else None


def ask(*, checkout: Checkout, at: datetime) -> ProviderPayment | None:
    """Was it paid? Then use the money; if not and its time is up, close it. None unless the order is paid with what came in.

    Money that could not be used leaves the order as it was: it expires, or is cancelled, like one that nobody paid.
    """
    try:
        answer = providers.provider(checkout.provider).ask(checkout.reference)
        if isinstance(answer, Heard) and (payment := _used(checkout, answer, at)) is not None:
            return payment
        is_over = checkout.status != CheckoutStatus.OPEN or checkout.expires_at <= at
        if is_over and (answer is not None or _close(checkout)):
            Checkout.objects.filter(pk=checkout.pk).exclude(status=CheckoutStatus.OPEN, expires_at__gt=at).update(ask_at=None)
    except (ProviderDown, ProviderRefused, providers.NotOffered) as fault:
        log.warning("provider did not say whether an order was paid", extra={"provider": checkout.provider, "fault": type(fault).__name__})
    if checkout.status == CheckoutStatus.OPEN and checkout.expires_at <= at:
        note_expired(checkout=checkout, by=_BY, at=at)
    return None


def _used(checkout: Checkout, heard: Heard, at: datetime) -> ProviderPayment | None:
    payment = take(provider=checkout.provider, heard=heard, heard_by=ProviderPayment.HeardBy.QUERY, by=_BY, at=at)
    return payment if payment.use == ProviderPayment.Use.CREDITED else None


def _close(checkout: Checkout) -> bool:
    """Whether nobody can pay it any more. What was paid in this very moment is found by the next question."""
    return providers.provider(checkout.provider).close(checkout.reference)
