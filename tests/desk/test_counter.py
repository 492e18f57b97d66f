"""The counter's views without a browser: what they sell, refuse, remember and cost."""

import time

import pytest
from django.urls import reverse

from accounts.models import Hall
from billing.models import Payment, SimulatedChip, TopUp
from billing.states import ShiftStatus
from casework.models import Event
from tests.factories import accounts as people


def quoted(clerk, account, **wish):
    """The hidden fields of the price on the screen."""
    screen = clerk.get(reverse("desk:counter"), {"account": account.number, **wish}).context["screen"]
    quote = screen.quote
    return {
        "account": account.number,
        "litres": quote.litres,
        "shown": quote.amount,
        "fingerprint": quote.fingerprint,
        "key": screen.key,
        "method": "cash",
        **wish,
    }


def sell(clerk, fields, **changes):
    return clerk.post(reverse("desk:counter_sell"), fields | changes)


class TestReading:
    def test_the_card_says_who_is_here(self, clerk, chip, account):
        response = clerk.post(reverse("desk:counter_read"), follow=True)
        assert response.context["screen"].person.card_read
        assert response.context["screen"].person.account == account

    def test_an_empty_search_reads_the_card(self, clerk, chip, account):
        response = clerk.post(reverse("desk:counter_find"), {"text": " "})
        assert response.url.endswith(account.number)

    def test_the_cards_password_stays_out_of_the_session(self, clerk, chip, account):
        clerk.post(reverse("desk:counter_read"))
        assert account.cards.get().password not in str(dict(clerk.session))

    def test_without_a_card_the_sentence_says_so(self, clerk):
        response = clerk.post(reverse("desk:counter_read"), follow=True)
        assert "There is no card on the reader" in response.text

    def test_a_read_card_is_forgotten_for_the_next_customer(self, clerk, chip, account, neighbour):
        clerk.post(reverse("desk:counter_read"))
        screen = clerk.get(reverse("desk:counter"), {"account": neighbour.number}).context["screen"]
        assert not screen.person.card_read

    def test_the_whole_account_is_one_step_away(self, clerk, account):
        page = clerk.get(reverse("desk:counter"), {"account": account.number})
        assert reverse("desk:account", args=[account.number]) in page.text


class TestQuoting:
    @pytest.mark.parametrize("typed", ["60", "６０", "60,0", " 60.000 "])
    def test_a_volume_is_understood_as_typed(self, clerk, account, typed):
        assert quoted(clerk, account, volume=typed)["litres"] == 60_000

    @pytest.mark.parametrize("typed", ["0", "-5", "1e9", "12,345", "abc", "9999999999"])
    def test_a_volume_nobody_can_mean_has_no_price(self, clerk, account, typed):
        response = clerk.get(reverse("desk:counter_quote"), {"account": account.number, "volume": typed})
        assert response.context["screen"].quote is None
        assert response.context["quote_form"].errors["volume"]

    def test_an_amount_buys_what_it_covers(self, clerk, account):
        assert quoted(clerk, account, amount="165")["litres"] == 60_000

    def test_volume_and_amount_together_are_refused(self, clerk, account):
        response = clerk.get(reverse("desk:counter"), {"account": account.number, "volume": "60", "amount": "100"})
        assert "Enter a volume or an amount, not both." in response.text

    def test_a_frozen_account_has_its_reason_instead_of_a_price(self, clerk, account):
        type(account).objects.update(status="frozen", frozen_reason="debt")
        response = clerk.get(reverse("desk:counter"), {"account": account.number, "volume": "60"})
        assert "The account is frozen: debt." in response.text

    def test_an_unknown_account_is_not_found(self, clerk):
        assert clerk.get(reverse("desk:counter"), {"account": "1"}).status_code == 404


