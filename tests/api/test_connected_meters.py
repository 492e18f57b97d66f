"""The connected meter of an account over the API."""

from datetime import date

import pytest

from accounts.actors import System
from accounts.clock import business_now
from billing.models import CreditForecast, MeterCommand, MeterDay
from billing.operations.meter_commands import queue_recharge
from tests.api.conftest import device_of
from tests.factories.meters import connected, paid_online


@pytest.fixture
def meter(account):
    return connected(account, heard_at=business_now(), balance_litres=4_000)


@pytest.fixture
def base(account):
    return f"/api/v1/accounts/{account.number}/meter/"


class TestAConnectedMeter:
    def test_stands_as_everywhere(self, olives, meter, base, account):
        CreditForecast.objects.create(
            account=account, source="meter", made_on=business_now().date(), since=business_now().date(), ends_on=date(2026, 12, 1)
        )
        queue_recharge(top_up=paid_online(account, business_now()), by=System("tests"), at=business_now())
        told = olives.get(base).json()
        assert (told["diagnosis"], told["balance_litres"], told["on_their_way_litres"]) == ("on_its_way", 4_000, 20_000)
        assert told["commands"][0]["top_up"]
        assert told["forecast"]["ends_on"] == "2026-12-01"

    def test_tells_its_days_to_the_household_and_not_to_a_payer(self, olives, olive, meter, base):
        MeterDay.objects.create(meter=meter, day=date(2026, 11, 19), used_litres=900, reading_litres=9_000)
        assert olives.get(f"{base}days/?since=2026-11-01").json()["results"][0]["used_litres"] == 900
        olive.bindings.update(role="payer")
        assert olives.get(f"{base}days/").status_code == 404

    def test_has_its_valve_ordered_by_who_looks_after_devices(self, meter, base, fangs, qiang):
        body, key = {"act": "close", "reason": "unpaid"}, {"Idempotency-Key": "valve-1"}
        assert fangs.post(f"{base}valve/", body, headers=key).status_code == 403
        head = device_of(qiang.user)
        first, again = (head.post(f"{base}valve/", body, headers=key) for _n in range(2))
        assert (first.status_code, again.json()) == (201, first.json())
        assert MeterCommand.objects.get().kind == "close_valve"

    def test_is_sold_to_without_a_card(self, fangs, shift, meter, account):
        price = fangs.post("/api/v1/quotes/", {"account": account.number, "litres": 10_000}).json()
        sale = {"account": account.number, "litres": 10_000, "fingerprint": price["fingerprint"], "method": "cash", "tendered": 1_000_000}
        sold = fangs.post("/api/v1/top-ups/", sale, headers={"Idempotency-Key": "sale-1"})
        assert (sold.status_code, sold.json()["card"], sold.json()["status"]) == (201, None, "reserved")
