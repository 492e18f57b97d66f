"""Paid gas on its way to a connected meter: whatever is lost or comes twice, it arrives once."""

from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from billing.meter_refusals import AlreadySent, CommandUnknown, InTheMeter, MeterMayHaveIt, NoConnectedMeter
from billing.models import Book, Entry, MeterCommand, TopUp
from billing.operations import meter_commands, valve_orders
from billing.operations.meter_commands import confirm, expire_commands, fetch, queue_recharge, release_for_refund, requeue, withdraw
from billing.refusals import ReasonMissing
from billing.states import CommandStatus, TopUpStatus
from casework.models import Event
from casework.operations import WrongMove
from notices.models import Message
from tests.factories.meters import connected, paid_online

WEEK = timedelta(days=7)


@pytest.fixture
def meter(account):
    return connected(account)


@pytest.fixture
def command(meter, account, fang, now):
    return queue_recharge(top_up=paid_online(account, now), by=fang.user, at=now)


def status():
    return TopUp.objects.get().status, MeterCommand.objects.get().status


def earned():
    return sum(Entry.objects.filter(book=Book.SALES).values_list("amount", flat=True))


class TestARecharge:
    def test_waits_for_its_meter(self, command):
        assert (command.number, command.litres) == (1, 20_000)
        assert status() == (TopUpStatus.RESERVED, CommandStatus.QUEUED)

    def test_goes_out_when_the_meter_connects_eight_hours_later(self, command, meter, now):
        assert fetch(meter=meter, at=now + timedelta(hours=8)) == [command]
        assert status() == (TopUpStatus.WRITING, CommandStatus.SENT)
        assert earned() == 0

    def test_is_earned_when_the_meter_has_it(self, command, meter, now):
        fetch(meter=meter, at=now)
        confirm(meter=meter, number=1, at=now + timedelta(minutes=1))
        assert status() == (TopUpStatus.WRITTEN, CommandStatus.CONFIRMED)
        assert TopUp.objects.get().written_at == now + timedelta(minutes=1)
        assert earned() == -5_500

    def test_goes_out_again_until_the_meter_answers(self, command, meter, now):
        fetch(meter=meter, at=now)
        assert [sent.number for sent in fetch(meter=meter, at=now + timedelta(hours=1))] == [1]
        confirm(meter=meter, number=1, at=now)
        assert fetch(meter=meter, at=now + timedelta(hours=2)) == []

    def test_confirmed_twice_is_credited_once(self, command, meter, now):
        fetch(meter=meter, at=now)
        for _again in range(3):
            confirm(meter=meter, number=1, at=now)
        assert earned() == -5_500

    def test_tells_its_story_on_the_purchase_s_timeline(self, command, meter, now):
        fetch(meter=meter, at=now)
        confirm(meter=meter, number=1, at=now)
        told = list(Event.objects.filter(timeline=TopUp.objects.get().timeline_id).values_list("verb", flat=True).order_by("seq"))
        assert told[1:3] == ["meter_command.queue", "top_up.reserve"]
        assert told[-2:] == ["meter_command.confirm", "top_up.confirm"]

    def test_needs_a_connected_meter(self, account, fang, now):
        with pytest.raises(NoConnectedMeter):
            queue_recharge(top_up=paid_online(account, now), by=fang.user, at=now)

    def test_is_not_confirmed_by_a_meter_that_was_never_sent_it(self, command, meter, now):
        with pytest.raises(CommandUnknown):
            confirm(meter=meter, number=1, at=now)
        with pytest.raises(CommandUnknown):
            confirm(meter=meter, number=9, at=now)


