"""A whole top-up at the counter: the sale in its transaction, the card outside of any."""

from dataclasses import replace
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import GasCard
from billing.devices import cards
from billing.devices.simulated import SimulatedReader, load_into_meter
from billing.models import Receipt, SimulatedChip, TopUp
from billing.operations import replace_card
from billing.operations.counter import issue_now, make_card, read_now, sell_and_write, write_now
from billing.refusals import CardStillFull, ChipNotNew, NotEnoughMoney
from billing.states import TopUpStatus
from sla.queries import policies


class TestSellAndWrite:
    def test_leaves_the_volume_on_the_card(self, order_of, reader, fang, now):
        top_up = sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        assert top_up.status == TopUpStatus.WRITTEN
        assert (reader.read().counter, reader.read().litres) == (1, 20_000)

    def test_again_after_the_meter_took_it(self, order_of, reader, chip, fang, now):
        for counter, litres in ((1, 20_000), (2, 30_000)):
            sell_and_write(order=order_of(litres=litres), reader=reader, by=fang.user, at=now)
            chip.refresh_from_db()
            assert load_into_meter(chip).counter == counter
        assert GasCard.objects.get().cumulative_litres == 50_000

    @pytest.mark.parametrize(("content", "fault"), [("", cards.EmptyCard), ("00ff", cards.DamagedCard)])
    def test_takes_no_money_for_a_card_that_cannot_be_read(self, order_of, reader, fang, now, content, fault):
        SimulatedChip.objects.update(image=content)
        with pytest.raises(fault):
            sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        assert not TopUp.objects.exists()

    def test_takes_no_money_while_the_card_is_full(self, order_of, reader, fang, now):
        sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        with pytest.raises(CardStillFull):
            sell_and_write(order=order_of(litres=30_000), reader=reader, by=fang.user, at=now)
        assert TopUp.objects.count() == 1

    def test_a_refusal_leaves_the_card_alone(self, order_of, reader, fang, now):
        before = reader.read()
        with pytest.raises(NotEnoughMoney):
            sell_and_write(order=order_of(tendered=1), reader=reader, by=fang.user, at=now)
        assert reader.read() == before

    def test_a_double_click_sells_and_writes_once(self, order_of, reader, fang, now):
        order = order_of()
        first, second = (sell_and_write(order=order, reader=reader, by=fang.user, at=now) for _ in range(2))
        assert (first, second.status) == (second, TopUpStatus.WRITTEN)
        assert reader.read().counter == 1

    @pytest.mark.parametrize(
        ("script", "then", "settled"),
        [
            ("pulled_before", TopUpStatus.FAILED, TopUpStatus.FAILED),
            ("power_before", TopUpStatus.UNKNOWN, TopUpStatus.FAILED),
            ("power_after", TopUpStatus.UNKNOWN, TopUpStatus.WRITTEN),
            ("torn", TopUpStatus.UNKNOWN, TopUpStatus.UNKNOWN),
        ],
    )
    def test_after_a_fault_the_next_read_tells(self, order_of, reader, fang, now, script, then, settled):
        order = order_of()
        SimulatedChip.objects.update(fault=script)
        assert sell_and_write(order=order, reader=reader, by=fang.user, at=now).status == then
        read_now(reader=reader, by=fang.user, at=now)
        assert TopUp.objects.get().status == settled
        assert Receipt.objects.count() == 1

    def test_what_was_not_written_is_written_without_paying_again(self, order_of, reader, fang, now):
        order = order_of()
        SimulatedChip.objects.update(fault="power_before")
        sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        [waiting] = read_now(reader=reader, by=fang.user, at=now).unwritten
        assert write_now(top_up=waiting, reader=reader, by=fang.user, at=now).status == TopUpStatus.WRITTEN
        assert (reader.read().counter, reader.read().litres) == (1, 20_000)

    def test_another_terminal_settles_it(self, order_of, reader, chip, fang, qiang, now):
        from tests.factories.accounts import CounterFactory

        order = order_of()
        SimulatedChip.objects.update(fault="power_after")
        sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        elsewhere = CounterFactory()
        SimulatedChip.objects.update(counter=elsewhere)
        reading = read_now(reader=SimulatedReader(elsewhere), by=qiang.user, at=now)
        assert [top_up.status for top_up in reading.settled] == [TopUpStatus.WRITTEN]

    def test_a_crash_before_the_card_was_asked_is_settled_by_the_next_read(self, order_of, reader, fang, now):
        dying = mock.Mock(read=reader.read, write=mock.Mock(side_effect=SystemExit))
        with pytest.raises(SystemExit):
            sell_and_write(order=order_of(), reader=dying, by=fang.user, at=now)
        assert TopUp.objects.get().status == TopUpStatus.WRITING
        [waiting] = read_now(reader=reader, by=fang.user, at=now).unwritten
        assert write_now(top_up=waiting, reader=reader, by=fang.user, at=now).status == TopUpStatus.WRITTEN


class OneCard:
    """A reader bridge somewhere else: no rows of ours."""

    def __init__(self, image):
        self.image = image

    def read(self):
        return self.image

    def write(self, image):
        self.image = image
        return image


def test_a_top_up_takes_at_most_twenty_statements(order_of, reader, fang, now):
    """BEGIN, COMMIT and savepoints ask nothing and are not counted. SQLite takes a receipt's number in two statements."""
    sell_and_write(order=order_of(), reader=OneCard(reader.read()), by=fang.user, at=now)
    order, loaded = order_of(litres=30_000), OneCard(replace(reader.read(), counter=1))
    with CaptureQueriesContext(connection) as queries:
        assert sell_and_write(order=order, reader=loaded, by=fang.user, at=now).status == TopUpStatus.WRITTEN
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= (21 if connection.vendor == "sqlite" else 20), "\n".join(asked)


def test_the_whole_book_of_promises_adds_not_one(order_of, reader, book, fang, now):
    """Clocks listen to every event, and a sale is none of the events they mind."""
    policies.policies_at(now)
    test_a_top_up_takes_at_most_twenty_statements(order_of, reader, fang, now)


class TestNewCards:
    @pytest.fixture
    def blank(self, account, shift):
        SimulatedChip.objects.create(label="new", counter=shift.counter, image="")
        return SimulatedReader(shift.counter)

    def test_a_first_card_is_made_with_its_counter_at_zero(self, account, blank, fang, now):
        account.cards.all().delete()
        card = issue_now(account=account, reader=blank, by=fang.user, at=now)
        assert (blank.read().card_number, blank.read().counter) == (card.number, 0)

    def test_a_replacement_carries_the_counter_on(self, account, card, blank, fang, now):
        GasCard.objects.update(counter=7)
        write = replace_card(card=card, reason="damaged", by=fang.user, at=now)
        new = make_card(write=write, reader=blank, by=fang.user, at=now)
        assert (blank.read().card_number, blank.read().counter) == (new.number, 7)

    def test_a_used_chip_is_refused(self, account, card, reader, fang, now):
        account.cards.all().delete()
        with pytest.raises(ChipNotNew):
            issue_now(account=account, reader=reader, by=fang.user, at=now)
        assert not GasCard.objects.exists()
