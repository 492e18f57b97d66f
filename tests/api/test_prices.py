import pytest

from accounts.models import Account
from billing.models import Tariff, TopUp
from tests.factories import accounts as people
from tests.factories import billing as money

from .test_problems import check_problem


class TestAccount:
    def test_shows_meter_card_and_position_and_masks_people(self, fangs, account, card):
        people.PhoneFactory(customer=account.customer, number="+8613800138000")
        body = fangs.get(f"/api/v1/accounts/{account.number}/").json()
        assert body["card"]["number"] == card.number
        assert body["meter"]["serial"] == card.meter.serial
        assert (body["name"], body["phones"]) == ("李*", ["**** 8000"])
        assert body["position"]["position_litres"] == 0
        assert [tier["unit_price"] for tier in body["position"]["tiers"]] == [27_500, 33_000, 41_250]

    def test_never_shows_the_cards_password(self, fangs, account, card):
        assert card.password not in fangs.get(f"/api/v1/accounts/{account.number}/").content.decode()

    def test_without_a_price_has_no_position(self, fangs, account):
        Tariff.objects.all().update(price_class="industrial")
        assert fangs.get(f"/api/v1/accounts/{account.number}/").json()["position"] is None

    def test_without_meter_and_card_says_null(self, fangs, tariff):
        body = fangs.get(f"/api/v1/accounts/{people.AccountFactory().number}/").json()
        assert (body["meter"], body["card"]) == (None, None)


class TestQuote:
    def ask(self, client, account, **wanted):
        return client.post("/api/v1/quotes/", {"account": account.number, **wanted})

    def test_splits_by_tier(self, fangs, account):
        body = self.ask(fangs, account, litres=500_000).json()
        assert [(line["tier"], line["litres"], line["amount"]) for line in body["lines"]] == [(1, 400_000, 110_000), (2, 100_000, 33_000)]
        assert (body["amount"], body["currency"]) == (143_000, "CNY")

    def test_buys_what_an_amount_pays_for(self, fangs, account):
        assert self.ask(fangs, account, amount=5_500).json()["litres"] == 20_000

    def test_is_for_the_customer_too(self, olives, account):
        assert self.ask(olives, account, litres=1_000).json()["amount"] == 275

    @pytest.mark.parametrize(
        "wanted", [{}, {"litres": 1, "amount": 1}, {"litres": 0}, {"litres": -5}, {"litres": 1.5}, {"litres": "１０"}, {"litres": 10**12}]
    )
    def test_wants_one_whole_positive_number(self, fangs, account, wanted):
        response = self.ask(fangs, account, **wanted)
        if wanted == {"litres": "１０"}:  # full-width digits are digits
            assert response.json()["litres"] == 10
        else:
            check_problem(response, 400, "invalid")

    def test_of_a_frozen_account_is_refused_with_the_reason(self, fangs, account):
        Account.objects.filter(pk=account.pk).update(status="frozen", frozen_reason="dispute")
        body = check_problem(self.ask(fangs, account, litres=1_000), 422, "account_frozen")
        assert "dispute" in body["detail"]

    def test_over_a_limit_says_how_much_is_left(self, fangs, account):
        from billing.models import PurchaseLimit

        PurchaseLimit.objects.create(price_class="resident", month_litres=30_000)
        body = check_problem(self.ask(fangs, account, litres=40_000), 422, "over_limit")
        assert (body["limit"], body["left_litres"]) == ("month", 30_000)
        assert body["frees_on"]

    def test_changes_nothing(self, fangs, account):
        self.ask(fangs, account, litres=1_000)
        assert not TopUp.objects.exists()


class TestTariffs:
    def test_are_public_and_show_the_version_in_force(self, visitor, tariff):
        money.TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from="2099-01-01")
        (found,) = visitor.get("/api/v1/tariffs/").json()["results"]
        assert (found["version"], found["price_class"]) == (1, "resident")
        assert [tier["upper_litres"] for tier in found["tiers"]] == [400_000, 1_000_000, None]
