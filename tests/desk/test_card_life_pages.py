"""The small pages about cards and meters: what they do, refuse and hand back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from billing.models import MeterCommand, Reversal, SimulatedChip, TopUp
from billing.operations.meter_commands import fetch, queue_recharge
from tests.desk.test_counter import quoted, sell
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.meters import connected, paid_online


@pytest.fixture
def new_chip(shift):
    """A blank card on the reader of Fang's counter, whatever lay there before."""

    def lay():
        SimulatedChip.objects.filter(counter=shift.counter).update(counter=None)
        return SimulatedChip.objects.create(label=f"new {SimulatedChip.objects.count()}", image="", counter=shift.counter)

    return lay


@pytest.fixture
def bought(clerk, chip, account):
    """60 m3 for 165.00, on the card."""
    sell(clerk, quoted(clerk, account, volume="60"))
    return TopUp.objects.get()


def page(route, subject):
    return reverse(f"desk:{route}", args=[getattr(subject, "reference", None) or subject.number])


class TestFirstCard:
    @pytest.fixture
    def without(self, tariff, account):
        return people.MeterFactory(account__customer__name="赵敏").account

    def test_it_is_made_out_of_a_new_chip(self, clerk, new_chip, without):
        chip = new_chip()
        clerk.post(page("first_card", without))
        chip.refresh_from_db()
        assert without.cards.get().status == "active"
        assert chip.image

    def test_a_used_card_on_the_reader_is_refused(self, clerk, chip, without):
        response = clerk.post(page("first_card", without))
        assert "The card on the reader is not a new one." in response.text
        assert not without.cards.exists()

    def test_somebody_with_a_card_gets_no_second_first_one(self, clerk, new_chip, account):
        new_chip()
        assert "Replace it instead." in clerk.post(page("first_card", account)).text


class TestReplacement:
    def test_the_new_card_carries_on_what_the_old_one_held(self, clerk, bought, new_chip, account):
        clerk.post(reverse("desk:counter_read"))
        chip = new_chip()
        clerk.post(page("replacement", account), {"reason": "worn out"})
        chip.refresh_from_db()
        card = account.cards.get(status="active")
        assert (card.counter, SimulatedChip.objects.get(pk=chip.pk).image != "") == (1, True)
        clerk.post(reverse("desk:counter_read"))
        assert clerk.session["counter_visit"]["litres"] == 60_000

    def test_a_reason_is_needed(self, clerk, chip, new_chip, account):
        new_chip()
        response = clerk.post(page("replacement", account), {"reason": ""})
        assert response.context["form"].errors.keys() == {"reason"}

    def test_a_lost_card_is_replaced(self, clerk, chip, new_chip, account):
        clerk.post(page("loss", account))
        new_chip()
        clerk.post(page("replacement", account), {"reason": "lost"})
        assert [card.status for card in account.cards.order_by("pk")] == ["lost", "active"]

    def test_nobody_replaces_what_was_never_there(self, clerk, new_chip, tariff):
        new_chip()
        account = people.MeterFactory().account
        assert "has no card in use" in clerk.post(page("replacement", account), {"reason": "x"}).text


class TestGasThatWentWithTheCard:
    @pytest.fixture
    def replaced(self, clerk, bought, new_chip, account):
        """The answer to replacing the lost card that 60 m³ had been written to; ``shown``: what the meter shows."""

        def replace(shown=""):
            clerk.post(page("loss", account))
            new_chip()
            return clerk.post(page("replacement", account), {"reason": "lost", "meter_counter": shown})

        return replace

    def test_replacing_a_lost_card_leads_to_its_last_purchase(self, clerk, replaced, bought):
        answer = replaced()
        assert answer.url == page("lost_with_card", bought)
        assert "Did the meter take the last purchase?" in clerk.get(answer.url).text

    def test_what_the_meter_has_not_taken_is_written_again(self, clerk, replaced, bought):
        clerk.post(replaced().url, {"meter_counter": "0"})
        again = TopUp.objects.get(kind="lost_gas")
        assert (again.litres, "the meter shows 0" in again.reason) == (60_000, True)

    def test_what_the_meter_has_taken_is_not(self, clerk, replaced, bought):
        answer = clerk.post(replaced().url, {"meter_counter": "1"})
        assert "Nothing was lost" in answer.text
        assert not TopUp.objects.filter(kind="lost_gas").exists()

    def test_nobody_is_asked_what_is_known_already(self, replaced):
        assert "lost-with-card" not in replaced(shown="1").url

    def test_what_was_entered_once_is_not_asked_again(self, clerk, replaced):
        assert 'value="0"' in clerk.get(replaced(shown="0").url).text

    def test_nothing_is_asked_where_nothing_was_bought(self, clerk, chip, new_chip, account):
        clerk.post(page("loss", account))
        new_chip()
        assert clerk.post(page("replacement", account), {"reason": "lost"}).url == f"{reverse('desk:counter')}?account={account.number}"

    def test_a_card_that_was_read_has_nothing_to_ask(self, clerk, bought, new_chip, account):
        clerk.post(reverse("desk:counter_read"))
        new_chip()
        assert "lost-with-card" not in clerk.post(page("replacement", account), {"reason": "worn"}).url


