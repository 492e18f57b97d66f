"""Volume without money."""

from dataclasses import replace

import pytest

from accounts.models import Account, GasCard
from billing.models import Posting, TopUp
from billing.operations import begin_write, credit_gift, finish_write, restore_lost_gas
from billing.refusals import AccountFrozen, CardBusy, CardStillFull, NoCardIssued, NotLost, OverMeterCap, ReasonMissing
from billing.states import TopUpStatus
from tests.factories.billing import TopUpFactory, image_of


def write(top_up, card, by, at, **changes):
    card.refresh_from_db()
    begun = begin_write(top_up=top_up, seen=image_of(card, **changes), by=by, at=at)
    return finish_write(write=begun, read_back=replace(begun.wanted_image, unlock=""), by=by, at=at)


class TestGift:
    def test_is_written_like_a_purchase(self, account, card, qiang, now):
        gift = write(credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now), card, qiang.user, now)
        card.refresh_from_db()
        assert (gift.status, gift.counter, card.counter) == (TopUpStatus.WRITTEN, 1, 1)

    def test_moves_no_money(self, account, card, shift, qiang, now):
        before = Posting.objects.count()
        write(credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now), card, qiang.user, now)
        assert Posting.objects.count() == before

    def test_leaves_the_bought_volume_of_the_meter_alone(self, account, card, qiang, now):
        write(credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now), card, qiang.user, now)
        card.refresh_from_db()
        assert card.cumulative_litres == 0

    def test_needs_a_reason(self, account, qiang, now):
        with pytest.raises(ReasonMissing):
            credit_gift(account=account, litres=3_000, reason="", by=qiang.user, at=now)

    def test_respects_the_meters_cap(self, account, qiang, now):
        account.meters.update(cap_litres=2_000)
        with pytest.raises(OverMeterCap):
            credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now)

    def test_is_refused_while_the_account_is_frozen(self, account, qiang, now):
        Account.objects.update(status="frozen", frozen_reason="debt")
        with pytest.raises(AccountFrozen):
            credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now)

    def test_sent_twice_is_given_once(self, account, qiang, now):
        first = credit_gift(account=account, litres=5_000, reason="compensation", by=qiang.user, at=now)
        with pytest.raises(CardBusy, match=first.reference):
            credit_gift(account=account, litres=5_000, reason="compensation", by=qiang.user, at=now)

    def test_needs_a_card(self, account, qiang, now):
        GasCard.objects.update(status="lost", ended_at=now)
        with pytest.raises(NoCardIssued):
            credit_gift(account=account, litres=3_000, reason="late visit", by=qiang.user, at=now)


class TestLostGas:
    @pytest.fixture
    def lost(self, account, card):
        """The last purchase on the card, which the meter never got."""
        GasCard.objects.update(counter=7)
        return TopUpFactory(account=account, card=card, counter=7)

    def test_is_written_again_with_the_same_counter(self, lost, card, qiang, now):
        again = write(restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now), card, qiang.user, now)
        card.refresh_from_db()
        assert (again.status, again.counter, card.counter, again.litres) == (TopUpStatus.WRITTEN, 7, 7, lost.litres)

    def test_is_not_written_on_a_card_that_still_carries_it(self, lost, card, qiang, now):
        order = restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)
        with pytest.raises(CardStillFull):
            write(order, card, qiang.user, now, litres=20_000)

    def test_comes_back_only_once(self, lost, card, qiang, now):
        write(restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now), card, qiang.user, now)
        with pytest.raises(NotLost):
            restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)

    def test_is_not_asked_for_twice_before_it_is_written(self, lost, qiang, now):
        restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)
        with pytest.raises(NotLost):
            restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)
        assert TopUp.objects.filter(kind=TopUp.Kind.LOST_GAS).count() == 1

    @pytest.mark.parametrize("change", [{"counter": 6}, {"status": TopUpStatus.FAILED}, {"status": TopUpStatus.REVERSED}])
    def test_is_only_the_last_purchase_on_the_card(self, lost, qiang, now, change):
        TopUp.objects.update(**change)
        with pytest.raises(NotLost):
            restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)

    def test_never_was_on_a_new_card(self, lost, qiang, now):
        GasCard.objects.update(counter=0)
        TopUp.objects.update(counter=0)
        with pytest.raises(NotLost):
            restore_lost_gas(top_up=lost, reason="card fell", by=qiang.user, at=now)
