"""What goes wrong at a counter is said in a sentence, and nothing is lost or paid twice."""

import re

import pytest
from playwright.sync_api import expect

from billing.models import Payment, SimulatedChip, TopUp
from billing.states import ShiftStatus
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.billing import image_of

Fault = SimulatedChip.Fault


def pay(page, volume="60"):
    """Read, type, pay."""
    page.keyboard.press("F2")
    expect(page.get_by_text("card read", exact=True)).to_be_visible()
    page.get_by_label("Volume, m³").fill(volume)
    expect(page.locator("#total")).to_contain_text("¥")
    page.keyboard.press("F9")


def script(chip, fault):
    SimulatedChip.objects.filter(pk=chip.pk).update(fault=fault)


def on_reader(chip, content):
    SimulatedChip.objects.filter(pk=chip.pk).update(image=content)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("foreign", "This card belongs to another company or another city."),
        ("damaged", "The card cannot be read: its content is damaged."),
        ("empty", "This is a new card; nothing was ever written to it."),
        ("none", "There is no card on the reader."),
    ],
)
def test_a_card_that_is_not_one_of_ours_is_named(counter, chip, account, what, sentence):
    from billing.devices.cards import encode

    content = {"foreign": encode(image_of(account.cards.get(), factory_code="0099")), "damaged": "00ff", "empty": "", "none": chip.image}
    on_reader(chip, content[what])
    if what == "none":
        SimulatedChip.objects.update(counter=None)
    counter.keyboard.press("F2")
    expect(counter.locator(".notice-error")).to_contain_text(sentence)


def test_somebody_elses_card_is_refused_and_nothing_is_sold(counter, chip, account, neighbour, live_server):
    from billing.devices.cards import encode

    on_reader(chip, encode(image_of(neighbour.cards.get())))
    counter.goto(f"{live_server.url}/counter/?account={account.number}")
    counter.get_by_label("Volume, m³").fill("60")
    expect(counter.locator("#total")).to_contain_text("¥165.00")
    counter.get_by_label("Cash handed over").fill("200")
    counter.keyboard.press("F9")
    expect(counter.locator(".notice-error")).to_contain_text("This is not the card of this account.")
    expect(counter.get_by_label("Volume, m³")).to_have_value("60")
    expect(counter.get_by_label("Cash handed over")).to_have_value("200")
    assert not TopUp.objects.exists()


def test_a_card_pulled_too_early_is_written_again(counter, chip):
    script(chip, Fault.PULLED_BEFORE)
    pay(counter)
    expect(counter.get_by_role("heading", name="Paid, and not on the card yet")).to_be_visible()
    expect(counter.get_by_role("button", name="Write the card again")).to_be_focused()
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", name="Hand back card, book, receipt")).to_be_visible()
    assert Payment.objects.count() == 1


def test_power_lost_is_settled_by_the_next_read_at_another_counter(counter, chip, hall, live_server, new_context, signed_in):
    script(chip, Fault.POWER_BEFORE_READ_BACK)
    pay(counter)
    expect(counter.get_by_role("heading", name="The card has to be read once more")).to_be_visible()
    assert TopUp.objects.get().status == "unknown"
    lei = people.StaffFactory(user__username="lei", name="李雷", number="018", hall=hall)
    other = money.ShiftFactory(clerk=lei, counter__hall=hall, counter__number=2)
    SimulatedChip.objects.update(counter=other.counter)
    page = signed_in(new_context().new_page(), lei)
    page.goto(f"{live_server.url}/counter/")
    page.keyboard.press("F2")
    expect(page.get_by_text("The card shows: purchase")).to_be_visible()
    assert TopUp.objects.get().status == "written"


def test_a_double_click_pays_once(counter, chip):
    counter.keyboard.press("F2")
    counter.get_by_label("Volume, m³").fill("60")
    expect(counter.locator("#total")).to_contain_text("¥165.00")
    counter.get_by_role("button", name="Take payment and write card").dblclick()
    counter.wait_for_url(re.compile("/counter/sold/"))
    assert TopUp.objects.count() == Payment.objects.count() == 1


def test_a_price_that_moved_is_shown_beside_the_old_one(counter, chip, tariff):
    counter.keyboard.press("F2")
    counter.get_by_label("Volume, m³").fill("60")
    expect(counter.locator("#total")).to_contain_text("¥165.00")
    tariff.tiers.filter(number=1).update(unit_price=30_000)
    counter.keyboard.press("F9")
    expect(counter.locator(".then-now")).to_contain_text("¥165.00")
    expect(counter.locator(".then-now")).to_contain_text("¥180.00")
    assert not TopUp.objects.exists()
    counter.keyboard.press("F9")
    expect(counter.get_by_role("heading", name="Hand back card, book, receipt")).to_be_visible()


def test_a_counted_till_sells_nothing(counter, shift):
    type(shift).objects.update(status=ShiftStatus.COUNTED)
    counter.reload()
    expect(counter.get_by_role("heading", name=re.compile("Your till is counted"))).to_be_visible()
    expect(counter.get_by_role("searchbox")).to_have_count(0)


def test_a_volume_nobody_can_mean_is_named_beside_the_field(counter, chip, account, live_server, axe):
    counter.goto(f"{live_server.url}/counter/?account={account.number}&volume=-5")
    expect(counter.locator(".field-error")).to_contain_text("Enter a number above zero.")
    axe(counter)