class TestLoss:
    def test_the_card_is_refused_from_then_on(self, clerk, chip, account):
        clerk.post(page("loss", account))
        response = clerk.post(reverse("desk:counter_read"), follow=True)
        assert "This card was reported lost." in response.text

    def test_it_asks_before_it_acts(self, clerk, chip, account):
        clerk.get(page("loss", account))
        assert account.cards.get().status == "active"


class TestMeterChange:
    PLATE = {"kind": "volume", "serial": "N1", "maker": "金卡", "model": "G4", "use_until": "2036-01-01", "residual_litres": "3,5"}

    def test_the_rest_of_the_old_meter_waits_for_the_new_card(self, clerk, chip, new_chip, account):
        clerk.post(reverse("desk:counter_read"))
        new_chip()
        response = clerk.post(page("meter_change", account), self.PLATE)
        assert response.status_code == 302
        credit = TopUp.objects.get(kind="meter_change")
        assert (credit.litres, credit.meter.serial) == (3_500, "N1")

    @pytest.mark.parametrize(("minutes", "credited"), [(5, 63_500), (15, 3_500)])
    def test_what_the_card_carried_counts_while_it_was_just_read(
        self, clerk, bought, new_chip, account, now, time_machine, minutes, credited
    ):
        time_machine.move_to(now)
        clerk.post(reverse("desk:counter_read"))
        new_chip()
        time_machine.shift(timedelta(minutes=minutes))
        clerk.post(page("meter_change", account), self.PLATE)
        assert TopUp.objects.get(kind="meter_change").litres == credited

    def test_a_meter_that_hangs_elsewhere_is_refused(self, clerk, chip, new_chip, account, neighbour):
        new_chip()
        taken = neighbour.meters.get().serial
        response = clerk.post(page("meter_change", account), self.PLATE | {"serial": taken})
        assert response.context["form"].errors.keys() == {"serial"}

    def test_to_a_connected_meter_needs_no_new_card_and_goes_out_by_air(self, clerk, chip, account):
        response = clerk.post(page("meter_change", account), self.PLATE | {"kind": "iot"}, follow=True)
        assert "Meter N1 is noted." in response.text
        assert (MeterCommand.objects.get().litres, account.cards.get().status) == (3_500, "returned")
        assert "connected meter" in response.text

    def test_of_a_connected_meter_asks_its_display_where_nobody_knows(self, clerk, shift, account, fang, now):
        meter = connected(account)
        queue_recharge(top_up=paid_online(account, now), by=fang.user, at=now)
        fetch(meter=meter, at=now)
        plate = self.PLATE | {"kind": "iot", "residual_litres": ""}
        assert "Enter the number of the last command" in clerk.post(page("meter_change", account), plate).text
        assert clerk.post(page("meter_change", account), plate | {"last_command": "1"}).status_code == 302
        assert TopUp.objects.get().status == "written"


class TestGift:
    def test_the_head_gives_and_the_clerk_writes(self, client, signed_in, qiang, chip, account):
        signed_in(client, qiang)
        client.post(page("gift", account), {"litres": "5", "reason": "compensation"})
        assert TopUp.objects.get(kind="gift").litres == 5_000

    def test_a_clerk_may_not(self, clerk, account):
        assert clerk.post(page("gift", account), {"litres": "5", "reason": "x"}).status_code == 403


class TestLostGas:
    def test_it_waits_to_be_written_again(self, clerk, bought):
        clerk.post(page("lost_gas", bought), {"reason": "the meter rejected it"})
        assert TopUp.objects.get(kind="lost_gas").litres == 60_000

    def test_only_once(self, clerk, bought):
        clerk.post(page("lost_gas", bought), {"reason": "the meter rejected it"})
        assert "only once" in clerk.post(page("lost_gas", bought), {"reason": "again"}).text


