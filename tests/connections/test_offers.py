"""From the design to the paid contract: versions that never change, one acceptance of what was read, money in advance, and back again."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

import billing.operations.charges
from accounts.actors import System
from accounts.clock import business_date
from billing import providers
from billing.models import Book, Charge, ChargeReturn, Entry, Payment, Refund
from billing.operations import charge_checkouts, charge_returns, charge_tills
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard
from billing.queries.ledger_proof import prove
from billing.refusals import OwnReversal
from casework.operations import StaleRow, cancel_case, erase_case, move_case
from casework.permissions import VISITOR
from connections.models import Contract, Quote
from connections.offer_refusals import AlreadyAccepted, AlreadySent, NoOffer, OfferExpired, OtherPaper, PaidAlready
from connections.operations import designs, offers, withdrawing
from connections.queries.fingerprints import digest_of, personal_digest
from connections.queries.offers import charge_of, offer_of, standing_contract
from connections.quote_lines import NewLine, NewQuote
from connections.quote_sums import line_amount, total_of
from connections.refund_rules import ContractLine, given_back, refund_of
from tests.connections.conftest import verbs

BY = System("tests")
BOSS = System("boss")
LONG = 1_250  # twelve and a half metres


@pytest.fixture
def designed(application, now):
    """Papers here, being designed."""
    application.processing_from = now
    application.save(update_fields=["processing_from"])
    application.papers.update(status="accepted")
    move_case(case=application.case, verb="design", by=BY, at=now)
    return application


@pytest.fixture
def quoted(designed, steward, now):
    """The connection by the plan, and pipe by free words."""
    lines = [NewLine(fee=designed.policy.fees.get(), price=260_000), NewLine(words="Pipe", price=4_599, hundredths=LONG)]
    return offers.draft_quote(application=designed, wanted=NewQuote(lines=lines), by=steward.user, at=now)


@pytest.fixture
def contract(quoted, steward, now):
    return offers.send_quote(quote=quoted, by=steward.user, at=now)


@pytest.fixture
def accepted(contract, designed, now):
    offers.accept_contract(application=designed, digest=digest_of(contract), how="link", by=VISITOR, at=now)
    return designed


@pytest.fixture
def paid(accepted, shift, drained, now):
    """Over the counter, and what follows has followed."""
    charge = Charge.objects.get()
    taken = charge_tills.ChargeTakings(charge=charge, shift=shift, method=Payment.Method.CASH, key="till")
    charge_tills.pay_charge_at_till(taken=taken, by=shift.clerk.user, at=now)
    drained()
    accepted.case.refresh_from_db()
    return accepted


def balances():
    books = (Book.ADVANCES, Book.WORKS)
    return [sum(Entry.objects.filter(book=book).values_list("amount", flat=True)) for book in books]


def check_books():
    assert [finding.wrong for finding in prove() if not finding.is_right] == []


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_a_line_is_rounded_once_half_up(price, hundredths):
    assert abs(100 * line_amount(price, hundredths) - price * hundredths) <= 50
    assert total_of([(price, hundredths)] * 3) == 3 * line_amount(price, hundredths)


@pytest.mark.parametrize(
    ("until", "status", "done", "back"),
    [
        ("contract", "accepted", 0, 1_000),
        ("contract", "contract", 0, 1_000),
        ("contract", "construction", 0, 0),
        ("accepted", "design", 0, 0),
        ("ready", "construction", 0, 1_000),
        ("ready", "construction", 50, 500),
        ("ready", "corrections", 33, 670),
        ("ready", "acceptance", 100, 0),
        ("ready", "ready", 999, 0),
        ("ready", "connected", 0, 0),
        ("cancelled", "contract", 0, 0),
    ],
)
def test_what_goes_back_of_a_line_is_what_the_rule_allows_and_was_not_done(until, status, done, back):
    assert given_back(ContractLine(price=1_000, hundredths=100, refundable_until=until, done=done), status) == back


@given(st.lists(st.builds(ContractLine, price=st.integers(0, 10**6), hundredths=st.integers(0, 5_000), done=st.integers(-5, 9_000))))
def test_never_more_goes_back_than_was_charged_and_never_less_than_nothing(lines):
    assert 0 <= refund_of(lines, "construction") <= sum(line.amount for line in lines)


def test_what_was_sent_never_changes_and_the_next_price_is_another_version(contract, quoted, designed, steward, now):
    assert (quoted.total, contract.number, contract.quote.valid_until) == (317_488, "K2026-00001", business_date(now) + offers.HOLDS)
    with pytest.raises(AlreadySent):
        offers.send_quote(quote=quoted, by=steward.user, at=now)
    second = offers.draft_quote(application=designed, wanted=NewQuote(lines=[NewLine(words="All", price=1)]), by=steward.user, at=now)
    assert (second.number, Quote.objects.get(number=1).lines.count()) == (2, 2)
    offers.withdraw_offer(application=designed, by=steward.user, at=now)
    again = offers.send_quote(quote=second, by=steward.user, at=now)
    assert (again.number, standing_contract(designed), designed.case.status) == ("K2026-00002", again, "contract")


def test_only_what_was_read_is_accepted_once_and_in_time(contract, designed, now):
    said = {"application": designed, "how": "link", "by": VISITOR}
    with pytest.raises(OtherPaper):
        offers.accept_contract(digest="0" * 64, at=now, **said)
    with pytest.raises(OfferExpired):
        offers.accept_contract(digest=digest_of(contract), at=now + offers.HOLDS + timedelta(days=1), **said)
    offers.accept_contract(digest=digest_of(contract), at=now, **said)
    with pytest.raises(AlreadyAccepted):
        offers.accept_contract(digest=digest_of(contract), at=now, **said)
    charge = charge_of(contract)
    assert (charge.amount, charge.basis, [line["words"] for line in charge.lines][1]) == (317_488, contract.number, "Pipe")
    assert "connection.contract_accepted" in verbs(designed.case)


def test_a_changed_name_makes_another_contract(contract, designed):
    before = digest_of(contract)
    contract.quote.application.case.contact_name = "Somebody Else"
    assert digest_of(contract) != before


def test_an_accepted_offer_falls_with_its_charge_but_a_paid_one_does_not(accepted, designed, steward, shift, now):
    offers.withdraw_offer(application=designed, by=steward.user, at=now)
    assert (Charge.objects.get().status, designed.case.status, standing_contract(designed)) == ("withdrawn", "design", None)
    with pytest.raises(NoOffer):
        offers.withdraw_offer(application=designed, by=steward.user, at=now)


def test_the_money_takes_the_application_on_to_the_works(paid, steward, now):
    assert (paid.case.status, balances()) == ("construction", [-317_488, 0])
    assert paid.stages.get(key="payment").status == "done"
    with pytest.raises(PaidAlready):
        offers.withdraw_offer(application=paid, by=steward.user, at=now)
    check_books()


@pytest.mark.parametrize("door", [withdrawing.withdraw, cancel_case])
def test_who_withdraws_before_the_works_gets_all_of_it_by_whichever_door(accepted, shift, drained, now, door):
    charge = Charge.objects.get()
    came = billing.operations.charges.CameIn(method="cash", book=Book.CASH, shift=shift)
    billing.operations.charges.pay_charge(charge=charge, amount=charge.amount, came=came, by=BY, at=now)
    subject = {"application": accepted} if door is withdrawing.withdraw else {"case": accepted.case}
    door(**subject, reason="moved away", by=BY, at=now)
    drained()
    asked = charge.returns.get()
    assert (asked.amount, asked.status, accepted.case.status) == (charge.amount, "asked", "cancelled")


def test_a_small_part_that_goes_back_at_once_goes_back_once(accepted, steward, drained, settings, now):
    settings.REVERSAL_NEEDS_APPROVAL_FROM = 200_000
    accepted.policy.fees.update(refundable_until="design")
    charge = Charge.objects.get()
    pay_online(charge, now)
    withdrawing.withdraw(application=accepted, reason="moved away", by=steward.user, at=now)
    drained()
    assert [(one.amount, one.status) for one in charge.returns.all()] == [(57_488, "done")]
    assert (Charge.objects.get().status, balances()) == ("earned", [0, -260_000])
    check_books()


def pay_online(charge, at):
    """Paid, and nothing has followed yet."""
    basket = charge_checkouts.ChargeBasket(charge=charge, provider="alipay", product="qr", key="k")
    with patch.object(providers, "offered", lambda: {"alipay": ("qr",)}):
        order = charge_checkouts.open_charge_checkout(basket=basket, by=BY, at=at)
    numbers = {"transaction": "1", "order_number": order.reference, "amount": charge.amount, "currency": "CNY"}
    take(provider="alipay", heard=Heard(**numbers, paid_at=at), heard_by="callback", by=BY, at=at)


@pytest.mark.parametrize("door", [withdrawing.withdraw, cancel_case])
def test_whoever_withdraws_does_not_approve_alone_what_goes_back(accepted, drained, qiang, now, door):
    pay_online(Charge.objects.get(), now)
    subject = {"application": accepted} if door is withdrawing.withdraw else {"case": accepted.case}
    door(**subject, reason="moved away", by=qiang.user, at=now)
    drained()
    with pytest.raises(OwnReversal):
        charge_returns.decide_charge_return(asked=ChargeReturn.objects.get(), approve=True, by=qiang.user, at=now)


def test_who_withdraws_mid_construction_gets_what_was_not_done(paid, shift, steward, drained, now):
    withdrawing.withdraw(application=paid, reason="moved away", by=steward.user, at=now)
    drained()
    assert ("connection.refund_to_reckon" in verbs(paid.case), Charge.objects.get().returns.count()) == (True, 0)
    pipe = standing_lines(paid)["Pipe"]
    asked = withdrawing.propose_refund(application=paid, done={pipe.pk: 500}, by=steward.user, at=now)
    assert asked.amount == 57_488 - 22_995
    charge_returns.decide_charge_return(asked=asked, approve=True, by=BOSS, at=now)
    charge_returns.pay_out_charge_return(asked=asked, shift=shift, by=shift.clerk.user, at=now)
    drained()
    assert (Charge.objects.get().status, balances()) == ("earned", [0, -282_995])
    assert Refund.objects.count() == 0
    check_books()


def standing_lines(application):
    return {line.words: line for line in application.quotes.get().lines.all()}


def test_where_everything_was_done_nothing_goes_back_and_the_advance_is_earned(paid, steward, now):
    withdrawing.withdraw(application=paid, reason="moved away", by=steward.user, at=now)
    pipe = standing_lines(paid)["Pipe"]
    assert withdrawing.propose_refund(application=paid, done={pipe.pk: LONG}, by=steward.user, at=now) is None
    assert (Charge.objects.get().status, balances()) == ("earned", [0, -317_488])


def test_an_open_charge_ends_with_the_application(accepted, now):
    withdrawing.withdraw(application=accepted, reason="too dear", by=VISITOR, at=now)
    assert (Charge.objects.get().status, offer_of(accepted, at=now).quote) == ("withdrawn", None)


def test_remarks_go_with_the_personal_data_of_the_case(accepted, drained, now):
    accepted.quotes.update(note="Ring his sister.")
    withdrawing.withdraw(application=accepted, reason="too dear", by=VISITOR, at=now)
    erase_case(case=accepted.case, by=BY, at=now)
    drained()
    assert (Quote.objects.get().note, Quote.objects.get().total) == ("", 317_488)


def test_what_was_agreed_is_proved_after_the_names_are_erased(accepted, drained, now):
    agreed = Contract.objects.get()
    told = accepted.case.timeline.events.get(verb="connection.contract_accepted").facts["digest"]
    withdrawing.withdraw(application=accepted, reason="too dear", by=VISITOR, at=now)
    erase_case(case=accepted.case, by=BY, at=now)
    drained()
    left = Contract.objects.get()
    assert (left.salt, left.quote.application.place, {line.words for line in left.quote.lines.all()}) == ("", "", {""})
    assert digest_of(left) == told == agreed.digest
    left.quote.total = 1
    assert digest_of(left) != told


def test_a_contract_does_not_give_its_names_away(accepted):
    """Whoever has the fingerprint and guesses right cannot know it: another contract of the same words has another one."""
    agreed = Contract.objects.get()
    agreed.salt = "0" * 32
    assert personal_digest(agreed) != agreed.personal


def test_of_two_who_keep_a_quote_the_second_looks_again(designed, quoted, steward, now):
    said, later = quoted.mark, now + timedelta(minutes=1)
    mine = NewQuote(lines=[NewLine(words="Mine", price=1)], seen=said)
    offers.draft_quote(application=designed, wanted=mine, by=steward.user, at=later)
    with pytest.raises(StaleRow):
        offers.draft_quote(application=designed, wanted=mine, by=steward.user, at=later)
    with pytest.raises(StaleRow):
        offers.send_quote(quote=quoted, seen=said, by=steward.user, at=later)
    assert Quote.objects.get().total == 1


def test_designs_are_versions_and_a_quote_keeps_its_own(designed, steward, now):
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    first = designs.add_design(application=designed, file=pdf, by=steward.user, at=now)
    second = designs.add_design(application=designed, file=SimpleUploadedFile("b.pdf", b"%PDF-1.7 b"), by=steward.user, at=now)
    quote = offers.draft_quote(
        application=designed, wanted=NewQuote(lines=[NewLine(words="A", price=1)], design=first), by=steward.user, at=now
    )
    assert (first.number, second.number, quote.design) == (1, 2, first.attachment)
