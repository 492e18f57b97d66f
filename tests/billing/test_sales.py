"""The sale: one transaction that takes the money and reserves the card, or leaves everything as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actors import System
from accounts.models import Account, GasCard
from billing.devices.cards import CardFault, TooLargeForCard
from billing.models import Book, Entry, Payment, Posting, PurchaseLimit, Receipt, Shift, SimulatedChip, TopUp
from billing.operations import begin_write, sell
from billing.operations.counter import sell_and_write
from billing.queries.quotes import StaleQuote
from billing.refusals import (
    AccountFrozen,
    CardBusy,
    CardNotInUse,
    CardStillFull,
    ClosedShift,
    KeyReused,
    NoCardMeter,
    NotEnoughMoney,
    NotYourShift,
    OverLimit,
    SlipMissing,
    WrongCard,
    WrongCounter,
)
from billing.sentences import of_card
from billing.states import TopUpStatus
from casework.models import Event
from tests.factories.billing import AllowanceFactory, ShiftFactory, TariffVersionFactory, TopUpFactory, image_of


@pytest.fixture
def sold(order_of, fang, now):
    return sell(order=order_of(), by=fang.user, at=now)


def entries(top_up):
    return sorted(Entry.objects.filter(posting__top_up=top_up).values_list("book", "amount"))


class TestASale:
    def test_reserves_the_next_counter_of_the_card(self, sold, card):
        assert (sold.status, sold.counter) == (TopUpStatus.RESERVED, 1)
        assert GasCard.objects.get(pk=card.pk).counter == 0

    def test_keeps_the_split_as_it_was_sold(self, sold, tariff):
        sold.refresh_from_db()
        assert sold.lines == [{"tier": 1, "litres": 20_000, "unit_price": 27_500, "amount": 5_500}]
        assert (sold.amount, sold.tariff_version, sold.tier_year, sold.bought_on) == (5_500, tariff, 2026, date(2026, 11, 20))

    def test_takes_the_cash_and_gives_change(self, sold):
        assert (sold.payment.tendered, sold.payment.change) == (1_000_000, 994_500)

    def test_owes_the_volume_in_the_ledger(self, sold, account, shift):
        assert entries(sold) == [(Book.CASH, 5_500), (Book.PREPAID, -5_500)]
        assert Entry.objects.get(book=Book.PREPAID).account == account
        assert Entry.objects.get(posting__top_up=sold, book=Book.CASH).shift == shift

    def test_hands_out_a_receipt(self, sold):
        assert Receipt.objects.get().top_up == sold

    def test_is_told_in_the_journal(self, sold):
        assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == ["top_up.paid", "top_up.reserve"]

    def test_says_nothing_personal_in_the_journal(self, sold, account):
        told = str(list(Event.objects.values_list("facts", flat=True)))
        assert account.customer.name not in told
        assert account.premises.address not in told

    def test_takes_a_bank_card(self, order_of, fang, now):
        top_up = sell(order=order_of(method=Payment.Method.BANK_CARD, tendered=None, slip="000123"), by=fang.user, at=now)
        assert (top_up.payment.tendered, top_up.payment.slip) == (None, "000123")
        assert entries(top_up) == [(Book.BANK_CARD, 5_500), (Book.PREPAID, -5_500)]

    def test_in_a_government_hall_says_so(self, order_of, fang, hall, now):
        hall.kind = "government"
        hall.save()
        assert sell(order=order_of(), by=fang.user, at=now).channel == TopUp.Channel.GOVERNMENT

    def test_by_a_connected_system_says_so(self, order_of, fang, hall, now):
        order = order_of(channel=TopUp.Channel.API)
        assert sell(order=order, by=fang.user, at=now).channel == TopUp.Channel.API

    def test_of_free_volume_alone_moves_no_money(self, order_of, account, fang, now):
        AllowanceFactory(account=account, kind="free_volume", persons=None, litres_per_month=4_000)
        top_up = sell(order=order_of(litres=4_000, tendered=0), by=fang.user, at=now)
        assert (top_up.amount, top_up.free_litres) == (0, 4_000)
        assert not Posting.objects.filter(top_up=top_up).exists()


def sentence_of(refusal):
    return of_card(refusal) if isinstance(refusal, CardFault) else str(refusal)


def refused(order, by, at, refusal):
    """It is refused, and nothing is left behind."""
    before = Posting.objects.count()
    with pytest.raises(refusal) as caught:
        sell(order=order, by=by, at=at)
    assert sentence_of(caught.value)
    assert (TopUp.objects.filter(channel="counter").count(), Posting.objects.count(), Receipt.objects.count()) == (0, before, 0)
    return caught.value


class TestARefusal:
    def test_of_more_than_a_card_can_hold_comes_before_the_money(self, order_of, card, fang, now):
        card.meter.cap_litres = 2**40
        card.meter.save(update_fields=["cap_litres"])
        refused(order_of(), fang.user, now, TooLargeForCard)

    def test_of_more_than_the_card_on_the_reader_can_hold_comes_before_the_money(self, order_of, card, fang, now):
        refused(order_of(seen=image_of(card, cumulative_litres=2**64 - 1)), fang.user, now, TooLargeForCard)

    def test_of_too_little_cash_says_how_much_is_missing(self, order_of, fang, now):
        assert refused(order_of(tendered=5_499), fang.user, now, NotEnoughMoney).missing == 1

    def test_of_no_cash_at_all(self, order_of, fang, now):
        refused(order_of(tendered=None), fang.user, now, NotEnoughMoney)

    def test_of_a_bank_card_without_a_slip(self, order_of, fang, now):
        refused(order_of(method=Payment.Method.BANK_CARD, tendered=None, slip=" "), fang.user, now, SlipMissing)

    def test_of_a_frozen_account(self, order_of, fang, now):
        order = order_of()
        Account.objects.update(status="frozen", frozen_reason="debt")
        refused(order, fang.user, now, AccountFrozen)

    @pytest.mark.parametrize("status", ["counted", "closed"])
    def test_of_a_shift_that_is_not_open(self, order_of, fang, qiang, now, status):
        Shift.objects.update(status=status, closed_at=now, countersigned_by=qiang)
        refused(order_of(), fang.user, now, ClosedShift)

    def test_of_somebody_elses_till(self, order_of, qiang, now):
        refused(order_of(), qiang.user, now, NotYourShift)

    def test_of_a_card_of_another_account(self, order_of, neighbour, fang, now):
        refused(order_of(card=neighbour.cards.get()), fang.user, now, WrongCard)

    @pytest.mark.parametrize("status", ["lost", "replaced", "returned"])
    def test_of_a_card_out_of_use(self, order_of, fang, now, status):
        order = order_of()
        GasCard.objects.update(status=status, ended_at=now)
        refused(order, fang.user, now, CardNotInUse)

    def test_of_a_card_whose_meter_is_gone(self, order_of, account, fang, now):
        order = order_of()
        account.meters.update(removed_at=now)
        refused(order, fang.user, now, NoCardMeter)

    def test_of_a_purchase_over_the_limit(self, order_of, fang, now):
        order = order_of()
        PurchaseLimit.objects.create(price_class="resident", order_litres=10_000)
        refused(order, fang.user, now, OverLimit)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [({"card_number": "9999999999"}, WrongCard), ({"counter": 3}, WrongCounter), ({"litres": 500}, CardStillFull)],
    )
    def test_of_the_card_on_the_reader_before_money_moves(self, order_of, card, fang, now, changes, refusal):
        refused(order_of(seen=image_of(card, **changes)), fang.user, now, refusal)

    def test_of_a_second_order_while_the_first_is_not_on_the_card(self, order_of, account, fang, now):
        waiting = TopUpFactory(account=account, status=TopUpStatus.FAILED)
        assert refused(order_of(), fang.user, now, CardBusy).reference == waiting.reference


class TestAStaleQuote:
    def test_after_a_price_change_at_midnight_carries_the_new_price(self, order_of, tariff, fang, now):
        order = order_of()
        TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from=date(2026, 11, 21), tiers=[(None, 0, 40_000)])
        stale = refused(order, fang.user, now + timedelta(days=1), StaleQuote)
        assert stale.quote.amount == 8_000
        assert "80.00" in str(stale)

    def test_after_the_year_rolled_over(self, order_of, account, fang):
        TopUpFactory(account=account, litres=390_000)
        before, after = datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
        stale = refused(order_of(at=before), fang.user, after, StaleQuote)
        assert (stale.quote.position_litres, stale.quote.tier_year) == (0, 2027)

    def test_after_somebody_else_bought_for_the_same_account(self, order_of, account, fang, now):
        order = order_of()
        TopUpFactory(account=account, litres=1_000)
        refused(order, fang.user, now, StaleQuote)

    def test_can_be_sold_at_the_price_it_carries(self, order_of, account, fang, now):
        order = order_of()
        TopUpFactory(account=account, litres=390_000)
        stale = refused(order, fang.user, now, StaleQuote)
        top_up = sell(order=replace(order, fingerprint=stale.quote.fingerprint), by=fang.user, at=now)
        assert top_up.amount == stale.quote.amount


class TestTheSameKey:
    def test_gives_the_same_top_up(self, order_of, fang, now):
        order = order_of()
        first, second = (sell(order=order, by=fang.user, at=now) for _ in range(2))
        assert first == second
        assert Payment.objects.count() == 1

    def test_also_after_it_was_written_and_the_price_position_moved(self, order_of, fang, now, sold):
        TopUp.objects.update(status=TopUpStatus.WRITTEN)
        assert sell(order=replace(order_of(), fingerprint="as quoted then"), by=fang.user, at=now) == sold

    def test_also_when_the_shift_is_closed_by_now(self, order_of, fang, now, sold):
        Shift.objects.update(status="counted")
        assert sell(order=replace(order_of(), fingerprint="as quoted then"), by=fang.user, at=now) == sold

    @pytest.mark.parametrize(
        "change", [{"litres": 30_000}, {"tendered": 2_000_000}, {"method": Payment.Method.BANK_CARD, "slip": "1", "tendered": None}]
    )
    def test_with_other_words_is_refused(self, order_of, fang, now, sold, change):
        with pytest.raises(KeyReused):
            sell(order=replace(order_of(), **change), by=fang.user, at=now)

    def test_with_another_slip_of_the_terminal_is_refused(self, order_of, fang, now):
        order = order_of(method=Payment.Method.BANK_CARD, tendered=None, slip="000123", key="by card")
        first = sell(order=order, by=fang.user, at=now)
        assert sell(order=replace(order, slip=" 000123 "), by=fang.user, at=now) == first
        with pytest.raises(KeyReused):
            sell(order=replace(order, slip="000124"), by=fang.user, at=now)

    def test_of_somebody_elses_sale_is_refused(self, order_of, qiang, hall, now, sold):
        other = ShiftFactory(clerk=qiang, counter__hall=hall, counter__number=2)
        with pytest.raises(KeyReused):
            sell(order=order_of(shift=other), by=qiang.user, at=now)

    def test_gives_the_same_top_up_when_the_card_has_been_handed_back(self, order_of, reader, fang, now):
        order = order_of()
        first = sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        SimulatedChip.objects.update(counter=None)
        assert sell_and_write(order=order, reader=reader, by=fang.user, at=now) == first

    def test_after_a_refusal_may_be_used_again(self, order_of, fang, now):
        refused(order_of(tendered=1), fang.user, now, NotEnoughMoney)
        assert sell(order=order_of(), by=fang.user, at=now).status == TopUpStatus.RESERVED


def test_the_system_may_sell_in_a_clerks_shift(order_of, now):
    assert sell(order=order_of(), by=System("city"), at=now).status == TopUpStatus.RESERVED


def test_an_amount_meter_gets_money_and_the_price_plan(order_of, account, card, fang, now):
    account.meters.update(kind="amount")
    top_up = sell(order=order_of(litres=50_000), by=fang.user, at=now)
    wanted = begin_write(top_up=top_up, seen=image_of(card), by=fang.user, at=now).wanted_image
    assert (wanted.litres, wanted.money, wanted.prices) == (0, 13_750, (27_500, 33_000, 41_250))
    assert (wanted.bounds, wanted.cycle_starts, wanted.price_version) == ((400_000, 1_000_000), date(2026, 1, 1), 1)