class TestSelling:
    def test_it_takes_the_money_and_writes_the_card(self, clerk, chip, account):
        response = sell(clerk, quoted(clerk, account, volume="60"), tendered="200")
        top_up = TopUp.objects.get()
        assert response.url == reverse("desk:counter_sold", args=[top_up.reference])
        assert (top_up.status, top_up.payment.change) == ("written", 3_500)

    def test_the_same_page_sent_twice_sells_once(self, clerk, chip, account):
        fields = quoted(clerk, account, volume="60")
        first, second = sell(clerk, fields), sell(clerk, fields)
        assert first.url == second.url
        assert Payment.objects.count() == 1

    def test_a_bank_card_needs_its_slip(self, clerk, chip, account):
        fields = quoted(clerk, account, volume="60")
        response = sell(clerk, fields, method="bank_card")
        assert "terminal" in response.text
        assert sell(clerk, fields, method="bank_card", slip="000123").status_code == 302

    def test_too_little_cash_keeps_what_was_typed(self, clerk, chip, account):
        response = sell(clerk, quoted(clerk, account, volume="60"), tendered="100")
        assert "¥65.00 are missing." in response.text
        assert response.context["pay_form"]["tendered"].value() == "100"
        assert response.context["screen"].quote.litres == 60_000

    def test_without_a_price_it_asks_for_one(self, clerk, chip, account):
        response = sell(clerk, {"account": account.number, "method": "cash"})
        assert "Enter a volume or an amount first." in response.text

    def test_what_cannot_be_sold_keeps_the_amount_and_says_why_once(self, clerk, account):
        account.meters.update(removed_at=account.opened_at)
        response = sell(clerk, {"account": account.number, "amount": "100", "method": "cash"})
        assert response.text.count("No meter is installed at this account") == 1
        assert "Enter a volume or an amount first." not in response.text
        assert response.context["quote_form"]["amount"].value() == "100"

    def test_a_moved_price_is_shown_beside_the_old_one(self, clerk, chip, account, tariff):
        fields = quoted(clerk, account, volume="60")
        tariff.tiers.update(unit_price=30_000)
        response = sell(clerk, fields)
        assert (response.context["stale"].shown, response.context["screen"].quote.amount) == (16_500, 18_000)
        assert not TopUp.objects.exists()

    def test_a_closed_shift_takes_no_money(self, clerk, chip, account, shift):
        fields = quoted(clerk, account, volume="60")
        type(shift).objects.update(status=ShiftStatus.COUNTED)
        sell(clerk, fields)
        assert not TopUp.objects.exists()

    def test_an_account_that_is_gone_is_not_found(self, clerk, chip, account):
        assert sell(clerk, quoted(clerk, account, volume="60") | {"account": "1"}).status_code == 404

    def test_a_stranger_at_the_counter_signs_in_first(self, client, account):
        response = client.post(reverse("desk:counter_sell"), {})
        assert response.url.startswith(reverse("account_login"))


class TestSentBadly:
    @pytest.mark.parametrize(
        "change", [{"shown": 10**30}, {"litres": 10**30}, {"litres": "NaN"}, {"key": "k" * 121}, {"fingerprint": "f" * 65}]
    )
    def test_what_no_page_of_ours_sends_sells_nothing(self, clerk, chip, account, change):
        assert sell(clerk, quoted(clerk, account, volume="20"), **change).status_code == 200
        assert not TopUp.objects.exists()

    def test_again_after_the_card_was_handed_back_leads_to_the_same_sale(self, clerk, chip, account):
        fields = quoted(clerk, account, volume="20")
        first = sell(clerk, fields)
        SimulatedChip.objects.update(counter=None)
        assert sell(clerk, fields).url == first.url


