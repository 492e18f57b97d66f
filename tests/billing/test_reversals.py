"""Taking a purchase back: the reason, the second pair of eyes, the card first and the money after it."""

import pytest

from accounts.models import GasCard
from accounts.roles import Role
from billing.devices.simulated import load_into_meter
from billing.models import Book, Break, CardWrite, Entry, Payment, Posting, Receipt, Reversal, Shift, SimulatedChip, TopUp
from billing.operations import (
    ask_reversal,
    begin_reversal,
    begin_write,
    carry_out_reversal,
    decide_reversal,
    finish_write,
    restore_lost_gas,
    sell,
)
from billing.operations.break_actions import Wish, act, decide
from billing.operations.counter import read_now, reverse_now, sell_and_write, write_now
from billing.queries import quote
from billing.queries.ledger_proof import prove
from billing.queries.shifts import receipts_of, takings
from billing.refusals import (
    AlreadyAsked,
    CardBusy,
    CardFirst,
    ClosedShift,
    NotApproved,
    NotOnCard,
    NotReversible,
    NotTakenOff,
    OwnReversal,
    ReasonMissing,
    TillTooLow,
    WrongCard,
    WrongCounter,
)
from billing.states import TopUpStatus
from casework.models import Event
from casework.operations import WrongMove
from tests.factories.accounts import MeterFactory, StaffFactory
from tests.factories.billing import ShiftFactory, TopUpFactory, image_of


@pytest.fixture
def written(order_of, reader, fang, now):
    return sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)


@pytest.fixture
def approved(written, fang, now):
    """Small enough to need nobody's approval."""
    return ask_reversal(top_up=written, reason="wrong volume", by=fang.user, at=now)


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


class TestAsk:
    def test_a_small_one_is_approved_by_the_rule(self, approved):
        assert (approved.status, approved.decided_by) == ("approved", "system:policy")

    def test_a_large_one_waits_for_somebody_else(self, written, fang, now, settings):
        settings.REVERSAL_NEEDS_APPROVAL_FROM = 5_500
        asked = ask_reversal(top_up=written, reason="wrong volume", by=fang.user, at=now)
        assert (asked.status, asked.decided_by, asked.asked_by) == ("asked", "", fang.user.actor_label)

    def test_is_told_in_the_journal_of_the_purchase(self, approved, written):
        assert Event.objects.filter(timeline=written.timeline).latest("seq").verb == "reversal.ask"

    def test_needs_a_reason(self, written, fang, now):
        with pytest.raises(ReasonMissing):
            ask_reversal(top_up=written, reason=" ", by=fang.user, at=now)

    def test_once_is_enough(self, approved, written, fang, now):
        with pytest.raises(AlreadyAsked):
            ask_reversal(top_up=written, reason="again", by=fang.user, at=now)

    def test_waits_for_the_card_to_tell(self, order_of, reader, fang, now):
        order = order_of()
        SimulatedChip.objects.update(fault="power_after")
        unknown = sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        with pytest.raises(CardBusy):
            ask_reversal(top_up=unknown, reason="wrong volume", by=fang.user, at=now)

    @pytest.mark.parametrize("changes", [{}, {"kind": TopUp.Kind.GIFT}])
    def test_of_what_was_never_paid_here_is_refused(self, account, fang, now, changes):
        with pytest.raises(NotReversible):
            ask_reversal(top_up=TopUpFactory(account=account, **changes), reason="wrong volume", by=fang.user, at=now)


class TestDecide:
    @pytest.fixture
    def asked(self, written, fang, now, settings):
        settings.REVERSAL_NEEDS_APPROVAL_FROM = 0
        return ask_reversal(top_up=written, reason="wrong volume", by=fang.user, at=now)

    def test_somebody_else_approves(self, asked, qiang, now):
        assert decide_reversal(reversal=asked, approve=True, by=qiang.user, at=now).status == "approved"
        assert (asked.decided_by, asked.decided_at) == (qiang.user.actor_label, now)

    def test_whoever_asked_cannot(self, asked, fang, now):
        with pytest.raises(OwnReversal):
            decide_reversal(reversal=asked, approve=True, by=fang.user, at=now)

    def test_a_refused_wish_may_be_repeated(self, asked, written, fang, qiang, now):
        decide_reversal(reversal=asked, approve=False, by=qiang.user, at=now)
        assert ask_reversal(top_up=written, reason="really", by=fang.user, at=now).status == "asked"

    def test_is_done_once(self, asked, qiang, mei, now):
        decide_reversal(reversal=asked, approve=False, by=qiang.user, at=now)
        with pytest.raises(WrongMove):
            decide_reversal(reversal=asked, approve=True, by=mei.user, at=now)

    def test_comes_before_the_card_and_the_money(self, asked, reader, shift, fang, now):
        with pytest.raises(NotApproved):
            reverse_now(reversal=asked, shift=shift, reader=reader, by=fang.user, at=now)
        with pytest.raises(NotApproved):
            carry_out_reversal(reversal=asked, shift=shift, by=fang.user, at=now)


