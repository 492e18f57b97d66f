"""A charge that several reach for at once, on a real database with real threads: paid once, given back once, and the books stay right."""

import pytest

from billing.charge_refusals import ChargeNotOpen
from billing.models import Charge, ChargeReceipt, Entry, Payment, ProviderPayment
from billing.operations import charge_returns, charges
from casework.operations import StaleRow, WrongMove
from tests.billing.test_charges import BOSS, BY, at_till, check_books, dream, fresh, heard, opened  # noqa: F401
from tests.billing.test_races import at_once
from tests.factories.billing import ShiftFactory
from tests.factories.charges import ChargeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tills_take_one_charge_once(shift, qiang, now):
    charge, other = ChargeFactory(), ShiftFactory(clerk=qiang)
    results = at_once(*[lambda till=till: at_till(charge, till, now, key=f"till-{till.pk}") for till in (shift, other)])
    assert [type(result) for result in results if not isinstance(result, ChargeReceipt)] == [ChargeNotOpen]
    assert Entry.objects.filter(book="cash", posting__kind="charge_paid").count() == 1
    check_books()


def test_callback_till_and_withdrawal_at_once_leave_one_answer(shift, dream, now):  # noqa: F811
    charge = ChargeFactory()
    checkout = opened(charge, now)
    dream.pay(checkout, now)
    at_once(
        lambda: heard(dream, checkout, now),
        lambda: at_till(charge, shift, now),
        lambda: charges.withdraw_charge(charge=charge, by=BY, at=now),
    )
    payment, receipts = ProviderPayment.objects.get(), ChargeReceipt.objects.count()
    answer = (fresh(charge).status, fresh(charge).paid_by, payment.use, receipts)
    assert answer in {("paid", "wechat", "credited", 1), ("paid", "cash", "held", 1), ("withdrawn", "", "held", 0)}
    check_books()


def test_what_goes_back_leaves_one_till_once(shift, qiang, now):
    charge, other = ChargeFactory(), ShiftFactory(clerk=qiang)
    at_till(charge, shift, now)
    asked = charge_returns.ask_charge_return(charge=charge, amount=120_000, cause="changed_mind", by=BY, at=now)
    decide = {"approve": True, "by": BOSS, "at": now}
    results = at_once(*[lambda: charge_returns.decide_charge_return(asked=fresh(asked), **decide)] * 2)
    assert sum(isinstance(result, (StaleRow, WrongMove)) for result in results) == 1
    at_once(*[lambda till=till: pay_out(asked, till, now) for till in (shift, shift, other)])
    gone = Entry.objects.filter(book="cash", posting__kind="charge_back").values_list("amount", flat=True)
    assert (list(gone), Charge.objects.get().status, Payment.objects.count()) == ([-120_000], "paid", 0)
    check_books()


def pay_out(asked, till, at):
    return charge_returns.pay_out_charge_return(asked=asked, shift=till, by=till.clerk.user, at=at)
