"""What failed and is tried again, and what is heard too late: the card, its counter and its gas agree all the same."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import GasCard
from accounts.operations import NewMeter
from billing.devices.cards import encode
from billing.models import TopUp
from billing.operations import (
    ask_reversal,
    begin_write,
    change_meter,
    finish_card,
    finish_write,
    issue_first_card,
    read_card,
    replace_card,
    report_loss,
    restore_lost_gas,
    sell,
    settle_card,
)
from billing.operations.counter import reverse_now, sell_and_write, write_now
from billing.queries.ledger_proof import prove
from billing.queries.purchases import unwritten
from billing.refusals import CardBusy
from billing.states import TopUpStatus
from tests.factories.billing import image_of


def wrong_books():
    return [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right]


def read_back(write):
    return replace(write.wanted_image, unlock="")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_an_order_reserved_before_another_was_taken_off_counts_from_where_the_card_is(order_of, reader, shift, card, fang, now):
    first = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    second = sell(order=order_of(litres=30_000), by=fang.user, at=now)
    reversal = ask_reversal(top_up=first, reason="wrong volume", by=fang.user, at=now)
    reverse_now(reversal=reversal, shift=shift, reader=reader, by=fang.user, at=now)
    write_now(top_up=fresh(second), reader=reader, by=fang.user, at=now)
    assert (fresh(second).counter, fresh(card).counter, reader.read().counter) == (1, 1, 1)
    assert wrong_books() == []


def test_an_order_for_a_first_card_that_was_not_made_goes_on_the_next(account, order_of, fang, now):
    account.cards.all().delete()
    spoilt = issue_first_card(account=account, by=fang.user, at=now)
    finish_card(write=spoilt, read_back=None, error="pulled", by=fang.user, at=now)
    sold = sell(order=order_of(card=spoilt.card), by=fang.user, at=now)
    made = issue_first_card(account=account, by=fang.user, at=now)
    card = finish_card(write=made, read_back=read_back(made), by=fang.user, at=now)
    write = begin_write(top_up=fresh(sold), seen=image_of(card), by=fang.user, at=now)
    finish_write(write=write, read_back=read_back(write), by=fang.user, at=now)
    assert (fresh(sold).status, fresh(sold).card, fresh(card).counter) == (TopUpStatus.WRITTEN, card, 1)
    assert wrong_books() == []


def test_a_replacement_that_was_not_made_hands_on_what_the_old_card_carried(order_of, reader, card, fang, now):
    sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    spoilt = replace_card(card=card, reason="worn", seen=reader.read(), by=fang.user, at=now)
    finish_card(write=spoilt, read_back=None, error="pulled", by=fang.user, at=now)
    again = replace_card(card=spoilt.card, reason="spoilt", by=fang.user, at=now)
    assert (again.wanted_image.litres, again.wanted_image.counter) == (20_000, 1)


def test_a_replacement_that_was_in_use_hands_on_nothing_it_no_longer_has(order_of, reader, card, fang, now):
    sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    made = replace_card(card=card, reason="worn", seen=reader.read(), by=fang.user, at=now)
    finish_card(write=made, read_back=read_back(made), by=fang.user, at=now)
    assert replace_card(card=made.card, reason="torn", by=fang.user, at=now).wanted_image.litres == 0


@pytest.mark.parametrize("is_lost", [False, True])
def test_what_is_heard_of_a_replaced_card_does_not_deliver_what_the_new_one_is_owed(order_of, card, fang, now, is_lost):
    """A kiosk read the card, wrote it and lost its line; the read came through first, and the card was broken by then."""
    top_up = sell(order=order_of(), by=fang.user, at=now)
    write = begin_write(top_up=top_up, seen=image_of(card), by=fang.user, at=now)
    settle_card(card=card, seen=image_of(card), by=fang.user, at=now)
    if is_lost:
        report_loss(card=card, by=fang.user, at=now)
    replace_card(card=card, reason="broken", by=fang.user, at=now)
    finish_write(write=write, read_back=read_back(write), by=fang.user, at=now)
    assert (TopUp.objects.get().status, wrong_books()) == (TopUpStatus.FAILED, [])


@pytest.mark.parametrize("status", [GasCard.Status.ACTIVE, GasCard.Status.LOST])
def test_what_is_heard_late_of_a_card_in_hand_still_counts(order_of, card, fang, now, status):
    top_up = sell(order=order_of(), by=fang.user, at=now)
    write = begin_write(top_up=top_up, seen=image_of(card), by=fang.user, at=now)
    settle_card(card=card, seen=image_of(card), by=fang.user, at=now)
    GasCard.objects.filter(pk=card.pk).update(status=status, ended_at=now if status == GasCard.Status.LOST else None)
    finish_write(write=write, read_back=read_back(write), by=fang.user, at=now)
    assert TopUp.objects.get().status == TopUpStatus.WRITTEN


def test_a_card_that_is_seen_to_have_been_made_after_its_first_order_keeps_its_counter(account, order_of, reader, chip, fang, now):
    account.cards.all().delete()
    made = issue_first_card(account=account, by=fang.user, at=now)
    finish_card(write=made, read_back=None, error="power_lost", by=fang.user, at=now)
    type(chip).objects.filter(pk=chip.pk).update(image=encode(read_back(made)))
    sell_and_write(order=order_of(card=made.card), reader=reader, by=fang.user, at=now)
    read_card(seen=reader.read(), by=fang.user, at=now)
    assert (fresh(made.card).counter, fresh(made).outcome, wrong_books()) == (1, "written", [])
    assert fresh(made.card).password == reader.read().password


class TestLostGas:
    @pytest.fixture
    def lost(self, order_of, reader, card, fang, now):
        """Written to a card that was lost before the meter took it, and owed to the next card; another order waited already."""
        gone = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        report_loss(card=card, by=fang.user, at=now)
        write = replace_card(card=card, reason="lost", meter_counter=0, by=fang.user, at=now)
        new = finish_card(write=write, read_back=read_back(write), by=fang.user, at=now)
        self.bought = sell(order=order_of(litres=30_000, card=new), by=fang.user, at=now)
        return restore_lost_gas(top_up=fresh(gone), reason="lost", by=fang.user, at=now)

    def test_goes_on_the_card_before_anything_that_raises_its_counter(self, lost, account, fang, now):
        assert [order.pk for order in unwritten(account)] == [lost.pk, self.bought.pk]
        with pytest.raises(CardBusy, match=lost.reference):
            begin_write(top_up=fresh(self.bought), seen=image_of(lost.card), by=fang.user, at=now)
        for order, counter in ((lost, 1), (self.bought, 2)):
            write = begin_write(top_up=fresh(order), seen=image_of(fresh(lost.card)), by=fang.user, at=now)
            finish_write(write=write, read_back=read_back(write), by=fang.user, at=now)
            assert fresh(lost.card).counter == counter
        assert wrong_books() == []

    def test_is_not_left_behind_by_a_change_of_the_meter(self, lost, account, fang, now):
        new = NewMeter(kind="volume", serial="M-NEW", maker="x", model="x", use_until=date(2036, 1, 1))
        with pytest.raises(CardBusy, match=lost.reference):
            change_meter(account=account, new=new, residual_litres=0, by=fang.user, at=now)


def test_the_credit_of_an_old_meter_is_offered_before_what_was_bought_earlier(account, order_of, fang, now):
    """A kiosk writes the first that is offered."""
    sell(order=order_of(), by=fang.user, at=now)
    new = NewMeter(kind="volume", serial="M-NEW", maker="x", model="x", use_until=date(2036, 1, 1))
    change_meter(account=account, new=new, residual_litres=4_000, by=fang.user, at=now)
    assert [order.kind for order in unwritten(account)] == ["meter_change", "purchase"]
