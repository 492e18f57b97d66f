"""Whom billing picks out for a payment notice, and what each of them reads."""

from datetime import timedelta

import pytest

from accounts.clock import business_date
from billing.audiences import AUDIENCES
from billing.models import CreditForecast
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.bills import BillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tariff")]
TODAY = business_date(NOW)


def found(code):
    return list(AUDIENCES[code].accounts(NOW))


def test_who_owes_a_bill_reads_the_sum_and_the_day_and_nothing_once_it_is_paid():
    bill = BillFactory(account=people.AccountFactory(), amount=1230, due_on=TODAY + timedelta(days=3))
    people.AccountFactory()
    owes = AUDIENCES["billing.owes_bill"]
    words = owes.fill(bill.account.customer_id, "en", NOW)
    assert found("billing.owes_bill") == [bill.account]
    assert found("billing.owes_late") == []
    assert ("12.30" in words["amount"], words["account"], set(words)) == (True, bill.account.number, set(owes.placeholders))
    bill.status = "paid"
    bill.save(update_fields=["status"])
    assert owes.fill(bill.account.customer_id, "en", NOW) is None


def test_who_is_late_is_late_from_the_day_after():
    bill = BillFactory(account=people.AccountFactory(), amount=1230, due_on=TODAY - timedelta(days=1))
    assert found("billing.owes_late") == [bill.account]


def test_whose_credit_ends_soon_reads_when_and_an_old_forecast_says_nothing():
    soon, stale = people.AccountFactory(), people.AccountFactory()
    for account, made_on in ((soon, TODAY), (stale, TODAY - timedelta(days=30))):
        CreditForecast.objects.create(
            account=account, source="meter", made_on=made_on, occasion="1", since=made_on, ends_on=TODAY + timedelta(days=1)
        )
    low = AUDIENCES["billing.low_credit"]
    assert found("billing.low_credit") == [soon]
    assert set(low.fill(soon.customer_id, "en", NOW)) == set(low.placeholders)
    assert low.fill(stale.customer_id, "en", NOW) is None
