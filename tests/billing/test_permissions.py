"""Who may do what with money and gas: one table."""

from datetime import date

import pytest

from accounts.actors import System
from accounts.permissions import Forbidden, may
from billing import permissions
from billing.models import Allowance, Reversal
from billing.operations import NewAllowance, NewVersion, credit_gift, grant_allowance, publish_tariff
from billing.tariffs import Step
from tests.factories.billing import TopUpFactory

ALL = ["fang", "qiang", "mei", "ada"]


@pytest.fixture
def somebody(request, fang, qiang, mei, ada):
    return {"fang": fang, "qiang": qiang, "mei": mei, "ada": ada}[request.param].user


@pytest.mark.parametrize(
    ("check", "allowed"),
    [
        (permissions.check_may_give_gas, {"qiang", "mei"}),
        (permissions.check_may_grant_allowances, {"qiang", "mei"}),
        (permissions.check_may_edit_tariffs, {"mei", "ada"}),
    ],
)
@pytest.mark.parametrize("somebody", ALL, indirect=True)
def test_the_role_decides(somebody, check, allowed, now):
    assert bool(may(check, somebody, at=now)) == (somebody.username in allowed)


@pytest.fixture
def wish(account, fang, now):
    top_up = TopUpFactory(account=account)
    return Reversal.objects.create(top_up=top_up, status="asked", reason="x", asked_by=fang.user.actor_label, asked_at=now)


class TestDecidingAReversal:
    @pytest.mark.parametrize(("somebody", "yes"), [("fang", False), ("qiang", True), ("mei", True), ("ada", False)], indirect=["somebody"])
    def test_takes_the_verb(self, somebody, yes, wish, now):
        assert bool(may(permissions.check_may_decide_reversal, somebody, wish, at=now)) == yes

    def test_is_not_for_whoever_asked(self, wish, qiang, now):
        wish.asked_by = qiang.user.actor_label
        assert "Somebody else" in may(permissions.check_may_decide_reversal, qiang.user, wish, at=now).why


def test_the_system_acts_by_its_own_rules(now, db):
    assert may(permissions.check_may_edit_tariffs, System("city"), at=now)


class TestTheOperationsAskThemselves:
    def test_a_clerk_gives_no_gas_away(self, account, fang, now):
        with pytest.raises(Forbidden):
            credit_gift(account=account, litres=1_000, reason="a friend", by=fang.user, at=now)

    def test_a_clerk_grants_no_allowance(self, account, fang, now):
        new = NewAllowance(
            kind=Allowance.Kind.EXTRA_PERSONS, persons=9, proof="x", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
        )
        with pytest.raises(Forbidden):
            grant_allowance(account=account, new=new, by=fang.user, at=now)

    def test_the_head_of_a_hall_sets_no_price(self, tariff, qiang, now):
        new = NewVersion(effective_from=date(2026, 12, 1), steps=(Step(1, None, 1),), decision="x")
        with pytest.raises(Forbidden):
            publish_tariff(tariff=tariff.tariff, new=new, by=qiang.user, at=now)
