"""Pages about connected meters: what staff and customers see, and the acts of whoever looks after devices."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actors import System
from accounts.clock import business_date, business_now
from billing.models import MeterCommand, MeterDay
from billing.operations import valve_orders
from billing.operations.meter_commands import expire_commands, queue_recharge
from billing.usage_bars import bars
from tests.factories.meters import connected, paid_online

BY = System("tests")


@pytest.fixture
def meter(account):
    meter = connected(account, heard_at=business_now(), balance_litres=42_000)
    day = business_date(business_now())
    MeterDay.objects.bulk_create(
        MeterDay(meter=meter, day=day - timedelta(days=n), used_litres=100 * n, reading_litres=9_000 - n) for n in range(5)
    )
    return meter


@pytest.fixture
def page(account):
    return reverse("billing:account_meter", args=[account.number])


@pytest.fixture
def head(client, signed_in, qiang):
    return signed_in(client, qiang)


def command(act):
    return reverse(f"billing:command_{act}", args=[MeterCommand.objects.get().meter.account.number, MeterCommand.objects.get().pk])


class TestForStaff:
    def test_shows_credit_use_and_commands(self, head, meter, account, page):
        queue_recharge(top_up=paid_online(account, business_now()), by=BY, at=business_now())
        text = head.get(page).text
        assert "42\N{NO-BREAK SPACE}m³" in text
        assert "waits for the meter to connect" in text
        assert text.count("<rect") == 5

    def test_orders_the_valve_with_a_reason_and_not_without(self, head, meter, account):
        address = reverse("billing:meter_valve", args=[account.number])
        assert head.post(address, {"act": "close", "reason": ""}).status_code == 422
        head.post(address, {"act": "close", "reason": "unpaid"})
        assert MeterCommand.objects.get().kind == "close_valve"

    def test_tries_again_what_expired_and_withdraws_what_was_not_sent(self, head, meter, account):
        queue_recharge(top_up=paid_online(account, business_now()), by=BY, at=business_now())
        expire_commands(at=business_now() + timedelta(days=8))
        head.post(command("requeue"))
        assert MeterCommand.objects.get().status == "queued"
        head.post(command("withdraw"))
        assert MeterCommand.objects.get().status == "withdrawn"
        assert "cannot be done now" in head.post(command("requeue"), follow=True).text

    def test_lists_the_meters_that_want_somebody(self, head, meter):
        address = reverse("billing:meter_list")
        assert meter.serial not in head.get(address).text
        assert meter.serial in head.get(address, {"show": "all"}).text
        meter.connected.valve, meter.connected.valve_because = "closed", "tamper"
        meter.connected.save()
        assert "meter was tampered with" in head.get(address).text

    def test_has_its_panel_on_the_account(self, head, meter, account, page):
        assert page in head.get(reverse("desk:account", args=[account.number])).text


class TestForTheCustomer:
    @pytest.fixture
    def hers(self, client, signed_in, olive):
        return signed_in(client, olive)

    def test_stands_on_the_first_page(self, hers, meter):
        assert "Credit in the meter: 42\N{NO-BREAK SPACE}m³" in hers.get(reverse("desk:cabinet")).text

    def test_says_what_is_not_in_the_meter_yet(self, hers, meter, account):
        queue_recharge(top_up=paid_online(account, business_now()), by=BY, at=business_now())
        text = hers.get(reverse("desk:cabinet")).text
        assert "not in the meter yet" in text
        assert "not on the card" not in text.replace("Bought and not on the card", "")

    def test_draws_what_was_used_but_not_for_who_only_pays(self, hers, olive, meter):
        assert hers.get(reverse("desk:cabinet_meter")).text.count("<rect") == 5
        olive.bindings.update(role="payer")
        assert "<rect" not in hers.get(reverse("desk:cabinet_meter")).text

    def test_keeps_to_itself_why_the_company_ordered_the_valve(self, hers, meter, qiang):
        valve_orders.close_valve(meter=meter, reason="owes three bills", by=qiang.user, at=business_now())
        text = hers.get(reverse("desk:cabinet_meter")).text
        assert "close the valve" in text
        assert "three bills" not in text

    def test_is_not_there_for_a_card_meter(self, hers, account):
        assert hers.get(reverse("desk:cabinet_meter")).status_code == 302


def test_bars_leave_a_gap_where_nobody_told():
    day = business_date(business_now())
    found = bars([(day, 100), (day + timedelta(days=3), 50)])
    assert [(bar.x, bar.height) for bar in found.bars] == [(0.0, 120.0), (450.0, 60.0)]
    assert (found.total, bars([]).bars) == (150, ())
