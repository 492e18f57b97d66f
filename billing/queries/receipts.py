"""Receipts as people look at them: by number, by code, and laid out for paper."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.models import User

from .. import amounts_in_words, verification
from ..models import Payment, Receipt


class ReceiptNotFound(Exception):
    """No receipt has this number, or the reader may not know."""

    def __init__(self) -> None:
        super().__init__(_("There is no such receipt."))


@dataclass(frozen=True)
class Check:
    """How anybody makes sure that a paper is ours: its code, the page for it, and the way there for a phone."""

    code: str
    url: str
    qr: SafeString


def check_of(code: str) -> Check:
    url = settings.SITE_URL + reverse("billing:verify", args=[code])
    qr = mark_safe(segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True))
    return Check(verification.in_groups(code), url, qr)


@dataclass(frozen=True)
class Sheet:
    """All that stands on a receipt's paper. ``other_language`` is the customer's own, where the paper is in the hall's."""

    receipt: Receipt
    language: str
    other_language: str
    number: str
    title: str
    is_red: bool
    facts: dict[str, Any]
    issued_on: date
    tariff_from: date | None
    corrects_issued_on: date | None
    method: str
    words: str
    code: str
    check_url: str
    qr: SafeString


def get_receipt(full_number: str) -> Receipt:
    """By the number on the paper. Raises ReceiptNotFound."""
    hall, year, number = full_number.rsplit("-", 2)
    rows = Receipt.objects.select_related("hall", "top_up__account__customer")
    found = rows.filter(hall__code=hall, year=int(year), number=int(number)).first()
    if found is None or found.full_number != full_number:
        raise ReceiptNotFound
    return found


def receipt_for(user: User, full_number: str, *, at: datetime) -> Receipt:
    """Fetch and authorise in one act: staff who find accounts, and the household. Raises ReceiptNotFound for both reasons."""
    receipt = get_receipt(full_number)
    account = receipt.top_up.account
    seen = accounts.permissions.may(accounts.permissions.check_may_see_account, user, account, at=at)
    if not seen or not accounts.permissions.may(accounts.permissions.check_may_see_household, user, account, at=at):
        raise ReceiptNotFound
    return receipt


def sheet_for(user: User, full_number: str, *, at: datetime, for_customer: bool = False) -> Sheet:
    """The print page's receipt, for somebody who may see it, in the hall's language or the customer's own. Raises ReceiptNotFound."""
    return sheet_of(receipt_for(user, full_number, at=at), for_customer=for_customer)


def sheet_of(receipt: Receipt, *, for_customer: bool = False) -> Sheet:
    """Lay a receipt out from its snapshot alone: in the language it was issued in, or once more in the customer's own."""
    issued, own = receipt.facts["language"], receipt.top_up.account.customer.language or receipt.facts["language"]
    language = own if for_customer else issued
    with translation.override(language):
        return _sheet(receipt, receipt.facts, language, own if own != language else "")


def _sheet(receipt: Receipt, facts: dict[str, Any], language: str, other_language: str) -> Sheet:
    check = check_of(receipt.code)
    is_red = receipt.kind == Receipt.Kind.RED_LETTER
    return Sheet(
        receipt=receipt,
        language=language,
        other_language=other_language,
        number=receipt.full_number,
        title=_("Red-letter receipt") if is_red else _("Payment receipt"),
        is_red=is_red,
        facts=facts,
        issued_on=date.fromisoformat(facts["issued_on"]),
        tariff_from=_date(facts.get("tariff_from")),
        corrects_issued_on=_date(facts.get("corrects_issued_on")),
        method=str(Payment.Method(facts["method"]).label),
        words=amounts_in_words.in_words(facts["amount"], facts["currency"], language),
        code=check.code,
        check_url=check.url,
        qr=check.qr,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
