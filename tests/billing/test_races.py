"""Two at once, on a real database with real threads: whatever the order, nothing is sold, written or paid back twice."""

import threading
from dataclasses import replace

import pytest
from django.db import close_old_connections, connection

from billing.models import Book, CardWrite, CounterVisit, Entry, Payment, Posting, Receipt, Shift, TopUp
from billing.operations import ask_reversal, begin_write, carry_out_reversal, counter_visits, finish_write, sell, settle_card
from billing.operations.shifts import count_shift
from billing.queries.quotes import StaleQuote
from billing.queries.shifts import expected_cash
from billing.refusals import CardBusy, ClosedShift, NotApproved
from billing.states import TopUpStatus
from casework.operations import StaleRow
from tests.factories.billing import ShiftFactory, image_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run all at the same moment, each in a thread with a connection of its own; what each returned or raised."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        close_old_connections()
        barrier.wait(10)
        try:
            results[place] = act()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            results[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def top_ups(results):
    return [result for result in results if isinstance(result, TopUp)]


@pytest.fixture
def sold(order_of, fang, now):
    return sell(order=order_of(), by=fang.user, at=now)


def fresh(row):
    """The same row as another process would load it."""
    return type(row).objects.get(pk=row.pk)


def loaded(write):
    return CardWrite.objects.select_related("top_up__account", "top_up__meter", "card").get(pk=write.pk)


def test_two_clerks_at_the_same_account_sell_once(order_of, fang, qiang, now):
    other_till = ShiftFactory(clerk=qiang, counter__number=2)
    one, two = order_of(key="one"), order_of(key="two", shift=other_till)
    results = at_once(lambda: sell(order=one, by=fang.user, at=now), lambda: sell(order=two, by=qiang.user, at=now))
    assert len(top_ups(results)) == 1
    assert next(type(result) for result in results if result not in top_ups(results)) in {CardBusy, StaleQuote}
    assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)


def test_one_request_sent_four_times_sells_once(order_of, fang, now):
    order = order_of()
    results = at_once(*[lambda: sell(order=order, by=fang.user, at=now)] * 4)
    assert len({top_up.pk for top_up in top_ups(results)}) == 1
    assert len(top_ups(results)) == 4
    assert (Payment.objects.count(), Receipt.objects.count(), TopUp.objects.count()) == (1, 1, 1)


def test_one_order_begins_to_be_written_once(sold, card, fang, now):
    tries = [fresh(sold) for _ in range(3)]
    results = at_once(*[lambda t=t: begin_write(top_up=t, seen=image_of(card), by=fang.user, at=now) for t in tries])
    assert sorted(type(result).__name__ for result in results) == ["CardBusy", "CardBusy", "CardWrite"]
    assert CardWrite.objects.count() == 1


def test_one_write_is_delivered_once(sold, card, fang, now):
    write = begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)
    read_back, answers = replace(write.wanted_image, unlock=""), [loaded(write) for _ in range(3)]
    at_once(*[lambda a=a: finish_write(write=a, read_back=read_back, by=fang.user, at=now) for a in answers])
    assert TopUp.objects.get().status == TopUpStatus.WRITTEN
    assert Entry.objects.filter(book=Book.SALES).count() == 1


def test_two_terminals_settle_a_card_once(sold, card, fang, qiang, now):
    write = begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)
    finish_write(write=write, read_back=None, error="power_lost", by=fang.user, at=now)
    seen = replace(write.wanted_image, unlock="")
    at_once(*[lambda by=by: settle_card(card=card, seen=seen, by=by.user, at=now) for by in (fang, qiang)])
    assert TopUp.objects.get().status == TopUpStatus.WRITTEN
    assert Entry.objects.filter(book=Book.SALES).count() == 1


def test_a_read_and_the_answer_of_the_write_agree(sold, card, fang, now):
    """The card was read the moment before it was written; both reach us at once."""
    write = begin_write(top_up=sold, seen=image_of(card), by=fang.user, at=now)
    answer = loaded(write)
    at_once(
        lambda: settle_card(card=card, seen=image_of(card), by=fang.user, at=now),
        lambda: finish_write(write=answer, read_back=replace(write.wanted_image, unlock=""), by=fang.user, at=now),
    )
    assert TopUp.objects.get().status == TopUpStatus.WRITTEN
    assert Entry.objects.filter(book=Book.SALES).count() == 1


def test_a_till_is_never_counted_without_the_sale_that_went_into_it(order_of, shift, fang, now):
    order = order_of()
    results = at_once(
        lambda: sell(order=order, by=fang.user, at=now),
        lambda: count_shift(shift=fresh(shift), counted={10_000: 5}, reason="counted", at=now),
    )
    counted = Shift.objects.get(pk=shift.pk)
    assert counted.status == "counted"
    assert counted.expected_amount == expected_cash(counted)
    assert top_ups(results) or isinstance(results[0], ClosedShift)


def test_two_who_carry_out_a_reversal_pay_once(sold, shift, fang, now):
    reversal = ask_reversal(top_up=sold, reason="changed her mind", by=fang.user, at=now)
    results = at_once(*[lambda: carry_out_reversal(reversal=fresh(reversal), shift=shift, by=fang.user, at=now)] * 2)
    assert Posting.objects.filter(kind="refund").count() == 1
    assert next(type(result) for result in results if isinstance(result, Exception)) in {NotApproved, StaleRow}


def test_an_order_is_not_written_and_paid_back_at_once(sold, card, shift, fang, now):
    reversal = ask_reversal(top_up=sold, reason="changed her mind", by=fang.user, at=now)
    at_once(
        lambda: begin_write(top_up=fresh(sold), seen=image_of(card), by=fang.user, at=now),
        lambda: carry_out_reversal(reversal=fresh(reversal), shift=shift, by=fang.user, at=now),
    )
    was_paid_back = Posting.objects.filter(kind="refund").exists()
    assert CardWrite.objects.exists() != was_paid_back
    assert TopUp.objects.get().status == (TopUpStatus.REVERSED if was_paid_back else TopUpStatus.WRITING)


def test_a_card_read_on_two_pages_is_one_visit(account, shift, fang, now):
    results = at_once(*[lambda: counter_visits.begin(account=fresh(account), shift=fresh(shift), by=fang.user, at=now)] * 4)
    assert results == [CounterVisit.objects.get()] * 4
