"""Bills as people look at them: in a list, by number, laid out for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.clock import business_date
from accounts.models import Account, User

from .. import amounts_in_words
from ..bill_lines import BillLine
from ..models import Bill, BillFault, BillPayment, TariffVersion
from ..states import BillStatus

_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class BillNotFound(Exception):
    """No bill has this number, or the reader may not know."""

    def __init__(self) -> None:
        super().__init__(_("There is no such bill."))


@dataclass(frozen=True)
class Group:
    """Lines of a bill that belong together: its own (``corrects`` is empty), or those of an estimate it takes back."""

    corrects: str
    lines: Sequence[BillLine]

    @property
    def litres(self) -> int:
        return sum(line.litres for line in self.lines)

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class BillSheet:
    """All that stands on a bill: breakdown, what is to be paid and how, or how it was paid. ``lists`` are the price lists named."""

    bill: Bill
    language: str
    groups: Sequence[Group]
    lists: Sequence[TariffVersion]
    payment: BillPayment | None
    is_overdue: bool
    shows_household: bool
    words: str
    pay_url: str
    qr: SafeString

    @property
    def account(self) -> Account:
        return self.bill.account

    @property
    def facts(self) -> dict[str, Any]:
        """What the company prints on every paper."""
        return {"company": settings.COMPANY["name"], "hotline": settings.COMPANY["hotline"], "currency": settings.CURRENCY}


def bills_of(account: Account) -> QuerySet[Bill]:
    """Every bill, the newest first, with what a list shows."""
    return account.bills.select_related("reading", "meter").order_by("-month", "-pk")


def open_bills(account: Account) -> list[Bill]:
    """To be paid, the oldest first."""
    return list(account.bills.filter(status=BillStatus.OPEN).order_by("due_on", "pk"))


def bill_for(user: User, number: str, *, at: datetime) -> Bill:
    """Fetch and authorise in one act: staff who find accounts, and whoever is bound to the account. Raises BillNotFound."""
    visible = accounts.permissions.visible_accounts(user, at).order_by().values("pk")
    found = _bills().filter(number=number, account__in=visible).first()
    if found is None:
        raise BillNotFound
    return found


def bill_to_pay(number: str) -> Bill:
    """A bill by the number on its paper, for whoever has the paper and pays. Raises BillNotFound."""
    found = _bills().filter(number=number).first()
    if found is None:
        raise BillNotFound
    return found


def _bills() -> QuerySet[Bill]:
    return Bill.objects.select_related("account__customer", "account__premises", "meter", "reading", "tariff_version__tariff")


def sheet_for(user: User, number: str, *, at: datetime, language: str = "") -> BillSheet:
    """A bill for somebody who may see it, in a language or the customer's own; who only pays sees no name. Raises BillNotFound."""
    bill = bill_for(user, number, at=at)
    household = accounts.permissions.may(accounts.permissions.check_may_see_household, user, bill.account, at=at)
    return sheet_of(bill, at=at, language=language, shows_household=bool(household))


def sheet_of(bill: Bill, *, at: datetime, language: str = "", shows_household: bool = True) -> BillSheet:
    """Lay a bill out."""
    language = language if language in _LANGUAGES else bill.account.customer.language
    url = settings.SITE_URL + reverse("billing:pay_bill", args=[bill.number])
    with translation.override(language):
        return BillSheet(
            bill=bill,
            language=language,
            groups=_groups([BillLine.from_json(line) for line in bill.lines]),
            lists=_lists(bill),
            payment=BillPayment.objects.select_related("hall", "shift__counter", "shift__clerk").filter(bill=bill).first(),
            is_overdue=bill.is_open and bill.due_on < business_date(at),
            shows_household=shows_household,
            words=amounts_in_words.in_words(bill.to_pay, settings.CURRENCY, language),
            pay_url=url,
            qr=mark_safe(segno.make(url, error="m", micro=False).svg_inline(border=0, omitsize=True)),
        )


def _groups(lines: Sequence[BillLine]) -> list[Group]:
    names = dict.fromkeys(line.corrects for line in lines)
    return [Group(name, [line for line in lines if line.corrects == name]) for name in names]


def _lists(bill: Bill) -> list[TariffVersion]:
    numbers = {line["version"] for line in bill.lines} | {bill.tariff_version.number}
    return list(bill.tariff_version.tariff.versions.filter(number__in=numbers).order_by("effective_from"))


def masked(account: Account) -> str:
    """Enough for the holder to know it: the last three digits."""
    return "•" * (len(account.number) - 3) + account.number[-3:]


def faults(month: date | None = None) -> QuerySet[BillFault]:
    """Months that could not be billed, for somebody to look at; those with nothing to bill need nobody."""
    rows = BillFault.objects.exclude(code="nothing").select_related("account__customer", "account__premises")
    return (rows.filter(month=month) if month else rows).order_by("-month", "account__number")
