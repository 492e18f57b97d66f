"""Who approves that money goes back, by sum and reason."""

import pytest

from accounts.roles import Role
from billing.approval_levels import Level, level_of
from billing.models import Refund, Reversal
from billing.operations import ask_reversal, decide_reversal
from billing.operations.held_money import ask_assignment, decide_assignment
from billing.operations.refunds import ask_refund, decide_refund
from billing.queries.held_money import Target
from billing.refusals import AboveYourLevel
from tests.factories import accounts as people
from tests.factories.checkouts import HeldPaymentFactory
from tests.factories.tills import pay

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("amount", "reason", "level"),
    [
        (19_999, "wrong", Level.RULE),
        (20_000, "wrong", Level.SECOND),
        (1, "unclaimed", Level.SECOND),
        (499_999, "unclaimed", Level.SECOND),
        (500_000, "twice", Level.COMPANY),
        (500_000, "unclaimed", Level.COMPANY),
    ],
)
def test_sum_and_reason_say_who(amount, reason, level):
    assert level_of(amount, reason, second_from=20_000, company_from=500_000, always_asked=["unclaimed"]) is level


def test_of_nought_everything_is_asked():
    assert level_of(1, "wrong", second_from=0, company_from=500_000, always_asked=[]) is Level.SECOND


def test_a_large_purchase_is_decided_above_the_heads_of_halls(account, shift, fang, qiang, mei, now, settings):
    settings.REVERSAL_NEEDS_COMPANY_FROM = 16_500
    top_up = pay(account, shift, at=now).top_up
    reversal = ask_reversal(top_up=top_up, cause="twice", reason="paid twice", by=fang.user, at=now)
    assert (reversal.status, reversal.cause) == ("asked", "twice")
    with pytest.raises(AboveYourLevel):
        decide_reversal(reversal=reversal, approve=True, by=qiang.user, at=now)
    assert decide_reversal(reversal=reversal, approve=True, by=mei.user, at=now).status == "approved"


def test_so_are_large_refunds_and_uses_of_held_money(account, qiang, mei, now):
    branch = people.StaffFactory(roles=[Role.BRANCH_MANAGER]).user
    held = HeldPaymentFactory(amount=1_200_000)
    refund = ask_refund(payment=held, amount=500_000, reason="unclaimed", by=mei.user, at=now)
    wish = ask_assignment(payment=held, target=Target(account), amount=500_000, because="proof", by=mei.user, at=now)
    with pytest.raises(AboveYourLevel):
        decide_refund(refund=refund, approve=True, by=qiang.user, at=now)
    with pytest.raises(AboveYourLevel):
        decide_assignment(assignment=wish, approve=True, by=qiang.user, at=now)
    assert decide_refund(refund=refund, approve=True, by=branch, at=now).status == "approved"


def test_the_reasons_of_a_purchase_are_those_of_a_refund():
    assert set(Reversal.Cause.values) <= set(Refund.Reason.values)