class TestCarriedOut:
    @pytest.fixture
    def done(self, approved, reader, shift, fang, now):
        return reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)

    def test_takes_the_volume_off_the_card(self, done, reader, card):
        card.refresh_from_db()
        assert (reader.read().counter, reader.read().litres, reader.read().cumulative_litres) == (0, 0, 0)
        assert (card.counter, card.cumulative_litres) == (0, 0)

    def test_gives_the_money_back(self, done, written, shift):
        assert TopUp.objects.get().status == TopUpStatus.REVERSED
        assert (balance(Book.PREPAID), balance(Book.SALES)) == (0, 0)
        assert balance(Book.CASH) == shift.float_amount

    def test_mirrors_each_posting_once(self, done, written):
        kinds = dict(Posting.objects.filter(top_up=written, reverses__isnull=False).values_list("kind", "reverses__kind"))
        assert kinds == {"undelivery": "delivery", "refund": "payment"}

    def test_issues_a_red_letter_receipt(self, done):
        red = Receipt.objects.get(kind="red_letter")
        assert (red.amount, red.corrects.amount) == (-5_500, 5_500)

    def test_gives_the_volume_of_the_year_back(self, done, account, now):
        assert quote(account=account, at=now, litres=1_000).position_litres == 0

    def test_lets_the_counter_be_used_again(self, done, order_of, reader, fang, now):
        again = sell_and_write(order=order_of(key="another"), reader=reader, by=fang.user, at=now)
        assert (again.status, again.counter) == (TopUpStatus.WRITTEN, 1)

    def test_happens_once(self, done, shift, fang, now):
        with pytest.raises(NotApproved):
            carry_out_reversal(reversal=Reversal.objects.get(), shift=shift, by=fang.user, at=now)
        assert Posting.objects.filter(kind="refund").count() == 1

    def test_a_bank_card_is_paid_back_the_same_way(self, order_of, reader, shift, fang, now):
        order = order_of(method=Payment.Method.BANK_CARD, tendered=None, slip="000123")
        top_up = sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        reversal = ask_reversal(top_up=top_up, reason="wrong volume", by=fang.user, at=now)
        reverse_now(reversal=reversal, shift=shift, reader=reader, by=fang.user, at=now)
        assert balance(Book.BANK_CARD) == 0


class TestTheCardComesFirst:
    def test_no_money_while_the_volume_is_on_the_card(self, approved, shift, fang, now):
        with pytest.raises(CardFirst):
            carry_out_reversal(reversal=approved, shift=shift, by=fang.user, at=now)

    def test_what_the_meter_has_loaded_cannot_be_taken_back(self, approved, chip, reader, shift, fang, now):
        chip.refresh_from_db()
        load_into_meter(chip)
        with pytest.raises(NotOnCard):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)

    @pytest.mark.parametrize(("changes", "refusal"), [({"card_number": "9999999999"}, WrongCard), ({"counter": 4}, WrongCounter)])
    def test_only_this_card_as_we_left_it(self, approved, card, shift, fang, now, changes, refusal):
        card.refresh_from_db()
        with pytest.raises(refusal):
            begin_reversal(reversal=approved, shift=shift, seen=image_of(card, litres=20_000, **changes), by=fang.user, at=now)

    def test_a_till_that_cannot_pay_leaves_the_card_alone(self, approved, reader, shift, fang, now):
        Entry.objects.filter(book=Book.CASH)._raw_delete("default")
        with pytest.raises(TillTooLow):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        assert (TopUp.objects.get().status, reader.read().litres) == (TopUpStatus.WRITTEN, 20_000)

    def test_a_counted_till_leaves_the_card_alone(self, approved, reader, shift, fang, now):
        Shift.objects.update(status="counted")
        with pytest.raises(ClosedShift):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        assert reader.read().litres == 20_000

    def test_what_another_meter_took_over_is_not_this_purchase(self, approved, written, reader, account, shift, fang, now):
        written.meter = MeterFactory(account=account, removed_at=now)
        written.save(update_fields=["meter"])
        with pytest.raises(NotOnCard):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)

    @pytest.mark.parametrize("script", ["pulled_before", "power_before", "power_after"])
    def test_a_fault_leaves_the_money_where_it_is(self, approved, reader, shift, fang, now, script):
        SimulatedChip.objects.update(fault=script)
        with pytest.raises(NotTakenOff):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        assert TopUp.objects.get().status == TopUpStatus.WRITTEN
        assert not Posting.objects.filter(kind="refund").exists()

    def test_after_a_lost_answer_the_next_read_tells(self, approved, reader, shift, fang, now):
        SimulatedChip.objects.update(fault="power_after")
        with pytest.raises(NotTakenOff):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        read_now(reader=reader, by=fang.user, at=now)
        assert carry_out_reversal(reversal=approved, shift=shift, by=fang.user, at=now).status == "done"
        assert GasCard.objects.get().counter == 0

    def test_while_nobody_knows_nothing_else_is_written(self, approved, reader, shift, fang, now):
        SimulatedChip.objects.update(fault="power_after")
        with pytest.raises(NotTakenOff):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        with pytest.raises(CardBusy):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        assert CardWrite.objects.filter(operation="cancel").count() == 1


