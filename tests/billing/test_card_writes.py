"""The write of a card that can be pulled out at any moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import GasCard
from billing.models import Book, CardWrite, Entry, TopUp
from billing.operations import begin_write, finish_write, read_card, sell, settle_card
from billing.refusals import AlreadyWritten, CardBusy, CardStillFull, NoCardIssued, WrongCard, WrongCounter
from billing.states import TopUpStatus
from casework.models import Event
from tests.factories.billing import image_of


@pytest.fixture
def sold(order_of, fang, now):
    return sell(order=order_of(), by=fang.user, at=now)


@pytest.fixture
def write(sold, card, fang, now):
    return begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)


def status(top_up):
    return TopUp.objects.get(pk=top_up.pk).status


def on_chip(write):
    """The card as it is after a write that went well."""
    return replace(write.wanted_image, unlock="")


class TestBeginWrite:
    def test_notes_the_image_before_the_card_is_touched(self, write, card):
        assert (write.before_image, write.outcome) == (image_of(card), "")
        assert (write.wanted_image.counter, write.wanted_image.litres) == (1, 20_000)
        assert write.top_up.status == TopUpStatus.WRITING

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [({"card_number": "9999999999"}, WrongCard), ({"counter": 1}, WrongCounter), ({"litres": 1}, CardStillFull)],
    )
    def test_refuses_a_card_that_is_not_as_we_left_it(self, sold, card, fang, now, changes, refusal):
        with pytest.raises(refusal):
            begin_write(top_up=sold, seen=image_of(card, **changes), by=fang.user, at=now)
        assert status(sold) == TopUpStatus.RESERVED
        assert not CardWrite.objects.exists()

    def test_refuses_while_another_try_is_under_way(self, write, card, fang, now):
        with pytest.raises(CardBusy):
            begin_write(top_up=write.top_up, seen=image_of(card), by=fang.user, at=now)

    def test_of_two_at_once_only_one_begins(self, sold, card, fang, now):
        other = TopUp.objects.get(pk=sold.pk)
        begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)
        with pytest.raises(CardBusy):
            begin_write(top_up=other, seen=image_of(card), by=fang.user, at=now)
        assert CardWrite.objects.count() == 1

    def test_of_two_that_saw_it_waiting_only_one_begins(self, sold, card, fang, now):
        TopUp.objects.update(status=TopUpStatus.PAID)
        first, second = TopUp.objects.get(), TopUp.objects.get()
        begin_write(top_up=first, seen=image_of(card), by=fang.user, at=now)
        with pytest.raises(CardBusy):
            begin_write(top_up=second, seen=image_of(card), by=fang.user, at=now)

    def test_refuses_what_is_on_the_card(self, write, card, fang, now):
        finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now)
        with pytest.raises(AlreadyWritten):
            begin_write(top_up=write.top_up, seen=image_of(card), by=fang.user, at=now)

    def test_refuses_an_account_without_a_card(self, sold, card, fang, now):
        GasCard.objects.update(status="lost", ended_at=now)
        with pytest.raises(NoCardIssued):
            begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)


class TestFinishWrite:
    def test_written_delivers_the_order(self, write, card, fang, now):
        top_up = finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now)
        card.refresh_from_db()
        assert (top_up.status, top_up.written_at) == (TopUpStatus.WRITTEN, now)
        assert (card.counter, card.password, card.cumulative_litres) == (1, write.wanted_image.password, 20_000)

    def test_written_earns_the_money(self, write, fang, now):
        finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now)
        sums = {book: sum(Entry.objects.filter(book=book).values_list("amount", flat=True)) for book in (Book.PREPAID, Book.SALES)}
        assert sums == {Book.PREPAID: 0, Book.SALES: -5_500}

    def test_read_back_as_before_is_not_written(self, write, card, fang, now):
        assert finish_write(write=write, read_back=image_of(card), by=fang.user, at=now).status == TopUpStatus.FAILED

    @pytest.mark.parametrize("error", ["no_card", "wrong_password", "foreign", "tool", "empty"])
    def test_a_fault_before_the_write_is_not_written(self, write, fang, now, error):
        assert finish_write(write=write, read_back=None, error=error, by=fang.user, at=now).status == TopUpStatus.FAILED

    @pytest.mark.parametrize("error", ["pulled", "power_lost", "damaged", "fault", "what a new reader says", ""])
    def test_any_other_fault_leaves_it_unknown(self, write, fang, now, error):
        assert finish_write(write=write, read_back=None, error=error, by=fang.user, at=now).status == TopUpStatus.UNKNOWN
        write.refresh_from_db()
        assert (write.outcome, write.error) == ("unknown", error)

    def test_a_strange_read_back_leaves_it_unknown(self, write, card, fang, now):
        assert finish_write(write=write, read_back=image_of(card, counter=9), by=fang.user, at=now).status == TopUpStatus.UNKNOWN

    def test_twice_changes_nothing(self, write, fang, now):
        for _ in range(2):
            again = CardWrite.objects.select_related("top_up__account", "card").get(pk=write.pk)
            assert finish_write(write=again, read_back=on_chip(write), by=fang.user, at=now).status == TopUpStatus.WRITTEN
        assert Entry.objects.filter(book=Book.SALES).count() == 1

    def test_the_same_object_twice_changes_nothing(self, write, fang, now):
        for _ in range(2):
            finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now)
        assert Event.objects.filter(verb="top_up.confirm").count() == 1

    def test_a_late_no_does_not_undo_a_yes(self, write, card, fang, now):
        late = CardWrite.objects.select_related("top_up__account").get(pk=write.pk)
        finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now)
        finish_write(write=late, read_back=image_of(card), by=fang.user, at=now)
        assert status(write.top_up) == TopUpStatus.WRITTEN

    def test_a_late_yes_corrects_a_no_that_was_read_too_early(self, write, card, fang, now):
        settle_card(card=card, seen=image_of(card), by=fang.user, at=now)
        assert status(write.top_up) == TopUpStatus.FAILED
        assert finish_write(write=write, read_back=on_chip(write), by=fang.user, at=now).status == TopUpStatus.WRITTEN
        assert Entry.objects.filter(book=Book.SALES).count() == 1


class TestTheClock:
    def test_set_back_between_sale_and_write_changes_nothing(self, write, fang, now):
        earlier = now - timedelta(hours=2)
        top_up = finish_write(write=write, read_back=on_chip(write), by=fang.user, at=earlier)
        assert (top_up.status, top_up.written_at) == (TopUpStatus.WRITTEN, earlier)

    def test_a_year_later_the_card_still_tells(self, write, card, fang, now):
        settle_card(card=card, seen=on_chip(write), by=fang.user, at=now + timedelta(days=400))
        top_up = TopUp.objects.get()
        assert (top_up.status, top_up.tier_year) == (TopUpStatus.WRITTEN, 2026)

    @pytest.mark.parametrize("hour", [0, 1])
    def test_the_hour_that_comes_twice_is_one_business_day(self, order_of, fang, settings, hour):
        settings.TIME_ZONE = "Europe/Berlin"
        twice = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)  # 02:30 local, before and after the clocks go back
        assert sell(order=order_of(at=twice), by=fang.user, at=twice).bought_on == date(2026, 10, 25)


class TestANewTry:
    def test_keeps_the_counter(self, write, card, fang, now):
        finish_write(write=write, read_back=None, error="no_card", by=fang.user, at=now)
        again = begin_write(top_up=write.top_up, seen=image_of(card), by=fang.user, at=now)
        assert (again.top_up.counter, again.wanted_image.counter) == (1, 1)
        assert finish_write(write=again, read_back=on_chip(again), by=fang.user, at=now).status == TopUpStatus.WRITTEN

    def test_never_pays_twice(self, write, card, fang, now):
        finish_write(write=write, read_back=None, error="no_card", by=fang.user, at=now)
        again = begin_write(top_up=write.top_up, seen=image_of(card), by=fang.user, at=now)
        finish_write(write=again, read_back=on_chip(again), by=fang.user, at=now)
        assert Entry.objects.filter(book=Book.PREPAID, posting__top_up=write.top_up).count() == 2


class TestSettleCard:
    @pytest.fixture
    def unknown(self, write, fang, now):
        finish_write(write=write, read_back=None, error="power_lost", by=fang.user, at=now)
        return write

    def test_the_new_counter_settles_it_as_written(self, unknown, card, fang, now):
        assert settle_card(card=card, seen=on_chip(unknown), by=fang.user, at=now) == [unknown.top_up]
        assert status(unknown.top_up) == TopUpStatus.WRITTEN
        assert GasCard.objects.get(pk=card.pk).counter == 1

    def test_even_when_the_meter_has_taken_the_volume(self, unknown, card, fang, now):
        settle_card(card=card, seen=replace(on_chip(unknown), litres=0), by=fang.user, at=now)
        assert status(unknown.top_up) == TopUpStatus.WRITTEN

    def test_the_old_counter_settles_it_as_not_written(self, unknown, card, fang, now):
        settle_card(card=card, seen=image_of(card), by=fang.user, at=now)
        assert status(unknown.top_up) == TopUpStatus.FAILED
        assert not Entry.objects.filter(book=Book.SALES).exists()

    def test_a_strange_counter_settles_nothing(self, unknown, card, fang, now):
        assert settle_card(card=card, seen=image_of(card, counter=5), by=fang.user, at=now) == []
        assert status(unknown.top_up) == TopUpStatus.UNKNOWN

    def test_a_write_left_open_by_a_crash_is_settled_too(self, write, card, fang, now):
        settle_card(card=card, seen=on_chip(write), by=fang.user, at=now)
        assert status(write.top_up) == TopUpStatus.WRITTEN

    def test_twice_settles_once(self, unknown, card, fang, now):
        settle_card(card=card, seen=on_chip(unknown), by=fang.user, at=now)
        assert settle_card(card=card, seen=on_chip(unknown), by=fang.user, at=now) == []
        assert Entry.objects.filter(book=Book.SALES).count() == 1

    def test_another_clerk_at_another_counter_may_read_it(self, unknown, card, qiang, now):
        reading = read_card(seen=on_chip(unknown), by=qiang.user, at=now)
        assert [top_up.status for top_up in reading.settled] == [TopUpStatus.WRITTEN]
        assert reading.card.counter == 1
