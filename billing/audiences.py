"""Whom billing can pick out for a payment notice: who owes a bill, whose bill is overdue, whose credit runs out."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.clock import business_date
from accounts.models import Account
from notices.audiences import Audience

from . import wording
from .models import Bill, CreditForecast
from .states import BillStatus

#: A forecast older than this says nothing any more.
_FRESH = timedelta(days=7)


def _owes(at: datetime) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=Bill.objects.filter(status=BillStatus.OPEN).values("account"))


def _is_late(at: datetime) -> QuerySet[Account]:
    late = Bill.objects.filter(status=BillStatus.OPEN, due_on__lt=business_date(at))
    return Account.objects.filter(pk__in=late.values("account"))


def _runs_out(at: datetime) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=_ending(at).values("account"))


def _ending(at: datetime) -> QuerySet[CreditForecast]:
    today, days = business_date(at), timedelta(days=settings.FORECAST_REMIND_DAYS or 7)
    return CreditForecast.objects.filter(ends_on__lte=today + days, made_on__gte=today - _FRESH)


def _bills_of(customer: int, language: str, at: datetime) -> Mapping[str, str] | None:
    """All that one customer owes: a sum, the nearest day, the accounts. None once it is paid."""
    bills = list(Bill.objects.filter(account__customer=customer, status=BillStatus.OPEN).select_related("account").order_by("due_on", "pk"))
    return _said(bills, language)


def _late_bills_of(customer: int, language: str, at: datetime) -> Mapping[str, str] | None:
    rows = Bill.objects.filter(account__customer=customer, status=BillStatus.OPEN, due_on__lt=business_date(at))
    return _said(list(rows.select_related("account").order_by("due_on", "pk")), language)


def _said(bills: list[Bill], language: str) -> Mapping[str, str] | None:
    if not bills:
        return None
    accounts = list(dict.fromkeys(bill.account.number for bill in bills))
    with override(language):
        return {
            "amount": wording.money(sum(bill.to_pay for bill in bills), settings.CURRENCY),
            "due": date_format(bills[0].due_on, "DATE_FORMAT"),
            "account": ", ".join(accounts),
        }


def _credit_of(customer: int, language: str, at: datetime) -> Mapping[str, str] | None:
    """The credit of one customer that ends first. None once they have bought."""
    found = _ending(at).filter(account__customer=customer).select_related("account").order_by("ends_on", "pk").first()
    if found is None or found.ends_on is None:
        return None
    with override(language):
        return {"ends": date_format(found.ends_on, "DATE_FORMAT"), "account": found.account.number}


_OF_BILLS = {"amount": _("what is owed in all"), "due": _("by when the first bill is to be paid"), "account": _("the account numbers")}
AUDIENCES: Mapping[str, Audience] = {
    "billing.owes_bill": Audience(_("who has an unpaid bill"), _owes, _OF_BILLS, _bills_of),
    "billing.owes_late": Audience(_("who has an overdue bill"), _is_late, _OF_BILLS, _late_bills_of),
    "billing.low_credit": Audience(
        _("whose credit will soon be used up"),
        _runs_out,
        {"ends": _("until about when the credit lasts"), "account": _("the account number")},
        _credit_of,
    ),
}
