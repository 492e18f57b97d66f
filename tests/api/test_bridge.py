"""A reader bridge does a whole top-up over HTTP, and survives losing power at the worst moment."""

import pytest

from billing.devices.cards import decode
from billing.models import TopUp
from tests.factories import billing as money
from tests.signing_in import app_code

from .reader_bridge import Bridge, Chip, Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bridge(live_server, account, card, shift, secret):
    bridge = Bridge(live_server.url, Chip(money.image_of(card)))
    bridge.sign_in(username="fang", password="a-long-password-1", code=app_code(secret))
    return bridge


def test_the_volume_reaches_the_card(bridge, account):
    assert bridge.read()["diagnosis"] == "ready"
    sold = bridge.sell(account.number, 20_000, tendered=6_000)
    assert sold["payment"]["change"] == 500
    assert bridge.write(sold["reference"])["status"] == "written"
    assert (decode(bridge.chip.content).litres, decode(bridge.chip.content).counter) == (20_000, 1)
    assert bridge.read()["diagnosis"] == "still_full"
    receipt = bridge.call("GET", f"/receipts/{sold['receipts'][0]}/")
    assert receipt["amount"] == 5_500


def test_a_second_purchase_follows_once_the_meter_has_loaded_the_first(bridge, account):
    bridge.write(bridge.sell(account.number, 20_000, tendered=6_000)["reference"])
    bridge.chip.load_into_meter()
    assert bridge.read()["diagnosis"] == "ready"
    assert bridge.write(bridge.sell(account.number, 10_000, tendered=6_000)["reference"])["status"] == "written"
    assert decode(bridge.chip.content).cumulative_litres == 30_000


def test_power_lost_after_the_write_is_settled_at_the_next_read(bridge, account):
    sold = bridge.sell(account.number, 20_000, tendered=6_000)
    bridge.power_fails = True
    bridge.write(sold["reference"])
    assert TopUp.objects.get().status == "writing"
    (settled,) = bridge.read()["settled"]
    assert (settled["reference"], settled["status"]) == (sold["reference"], "written")


def test_a_copy_of_the_card_from_before_is_not_written(bridge, account):
    before = bridge.chip.content
    bridge.write(bridge.sell(account.number, 20_000, tendered=6_000)["reference"])
    bridge.chip.content = before
    assert bridge.read()["diagnosis"] == "wrong_counter"
    sold = bridge.sell(account.number, 10_000, tendered=6_000)
    with pytest.raises(Refusal, match="409 wrong_counter"):
        bridge.write(sold["reference"])
