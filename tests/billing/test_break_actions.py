"""Settling a break: asked by one, approved by another, booked as it was said; or handed on to what has approvals of its own."""

from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.break_refusals import NotThisWay, SlipHeld, SlipKnown, TooMuchPaidOut
from billing.break_remedies import remedies
from billing.models import Break, Entry, HeldAssignment, ProviderPayment, Refund, Reversal, TopUp
from billing.operations import break_actions, breaks, held_money, meter_commands, payouts, refunds, reversals, statements
from billing.operations.bank_transfers import import_transfers
from billing.operations.break_actions import Wish
from billing.providers.protocol import RefundState
from billing.queries.ledger_proof import prove
from billing.refusals import OwnReversal, ReasonMissing
from casework.operations import StaleRow, WrongMove
from tests.billing.bills_of_day import DAY, as_there, fetched, given_back, hand_in, ordered, paid_here, there
from tests.factories.accounts import StaffFactory
from tests.factories.meters import connected

A = Break.Action


@pytest.fixture
def jun(db):
    """The manager of the branch."""
    return StaffFactory(user__username="jun", hall=None, roles=[Role.BRANCH_MANAGER])


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


def wrong():
    return [finding.wrong for finding in prove() if not finding.is_right]


def settle(kind, action, *, mei, jun, at, note="seen with the bank"):
    """Mei asks and Jun approves."""
    found = Break.objects.get(kind=kind)
    break_actions.act(found=found, wish=Wish(action=action, note=note), by=mei.user, at=at)
    found.refresh_from_db()
    return break_actions.decide(found=found, approve=True, by=jun.user, at=at)


def test_what_a_person_handed_in_is_delivered_when_another_approves(account, mei, jun, now):
    hand_in([there("T1", ordered(account).reference)], by=mei.user, at=now)
    found = settle("missing_here", A.DELIVER, mei=mei, jun=jun, at=now)
    assert (found.status, found.top_up, found.asked_by, found.decided_by) == (
        "settled",
        TopUp.objects.get(),
        mei.user.actor_label,
        jun.user.actor_label,
    )
    assert wrong() == []


def test_what_waits_for_approval_needs_none_once_the_provider_says_it(account, mei, now, monkeypatch):
    orders = [there("T1", ordered(account).reference)]
    hand_in(orders, by=mei.user, at=now)
    break_actions.act(found=Break.objects.get(), wish=Wish(action=A.DELIVER), by=mei.user, at=now)
    fetched(orders, at=now, monkeypatch=monkeypatch)
    found = Break.objects.get()
    assert (found.status, found.asked_by, found.decided_by) == ("settled", mei.user.actor_label, "system:reconciliation")
    assert (TopUp.objects.count(), wrong()) == (1, [])


def test_money_that_is_not_there_is_written_off_against_the_book_of_the_provider(account, mei, jun, now):
    paid_here(account)
    hand_in([there("T9", "PUNKNOWN")], by=mei.user, at=now)
    found = settle("missing_there", A.WRITE_OFF, mei=mei, jun=jun, at=now)
    assert (found.status, found.posting.kind) == ("settled", "write_off")
    assert (balance("written_off"), balance("wechat")) == (5_500, -33)
    assert wrong() == []


def test_what_went_back_without_us_is_a_loss_and_what_is_there_too_much_a_gain(account, mei, jun, now):
    payment = paid_here(account)
    hand_in([there("T1", payment.order_number, 5_600, RSTRANGE=700)], by=mei.user, at=now)
    settle("refund_extra", A.WRITE_OFF, mei=mei, jun=jun, at=now)
    assert balance("written_off") == 700
    settle("amount", A.WRITE_OFF, mei=mei, jun=jun, at=now)
    assert balance("written_off") == 600
    assert wrong() == []


def test_a_difference_may_be_explained_and_moves_no_money(account, mei, jun, now):
    given_back(paid_here(account), amount=5_500, reference="R1")
    hand_in(as_there(ProviderPayment.objects.get()), by=mei.user, at=now)
    found = settle("refund_missing", A.EXPLAIN, mei=mei, jun=jun, at=now)
    assert (found.status, found.note, found.posting) == ("settled", "seen with the bank", None)


@pytest.fixture
def loss(account, mei, now):
    """Paid here, not there."""
    paid_here(account)
    hand_in([there("T9", "PUNKNOWN")], by=mei.user, at=now)
    return Break.objects.get(kind="missing_there")