class TestOneNobodyFetched:
    def test_is_given_up_after_its_time_and_the_customer_told(self, command, account, now):
        assert expire_commands(at=now + WEEK - timedelta(seconds=1)) == 0
        assert expire_commands(at=now + WEEK) == 1
        assert status() == (TopUpStatus.FAILED, CommandStatus.EXPIRED)
        assert earned() == 0

    def test_is_told_to_who_paid(self, command, account, now):
        account.customer.phones.create(number="+8613900000001", is_primary=True)
        expire_commands(at=now + WEEK)
        assert Message.objects.get().kind == "recharge_late"

    def test_goes_out_all_the_same_when_the_meter_comes_at_last(self, command, meter, now):
        expire_commands(at=now + WEEK)
        assert [sent.number for sent in fetch(meter=meter, at=now + 2 * WEEK)] == [1]
        confirm(meter=meter, number=1, at=now + 2 * WEEK)
        assert earned() == -5_500

    def test_is_honoured_when_the_meter_says_too_late_that_it_has_it(self, command, meter, now):
        fetch(meter=meter, at=now)
        expire_commands(at=now + WEEK)
        confirm(meter=meter, number=1, at=now + 2 * WEEK)
        assert status() == (TopUpStatus.WRITTEN, CommandStatus.CONFIRMED)
        assert earned() == -5_500

    def test_is_queued_again_by_who_looks_after_devices(self, command, meter, qiang, fang, now):
        expire_commands(at=now + WEEK)
        with pytest.raises(Forbidden):
            requeue(command=command, by=fang.user, at=now + WEEK)
        requeue(command=command, by=qiang.user, at=now + WEEK)
        assert status() == (TopUpStatus.RESERVED, CommandStatus.QUEUED)

    def test_that_has_not_expired_is_not_queued_again(self, command, qiang, now):
        with pytest.raises(WrongMove):
            requeue(command=command, by=qiang.user, at=now)


class TestMoneyBack:
    def test_frees_a_purchase_that_was_never_sent(self, command, qiang, now):
        withdraw(command=command, by=qiang.user, at=now)
        assert status() == (TopUpStatus.PAID, CommandStatus.WITHDRAWN)

    def test_is_not_given_while_the_meter_may_have_it(self, command, meter, qiang, now):
        fetch(meter=meter, at=now)
        with pytest.raises(AlreadySent):
            withdraw(command=command, by=qiang.user, at=now)
        with pytest.raises(MeterMayHaveIt):
            release_for_refund(top_up=command.top_up_id, by=qiang.user, at=now)

    def test_is_not_given_for_what_once_was_sent_and_expired(self, command, meter, qiang, now):
        fetch(meter=meter, at=now)
        expire_commands(at=now + WEEK)
        with pytest.raises(MeterMayHaveIt):
            release_for_refund(top_up=command.top_up_id, by=qiang.user, at=now + WEEK)

    def test_is_not_given_for_what_the_meter_has(self, command, meter, qiang, now):
        fetch(meter=meter, at=now)
        confirm(meter=meter, number=1, at=now)
        with pytest.raises(InTheMeter):
            release_for_refund(top_up=command.top_up_id, by=qiang.user, at=now)

    def test_takes_back_what_waits(self, command, qiang, now):
        release_for_refund(top_up=command.top_up_id, by=qiang.user, at=now)
        assert status() == (TopUpStatus.PAID, CommandStatus.WITHDRAWN)


class TestAnOrderForTheValve:
    def test_says_why_and_who(self, meter, qiang, now):
        order = valve_orders.close_valve(meter=meter, reason="unpaid bill", by=qiang.user, at=now)
        assert (order.kind, order.because, order.reason, order.by) == ("close_valve", "remote", "unpaid bill", qiang.user.actor_label)

    def test_is_for_who_looks_after_devices_and_has_a_reason(self, meter, fang, qiang, now):
        with pytest.raises(Forbidden):
            valve_orders.close_valve(meter=meter, reason="x", by=fang.user, at=now)
        with pytest.raises(ReasonMissing):
            valve_orders.open_valve(meter=meter, reason=" ", by=qiang.user, at=now)

    def test_sent_twice_is_one(self, meter, qiang, now):
        first, second = (valve_orders.close_valve(meter=meter, reason="x", by=qiang.user, at=now) for _n in range(2))
        assert first == second

    def test_takes_the_opposite_back_that_was_not_sent(self, meter, qiang, now):
        valve_orders.close_valve(meter=meter, reason="x", by=qiang.user, at=now)
        valve_orders.open_valve(meter=meter, reason="y", by=qiang.user, at=now)
        assert [one.kind for one in meter_commands.fetch(meter=meter, at=now)] == ["open_valve"]

    def test_has_its_time_and_then_nobody_carries_it_out(self, meter, qiang, now):
        valve_orders.close_valve(meter=meter, reason="x", by=qiang.user, at=now)
        expire_commands(at=now + WEEK)
        assert fetch(meter=meter, at=now + WEEK) == []