class TestTakingBack:
    def test_a_small_sum_is_carried_out_at_once(self, clerk, bought, shift):
        clerk.post(page("take_back", bought), {"reason": "wrong volume"})
        assert "Take it off and give the money back" in clerk.get(reverse("desk:counter_sold", args=[bought.reference])).text
        clerk.post(page("carry_out", bought))
        bought.refresh_from_db()
        assert bought.status == "reversed"

    def test_a_large_sum_waits_for_somebody_else(self, clerk, chip, account):
        sell(clerk, quoted(clerk, account, volume="100"))
        top_up = TopUp.objects.get()
        clerk.post(page("take_back", top_up), {"reason": "wrong volume"})
        assert Reversal.objects.get().status == "asked"
        assert "cannot be carried out" in clerk.post(page("carry_out", top_up)).text

    def test_what_the_meter_has_taken_stays(self, clerk, bought, chip):
        from billing.devices.simulated import load_into_meter

        chip.refresh_from_db()
        load_into_meter(chip)
        clerk.post(page("take_back", bought), {"reason": "wrong volume"})
        assert "The volume is not on the card any more" in clerk.post(page("carry_out", bought)).text

    def test_nobody_asked(self, clerk, bought):
        assert "nobody asked for it" in clerk.post(page("carry_out", bought)).text


@pytest.mark.parametrize("route", ["first_card", "replacement", "loss", "meter_change"])
class TestDoors:
    def test_finance_may_not(self, client, signed_in, mei, account, route):
        assert signed_in(client, mei).get(page(route, account)).status_code == 403

    def test_an_unknown_account_is_not_found(self, clerk, route):
        assert clerk.get(reverse(f"desk:{route}", args=["1"])).status_code == 404

    def test_a_clerk_without_a_till_is_told(self, client, signed_in, hall, account, route):
        idle = people.StaffFactory(user__username="idle", hall=hall, roles=[Role.CLERK])
        filled = {"reason": "worn out", **TestMeterChange.PLATE}
        response = signed_in(client, idle).post(page(route, account), filled)
        assert response.status_code == 302 if route == "loss" else "open shift" in response.text


class TestDrawer:
    def test_a_card_is_laid_on_this_counters_reader(self, clerk, chip, shift, account):
        other = money.chip_of(people.GasCardFactory())
        SimulatedChip.objects.filter(pk=other.pk).update(label="An ordinary card")
        said = clerk.post(reverse("desk:drawer_lay", args=[other.pk]), follow=True, headers={"accept-language": "ru"})
        assert "На считывателе: Обычная карта." in said.text
        assert SimulatedChip.objects.get(counter=shift.counter) == other

    def test_the_meter_takes_what_is_on_it(self, clerk, bought, chip):
        clerk.post(reverse("desk:drawer_load", args=[chip.pk]))
        assert "0 m³ on the card" in clerk.get(reverse("desk:drawer")).text.replace("\xa0", " ")

    def test_no_meter_takes_a_damaged_one(self, clerk, chip):
        SimulatedChip.objects.update(image="00ff")
        response = clerk.post(reverse("desk:drawer_load", args=[chip.pk]), follow=True)
        assert "The card cannot be read" in response.text

    def test_a_fault_is_scripted_and_a_made_up_one_refused(self, clerk, chip):
        assert clerk.post(reverse("desk:drawer_fault", args=[chip.pk]), {"fault": "torn"}).status_code == 302
        assert SimulatedChip.objects.get().fault == "torn"
        assert clerk.post(reverse("desk:drawer_fault", args=[chip.pk]), {"fault": "nonsense"}).status_code == 404

    def test_new_cards_come_out_of_the_box(self, clerk):
        for _ in range(2):
            clerk.post(reverse("desk:drawer_new"))
        assert SimulatedChip.objects.filter(image="").count() == 2

    def test_a_real_reader_has_no_drawer(self, clerk, settings):
        settings.CARD_READER = "bridge"
        assert clerk.get(reverse("desk:drawer")).status_code == 404


class TestOwnReversals:
    @pytest.fixture
    def asked(self, clerk, bought, settings):
        settings.REVERSAL_NEEDS_APPROVAL_FROM = 0
        return clerk.post(page("take_back", bought), {"reason": "wrong volume"}, follow=True)

    def test_every_step_says_how_much_goes_back(self, clerk, bought, asked):
        assert "¥165.00" in clerk.get(page("take_back", bought)).text.partition('class="lede"')[2].partition("</p>")[0]
        assert "Asked to give back ¥165.00." in asked.text

    def test_they_stand_on_the_workbench_until_they_are_over(self, clerk, bought, asked):
        assert "waiting for a second signature" in clerk.get(reverse("desk:workbench")).text
        Reversal.objects.update(status="approved")
        assert "can be carried out" in clerk.get(reverse("desk:workbench")).text
        Reversal.objects.update(status="refused")
        assert "Purchases I asked to take back" not in clerk.get(reverse("desk:workbench")).text

    def test_nobody_else_has_them_there(self, asked, client, signed_in, hall):
        other = people.StaffFactory(hall=hall, roles=[Role.CLERK])
        assert "Purchases I asked to take back" not in signed_in(client, other).get(reverse("desk:workbench")).text