def test_nobody_approves_what_they_asked_for_and_refused_it_is_open_again(loss, jun, mei, now):
    break_actions.act(found=loss, wish=Wish(action=A.WRITE_OFF, note="x"), by=mei.user, at=now)
    loss.refresh_from_db()
    with pytest.raises(OwnReversal):
        break_actions.decide(found=loss, approve=True, by=mei.user, at=now)
    assert break_actions.decide(found=loss, approve=False, by=jun.user, at=now).status == "open"
    assert balance("written_off") == 0


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (Wish(action=A.WRITE_OFF), ReasonMissing),
        (Wish(action=A.EXPLAIN, note="  "), ReasonMissing),
        (Wish(action=A.DELIVER), NotThisWay),
        (Wish(action=A.REFUND), NotThisWay),
        (Wish(action=A.ASSIGN), NotThisWay),
    ],
    ids=lambda value: getattr(value, "action", None) or value.__name__,
)
def test_what_is_no_way_to_settle_it_is_refused(loss, mei, now, wish, refusal):
    with pytest.raises(refusal):
        break_actions.act(found=loss, wish=wish, by=mei.user, at=now)


def test_only_whoever_reconciles_asks_and_only_once(loss, fang, mei, now):
    with pytest.raises(Forbidden):
        break_actions.act(found=loss, wish=Wish(action=A.WRITE_OFF, note="x"), by=fang.user, at=now)
    stale = Break.objects.get(pk=loss.pk)
    break_actions.act(found=loss, wish=Wish(action=A.WRITE_OFF, note="x"), by=mei.user, at=now)
    with pytest.raises((NotThisWay, StaleRow, WrongMove)):
        break_actions.act(found=stale, wish=Wish(action=A.EXPLAIN, note="x"), by=mei.user, at=now)


def test_it_is_in_the_hands_of_whoever_took_it_on(loss, mei, now):
    breaks.take_on(found=loss, staff=mei, by=mei.user, at=now)
    loss.refresh_from_db()
    assert loss.owner == mei


@pytest.fixture
def unknown(db, now, monkeypatch):
    """Money for nothing that we know, held."""
    fetched([there("T1", "PNOBODY", 30_000)], at=now, monkeypatch=monkeypatch)
    return Break.objects.get()


