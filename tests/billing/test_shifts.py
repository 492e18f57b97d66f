"""Tills: open, count, sign, close; never two at one counter, never changed once closed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import Book, Entry, Payment, Posting, Shift
from billing.operations import shifts
from billing.operations.ledger import Line, post
from billing.queries.shifts import current_shift, expected_cash, takings
from casework.models import Event
from casework.operations import StaleRow, WrongMove
from tests.factories import accounts as people
from tests.factories.tills import CLERK, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(hall):
    return people.CounterFactory(hall=hall, number=7)


@pytest.fixture
def till(counter, fang, now):
    """Opened the proper way, with 500.00."""
    return shifts.open_shift(counter=counter, clerk=fang, float_amount=50_000, at=now)


@pytest.fixture
def counted(till, now):
    return shifts.count_shift(shift=till, counted={10_000: 5}, reason="", at=now)


def books(shift):
    return {
        (entry.posting.kind, entry.book): entry.amount for entry in Entry.objects.filter(posting__shift=shift).select_related("posting")
    }


class TestOpen:
    def test_takes_the_float_from_the_safe(self, till):
        assert books(till) == {("float", "cash"): 50_000, ("float", "safe"): -50_000}
        assert expected_cash(till) == 50_000

    def test_works_with_an_empty_till(self, counter, fang, now):
        till = shifts.open_shift(counter=counter, clerk=fang, float_amount=0, at=now)
        assert expected_cash(till) == 0
        assert not Posting.objects.exists()

    def test_the_same_again_is_the_same_shift(self, till, counter, fang, now):
        assert shifts.open_shift(counter=counter, clerk=fang, float_amount=50_000, at=now) == till
        assert Posting.objects.count() == 1

    def test_refuses_a_second_shift_of_the_clerk(self, till, hall, fang, now):
        with pytest.raises(shifts.CounterTaken):
            shifts.open_shift(counter=people.CounterFactory(hall=hall, number=8), clerk=fang, float_amount=0, at=now)

    def test_refuses_a_counter_in_use(self, till, counter, hall, now):
        other = people.StaffFactory(hall=hall)
        with pytest.raises(shifts.CounterTaken):
            shifts.open_shift(counter=counter, clerk=other, float_amount=0, at=now)
        assert Shift.objects.count() == 1

    def test_refuses_the_counter_of_another_hall(self, fang, now):
        with pytest.raises(shifts.OtherHall):
            shifts.open_shift(counter=people.CounterFactory(), clerk=fang, float_amount=0, at=now)

    def test_refuses_whoever_may_not_sell(self, counter, mei, now):
        with pytest.raises(Forbidden):
            shifts.open_shift(counter=counter, clerk=mei, float_amount=0, at=now)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_one_counter_open_one_shift(counter, hall, now):
    clerks = [people.StaffFactory(hall=hall) for _ in range(2)]

    def work(clerk):
        try:
            return shifts.open_shift(counter=counter, clerk=clerk, float_amount=10_000, at=now)
        except shifts.CounterTaken as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(work, clerks))
    assert sorted(type(answer).__name__ for answer in answers) == ["CounterTaken", "Shift"]
    assert Posting.objects.count() == 1


class TestTakings:
    def test_are_split_by_method(self, account, till, now):
        pay(account, till, at=now, tendered=20_000)
        pay(account, till, at=now, method=Payment.Method.BANK_CARD, litres=20_000)
        cash, card = takings(till).methods
        assert (cash.payments, cash.net, card.payments, card.net) == (1, 16_500, 1, 5_500)
        assert (takings(till).net, takings(till).litres, expected_cash(till)) == (22_000, 80_000, 66_500)

    def test_show_what_went_back(self, account, till, now):
        pay(account, till, at=now)
        lines = [Line(Book.PREPAID, 16_500, account=account), Line(Book.CASH, -16_500, shift=till)]
        post(Posting.Kind.REFUND, lines, by=CLERK, at=now)
        cash = takings(till).methods[0]
        assert (cash.taken, cash.refunds, cash.refunded, cash.net) == (16_500, 1, 16_500, 0)


class TestCount:
    def test_that_fits_needs_no_reason(self, counted):
        assert (counted.status, counted.counted_amount, counted.difference) == ("counted", 50_000, 0)

    def test_that_differs_needs_a_reason(self, till, now):
        with pytest.raises(shifts.ReasonNeeded) as refusal:
            shifts.count_shift(shift=till, counted={10_000: 4}, reason="  ", at=now)
        assert refusal.value.difference == -10_000
        assert Shift.objects.get().is_open

    def test_that_differs_stands_with_its_reason(self, till, now):
        counted = shifts.count_shift(shift=till, counted={10_000: 4}, reason="a note was torn", at=now)
        assert (counted.difference, counted.difference_reason) == (-10_000, "a note was torn")

    @pytest.mark.parametrize("pieces", [{700: 1}, {10_000: -1}, {10_000: 100_001}])
    def test_of_impossible_pieces_is_refused(self, till, now, pieces):
        with pytest.raises(shifts.BadCount):
            shifts.count_shift(shift=till, counted=pieces, reason="", at=now)

    def test_may_be_repeated_and_both_are_remembered(self, till, counted, now):
        shifts.count_shift(shift=till, counted={10_000: 4, 5_000: 2}, reason="", at=now)
        counts = Event.objects.filter(timeline=till.timeline_id, verb="shift.count")
        assert [event.facts["counted"] for event in counts] == [50_000, 50_000]

    def test_forgets_a_reason_that_is_not_needed(self, till, now):
        assert shifts.count_shift(shift=till, counted={10_000: 5}, reason="just so", at=now).difference_reason == ""


class TestSignature:
    def test_hands_the_cash_in_and_empties_the_till(self, counted, qiang, now):
        closed = shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        assert (closed.status, closed.countersigned_by, closed.closed_at) == ("closed", qiang, now)
        assert books(closed)[("hand_in", "safe")] == 50_000
        assert expected_cash(closed) == 0

    @pytest.mark.parametrize(("notes", "over"), [(4, -10_000), (6, 10_000), (0, -50_000)])
    def test_books_what_is_over_or_short(self, till, qiang, now, notes, over):
        counted = shifts.count_shift(shift=till, counted={10_000: notes}, reason="?", at=now)
        closed = shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        assert books(closed)[("over_short", "over_short")] == -over
        assert expected_cash(closed) == 0

    def test_is_somebody_elses(self, hall, counter, now):
        head = people.StaffFactory(hall=hall, roles=[Role.HALL_HEAD])
        till = shifts.open_shift(counter=counter, clerk=head, float_amount=0, at=now)
        shifts.count_shift(shift=till, counted={}, reason="", at=now)
        with pytest.raises(shifts.OwnShift):
            shifts.countersign_shift(shift=till, staff=head, at=now)

    def test_is_of_somebody_who_may(self, counted, hall, now):
        with pytest.raises(Forbidden):
            shifts.countersign_shift(shift=counted, staff=people.StaffFactory(hall=hall), at=now)

    def test_of_another_halls_head_is_refused(self, counted, now):
        with pytest.raises(shifts.OtherHall):
            shifts.countersign_shift(shift=counted, staff=people.StaffFactory(roles=[Role.HALL_HEAD]), at=now)

    def test_of_finance_counts_everywhere(self, counted, mei, now):
        assert shifts.countersign_shift(shift=counted, staff=mei, at=now).is_closed

    def test_twice_by_the_same_person_changes_nothing(self, counted, qiang, now):
        for _ in range(2):
            shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        assert Posting.objects.filter(kind=Posting.Kind.HAND_IN).count() == 1

    def test_needs_a_count(self, till, qiang, now):
        with pytest.raises(WrongMove):
            shifts.countersign_shift(shift=till, staff=qiang, at=now)

    def test_notices_money_that_moved_after_the_count(self, counted, qiang, now):
        post(Posting.Kind.FLOAT, [Line(Book.CASH, 100, shift=counted), Line(Book.SAFE, -100, shift=counted)], by=CLERK, at=now)
        with pytest.raises(shifts.MovedSinceCount):
            shifts.countersign_shift(shift=counted, staff=qiang, at=now)
        assert Shift.objects.get().is_counted


class TestReopen:
    def test_sends_the_till_back_with_the_reason(self, counted, qiang, now):
        opened = shifts.reopen_shift(shift=counted, staff=qiang, reason="one note is missing", at=now)
        assert (opened.status, opened.counted, opened.counted_amount) == ("open", None, None)
        assert Event.objects.get(verb="shift.reopen").facts == {"reason": "one note is missing"}

    def test_is_not_for_the_clerk(self, counted, fang, now):
        with pytest.raises(Forbidden):
            shifts.reopen_shift(shift=counted, staff=fang, reason="oops", at=now)


class TestClosed:
    @pytest.fixture
    def closed(self, counted, qiang, now):
        return shifts.countersign_shift(shift=counted, staff=qiang, at=now)

    def test_is_not_counted_again(self, closed, now):
        with pytest.raises(WrongMove):
            shifts.count_shift(shift=closed, counted={}, reason="again", at=now)

    def test_is_not_reopened(self, closed, qiang, now):
        with pytest.raises(WrongMove):
            shifts.reopen_shift(shift=closed, staff=qiang, reason="again", at=now)

    def test_is_not_signed_by_a_third(self, closed, mei, now):
        with pytest.raises(WrongMove):
            shifts.countersign_shift(shift=closed, staff=mei, at=now)

    def test_is_nobodys_current_shift(self, closed, fang):
        assert current_shift(fang) is None

    def test_leaves_the_counter_free(self, closed, counter, fang, now):
        assert shifts.open_shift(counter=counter, clerk=fang, float_amount=50_000, at=now) != closed


def test_the_current_shift_is_the_clerks_own(till, fang, qiang):
    assert current_shift(fang) == till
    assert current_shift(qiang) is None


def test_a_counted_shift_is_still_current_but_takes_no_money(counted, fang):
    found = current_shift(fang)
    assert (found.is_counted, found.is_open) == (True, False)


def test_a_row_changed_behind_the_operation_is_noticed(till, now, monkeypatch):
    stale = Shift.objects.select_related("clerk__user", "counter__hall").get()
    monkeypatch.setattr(shifts, "_locked", lambda shift: stale)
    Shift.objects.update(version=9)
    with pytest.raises(StaleRow):
        shifts.count_shift(shift=till, counted={10_000: 5}, reason="", at=now)
