"""What the clerk is shown after a sale, a loss, a reversal: the next step, and nothing that no longer holds."""

from datetime import timedelta

import pytest
from django.urls import reverse

from billing.models import Receipt, SimulatedChip, TopUp
from tests.desk.test_counter import quoted, sell


@pytest.fixture
def bought(clerk, chip, account):
    """60 m3 for 165.00, on the card."""
    sell(clerk, quoted(clerk, account, volume="60"))
    return TopUp.objects.get()


def outcome(clerk, top_up):
    return clerk.get(reverse("desk:counter_sold", args=[top_up.reference]))


def screen(clerk, account, **typed):
    return clerk.get(reverse("desk:counter"), {"account": account.number, **typed})


class TestPowerLost:
    @pytest.fixture
    def unsure(self, clerk, chip, account):
        SimulatedChip.objects.update(fault=SimulatedChip.Fault.POWER_BEFORE_READ_BACK)
        sell(clerk, quoted(clerk, account, volume="60"))
        return TopUp.objects.get()

    def test_reading_from_the_sale_leads_back_to_it(self, clerk, unsure):
        response = clerk.post(reverse("desk:counter_read"), {"sale": unsure.reference}, follow=True)
        assert "Hand back card, book, receipt" in response.text

    def test_reading_at_the_counter_leads_to_the_customer(self, clerk, unsure):
        response = clerk.post(reverse("desk:counter_read"), follow=True)
        assert f"The card shows: purchase {unsure.reference} is on the card." in response.text


class TestTakingBack:
    @pytest.fixture
    def asked(self, clerk, bought):
        return clerk.post(reverse("desk:take_back", args=[bought.reference]), {"reason": "wrong volume"}, follow=True)

    def test_an_approved_request_offers_the_next_step(self, asked):
        assert "Take it off and give the money back" in asked.text
        assert "Hand back card, book, receipt" not in asked.text

    def test_done_it_shows_the_money_and_the_red_letter(self, clerk, bought, asked):
        response = clerk.post(reverse("desk:carry_out", args=[bought.reference]), follow=True)
        assert "Hand back ¥165.00 in cash" in response.text
        assert Receipt.objects.get(kind="red_letter").full_number in response.text

    def test_done_nothing_read_before_is_shown_of_the_card(self, clerk, bought, account, asked):
        clerk.post(reverse("desk:counter_read"))
        clerk.post(reverse("desk:carry_out", args=[bought.reference]))
        assert screen(clerk, account).context["screen"].person.visit.litres is None

    def test_done_the_last_purchases_say_so(self, clerk, bought, account, asked):
        clerk.post(reverse("desk:carry_out", args=[bought.reference]))
        assert "taken back ·" in screen(clerk, account).text

    def test_waiting_for_approval_it_says_whom_to_call(self, clerk, chip, account):
        sell(clerk, quoted(clerk, account, volume="100"))
        top_up = TopUp.objects.get()
        clerk.post(reverse("desk:take_back", args=[top_up.reference]), {"reason": "wrong volume"})
        assert "Somebody else has to approve" in outcome(clerk, top_up).text


class TestPrinting:
    def test_a_fresh_sale_prints_by_itself(self, clerk, bought):
        assert outcome(clerk, bought).context["sold"].prints

    def test_an_old_one_does_not(self, clerk, bought, monkeypatch):
        issued = Receipt.objects.get().issued_at
        monkeypatch.setattr("desk.views.counter.business_now", lambda: issued + timedelta(days=1))
        assert "data-print-receipt" not in outcome(clerk, bought).text


class TestAnOlderSale:
    @pytest.fixture
    def later(self, monkeypatch, bought):
        day_after = Receipt.objects.get().issued_at + timedelta(days=1)
        monkeypatch.setattr("desk.views.counter.business_now", lambda: day_after)

    def test_asks_for_nothing_to_be_handed_back(self, clerk, bought, later):
        page = outcome(clerk, bought).text
        assert "Hand back" not in page
        assert '<h1 id="outcome">60' in page

    def test_not_even_the_money_that_went_back_long_ago(self, clerk, bought, later):
        clerk.post(reverse("desk:take_back", args=[bought.reference]), {"reason": "wrong volume"})
        clerk.post(reverse("desk:carry_out", args=[bought.reference]))
        assert "Hand back" not in outcome(clerk, bought).text


class TestLostCard:
    @pytest.fixture
    def person(self, clerk, account):
        clerk.post(reverse("desk:loss", args=[account.number]))
        return screen(clerk, account).context["screen"].person

    def test_it_is_named_with_the_way_to_a_new_one(self, clerk, account, person):
        assert person.lost == account.cards.get()
        assert "reported lost" in screen(clerk, account).text

    def test_its_replacement_does_not_ask_to_read_it(self, clerk, account, person):
        page = clerk.get(reverse("desk:replacement", args=[account.number])).text
        assert "The last card was reported lost." in page
        assert "The old card was not read" not in page
        assert 'value="reported lost"' in page

    def test_no_first_card_can_be_made_for_it(self, person):
        allowed = {str(action.label): bool(action.allowed) for action in person.actions}
        assert not allowed["First card"]
        assert allowed["Replace the card"]


class TestWhatTheScreenTells:
    def test_what_is_left_in_the_tiers_before_anything_is_bought(self, clerk, chip, account):
        assert "left in tier 1" in screen(clerk, account).text

    def test_what_an_amount_does_not_buy(self, clerk, chip, account):
        shown = screen(clerk, account, amount="100").context["screen"]
        assert shown.left_over == 10_000 - shown.quote.amount
        assert "stays with the customer" in screen(clerk, account, amount="100").text

    def test_a_bank_card_without_a_slip_is_said_at_the_field(self, clerk, chip, account):
        response = sell(clerk, quoted(clerk, account, volume="60"), method="bank_card")
        assert response.context["pay_form"].has_error("slip")
        assert not TopUp.objects.exists()
