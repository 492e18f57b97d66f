"""Staff's pages about money that came in online: what waits for a person, and the same answer as the customer gets."""

import pytest
from django.urls import reverse

from accounts.actors import System
from billing.models import Entry, ProviderPayment, Refund
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard
from billing.queries.ledger_proof import prove
from tests.factories.checkouts import NOW, CheckoutFactory

LIST = "/staff/online-payments/"


@pytest.fixture
def held(db):
    """A thousand by bank that nobody knows."""
    heard = Heard(transaction="77", order_number="", amount=100_000, currency="CNY", paid_at=NOW)
    return take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=NOW)


def balances():
    return {book: sum(Entry.objects.filter(book=book).values_list("amount", flat=True)) for book in ("bank", "held")}


def test_money_nobody_knows_goes_back_when_two_people_agree(client, signed_in, held, mei, qiang):
    signed_in(client, mei).post(f"{LIST}held/{held.pk}/", {"amount": "", "reason": "unclaimed"})
    refund = Refund.objects.get()
    own = client.post(f"{LIST}refunds/{refund.reference}/approve/", follow=True)
    assert "Whoever asked cannot approve" in own.text
    signed_in(client, qiang).post(f"{LIST}refunds/{refund.reference}/approve/")
    assert "I have ordered the transfer at the bank" in client.get(LIST).text
    client.post(f"{LIST}refunds/{refund.reference}/by-hand/")
    assert (Refund.objects.get().status, ProviderPayment.objects.get().use) == ("done", "returned")
    assert balances() == {"bank": 0, "held": 0}
    assert [finding.wrong for finding in prove() if not finding.is_right] == []


def test_a_part_goes_back_and_the_rest_stays_held(client, signed_in, held, mei, qiang):
    signed_in(client, mei).post(f"{LIST}held/{held.pk}/", {"amount": "100", "reason": "twice"})
    assert Refund.objects.get().status == "approved"  # small enough for the rule itself
    signed_in(client, qiang).post(f"{LIST}refunds/{Refund.objects.get().reference}/by-hand/")
    assert balances() == {"bank": 90_000, "held": -90_000}
    assert ProviderPayment.objects.get().use == "held"


def test_many_small_parts_are_one_large_sum(client, signed_in, held, mei):
    for amount in ("190", "190", ""):
        signed_in(client, mei).post(f"{LIST}held/{held.pk}/", {"amount": amount, "reason": "twice"})
    found = Refund.objects.order_by("pk").values_list("amount", "status")
    assert list(found) == [(19_000, "approved"), (19_000, "asked"), (62_000, "asked")]


@pytest.mark.parametrize(("amount", "says"), [("1000.01", "So much is not left"), ("much", "cannot be read"), ("0", "cannot be read")])
def test_more_than_came_in_and_what_is_no_number_are_refused(client, signed_in, held, mei, amount, says):
    answer = signed_in(client, mei).post(f"{LIST}held/{held.pk}/", {"amount": amount, "reason": "unclaimed"}, follow=True)
    assert says in answer.text
    assert Refund.objects.count() == 0


def test_refused_money_stays_held(client, signed_in, held, mei, qiang):
    signed_in(client, mei).post(f"{LIST}held/{held.pk}/", {"amount": "", "reason": "unclaimed"})
    signed_in(client, qiang).post(f"{LIST}refunds/{Refund.objects.get().reference}/refuse/")
    assert (Refund.objects.get().status, balances()["held"]) == ("refused", -100_000)


def test_hall_and_cabinet_give_the_same_answer(client, signed_in, account, olive, fang):
    checkout = CheckoutFactory(account=account)
    heard = Heard(transaction="78", order_number=checkout.reference, amount=5_500, currency="CNY", paid_at=NOW)
    take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=NOW)
    at_the_hall = signed_in(client, fang).get(reverse("desk:account", args=[account.number])).text
    at_home = signed_in(client, olive).get(reverse("desk:cabinet_payment", args=[checkout.reference])).text
    assert 'data-code="not_on_card"' in at_the_hall
    assert 'data-code="not_on_card"' in at_home
