"""After everything that can happen at a counter, the books are right and the journal holds."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.operations import NewMeter
from billing.devices.simulated import load_into_meter
from billing.models import CardWrite, SimulatedChip, TopUp
from billing.operations import (
    ask_reversal,
    begin_write,
    carry_out_reversal,
    change_meter,
    credit_gift,
    finish_card,
    finish_write,
    replace_card,
    restore_lost_gas,
    sell,
)
from billing.operations.counter import read_now, reverse_now, sell_and_write, write_now
from billing.queries import account_position, purchases
from billing.queries.ledger_proof import prove
from billing.refusals import NotTakenOff
from billing.states import TopUpStatus
from casework.queries import prove_journal
from tests.factories.billing import image_of

NEW_METER = NewMeter(kind="volume", serial="N1", maker="金卡", model="G4", use_until=date(2036, 11, 20))


@pytest.fixture(autouse=True)
def books(db):
    """Each story here ends with the proof."""
    yield
    assert {finding.rule: finding.wrong for finding in prove() if finding.wrong} == {}
    assert prove_journal().fault == ""


def write(top_up, card, by, at):
    card.refresh_from_db()
    begun = begin_write(top_up=top_up, seen=image_of(card), by=by, at=at)
    return finish_write(write=begun, read_back=replace(begun.wanted_image, unlock=""), by=by, at=at)


def made(begun, by, at):
    return finish_card(write=begun, read_back=replace(begun.wanted_image, unlock=""), by=by, at=at)


def test_a_purchase(order_of, reader, account, fang, now):
    top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    assert list(purchases(account)) == [top_up]
    assert account_position(account, now).position_litres == 20_000


@pytest.mark.parametrize("script", ["pulled_before", "power_before", "power_after", "torn"])
def test_a_fault(order_of, reader, fang, now, script):
    order = order_of()
    SimulatedChip.objects.update(fault=script)
    assert sell_and_write(order=order, reader=reader, by=fang.user, at=now).payment


def test_a_fault_and_another_try(order_of, reader, fang, now):
    order = order_of()
    SimulatedChip.objects.update(fault="power_before")
    sell_and_write(order=order, reader=reader, by=fang.user, at=now)
    [waiting] = read_now(reader=reader, by=fang.user, at=now).unwritten
    assert write_now(top_up=waiting, reader=reader, by=fang.user, at=now).status == TopUpStatus.WRITTEN


def test_taken_back_and_bought_again(order_of, reader, shift, fang, now):
    top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    reversal = ask_reversal(top_up=top_up, reason="wrong volume", by=fang.user, at=now)
    reverse_now(reversal=reversal, shift=shift, reader=reader, by=fang.user, at=now)
    assert sell_and_write(order=order_of(key="again"), reader=reader, by=fang.user, at=now).counter == 1


def test_off_the_card_and_the_money_not_yet_given_back(order_of, reader, shift, fang, now):
    top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    reversal = ask_reversal(top_up=top_up, reason="wrong volume", by=fang.user, at=now)
    SimulatedChip.objects.update(fault="power_after")
    with pytest.raises(NotTakenOff):
        reverse_now(reversal=reversal, shift=shift, reader=reader, by=fang.user, at=now)
    read_now(reader=reader, by=fang.user, at=now)
    assert (TopUp.objects.get().status, TopUp.objects.get().counter) == (TopUpStatus.PAID, None)


def test_off_the_card_and_written_once_more(order_of, reader, shift, fang, now):
    test_off_the_card_and_the_money_not_yet_given_back(order_of, reader, shift, fang, now)
    again = write_now(top_up=TopUp.objects.get(), reader=reader, by=fang.user, at=now)
    assert (again.status, reader.read().counter) == (TopUpStatus.WRITTEN, 1)


def test_paid_back_without_a_card(order_of, shift, fang, now):
    reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
    assert carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now).status == "done"


def test_a_gift_and_lost_gas(order_of, reader, chip, card, fang, qiang, now):
    top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    again = write(restore_lost_gas(top_up=top_up, reason="card fell", by=qiang.user, at=now), card, qiang.user, now)
    gift = write(credit_gift(account=card.account, litres=3_000, reason="late visit", by=qiang.user, at=now), card, qiang.user, now)
    assert (again.counter, gift.counter) == (1, 2)


def test_a_replacement_in_the_middle_of_a_write(order_of, reader, card, fang, now):
    order = order_of()
    SimulatedChip.objects.update(fault="torn")
    torn = sell_and_write(order=order, reader=reader, by=fang.user, at=now)
    new = made(replace_card(card=card, reason="torn", meter_counter=0, by=fang.user, at=now), fang.user, now)
    assert write(TopUp.objects.get(pk=torn.pk), new, fang.user, now).status == TopUpStatus.WRITTEN


def test_a_new_meter_with_credit(order_of, reader, chip, account, card, fang, now):
    sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
    chip.refresh_from_db()
    load_into_meter(chip)
    new = made(change_meter(account=account, new=NEW_METER, residual_litres=12_000, by=fang.user, at=now), fang.user, now)
    credit = write(TopUp.objects.get(kind=TopUp.Kind.METER_CHANGE), new, fang.user, now)
    assert (credit.counter, CardWrite.objects.filter(card=new).count()) == (1, 2)
