"""The counter with a customer whose meter is connected."""

import pytest
from django.urls import reverse

from accounts.clock import business_now
from billing.models import MeterCommand
from billing.operations.meter_commands import confirm, fetch
from tests.desk.test_counter import quoted, sell
from tests.factories.meters import connected


@pytest.fixture
def meter(account):
    return connected(account, balance_litres=4_000, heard_at=business_now())


@pytest.mark.usefixtures("meter")
class TestAConnectedMeterAtTheCounter:
    def test_says_how_the_meter_stands(self, clerk, account):
        page = clerk.get(reverse("desk:counter"), {"account": account.number})
        assert "Little credit is left" in page.text
        assert "no card in use</span>" not in page.text

    def test_is_sold_to_without_a_card(self, clerk, account):
        response = sell(clerk, quoted(clerk, account, volume="20"))
        page = clerk.get(response.url)
        assert MeterCommand.objects.get().litres == 20_000
        assert "on its way to the meter" in page.text
        assert "Write the card again" not in page.text

    def test_waits_in_words_of_its_own(self, clerk, account):
        sell(clerk, quoted(clerk, account, volume="20"))
        page = clerk.get(reverse("desk:counter"), {"account": account.number})
        assert "The meter fetches it when it connects" in page.text
        assert "Write it now" not in page.text

    def test_has_it_in_the_end(self, clerk, account, meter, now):
        response = sell(clerk, quoted(clerk, account, volume="20"))
        fetch(meter=meter, at=now)
        confirm(meter=meter, number=1, at=now)
        page = clerk.get(response.url)
        assert "The meter has it" in page.text
        assert "Take the purchase back" not in page.text
