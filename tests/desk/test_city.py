"""The demo city as a whole: what build_city leaves in the database."""

import json
from datetime import date, timedelta
from itertools import groupby

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count, Min, Sum
from django.test import override_settings

from accounts import identity_numbers, sealing
from accounts.models import Absence, Account, Area, Customer, Duty, GasCard, Hall, HallHours, Meter, RoleGrant, Staff, Territory, User
from accounts.queries import wechat_links
from accounts.roles import Role
from billing.devices.cards import CardFault, decode
from billing.models import Allowance, Book, DeviceKey, Entry, Kiosk, Posting, PurchaseLimit, Receipt, SimulatedChip, TariffVersion, TopUp
from billing.operations.card_reads import read_card
from billing.queries.pricing import pricing
from billing.stand_in.account import openid_of
from billing.stand_in.keys import Keys
from casework.models import Case
from desk.city import opening
from desk.city.build import build_city
from desk.city.crews import fill_shifts
from desk.city.people_at_work import ROSTER
from desk.city.recipe import Recipe
from desk.city.reference import CITY
from desk.city.roster import fill_roster
from desk.city.sign_ins import SignIns
from fieldwork.models import Crew, CrewMember, CrewPosition, CrewShift, Part
from fieldwork.queries import outlook
from sla.queries.roster import roster_at
from tests.conftest import NOW, forget_other_worlds
from tests.factories.fieldwork import VisitFactory

RECIPE = Recipe(accounts=240, seed=7, start=date(2026, 11, 20))


def quiet(stage, done, total):
    pass


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """One city for all tests here, taken back at the end: building it costs more than looking at it."""
    var = tmp_path_factory.mktemp("var")
    forget_other_worlds()
    with django_db_blocker.unblock(), override_settings(VAR=var), transaction.atomic():
        build_city(RECIPE, at=NOW, progress=quiet)
        with django_db_blocker.block():
            yield var
        transaction.set_rollback(True)


@pytest.fixture
def city(built, settings, db):
    settings.VAR = built


class TestPlaces:
    def test_lanling_has_its_seventeen_towns_of_three_kinds(self, city):
        towns = Territory.objects.filter(level=Territory.Level.TOWN)
        assert towns.count() == 17
        assert set(towns.values_list("area", flat=True)) == set(Area.values)

    def test_every_path_is_its_parents_path_and_its_own_key(self, city):
        for node in Territory.objects.select_related("parent"):
            assert node.path == f"{node.parent.path if node.parent else '/'}{node.pk}/"

    def test_a_written_address_is_the_chain_of_its_places(self, city):
        premises = Account.objects.filter(pk__lte=200).order_by("pk").last().premises
        chain = [int(key) for key in premises.territory.path.strip("/").split("/")]
        names = [Territory.objects.get(pk=key).name for key in chain]
        assert premises.address == "".join(names) + premises.door

    def test_halls_close_for_lunch(self, city):
        mondays = HallHours.objects.filter(weekday=0).values("hall").annotate(windows=Count("pk"), first=Min("opens"))
        assert [row["windows"] for row in mondays] == [2, 2, 2]
        assert Hall.objects.filter(kind=Hall.Kind.GOVERNMENT).count() == 1


class TestPeople:
    def test_identity_numbers_pass_their_own_check(self, city):
        sealed = Customer.objects.exclude(id_number_sealed="").values_list("id_number_sealed", flat=True)[:50]
        assert sealed
        assert all(identity_numbers.is_valid_for_person(sealing.unseal(text)) for text in sealed)

    def test_accounts_carry_a_good_number_and_are_found_by_phone(self, city):
        account = Account.objects.order_by("pk").first()
        phone = account.customer.phones.get(is_primary=True)
        assert phone.number.is_valid()
        assert str(phone.number) in account.search

    def test_all_kinds_of_meters_hang_somewhere(self, city):
        assert set(Meter.objects.values_list("kind", flat=True)) == set(Meter.Kind.values)

    def test_the_next_account_gets_the_next_number(self, city):
        numbers = [int(number[:9]) for number in Account.objects.order_by("pk").values_list("number", flat=True)]
        assert numbers == list(range(100_000_001, 100_000_001 + RECIPE.accounts + 1))


