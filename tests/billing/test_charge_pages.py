"""Charges on pages: whoever has the number pays without signing in; a clerk finds, takes and pays out; nobody's name is shown."""

import pytest

from billing import providers
from billing.models import Charge, Checkout
from billing.operations import charge_returns
from tests.factories.charges import ChargeFactory, ChargeReturnFactory

from .household import Dream
from .test_charges import BY, at_till


@pytest.fixture
def dream(monkeypatch):
    dream = Dream()
    monkeypatch.setattr(providers, "provider", lambda code: dream)
    monkeypatch.setattr(providers, "offered", lambda: {"wechat": ("qr", "app"), "bank": ("transfer",)})
    return dream


@pytest.fixture
def charge(db):
    return ChargeFactory(case__contact_name="周敏")


def link(charge, *rest):
    return "/".join(["/pay/charges", charge.reference, *rest, ""])


def test_the_page_of_a_charge_says_what_and_how_and_nobodys_name(client, charge, dream):
    page = client.get(link(charge)).content.decode()
    assert "¥3,000.00" in page
    assert "12.5 × ¥80.00" in page
    assert "周敏" not in page
    assert charge.case.reference not in page
    # A wallet needs somebody who is signed in there.
    assert ("wechat.qr" in page, "wechat.app" in page, "bank.transfer" in page) == (True, False, True)


def test_who_has_the_number_pays_and_gets_a_receipt(client, charge, hall, dream, time_machine, now):
    time_machine.move_to(now, tick=False)
    answer = client.post(link(charge), {"way": "wechat.qr", "key": "k"})
    checkout = Checkout.objects.get()
    assert answer.headers["Location"] == link(charge, checkout.reference)
    assert "<svg" in client.get(link(charge, checkout.reference)).content.decode()
    assert client.post(link(charge), {"way": "bank.transfer", "key": "other"}).headers["Location"] == link(charge, checkout.reference)
    dream.pay(checkout, now)
    client.get(link(charge, checkout.reference, "back"))
    page = client.get(link(charge)).content.decode()
    assert "WEB-2026-C00001" in page
    pdf = client.get(f"{link(charge)}receipts/WEB-2026-C00001.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_receipt_needs_the_number_of_its_own_charge(client, charge, shift, now):
    at_till(charge, shift, now)
    other = ChargeFactory()
    assert client.get(f"{link(other)}receipts/LL01-2026-C00001.pdf").status_code == 404
    assert client.get(f"{link(charge)}receipts/LL01-2026-C00002.pdf").status_code == 404
    assert client.get(f"{link(charge)}receipts/nonsense.pdf").status_code == 404


def test_nothing_is_shown_to_scan_once_a_counter_took_the_money(client, charge, shift, dream, time_machine, now):
    time_machine.move_to(now, tick=False)
    client.post(link(charge), {"way": "wechat.qr", "key": "k"})
    here = link(charge, Checkout.objects.get().reference)
    at_till(charge, shift, now)
    page = client.get(here).content.decode()
    assert ("pay-code" in page, "Nothing is to be paid" in page, "hx-get" in page) == (False, True, False)
    assert client.post(f"{here}show/").headers["Location"] == here


def test_a_payment_can_be_cancelled_for_another_way(client, charge, dream, time_machine, now):
    time_machine.move_to(now, tick=False)
    client.post(link(charge), {"way": "wechat.qr", "key": "k"})
    answer = client.post(link(charge, Checkout.objects.get().reference, "cancel"))
    assert (answer.headers["Location"], Checkout.objects.get().status) == (link(charge), "cancelled")


def test_a_clerk_finds_a_charge_by_its_contract_and_takes_the_money_once(client, signed_in, charge, fang, shift):
    signed_in(client, fang)
    found = client.post("/staff/charges/", {"number": f" {charge.basis.lower()} "})
    assert found.headers["Location"] == f"/staff/charges/{charge.reference}/"
    missed = client.post("/staff/charges/", {"number": "K1"})
    assert (missed.status_code, b"no such charge" in missed.content) == (422, True)
    short = client.post(f"/staff/charges/{charge.reference}/take-payment/", {"method": "cash", "tendered": "1", "key": "a"})
    assert (short.status_code, Charge.objects.get().status) == (422, "open")
    for _ in range(2):
        client.post(f"/staff/charges/{charge.reference}/take-payment/", {"method": "cash", "tendered": "4000", "key": "b"})
    assert (Charge.objects.get().status, Charge.objects.get().receipts.count()) == ("paid", 1)


def test_what_goes_back_is_approved_by_another_and_paid_out_of_a_till(client, signed_in, charge, fang, qiang, shift, now):
    at_till(charge, shift, now)
    asked = charge_returns.ask_charge_return(charge=charge, amount=100_000, cause="changed_mind", by=BY, at=now)
    signed_in(client, fang)
    client.post(f"/staff/charge-returns/{asked.reference}/pay-out/")
    asked.refresh_from_db()
    assert asked.status == "asked"
    signed_in(client, qiang)
    client.post(f"/staff/charge-returns/{asked.reference}/approve/")
    signed_in(client, fang)
    client.post(f"/staff/charge-returns/{asked.reference}/pay-out/")
    asked.refresh_from_db()
    assert (asked.status, asked.receipt.amount) == ("done", -100_000)


def test_a_refused_return_leaves_the_money(client, signed_in, charge, qiang, shift, now):
    at_till(charge, shift, now)
    asked = ChargeReturnFactory(charge=charge)
    signed_in(client, qiang)
    client.post(f"/staff/charge-returns/{asked.reference}/refuse/")
    asked.refresh_from_db()
    assert (asked.status, Charge.objects.get().status) == ("refused", "paid")


def test_a_small_return_the_rule_itself_approves(charge, shift, now):
    at_till(charge, shift, now)
    asked = charge_returns.ask_charge_return(charge=charge, amount=1_000, cause="wrong", by=BY, at=now)
    assert (asked.status, asked.decided_by) == ("approved", "system:policy")
