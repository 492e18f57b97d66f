"""An account is closed only when nothing is owed either way."""

import pytest

from accounts.models import Account
from accounts.operations import AccountClosed
from billing.models import Reversal
from billing.operations import ask_reversal, close_account, sell
from billing.operations.counter import sell_and_write
from billing.refusals import AssignmentWaiting, Refused, StillUnwritten, WaitingReversal
from tests.factories.checkouts import AssignmentFactory


def refused(account, by, at, refusal):
    with pytest.raises(refusal) as caught:
        close_account(account=account, by=by, at=at)
    assert Account.objects.get(pk=account.pk).status == Account.Status.OPEN
    return caught.value


@pytest.fixture
def written(order_of, reader, fang, now):
    return sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)


def test_with_everything_on_the_card_is_done(account, written, fang, now):
    assert close_account(account=account, by=fang.user, at=now).status == Account.Status.CLOSED
    with pytest.raises(AccountClosed):
        close_account(account=account, by=fang.user, at=now)


def test_with_a_paid_order_that_is_not_written_is_refused(account, order_of, fang, now):
    top_up = sell(order=order_of(), by=fang.user, at=now)
    refusal = refused(account, fang.user, now, StillUnwritten)
    assert top_up.reference in str(refusal)
    assert isinstance(refusal, Refused)


@pytest.mark.parametrize("fault", ["power_after", "torn", "pulled_before"])
def test_while_nobody_knows_what_is_on_the_card_is_refused(account, chip, order_of, reader, fang, now, fault):
    chip.fault = fault
    chip.save(update_fields=["fault"])
    sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    refused(account, fang.user, now, StillUnwritten)


@pytest.mark.parametrize("status", [Reversal.Status.ASKED, Reversal.Status.APPROVED])
def test_with_a_purchase_to_be_taken_back_is_refused(account, written, fang, now, status):
    reversal = ask_reversal(top_up=written, reason="wrong account", by=fang.user, at=now)
    Reversal.objects.filter(pk=reversal.pk).update(status=status)
    assert written.reference in str(refused(account, fang.user, now, WaitingReversal))


def test_after_a_refused_reversal_is_done(account, written, fang, now):
    reversal = ask_reversal(top_up=written, reason="wrong account", by=fang.user, at=now)
    Reversal.objects.filter(pk=reversal.pk).update(status=Reversal.Status.REFUSED)
    assert close_account(account=account, by=fang.user, at=now).closed_at == now


def test_does_not_care_about_the_neighbour(neighbour, order_of, fang, now):
    sell(order=order_of(), by=fang.user, at=now)
    assert close_account(account=neighbour, by=fang.user, at=now).status == Account.Status.CLOSED


def test_while_held_money_is_asked_for_it_is_refused(account, fang, now):
    asked = AssignmentFactory(account=account)
    assert asked.reference in str(refused(account, fang.user, now, AssignmentWaiting))