class TestPurchases:
    def test_there_are_about_ten_a_year_each(self, city):
        assert 8 < TopUp.objects.count() / RECIPE.accounts < 12

    def test_receipts_are_numbered_without_gaps_in_the_order_of_time(self, city):
        rows = Receipt.objects.order_by("hall", "year", "issued_at", "pk").values_list("hall", "year", "number")
        for _place, numbers in groupby(rows, key=lambda row: row[:2]):
            found = [row[2] for row in numbers]
            assert found == list(range(1, len(found) + 1))

    def test_nobody_buys_while_the_hall_is_closed(self, city):
        for receipt in Receipt.objects.exclude(hall__kind=Hall.Kind.ONLINE).select_related("hall", "top_up"):
            assert opening.is_open(receipt.hall.code, receipt.top_up.bought_on)

    def test_the_lines_of_each_sum_to_its_amount_and_volume(self, city):
        for top_up in TopUp.objects.all():
            assert sum(line["amount"] for line in top_up.lines) == top_up.amount
            assert sum(line["litres"] for line in top_up.lines) == top_up.litres

    def test_prices_change_within_the_year(self, city):
        changed = TariffVersion.objects.get(number=2, tariff__price_class="resident")
        before, after = (
            TopUp.objects.filter(bought_on__lt=changed.effective_from),
            TopUp.objects.filter(bought_on__gte=changed.effective_from),
        )
        assert set(before.values_list("tariff_version__number", flat=True)) == {1}
        assert set(after.values_list("tariff_version__number", flat=True)) == {2}
        assert TariffVersion.objects.get(number=3, tariff__price_class="resident").effective_from > RECIPE.start

    def test_cheaper_tiers_are_used_up_before_dearer_ones(self, city):
        rows = TopUp.objects.filter(account__price_class="resident", account__allowances=None).order_by("account", "paid_at")
        for _key, bought in groupby(rows, key=lambda row: (row.account_id, row.tier_year)):
            tiers = [line["tier"] for top_up in bought for line in top_up.lines]
            assert tiers == sorted(tiers)

    def test_limits_a_month_are_kept(self, city):
        limits = dict(PurchaseLimit.objects.values_list("price_class", "month_litres"))
        sums = TopUp.objects.values("account__price_class", "account", "bought_on__year", "bought_on__month").annotate(litres=Sum("litres"))
        assert all(row["litres"] <= limits[row["account__price_class"]] for row in sums)

    def test_a_cards_counter_counts_its_purchases(self, city):
        card = GasCard.objects.filter(status=GasCard.Status.ACTIVE, top_ups__isnull=False).first()
        last = card.top_ups.filter(written_at__isnull=False).order_by("-paid_at").first()
        assert card.counter == last.counter


class TestLedger:
    def test_every_posting_sums_to_zero(self, city):
        assert not Posting.objects.annotate(total=Sum("entries__amount")).exclude(total=0).exists()

    def test_what_is_paid_and_not_on_a_card_is_owed(self, city):
        unwritten = TopUp.objects.filter(written_at=None).exclude(status="reversed").aggregate(owed=Sum("amount"))["owed"]
        assert unwritten
        assert Entry.objects.filter(book=Book.PREPAID).aggregate(sum=Sum("amount"))["sum"] == -unwritten


class TestTheDrawer:
    def test_each_card_shows_what_its_label_says(self, city):
        found = {chip.label: self.diagnosis(chip) for chip in SimulatedChip.objects.all()}
        expected = {
            "An ordinary card": "ready",
            "Paid, but not yet on the card": "unwritten",
            "Not yet put into the meter": "still_full",
            "An old copy of a card": "wrong_counter",
            "A card of another city": "foreign",
            "A damaged card": "damaged",
            "A new card, empty": "empty",
            "Another new card, empty": "empty",
        }
        assert {label: found[label] for label in expected} == expected

    @staticmethod
    def diagnosis(chip):
        try:
            return read_card(seen=decode(chip.image), by=CITY, at=NOW).code
        except CardFault as fault:
            return fault.code

    def test_the_cabinets_owner_is_bound_and_can_sign_in(self, city):
        user, sign_ins = User.objects.get(username="demo-customer"), SignIns.read()
        assert user.check_password(sign_ins.password)
        assert str(user.phone) == sign_ins.customer_phone
        assert user.bindings.count() == 2
        assert wechat_links.payer_of(user, appid=Keys.appid) == openid_of(1)


class TestAllowances:
    def test_a_larger_household_has_wider_tiers(self, city):
        allowance = Allowance.objects.filter(kind=Allowance.Kind.EXTRA_PERSONS, account__price_class="resident").first()
        tiers = pricing(allowance.account, RECIPE.start).tiers
        assert tiers[0].upper_litres == 400_000 + (allowance.persons - 4) * 100_000


class TestStaff:
    def test_somebody_works_in_every_role(self, city):
        assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)

    def test_everybody_has_a_second_factor_that_fits_the_file(self, city):
        sign_ins = SignIns.read()
        assert Authenticator.objects.filter(user__is_staff=True).count() == len(sign_ins.secrets)

    def test_the_file_of_sign_ins_is_its_owners_alone(self, city, built):
        assert (built / "demo.json").stat().st_mode & 0o777 == 0o600


