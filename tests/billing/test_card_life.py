"""First card, loss, replacement, and a new card for a new meter, by the counter table."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import GasCard, Meter
from accounts.operations import NewMeter
from billing.devices.cards import TooLargeForCard
from billing.models import CardWrite, TopUp
from billing.operations import (
    ask_reversal,
    begin_reversal,
    begin_write,
    change_meter,
    finish_card,
    finish_write,
    issue_first_card,
    read_card,
    replace_card,
    report_loss,
    sell,
)
from billing.operations.counter import sell_and_write
from billing.refusals import (
    AccountClosed,
    CardBusy,
    CardNotInUse,
    CardRuleBroken,
    HasCard,
    MeterCounterNeeded,
    NoPrepaidMeter,
    ReasonMissing,
    WrongCard,
)
from billing.states import TopUpStatus
from tests.factories.billing import image_of


def written(write, by, at):
    return finish_card(write=write, read_back=replace(write.wanted_image, unlock=""), by=by, at=at)


@pytest.fixture
def unknown(order_of, card, fang, now):
    """An order that was being written when the power went."""
    write = begin_write(top_up=sell(order=order_of(), by=fang.user, at=now), seen=image_of(card), by=fang.user, at=now)
    return finish_write(write=write, read_back=None, error="power_lost", by=fang.user, at=now)


class TestFirstCard:
    @pytest.fixture
    def without_card(self, account):
        account.cards.all().delete()
        return account

    def test_begins_at_counter_zero(self, without_card, fang, now):
        card = written(issue_first_card(account=without_card, by=fang.user, at=now), fang.user, now)
        assert (card.counter, card.status, len(card.number)) == (0, "active", 10)
        assert CardWrite.objects.get().outcome == "written"

    def test_is_refused_for_a_meter_whose_cap_no_card_can_hold(self, without_card, fang, now):
        Meter.objects.update(cap_litres=2**40)
        with pytest.raises(TooLargeForCard):
            issue_first_card(account=without_card, by=fang.user, at=now)
        assert not GasCard.objects.exists()

    def test_is_refused_where_there_is_one(self, account, card, fang, now):
        with pytest.raises(HasCard, match=card.number):
            issue_first_card(account=account, by=fang.user, at=now)

    def test_does_not_follow_a_lost_one_whose_counter_the_meter_knows(self, account, card, fang, now):
        GasCard.objects.update(counter=7)
        report_loss(card=card, by=fang.user, at=now)
        with pytest.raises(HasCard, match=card.number):
            issue_first_card(account=account, by=fang.user, at=now)

    def test_that_could_not_be_made_is_made_again(self, without_card, fang, now):
        first = issue_first_card(account=without_card, by=fang.user, at=now)
        finish_card(write=first, read_back=None, error="pulled", by=fang.user, at=now)
        second = issue_first_card(account=without_card, by=fang.user, at=now)
        assert second.card != first.card
        assert GasCard.objects.get(status="active") == second.card

    def test_is_refused_on_a_closed_account(self, without_card, fang, now):
        type(without_card).objects.update(status="closed", closed_at=now)
        with pytest.raises(AccountClosed):
            issue_first_card(account=without_card, by=fang.user, at=now)

    def test_whose_write_nobody_saw_the_end_of_is_settled_by_reading_it(self, without_card, fang, now):
        write = issue_first_card(account=without_card, by=fang.user, at=now)
        finish_card(write=write, read_back=None, error="power_lost", by=fang.user, at=now)
        assert read_card(seen=replace(write.wanted_image, unlock=""), by=fang.user, at=now).code == "ready"


class TestLoss:
    def test_takes_the_card_out_of_use(self, card, fang, now):
        report_loss(card=card, by=fang.user, at=now)
        card.refresh_from_db()
        assert (card.status, card.ended_at) == ("lost", now)

    def test_twice_changes_nothing(self, card, fang, now):
        assert report_loss(card=card, by=fang.user, at=now) == report_loss(card=card, by=fang.user, at=now)
        assert card.history.filter(status="lost").count() == 1

    def test_frees_the_order_that_was_meant_for_it(self, order_of, card, fang, now):
        top_up = sell(order=order_of(), by=fang.user, at=now)
        report_loss(card=card, by=fang.user, at=now)
        assert TopUp.objects.get(pk=top_up.pk).status == TopUpStatus.PAID

    def test_of_a_replaced_card_is_refused(self, card, fang, now):
        GasCard.objects.update(status="replaced", ended_at=now)
        with pytest.raises(CardNotInUse):
            report_loss(card=card, by=fang.user, at=now)

    def test_names_who_reported_it(self, card, fang, now):
        report_loss(card=card, by=fang.user, at=now)
        assert card.history.get(status="lost").history_user == fang.user


class TestReplacement:
    def test_carries_counter_and_cumulative_volume_on(self, card, fang, now):
        GasCard.objects.update(counter=7, cumulative_litres=90_000)
        new = written(replace_card(card=card, reason="worn", by=fang.user, at=now), fang.user, now)
        card.refresh_from_db()
        assert (new.counter, new.cumulative_litres, card.status) == (7, 90_000, "replaced")

    def test_carries_on_what_the_old_card_still_holds(self, card, fang, now):
        seen = image_of(card, litres=5_000, last_litres=5_000)
        write = replace_card(card=card, seen=seen, reason="worn", by=fang.user, at=now)
        assert (write.wanted_image.litres, write.wanted_image.card_number) == (5_000, write.card.number)

    def test_of_a_lost_card(self, card, fang, now):
        report_loss(card=card, by=fang.user, at=now)
        assert replace_card(card=card, reason="lost", by=fang.user, at=now).card.status == "active"
        card.refresh_from_db()
        assert card.status == "lost"

    def test_of_a_lost_card_that_has_a_successor_is_refused(self, card, fang, now):
        report_loss(card=card, by=fang.user, at=now)
        replace_card(card=card, reason="lost", by=fang.user, at=now)
        with pytest.raises(HasCard):
            replace_card(card=card, reason="lost", by=fang.user, at=now)

    @pytest.mark.parametrize("status", ["replaced", "returned"])
    def test_of_a_card_out_of_use_is_refused(self, card, fang, now, status):
        GasCard.objects.update(status=status, ended_at=now)
        with pytest.raises(CardNotInUse):
            replace_card(card=card, reason="worn", by=fang.user, at=now)

    def test_needs_a_reason(self, card, fang, now):
        with pytest.raises(ReasonMissing):
            replace_card(card=card, reason=" ", by=fang.user, at=now)

    def test_by_the_wrong_old_card_is_refused(self, card, fang, now):
        with pytest.raises(WrongCard, match=f"Ask for card {card.number}") as refusal:
            replace_card(card=card, seen=image_of(card, card_number="9999999999"), reason="worn", by=fang.user, at=now)
        assert "9999999999" not in str(refusal.value)
        assert GasCard.objects.get().status == "active"

    def test_with_a_write_nobody_saw_the_end_of_needs_the_meter_as_witness(self, unknown, card, fang, now):
        with pytest.raises(MeterCounterNeeded, match=unknown.reference):
            replace_card(card=card, reason="damaged", by=fang.user, at=now)

    @pytest.mark.parametrize(("meter_counter", "status", "counter"), [(1, TopUpStatus.WRITTEN, 1), (0, TopUpStatus.FAILED, 0)])
    def test_believes_the_meter(self, unknown, card, fang, now, meter_counter, status, counter):
        write = replace_card(card=card, meter_counter=meter_counter, reason="damaged", by=fang.user, at=now)
        assert TopUp.objects.get(pk=unknown.pk).status == status
        assert write.card.counter == counter

    @pytest.mark.parametrize(("meter_counter", "status", "counter"), [(1, TopUpStatus.WRITTEN, 1), (0, TopUpStatus.PAID, 0)])
    def test_believes_the_meter_about_a_purchase_being_taken_back(
        self, order_of, reader, card, shift, fang, now, meter_counter, status, counter
    ):
        top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        reversal = ask_reversal(top_up=top_up, reason="wrong volume", by=fang.user, at=now)
        write = begin_reversal(reversal=reversal, shift=shift, seen=reader.read(), by=fang.user, at=now)
        finish_write(write=write, read_back=None, error="power_lost", by=fang.user, at=now)
        new = replace_card(card=card, meter_counter=meter_counter, reason="damaged", by=fang.user, at=now).card
        assert (TopUp.objects.get().status, new.counter) == (status, counter)

    def test_believes_the_old_card_where_it_can_be_read(self, unknown, card, fang, now):
        replace_card(card=card, seen=image_of(card), reason="worn", by=fang.user, at=now)
        assert TopUp.objects.get(pk=unknown.pk).status == TopUpStatus.FAILED

    def test_takes_the_order_that_was_not_written(self, unknown, card, fang, now):
        new = written(replace_card(card=card, meter_counter=0, reason="damaged", by=fang.user, at=now), fang.user, now)
        order = TopUp.objects.get(pk=unknown.pk)
        write = begin_write(top_up=order, seen=image_of(new), by=fang.user, at=now)
        top_up = finish_write(write=write, read_back=replace(write.wanted_image, unlock=""), by=fang.user, at=now)
        assert (top_up.status, top_up.card, top_up.counter) == (TopUpStatus.WRITTEN, new, 1)

    def test_that_could_not_be_made_is_made_again(self, card, fang, now):
        first = replace_card(card=card, reason="worn", by=fang.user, at=now)
        finish_card(write=first, read_back=None, error="pulled", by=fang.user, at=now)
        assert replace_card(card=first.card, reason="could not be made", by=fang.user, at=now).card.status == "active"


class TestMeterChange:
    @pytest.fixture
    def new_meter(self):
        return NewMeter(kind="volume", serial="N1", maker="金卡", model="G4", use_until=date(2036, 11, 20))

    def test_begins_a_new_card_at_zero(self, account, card, new_meter, fang, now):
        GasCard.objects.update(counter=7, cumulative_litres=90_000)
        write = change_meter(account=account, new=new_meter, residual_litres=0, by=fang.user, at=now)
        assert (write.card.counter, write.card.cumulative_litres, write.card.meter.serial) == (0, 0, "N1")
        assert not TopUp.objects.exists()

    def test_credits_what_the_old_meter_and_card_held(self, account, card, new_meter, fang, now):
        change_meter(account=account, new=new_meter, residual_litres=12_000, seen=image_of(card, litres=5_000), by=fang.user, at=now)
        credit = TopUp.objects.get()
        assert (credit.kind, credit.litres, credit.amount) == (TopUp.Kind.METER_CHANGE, 17_000, 0)
        assert Meter.objects.get(removed_at__isnull=False).residual_litres == 12_000

    def test_credits_the_money_on_an_amount_meters_card_as_the_volume_it_bought(self, account, order_of, reader, new_meter, fang, now):
        Meter.objects.update(kind="amount")
        order = order_of()
        order.card.meter.refresh_from_db()
        sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        change_meter(account=account, new=new_meter, residual_litres=0, seen=reader.read(), by=fang.user, at=now)
        assert TopUp.objects.get(kind=TopUp.Kind.METER_CHANGE).litres == 20_000

    def test_an_order_that_waits_is_written_for_the_new_kind_of_meter(self, account, order_of, new_meter, fang, now):
        order = sell(order=order_of(), by=fang.user, at=now)
        amount_meter = replace(new_meter, kind="amount")
        new = written(change_meter(account=account, new=amount_meter, residual_litres=0, by=fang.user, at=now), fang.user, now)
        order = TopUp.objects.select_related("account", "meter").get(pk=order.pk)
        wanted = begin_write(top_up=order, seen=image_of(new), by=fang.user, at=now).wanted_image
        assert (wanted.money, wanted.litres, order.meter) == (5_500, 0, new.meter)

    def test_waits_until_a_lost_card_is_settled_too(self, unknown, account, card, new_meter, fang, now):
        report_loss(card=card, by=fang.user, at=now)
        with pytest.raises(CardBusy, match=unknown.reference):
            change_meter(account=account, new=new_meter, residual_litres=0, by=fang.user, at=now)

    def test_waits_until_the_credit_of_the_last_change_is_on_a_card(self, account, new_meter, fang, now):
        change_meter(account=account, new=new_meter, residual_litres=12_000, by=fang.user, at=now)
        with pytest.raises(CardBusy, match=TopUp.objects.get().reference):
            change_meter(account=account, new=replace(new_meter, serial="N2"), residual_litres=3_000, by=fang.user, at=now)

    def test_the_credit_takes_counter_one(self, account, card, new_meter, fang, now):
        new = written(change_meter(account=account, new=new_meter, residual_litres=12_000, by=fang.user, at=now), fang.user, now)
        write = begin_write(top_up=TopUp.objects.get(), seen=image_of(new), by=fang.user, at=now)
        assert (write.wanted_image.counter, write.wanted_image.litres) == (1, 12_000)

    def test_the_credit_comes_before_an_order_that_waits(self, order_of, account, card, new_meter, fang, now):
        order = sell(order=order_of(), by=fang.user, at=now)
        new = written(change_meter(account=account, new=new_meter, residual_litres=12_000, by=fang.user, at=now), fang.user, now)
        order.refresh_from_db()
        with pytest.raises(CardBusy):
            begin_write(top_up=order, seen=image_of(new), by=fang.user, at=now)

    def test_the_credit_goes_on_no_used_card(self, account, card, new_meter, fang, now):
        change_meter(account=account, new=new_meter, residual_litres=12_000, by=fang.user, at=now)
        GasCard.objects.filter(status="active").update(counter=2)
        with pytest.raises(CardRuleBroken):
            begin_write(top_up=TopUp.objects.get(), seen=image_of(account.cards.get(status="active")), by=fang.user, at=now)

    def test_to_a_meter_that_is_paid_for_afterwards_changes_nothing(self, account, card, new_meter, fang, now):
        with pytest.raises(NoPrepaidMeter):
            change_meter(account=account, new=replace(new_meter, kind="mechanical"), residual_litres=0, by=fang.user, at=now)
        assert (Meter.objects.get().removed_at, GasCard.objects.get().status) == (None, "active")

    def test_waits_until_the_old_card_is_settled(self, unknown, account, new_meter, fang, now):
        with pytest.raises(CardBusy, match=unknown.reference):
            change_meter(account=account, new=new_meter, residual_litres=0, by=fang.user, at=now)
        assert Meter.objects.get().removed_at is None