class TestWrittenAgain:
    """The meter loaded the purchase; “lost”, it was written once more under the same counter."""

    @pytest.fixture
    def lost(self, written, chip, fang, now):
        chip.refresh_from_db()
        load_into_meter(chip)
        return restore_lost_gas(top_up=written, reason="vanished", by=fang.user, at=now)

    def test_it_cannot_be_taken_back_any_more(self, written, lost, reader, fang, now):
        write_now(top_up=lost, reader=reader, by=fang.user, at=now)
        with pytest.raises(NotReversible):
            ask_reversal(top_up=written, reason="wrong volume", by=fang.user, at=now)

    def test_nor_by_a_wish_approved_before(self, approved, lost, reader, shift, fang, now):
        write_now(top_up=lost, reader=reader, by=fang.user, at=now)
        with pytest.raises(NotReversible):
            reverse_now(reversal=approved, shift=shift, reader=reader, by=fang.user, at=now)
        assert balance(Book.CASH) == shift.float_amount + 5_500


class TestWithoutACard:
    @pytest.mark.parametrize("status", [TopUpStatus.PAID, TopUpStatus.RESERVED, TopUpStatus.FAILED])
    def test_an_order_that_never_reached_one_is_simply_paid_back(self, order_of, shift, fang, now, status):
        top_up = sell(order=order_of(), by=fang.user, at=now)
        TopUp.objects.update(status=status)
        reversal = ask_reversal(top_up=top_up, reason="changed her mind", by=fang.user, at=now)
        assert carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now).status == "done"
        assert (TopUp.objects.get().status, balance(Book.PREPAID)) == (TopUpStatus.REVERSED, 0)

    def test_not_out_of_a_closed_till(self, order_of, shift, fang, now):
        reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
        Shift.objects.update(status="counted")
        with pytest.raises(ClosedShift):
            carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)

    def test_not_out_of_a_till_that_does_not_hold_it(self, order_of, shift, qiang, fang, now):
        reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
        poor = ShiftFactory(clerk=qiang, counter__number=2, float_amount=100)
        with pytest.raises(TillTooLow, match=r"1\.00"):
            carry_out_reversal(reversal=reversal, shift=poor, by=qiang.user, at=now)


def test_a_till_counts_no_gas_that_went_back(order_of, shift, fang, now):
    reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
    assert takings(shift).litres > 0
    carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
    assert (takings(shift).litres, takings(shift).net) == (0, 0)


def test_a_tills_papers_end_with_the_red_letter_it_gave_out(order_of, shift, fang, now):
    reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
    carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
    assert [paper.kind for paper in receipts_of(shift)] == ["payment", "red_letter"]


def test_a_red_letter_belongs_to_the_till_that_paid_back(order_of, shift, qiang, fang, now):
    reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
    other = ShiftFactory(clerk=qiang, counter__number=2, float_amount=100_000)
    carry_out_reversal(reversal=reversal, shift=other, by=qiang.user, at=now)
    assert [[paper.kind for paper in receipts_of(till)] for till in (shift, other)] == [["payment"], ["red_letter"]]


def test_two_who_carry_it_out_at_once_pay_once(order_of, shift, fang, now):
    reversal = ask_reversal(top_up=sell(order=order_of(), by=fang.user, at=now), reason="changed her mind", by=fang.user, at=now)
    stale = Reversal.objects.get(pk=reversal.pk)
    carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
    with pytest.raises(NotApproved):
        carry_out_reversal(reversal=stale, shift=shift, by=fang.user, at=now)


def test_a_card_that_proves_the_write_after_the_money_went_back_is_a_break_that_somebody_settles(order_of, card, shift, fang, mei, now):
    top_up = sell(order=order_of(), by=fang.user, at=now)
    write = begin_write(top_up=top_up, seen=image_of(card), by=fang.user, at=now)
    finish_write(write=write, read_back=None, error="no_card", by=fang.user, at=now)
    carry_out_reversal(reversal=ask_reversal(top_up=top_up, reason="wrong", by=fang.user, at=now), shift=shift, by=fang.user, at=now)
    for _ in "12":
        finish_write(write=CardWrite.objects.get(), read_back=write.wanted_image, by=fang.user, at=now)
    found = Break.objects.get()
    assert (found.kind, found.provider, found.gap, found.top_up.status) == ("taken_back", "", top_up.amount, "reversed")
    found = act(found=found, wish=Wish(action=Break.Action.WRITE_OFF, note="too little to ask for"), by=mei.user, at=now)
    jun = StaffFactory(hall=None, roles=[Role.BRANCH_MANAGER])
    assert decide(found=found, approve=True, by=jun.user, at=now).status == "settled"
    assert [finding.wrong for finding in prove() if finding.wrong] == []