class TestAfterwards:
    def test_a_failed_write_is_tried_again_without_a_second_payment(self, clerk, chip, account):
        SimulatedChip.objects.update(fault=SimulatedChip.Fault.PULLED_BEFORE)
        sell(clerk, quoted(clerk, account, volume="60"))
        top_up = TopUp.objects.get()
        assert "Write the card again" in clerk.get(reverse("desk:counter_sold", args=[top_up.reference])).text
        clerk.post(reverse("desk:counter_write", args=[top_up.reference]))
        top_up.refresh_from_db()
        assert (top_up.status, Payment.objects.count()) == ("written", 1)

    def test_a_card_that_is_away_is_asked_for(self, clerk, chip, account):
        SimulatedChip.objects.update(fault=SimulatedChip.Fault.PULLED_BEFORE)
        sell(clerk, quoted(clerk, account, volume="60"))
        SimulatedChip.objects.update(counter=None)
        response = clerk.post(reverse("desk:counter_write", args=[TopUp.objects.get().reference]), follow=True)
        assert "There is no card on the reader" in response.text

    @pytest.mark.parametrize("route", ["counter_sold", "counter_write"])
    def test_an_unknown_order_is_not_found(self, clerk, route):
        method = clerk.get if route == "counter_sold" else clerk.post
        assert method(reverse(f"desk:{route}", args=["T000"])).status_code == 404


class TestGovernmentHall:
    @pytest.fixture(autouse=True)
    def government(self, hall):
        type(hall).objects.update(kind=Hall.Kind.GOVERNMENT)

    def papers(self, clerk, account, **changes):
        seen = {"account": account.number, "identity_card": "on", "gas_card": "on", "book": "on", "queue_number": "A017"}
        return clerk.post(reverse("desk:counter_papers"), seen | changes)

    def test_the_papers_come_before_the_price(self, clerk, account):
        response = clerk.get(reverse("desk:counter"), {"account": account.number})
        assert response.context["screen"].papers_needed
        assert "Check the papers first" in response.text

    def test_nothing_is_sold_without_them(self, clerk, chip, account):
        response = sell(clerk, quoted(clerk, account, volume="60"))
        assert "Check identity card, gas card and book first" in response.text
        assert not TopUp.objects.exists()

    def test_a_missing_paper_is_named(self, clerk, account):
        response = self.papers(clerk, account, book="")
        assert response.context["papers_form"].errors.keys() == {"book"}

    def test_the_queue_number_stays_with_the_sale(self, clerk, chip, account):
        self.papers(clerk, account)
        fields = quoted(clerk, account, volume="60")
        sell(clerk, fields)
        assert Event.objects.get(verb="top_up.papers_seen").facts == {"queue_number": "A017"}
        assert TopUp.objects.get().channel == "government"

    def test_the_same_page_sent_twice_sells_once(self, clerk, chip, account):
        self.papers(clerk, account)
        fields = quoted(clerk, account, volume="60")
        assert sell(clerk, fields).url == sell(clerk, fields).url

    def test_the_next_customer_shows_papers_again(self, clerk, account, neighbour):
        self.papers(clerk, account)
        response = clerk.get(reverse("desk:counter"), {"account": neighbour.number})
        assert response.context["screen"].papers_needed


class TestCost:
    """What the counter costs: queries that grow with nothing, and the time of a whole sale."""

    def test_the_screen_with_a_price(self, clerk, chip, account, django_assert_max_num_queries):
        clerk.get(reverse("desk:counter"))
        with django_assert_max_num_queries(17):
            clerk.get(reverse("desk:counter"), {"account": account.number, "volume": "60"})

    def test_the_live_price(self, clerk, chip, account, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            clerk.get(reverse("desk:counter_quote"), {"account": account.number, "volume": "60"})

    def test_the_whole_sale(self, clerk, chip, account, django_assert_max_num_queries):
        clerk.post(reverse("desk:counter_read"))
        fields = quoted(clerk, account, volume="60")
        with django_assert_max_num_queries(50):
            sell(clerk, fields)

    def test_a_search(self, clerk, django_assert_max_num_queries):
        people.AccountFactory.create_batch(5)
        with django_assert_max_num_queries(10):
            clerk.post(reverse("desk:counter_find"), {"text": "开元名都"})

    def test_a_sale_takes_the_server_less_than_a_second_and_a_half(self, clerk, chip, account):
        clerk.get(reverse("desk:counter"))
        began = time.perf_counter()
        clerk.post(reverse("desk:counter_read"), follow=True)
        fields = quoted(clerk, account, volume="60")
        sold = sell(clerk, fields)
        assert clerk.get(sold.url).status_code == 200
        assert time.perf_counter() - began < 1.5
