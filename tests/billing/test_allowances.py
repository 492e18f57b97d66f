"""What a household proved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import Customer
from billing.models import Allowance
from billing.operations import NewAllowance, end_allowance, grant_allowance
from billing.operations.allowance_letters import remind_of_ending
from billing.queries import quote
from billing.refusals import BadAllowance
from notices.models import Message

SIX = NewAllowance(
    kind=Allowance.Kind.EXTRA_PERSONS, persons=6, proof="户口簿", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
)
FREE = replace(SIX, kind=Allowance.Kind.FREE_VOLUME, persons=None, litres_per_month=4_000)


@pytest.mark.parametrize("new", [SIX, FREE])
def test_is_granted_by_name_and_paper(account, qiang, now, new):
    allowance = grant_allowance(account=account, new=new, by=qiang.user, at=now)
    assert (allowance.granted_by, allowance.granted_at, allowance.proof) == (qiang.user.actor_label, now, "户口簿")


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        (replace(SIX, persons=None), "amount"),
        (replace(SIX, persons=0), "amount"),
        (replace(SIX, litres_per_month=4_000), "amount"),
        (replace(FREE, litres_per_month=0), "amount"),
        (replace(FREE, litres_per_month=-1), "amount"),
        (replace(SIX, valid_until=date(2025, 12, 31)), "period"),
        (replace(SIX, proof="  "), "proof"),
    ],
)
def test_what_makes_no_sense_is_refused(account, qiang, now, new, rule):
    with pytest.raises(BadAllowance) as refusal:
        grant_allowance(account=account, new=new, by=qiang.user, at=now)
    assert refusal.value.rule == rule
    assert not Allowance.objects.exists()


def test_two_of_a_kind_at_once_are_refused(account, qiang, now):
    grant_allowance(account=account, new=SIX, by=qiang.user, at=now)
    grant_allowance(account=account, new=FREE, by=qiang.user, at=now)
    with pytest.raises(BadAllowance):
        grant_allowance(account=account, new=replace(SIX, valid_from=date(2026, 12, 31)), by=qiang.user, at=now)


def test_taken_back_it_counts_no_more(account, qiang, now):
    allowance = grant_allowance(account=account, new=SIX, by=qiang.user, at=now)
    assert quote(account=account, at=now, litres=1_000).explanation.extra_persons == 2
    first, second = (end_allowance(allowance=allowance, by=qiang.user, at=now).ended_at for _ in range(2))
    assert first == second
    assert quote(account=account, at=now, litres=1_000).explanation.extra_persons == 0


class TestTheReminder:
    def test_comes_once_a_month_before_the_proof_runs_out(self, account, qiang, now):
        account.customer.phones.create(number="+8613900000001", is_primary=True)
        Customer.objects.update(language="en")
        for new in (replace(SIX, valid_until=date(2026, 12, 19)), replace(FREE, valid_until=date(2026, 12, 21))):
            grant_allowance(account=account, new=new, by=qiang.user, at=now)
        remind_of_ending(at=now)
        remind_of_ending(at=now + timedelta(days=1))
        assert [message.kind for message in Message.objects.all()] == ["allowance_ends"] * 2
        texts = "".join(Message.objects.values_list("text", flat=True))
        assert ("larger household" in texts, "free gas" in texts) == (True, True)

    def test_is_spared_who_proved_it_anew_or_lost_it(self, account, qiang, now):
        grant_allowance(account=account, new=replace(SIX, valid_until=date(2026, 12, 1)), by=qiang.user, at=now)
        renewed = replace(SIX, valid_from=date(2026, 12, 2), valid_until=date(2027, 12, 1))
        grant_allowance(account=account, new=renewed, by=qiang.user, at=now)
        free = grant_allowance(account=account, new=replace(FREE, valid_until=date(2026, 12, 1)), by=qiang.user, at=now)
        end_allowance(allowance=free, by=qiang.user, at=now)
        assert remind_of_ending(at=now) == 0
