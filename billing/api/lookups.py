"""Fetch and authorise in one act: what does not exist and what is not the caller's look the same."""

from datetime import datetime

from django.db.models import Prefetch
from django.http import Http404
from rest_framework.request import Request

import accounts.permissions
import accounts.queries
import billing.queries.shifts
from accounts.api.inputs import caller
from accounts.models import Account, GasCard

from ..models import CardWrite, Receipt, Shift, TopUp
from ..operations.holding import hold_account, hold_card, hold_till
from ..refusals import NoCardIssued

_RECEIPTS = Receipt.objects.select_related("hall")


def account_for(request: Request, number: str, *, at: datetime) -> Account:
    """An account the caller may see."""
    visible = accounts.permissions.visible_accounts(request.user, at).select_related("customer", "premises")
    account = visible.prefetch_related("customer__phones", "meters", "cards").filter(number=number).first()
    if account is None:
        raise Http404
    return account


def held_for_sale(request: Request, number: str, *, at: datetime) -> tuple[Account, GasCard | None]:
    """An account the caller may see with its card in use (none: with a connected meter), held for a sale. Raises NoCardIssued."""
    cards = GasCard.objects.filter(status=GasCard.Status.ACTIVE, account__number=number)
    if not accounts.permissions.sees_all_accounts(request.user, at):
        cards = cards.filter(account__in=accounts.permissions.visible_accounts(request.user, at).order_by().values("pk"))
    card = hold_card(cards)
    if card is not None:
        return card.account, card
    account = account_for(request, number, at=at)
    if not any(meter.is_connected and meter.removed_at is None for meter in account.meters.all()):
        raise NoCardIssued
    return hold_account(Account.objects.filter(pk=account.pk)), None


def top_up_for(request: Request, reference: str, *, at: datetime) -> TopUp:
    """A top-up of an account the caller may see, with all that the API shows of it."""
    visible = accounts.permissions.visible_accounts(request.user, at).order_by()
    rows = TopUp.objects.select_related("account", "meter", "card", "tariff_version", "payment")
    rows = rows.prefetch_related(Prefetch("receipts", _RECEIPTS))
    top_up = rows.filter(reference=reference, account__in=visible.values("pk")).first()
    if top_up is None:
        raise Http404
    return top_up


def write_for(request: Request, pk: int) -> CardWrite:
    """A write that the caller began (nobody else can know how it ended), with all that the API shows of its order."""
    rows = CardWrite.objects.select_related("top_up__account", "top_up__card", "top_up__timeline").exclude(operation="cancel")
    write = next(iter(rows.filter(pk=pk, top_up__isnull=False, by=caller(request).actor_label)), None)
    if write is None or write.top_up is None:
        raise Http404
    _take_along_receipts(write.top_up)
    return write


def _take_along_receipts(top_up: TopUp) -> None:
    """With payment and price: joined here, because PostgreSQL plans two joins of five tables in a tenth of one of eight."""
    top_up.receipts_at_hand = list(_RECEIPTS.select_related("top_up__payment", "top_up__tariff_version").filter(top_up=top_up))
    for receipt in top_up.receipts_at_hand:
        top_up.payment, top_up.tariff_version = receipt.top_up.payment, receipt.top_up.tariff_version


def shift_of(request: Request) -> Shift | None:
    """The caller's shift that is not closed yet. Raises NotStaff."""
    return _for_staff(request, billing.queries.shifts.current_shifts_of(caller(request)).first())


def held_till_of(request: Request) -> Shift | None:
    """The same, held for a sale in this transaction. Raises NotStaff."""
    return _for_staff(request, hold_till(billing.queries.shifts.current_shifts_of(caller(request))))


def _for_staff(request: Request, shift: Shift | None) -> Shift | None:
    if shift is None:
        accounts.queries.current_staff(caller(request))
    return shift