class TestKiosks:
    def test_three_stand_somewhere_and_one_takes_cash(self, city):
        assert Kiosk.objects.filter(latitude__isnull=False, state="silent").count() == 3
        assert Kiosk.objects.get(sells=True).cash_ceiling == 500_000

    def test_their_keys_are_its_owners_alone(self, city, built):
        path = built / "kiosks.json"
        assert path.stat().st_mode & 0o777 == 0o600
        known = DeviceKey.objects.filter(kind="kiosk").values_list("handle", flat=True)
        assert {handle for handle, _secret in json.loads(path.read_text()).values()} == set(known)


class TestRoster:
    def on_duty(self, moment):
        return set(Duty.objects.filter(starts_at__lte=moment, ends_at__gt=moment).values_list("staff__user__username", flat=True))

    def test_everybody_is_on_duty_in_the_hours_of_their_work(self, city):
        assert self.on_duty(NOW) == {row[0] for row in ROSTER}

    def test_at_night_and_on_sunday_somebody_takes_calls_sends_and_drives(self, city):
        night, sunday = NOW.replace(hour=18), NOW + timedelta(days=2)
        assert self.on_duty(night) == self.on_duty(sunday) == {"xia", "gang", "jun", "chao", "long", "bin"}

    def test_it_reaches_a_week_ahead(self, city):
        assert "fang" in self.on_duty(NOW + timedelta(days=7))

    def test_an_alarm_finds_people_of_its_role(self, city):
        assert roster_at(NOW).told(Role.DISPATCHER, hall=None, owner=None) == [Staff.objects.get(user__username="gang").pk]

    def test_planning_again_fills_only_what_is_missing(self, city):
        assert fill_roster(NOW) == 0
        assert 0 < fill_roster(NOW + timedelta(days=1)) < 30

    def test_who_is_away_is_not_planned(self, city):
        fang, juan = (Staff.objects.get(user__username=name) for name in ("fang", "juan"))
        Duty.objects.filter(staff=fang).delete()
        Absence.objects.create(staff=fang, deputy=juan, starts_at=NOW - timedelta(days=3), ends_at=NOW + timedelta(days=30))
        assert fill_roster(NOW) == 0
        assert not fang.duties.exists()


class TestCrews:
    def out(self, moment, *, on_call=False):
        shifts = CrewShift.objects.filter(starts_at__lte=moment, ends_at__gt=moment, is_on_call=on_call)
        return set(shifts.values_list("crew__code", flat=True))

    def test_three_are_out_by_day_two_at_night_and_one_waits_at_home(self, city):
        night = NOW.replace(hour=18)
        assert self.out(NOW) == {"Q1", "Q2", "W1"}
        assert self.out(night) == {"Q1", "Q2"}
        assert self.out(NOW, on_call=True) == self.out(night, on_call=True) == {"B1"}

    def test_their_roster_reaches_a_week_ahead_and_is_filled_once(self, city):
        assert "W1" in self.out(NOW + timedelta(days=7))
        assert fill_shifts(NOW) == 0
        assert fill_shifts(NOW + timedelta(days=1)) == 4

    def test_everybody_in_a_crew_wears_a_badge_that_is_good_today(self, city):
        members = CrewMember.objects.filter(until=None)
        assert members.count() == 8
        assert all(one.staff.badges.filter(withdrawn_at=None, valid_until__gte=NOW.date()).exists() for one in members)

    def test_those_who_are_out_were_seen_and_the_one_at_home_was_not(self, city):
        assert set(CrewPosition.objects.values_list("crew__code", flat=True)) == {"Q1", "Q2", "W1"}

    def test_a_leak_finds_a_crew_of_its_own_territory(self, city):
        town = Territory.objects.get(name="兰陵镇")
        visit = VisitFactory.build(skill="emergency", urgency="emergency", territory=town, latitude=34.738, longitude=117.858)
        visit.pk, visit.timeline_id = 0, 0
        best = outlook(visit, NOW).suggestions[0]
        assert Crew.objects.get(pk=best.crew).code == "Q2"

    def test_parts_have_names_in_three_languages_and_a_price(self, city):
        assert all(part.name and part.name_en and part.name_ru and part.price for part in Part.objects.all())


def test_whoever_bought_has_a_card_or_a_meter_that_needs_none(city):
    """An account with purchases and neither would be a riddle at the counter."""
    bought = Account.objects.filter(top_ups__isnull=False).exclude(meters__kind=Meter.Kind.IOT)
    assert bought.exists()
    assert not bought.filter(cards__isnull=True).exists()


def test_the_reception_has_a_letter_and_a_service_in_every_place_of_their_way(city):
    kinds = Case.objects.filter(kind__in=["appeal", "application"]).values_list("kind", "status")
    found = {kind: {status for one, status in kinds if one == kind} for kind in ("appeal", "application")}
    assert found["appeal"] == {"received", "waiting", "forwarded", "drafting", "answered"}
    assert found["application"] == {"received", "waiting", "routed", "agreed", "done"}
