"""Tills: open, count, sign, close; never two at one counter, never changed once closed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction

from accounts.clock import business_date
from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import Book, Entry, Payment, Posting, ReopenReason, Shift, ShiftReturn
from billing.operations import shifts
from billing.operations.hall_days import close_hall_day
from billing.operations.ledger import Line, post
from billing.queries.shifts import current_shift, expected_cash, takings
from casework.journal import digest
from casework.models import Event
from casework.operations import StaleRow, WrongMove, seal_journal
from casework.queries import prove_journal
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


class TestCountForClerk:
    """Fang went home ill with her till open: Qiang counts, Mei signs, the counter and the day go on."""

    @pytest.fixture
    def counted_by_qiang(self, till, qiang, now):
        return shifts.count_for_clerk(shift=till, staff=qiang, counted={10_000: 5}, reason="", at=now)

    def test_is_noted_with_who_counted(self, counted_by_qiang, qiang):
        assert (counted_by_qiang.status, counted_by_qiang.counted_by, counted_by_qiang.counted_amount) == ("counted", qiang, 50_000)
        assert Event.objects.get(verb="shift.count_for_clerk").by == qiang.user.actor_label

    def test_a_third_person_signs_and_the_counter_is_free(self, counted_by_qiang, mei, hall, now):
        closed = shifts.countersign_shift(shift=counted_by_qiang, staff=mei, at=now)
        assert closed.is_closed
        assert shifts.open_shift(counter=closed.counter, clerk=people.StaffFactory(hall=hall), float_amount=0, at=now).is_open

    def test_and_the_day_closes(self, counted_by_qiang, mei, qiang, hall, now):
        shifts.countersign_shift(shift=counted_by_qiang, staff=mei, at=now)
        assert close_hall_day(hall=hall, day=business_date(now), staff=qiang, at=now)

    def test_whoever_counted_does_not_sign(self, counted_by_qiang, qiang, now):
        with pytest.raises(shifts.OwnCount):
            shifts.countersign_shift(shift=counted_by_qiang, staff=qiang, at=now)

    def test_the_database_does_not_let_them_either(self, counted_by_qiang, qiang, now):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shift.objects.update(status="closed", closed_at=now, countersigned_by=qiang)

    def test_the_clerk_who_comes_back_counts_again(self, counted_by_qiang, fang, qiang, now):
        again = shifts.count_shift(shift=counted_by_qiang, counted={10_000: 5}, reason="", at=now)
        assert again.counted_by == fang
        assert shifts.countersign_shift(shift=again, staff=qiang, at=now).is_closed

    def test_a_difference_needs_a_reason_here_too(self, till, qiang, now):
        with pytest.raises(shifts.ReasonNeeded):
            shifts.count_for_clerk(shift=till, staff=qiang, counted={10_000: 4}, reason="", at=now)

    def test_is_not_for_another_clerk_nor_for_the_own_till(self, till, fang, hall, now):
        for clerk in (fang, people.StaffFactory(hall=hall)):
            with pytest.raises(Forbidden):
                shifts.count_for_clerk(shift=till, staff=clerk, counted={}, reason="", at=now)

    def test_is_not_for_the_head_of_another_hall(self, till, now):
        with pytest.raises(shifts.OtherHall):
            shifts.count_for_clerk(shift=till, staff=people.StaffFactory(roles=[Role.HALL_HEAD]), counted={}, reason="", at=now)


class TestReopen:
    def test_sends_the_till_back_with_the_reason(self, counted, qiang, now):
        opened = shifts.reopen_shift(shift=counted, staff=qiang, reason=ReopenReason.MISCOUNTED, at=now)
        assert (opened.status, opened.counted, opened.counted_amount, opened.counted_by) == ("open", None, None, None)
        assert Event.objects.get(verb="shift.reopen").facts == {"reason": "miscounted"}

    def test_keeps_peoples_words_out_of_the_journal_and_a_digest_in_it(self, counted, qiang, now):
        shifts.reopen_shift(shift=counted, staff=qiang, reason=ReopenReason.OTHER, words="王芳 dropped a note", at=now)
        said = ShiftReturn.objects.get()
        assert Event.objects.get(verb="shift.reopen").facts == {
            "reason": "other",
            "words": said.pk,
            "digest": digest("王芳 dropped a note", salt=said.salt),
        }

    def test_words_can_be_erased_and_the_journal_holds(self, counted, qiang, now):
        shifts.reopen_shift(shift=counted, staff=qiang, reason=ReopenReason.OTHER, words="王芳 dropped a note", at=now)
        seal_journal(at=now)
        ShiftReturn.objects.update(words="", salt="")
        assert prove_journal().fault == ""

    def test_is_not_for_the_clerk(self, counted, fang, now):
        with pytest.raises(Forbidden):
            shifts.reopen_shift(shift=counted, staff=fang, reason=ReopenReason.OTHER, at=now)


class TestClosed:
    @pytest.fixture
    def closed(self, counted, qiang, now):
        return shifts.countersign_shift(shift=counted, staff=qiang, at=now)

    def test_is_not_counted_again(self, closed, now):
        with pytest.raises(WrongMove):
            shifts.count_shift(shift=closed, counted={}, reason="again", at=now)

    def test_is_not_reopened(self, closed, qiang, now):
        with pytest.raises(WrongMove):
            shifts.reopen_shift(shift=closed, staff=qiang, reason=ReopenReason.OTHER, at=now)

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