def test_held_money_goes_back_with_the_approval_of_refunds_and_the_break_ends_with_it(unknown, mei, qiang, now):
    break_actions.act(found=unknown, wish=Wish(action=A.REFUND), by=mei.user, at=now)
    refund = Refund.objects.get()
    assert (refund.status, Break.objects.get().status) == ("asked", "under_way")
    refunds.decide_refund(refund=refund, approve=True, by=qiang.user, at=now)
    refunds.note_outcome(reference=refund.reference, state=RefundState.DONE, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert Break.objects.get().status == "settled"
    assert wrong() == []


def test_a_refund_that_is_refused_leaves_the_break_open(unknown, mei, qiang, now):
    break_actions.act(found=unknown, wish=Wish(action=A.REFUND), by=mei.user, at=now)
    refunds.decide_refund(refund=Refund.objects.get(), approve=False, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert Break.objects.get().status == "open"


def test_held_money_is_used_with_the_second_signature_that_this_always_takes(unknown, account, mei, qiang, now):
    wish = Wish(action=A.ASSIGN, target=account.number, because="proof")
    break_actions.act(found=unknown, wish=wish, by=mei.user, at=now)
    held_money.decide_assignment(assignment=HeldAssignment.objects.get(), approve=True, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert (Break.objects.get().status, balance("credit")) == ("settled", -30_000)


def test_what_never_reached_its_card_is_taken_back_as_any_purchase(account, mei, qiang, now, settings):
    settings.UNDELIVERED_CARD_DAYS = 0
    paid_here(account)
    statements.reconcile(at=now)
    wish = Wish(action=A.REFUND, note="the customer has moved")
    break_actions.act(found=Break.objects.get(), wish=wish, by=mei.user, at=now)
    reversals.carry_out_reversal(reversal=Reversal.objects.get(), shift=None, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert (Break.objects.get().status, TopUp.objects.get().status) == ("settled", "reversed")
    assert Reversal.objects.get().cause == "not_delivered"


def test_a_payout_turns_money_at_the_provider_into_money_at_the_bank_once(account, mei, now):
    hand_in(as_there(paid_here(account)), by=mei.user, at=now)
    given = {"provider": "wechat", "day": DAY, "by": mei.user, "at": now}
    with pytest.raises(TooMuchPaidOut):
        payouts.note_payout(amount=5_468, slip="B1", **given)
    payouts.note_payout(amount=5_467, slip="B1", **given)
    with pytest.raises(SlipKnown):
        payouts.note_payout(amount=1, slip="B1", **given)
    with pytest.raises(TooMuchPaidOut):  # the bank's numbers begin anew each day
        payouts.note_payout(amount=1, slip="B1", **given | {"day": DAY + timedelta(days=1)})
    assert (balance("wechat"), balance("bank"), balance("fees")) == (0, 5_467, 33)
    assert wrong() == []


def test_a_payout_is_no_customers_money_whichever_is_read_first(account, mei, now):
    hand_in(as_there(paid_here(account)), by=mei.user, at=now)
    given = {"provider": "wechat", "amount": 100, "day": DAY, "by": mei.user, "at": now}
    payouts.note_payout(slip="B1", **given)
    file = b"transaction,at,amount,purpose\nB1,2026-11-19,1.00,x\nB2,2026-11-19,1.00,x"
    assert import_transfers(content=file, at=now).known == 1
    with pytest.raises(SlipHeld):
        payouts.note_payout(slip="B2", **given)
    assert (balance("bank"), wrong()) == (200, [])


def test_a_loss_that_one_person_alone_wrote_off_does_not_pass_the_proof(loss, mei, jun, now):
    settle("missing_there", A.WRITE_OFF, mei=mei, jun=jun, at=now)
    Break.objects.filter(pk=loss.pk).update(decided_by=mei.user.actor_label)
    assert wrong() == [f"break {loss.reference}: written off by one person alone"]


def test_a_recharge_that_its_meter_did_not_fetch_is_sent_once_more_and_ends_the_break(account, mei, now):
    meter = connected(account)
    paid_here(account)
    late = now + timedelta(days=9)
    statements.reconcile(at=late)
    wish = Wish(action=A.DELIVER)
    with pytest.raises(NotThisWay):  # it may still come for it
        break_actions.act(found=Break.objects.get(), wish=wish, by=mei.user, at=late)
    meter_commands.expire_commands(at=late)
    assert break_actions.act(found=Break.objects.get(), wish=wish, by=mei.user, at=late).status == "under_way"
    for command in meter_commands.fetch(meter=meter, at=late):
        meter_commands.confirm(meter=meter, number=command.number, at=late)
    breaks.look_again(at=late)
    assert (Break.objects.get().status, TopUp.objects.get().status) == ("settled", "written")


def test_a_meter_that_again_does_not_come_leaves_the_break_open(account, mei, now):
    connected(account)
    paid_here(account)
    late = now + timedelta(days=9)
    statements.reconcile(at=late)
    meter_commands.expire_commands(at=late)
    break_actions.act(found=Break.objects.get(), wish=Wish(action=A.DELIVER), by=mei.user, at=late)
    breaks.look_again(at=late)
    assert Break.objects.get().status == "under_way"
    meter_commands.expire_commands(at=late + timedelta(days=9))
    breaks.look_again(at=late + timedelta(days=9))
    assert Break.objects.get().status == "open"


def test_a_refund_that_failed_is_not_asked_for_anew_but_tried_again(unknown, mei, qiang, now):
    break_actions.act(found=unknown, wish=Wish(action=A.REFUND), by=mei.user, at=now)
    refund = refunds.decide_refund(refund=Refund.objects.get(), approve=True, by=qiang.user, at=now)
    refunds.note_outcome(reference=refund.reference, state=RefundState.FAILED, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert Break.objects.get().status == "under_way"
    refunds.retry(refund=Refund.objects.get(), by=qiang.user, at=now)
    refunds.note_outcome(reference=refund.reference, state=RefundState.DONE, by=qiang.user, at=now)
    breaks.look_again(at=now)
    assert Break.objects.get().status == "settled"


def test_a_refund_of_ours_that_may_still_be_booked_is_not_written_off(account, mei, now):
    given_back(paid_here(account), amount=500, status="failed", reference="R1")
    hand_in([there("T1", "PX", R1=500)], by=mei.user, at=now)
    assert remedies(Break.objects.get(kind="refund_extra")) == ()
    Refund.objects.update(status="refused")
    assert A.WRITE_OFF in remedies(Break.objects.get(kind="refund_extra"))
