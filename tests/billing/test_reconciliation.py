"""Bills of providers against our books and what was delivered: a break is found once, and settles when the three agree again."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import System
from billing.models import Break, Entry, ProviderPayment, Statement, StatementLine, TopUp
from billing.operations import statements
from billing.operations.provider_payments import take
from billing.queries.ledger_proof import prove
from billing.queries.matching import faults_of_ours
from tests.billing.bills_of_day import DAY, NOON, as_there, bill, fetched, found, given_back, hand_in, heard, ordered, paid_here, there
from tests.factories.statements import StatementFactory, StatementLineFactory


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


def wrong():
    return [finding.wrong for finding in prove() if not finding.is_right]


def test_a_bill_that_agrees_opens_nothing_and_its_fees_are_booked(account, mei, now):
    statement = hand_in(as_there(paid_here(account)), by=mei.user, at=now)
    assert (statement.payments, statement.paid, statement.fees, statement.fresh, statement.bad) == (1, 5_500, 33, 1, [])
    assert (found(), statement.compared_at) == ([], now)
    assert (balance("wechat"), balance("fees")) == (5_500 - 33, 33)
    assert wrong() == []


def test_the_same_bill_again_changes_nothing(account, mei, now):
    orders = [*as_there(paid_here(account)), there("T2", "PUNKNOWN")]
    first, again = (hand_in(orders, by=mei.user, at=now) for _ in range(2))
    assert first == again
    assert (Statement.objects.count(), StatementLine.objects.count(), Break.objects.count(), balance("fees")) == (1, 2, 1, 66)


def test_a_bill_that_overlaps_adds_only_what_is_new_and_names_what_contradicts(account, mei, now):
    orders = as_there(paid_here(account))
    hand_in(orders, by=mei.user, at=now)
    orders[0].paid = 5_400
    statement = hand_in([*orders, there("T2", "PUNKNOWN")], by=mei.user, at=now)
    assert (statement.fresh, statement.fresh_fees) == (1, 33)
    assert statement.bad == [{"line": 2, "because": "contradicts"}]
    assert wrong() == []


def test_paid_there_not_here_waits_for_two_people_where_a_person_handed_the_bill_in(account, mei, now):
    hand_in([there("T1", ordered(account).reference)], by=mei.user, at=now)
    assert found() == [("missing_here", 5_500, None)]
    assert not ProviderPayment.objects.exists()


def test_paid_there_not_here_is_delivered_at_once_where_the_provider_itself_says_so(account, now, monkeypatch):
    fetched([there("T1", ordered(account).reference)], at=now, monkeypatch=monkeypatch)
    assert (TopUp.objects.get().status, ProviderPayment.objects.get().heard_by) == ("paid", "statement")
    settled = Break.objects.get()
    assert (settled.status, settled.top_up, settled.there) == ("settled", TopUp.objects.get(), 5_500)
    assert wrong() == []


def test_paid_there_for_a_cancelled_order_goes_back_by_itself_and_the_break_ends_with_it(account, now, monkeypatch):
    fetched([there("T1", ordered(account, status="cancelled").reference)], at=now, monkeypatch=monkeypatch)
    waiting = Break.objects.get()
    assert (waiting.status, waiting.action, waiting.refund.status) == ("under_way", "refund", "approved")


def test_paid_there_for_nothing_we_know_is_held_and_stays_open(now, db, monkeypatch):
    fetched([there("T1", "PNOBODY")], at=now, monkeypatch=monkeypatch)
    assert found() == [("missing_here", 5_500, None)]
    assert (Break.objects.get().payment.use, balance("held")) == ("held", -5_500)


@pytest.mark.parametrize(("status", "kind"), [("paid", "missing_there"), ("written", "delivered_unpaid")])
def test_paid_here_not_there_says_whether_the_gas_is_gone(account, mei, now, status, kind):
    payment = paid_here(account)
    TopUp.objects.update(status=status)
    hand_in([there("T9", "PUNKNOWN")], by=mei.user, at=now)
    assert (kind, None, 5_500) in found()
    assert Break.objects.get(kind=kind).top_up == payment.checkout.top_up


def test_what_a_bill_left_out_and_a_later_one_brings_settles_itself(account, mei, now):
    payment = paid_here(account)
    hand_in([there("T9", "PUNKNOWN")], by=mei.user, at=now)
    hand_in([there("T9", "PUNKNOWN"), *as_there(payment)], by=mei.user, at=now)
    assert [one[0] for one in found()] == ["missing_here"]


def test_a_bill_that_was_cut_says_nothing_about_what_is_not_in_it(account, mei, now):
    payment = paid_here(account)
    rows = bill(*as_there(payment), there("T9", "PUNKNOWN")).decode().splitlines()
    statement = statements.take_over(content="\r\n".join(rows[:1] + rows[2:]).encode(), by=mei.user, at=now)
    assert statement.bad == [{"line": 0, "because": "summary"}]
    assert [one[0] for one in found()] == ["missing_here"]


def test_another_amount_and_another_fee_are_told_apart(account, mei, now, settings):
    settings.PROVIDER_FEES = {"wechat": 38}
    payment = paid_here(account)
    hand_in([there("T1", payment.order_number, 5_400)], by=mei.user, at=now)
    assert found() == [("amount", 5_400, 5_500), ("fee", 32, 21)]


def test_money_that_the_ledger_does_not_know_is_found(account, mei, now):
    payment = paid_here(account)
    Entry.objects.filter(book="wechat")._raw_delete("default")
    hand_in(as_there(payment), by=mei.user, at=now)
    assert found() == [("not_posted", 5_500, 0)]


def test_refunds_are_compared_both_ways(account, mei, now):
    first, second = (paid_here(account, transaction) for transaction in ("T1", "T2"))
    given_back(first, amount=5_500, reference="R1")
    given_back(second, amount=500, reference="R2")
    orders = [there("T1", first.order_number), there("T2", second.order_number, R2=400, R3=100)]
    hand_in(orders, by=mei.user, at=now)
    assert sorted(found(), key=str) == sorted([("amount", 400, 500), ("refund_extra", 100, None), ("refund_missing", None, 5_500)], key=str)


@pytest.mark.parametrize("status", ["sent", "failed"])
def test_a_refund_that_the_provider_says_went_is_done(account, now, monkeypatch, status):
    payment = take(provider="wechat", heard=heard("T1", ""), heard_by="callback", by=System("tests"), at=NOON)
    given_back(payment, amount=5_500, status=status, reference="R1")
    fetched([there("T1", "PUNKNOWN", R1=5_500)], at=now, monkeypatch=monkeypatch)
    payment.refresh_from_db()
    assert (payment.use, found()) == ("returned", [])
    assert wrong() == []


def test_what_is_long_paid_and_not_delivered_is_found_and_settles_when_it_is(account, now, settings):
    settings.UNDELIVERED_CARD_DAYS = 1
    paid_here(account)
    statements.reconcile(at=now)
    assert found() == []
    for _ in range(2):
        statements.reconcile(at=now + timedelta(days=1))
    assert found() == [("not_delivered", 5_500, 5_500)]
    TopUp.objects.update(status="reversed")
    statements.reconcile(at=now + timedelta(days=2))
    assert found() == []


def test_delivered_without_a_card_or_a_meter_that_saw_it_is_found(account, now):
    paid_here(account)
    TopUp.objects.update(status="written", written_at=now)
    statements.reconcile(at=now)
    assert found() == [("not_delivered", 5_500, 5_500)]


@pytest.mark.usefixtures("book")
def test_a_break_is_promised_to_be_settled_within_three_working_days(account, mei, now):
    payment = paid_here(account)
    hand_in([there("T9", payment.order_number)], by=mei.user, at=now)
    clock = Break.objects.get(kind="missing_there").timeline.clocks.get()
    assert (clock.promise_id, clock.due_at) == ("H03", datetime(2026, 11, 25, 2, tzinfo=UTC))
    hand_in([there("T9", payment.order_number), *as_there(payment)], by=mei.user, at=now)
    clock.refresh_from_db()
    assert clock.stopped_at == now


def test_a_bill_that_was_kept_but_not_compared_is_compared_by_the_next_run(account, mei, now):
    statement = hand_in(as_there(paid_here(account)), by=mei.user, at=now)
    Statement.objects.update(compared_at=None)
    statements.reconcile(at=now)
    statement.refresh_from_db()
    assert statement.compared_at == now


def test_the_morning_fetches_each_day_that_is_missing_once(now, db, monkeypatch, settings):
    asked = []
    provider = type("Provider", (), {"statement": lambda self, day: asked.append(day)})()
    monkeypatch.setattr("billing.providers.provider", lambda code: provider)
    monkeypatch.setattr("billing.providers.offered", lambda: {"wechat": ("qr",)})
    monkeypatch.setattr(statements, "real_now", lambda: now)
    assert [statements.reconcile(at=now) for _ in range(2)] == [1, 0]
    monkeypatch.setattr(statements, "real_now", lambda: now + timedelta(days=2))
    assert statements.reconcile(at=now) == 2
    assert asked == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]


def test_before_the_bills_are_made_nobody_is_asked(now, db, monkeypatch):
    monkeypatch.setattr("billing.providers.offered", lambda: {"wechat": ("qr",)})
    monkeypatch.setattr(statements, "real_now", lambda: now - timedelta(minutes=1))
    assert statements.reconcile(at=now) == 0


def test_a_row_of_a_person_never_stands_in_for_the_provider_s_own(account, mei, now, monkeypatch):
    payment = paid_here(account)
    hand_in(as_there(payment), by=mei.user, at=now)
    fetched([there("T9", "PUNKNOWN")], at=now, monkeypatch=monkeypatch)
    assert ("missing_there", None, 5_500) in found()
    hand_in([*as_there(payment), there("T8", "PUNKNOWN")], by=mei.user, at=now)
    assert ("missing_there", None, 5_500) in found()


def test_what_a_person_handed_in_and_the_provider_says_too_needs_nobody_s_approval(account, mei, now, monkeypatch):
    orders = [there("T1", ordered(account).reference)]
    hand_in(orders, by=mei.user, at=now)
    assert [one[0] for one in found()] == ["missing_here"]
    statement = fetched([*orders, there("T2", "PUNKNOWN")], at=now, monkeypatch=monkeypatch)
    assert (statement.fresh, statement.fresh_fees, balance("fees")) == (2, 33, 66)
    assert Break.objects.get(line__transaction="T1").status == "settled"
    assert wrong() == []


def test_a_row_that_cannot_be_dealt_with_stops_no_other_and_comes_round_again(account, now, monkeypatch):
    orders = [there("T1", "PX"), there("T2", ordered(account).reference)]
    real = statements.break_actions.take

    def breaks_down(*, heard, **given):
        if heard.transaction == "T1":
            raise RuntimeError
        return real(heard=heard, **given)

    with monkeypatch.context() as patched:
        patched.setattr("billing.operations.break_actions.take", breaks_down)
        statement = fetched(orders, at=now, monkeypatch=monkeypatch)
    assert (statement.compared_at, TopUp.objects.count()) == (None, 1)
    statements.reconcile(at=now)
    statement.refresh_from_db()
    assert (statement.compared_at, ProviderPayment.objects.count()) == (now, 2)


def test_a_day_that_failed_is_asked_for_again_after_the_next_one_came(now, db, monkeypatch):
    for day in (DAY - timedelta(days=4), DAY - timedelta(days=2), DAY - timedelta(days=1)):
        StatementFactory(source="fetched", first_day=day, last_day=day)
    StatementFactory(source="uploaded", first_day=DAY - timedelta(days=3), last_day=DAY)
    asked = []
    provider = type("Provider", (), {"statement": lambda self, day: asked.append(day)})()
    monkeypatch.setattr("billing.providers.provider", lambda code: provider)
    monkeypatch.setattr("billing.providers.offered", lambda: {"wechat": ("qr",)})
    monkeypatch.setattr(statements, "real_now", lambda: now)
    statements.reconcile(at=now)
    assert asked == [DAY - timedelta(days=3), DAY]


def test_the_provider_is_believed_though_a_person_handed_the_very_same_file_in(account, mei, now, monkeypatch):
    orders = [there("T1", ordered(account).reference)]
    hand_in(orders, by=mei.user, at=now)
    assert fetched(orders, at=now, monkeypatch=monkeypatch).source == "fetched"
    assert (TopUp.objects.count(), balance("fees"), found(), wrong()) == (1, 33, [], [])


def test_each_day_of_a_bill_that_a_person_handed_in_is_held_against_the_provider_s_own_of_that_day(account, mei, now):
    today, day_before = paid_here(account, "T1"), paid_here(account, "T2")
    ProviderPayment.objects.filter(pk=day_before.pk).update(paid_at=NOON - timedelta(days=1))
    StatementFactory(source="fetched")
    statement = StatementFactory(first_day=DAY - timedelta(days=1))
    for payment in (today, day_before):
        StatementLineFactory(statement=statement, transaction=payment.transaction)
    assert [fault.payment for fault in faults_of_ours(statement)] == [today]
