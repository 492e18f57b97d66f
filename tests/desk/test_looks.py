"""Small rules of what is shown: distances, tier bars, opening hours, tones, and who is led where."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.template import loader
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import GRANTS, Role
from desk import distances, opening_hours, tier_bars, tones
from desk.queries import navigation
from tests.factories import accounts as people

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(minutes=18), "in 18 min"),
        (timedelta(minutes=-5), "5 min late"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(seconds=-1), "0 min late"),
    ],
)
def test_a_distance_is_said_in_words(gap, words):
    with translation.override("en"):
        assert distances.distance(NOW + gap, NOW) == words


class TestTierBar:
    def test_the_stretches_follow_one_another(self):
        bar = tier_bars.draw([400_000, 1_000_000, None], 342_000, 60_000)
        assert [tier.x for tier in bar.tiers] == [0, *(tier.x + tier.width for tier in bar.tiers[:-1])]
        assert bar.buying.x == bar.used.width

    @given(st.integers(0, 10**9), st.integers(0, 10**9))
    def test_nothing_leaves_the_line(self, position, buying):
        bar = tier_bars.draw([400_000, 1_000_000, None], position, buying)
        assert 0 <= bar.used.width <= bar.buying.x + bar.buying.width <= tier_bars.LENGTH
        assert sum(tier.width for tier in bar.tiers) == tier_bars.LENGTH

    def test_a_tariff_of_one_price_is_one_stretch(self):
        assert len(tier_bars.draw([None], 0, 60_000).tiers) == 1


class TestOpeningHours:
    def test_days_with_the_same_hours_share_a_line(self):
        windows = [people.HallHoursFactory.build(hall=None, weekday=day) for day in (0, 1, 2, 4)]
        windows.append(people.HallHoursFactory.build(hall=None, weekday=5, opens=time(9), closes=time(12)))
        with translation.override("en"):
            lines = opening_hours.week(windows)
        assert [line.days for line in lines] == ["Mon to Wed", "Fri", "Sat"]

    def test_a_lunch_break_makes_two_windows(self):
        hours = [(time(8, 30), time(12)), (time(13, 30), time(17))]
        windows = [people.HallHoursFactory.build(hall=None, opens=opens, closes=closes) for opens, closes in hours]
        assert opening_hours.week(windows)[0].hours == "08:30–12:00, 13:30–17:00"


@pytest.mark.parametrize("model", tones.LOOKS)
def test_every_status_has_a_look(model):
    assert set(tones.LOOKS[model]) == set(model._meta.get_field("status").choices and dict(model._meta.get_field("status").choices))


class TestNavigation:
    @pytest.mark.parametrize("role", Role)
    def test_everybody_is_led_where_they_may_go(self, client, signed_in, hall, role):
        staff = people.StaffFactory(hall=hall, roles=[role])
        found = navigation.places(staff.user, at=NOW)
        assert {place.verb for place in found} <= GRANTS[role]
        for place in found:
            assert signed_in(client, staff).get(place.url).status_code == 200, place.route

    def test_the_public_sees_public_places(self, client, db):
        response = client.get("/")
        for place in navigation.PUBLIC:
            assert place.url in response.text

    def test_the_longest_place_is_here(self, fang, rf):
        found = navigation.places(fang.user, at=NOW)
        assert navigation.here(found, "/staff/accounts/371/").route == "desk:search"


class TestHome:
    def test_staff_go_to_the_workbench(self, client, signed_in, fang, shift):
        response = signed_in(client, fang).get("/", follow=True)
        assert response.redirect_chain[0][0] == reverse("desk:workbench")
        assert "counter 1" in response.text

    def test_customers_go_to_their_cabinet(self, client, signed_in, olive):
        assert signed_in(client, olive).get("/").url == reverse("desk:cabinet")

    def test_the_public_reads_the_prices(self, client, tariff, hall):
        response = client.get("/")
        assert "¥2.75" in response.text
        assert hall.name in response.text

    def test_the_front_page_costs_the_same_with_many_halls(self, client, tariff, django_assert_num_queries):
        for hall in people.HallFactory.create_batch(3):
            people.HallHoursFactory(hall=hall)
        client.get("/")
        with django_assert_num_queries(9):
            client.get("/")

    @pytest.mark.parametrize("route", ["components", "workbench", "counter", "drawer"])
    def test_customers_stay_outside(self, client, signed_in, olive, route):
        assert signed_in(client, olive).get(reverse(f"desk:{route}")).status_code in {403, 404}


def test_emergency_comes_first_on_every_page(client, db):
    page = client.get("/").text
    assert page.index("tel:") < page.index("site-header")


def test_the_language_is_a_choice_on_every_page(client, db):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert response.text.count('name="language"') == 3


class TestMistakes:
    """Every wrong turn has a page in words."""

    def test_the_address_of_a_button(self, client, signed_in, fang, shift):
        response = signed_in(client, fang).get(reverse("desk:counter_sell"))
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert "It only answers to its own button." in response.text

    def test_a_page_of_somebody_else(self, client, signed_in, mei):
        response = signed_in(client, mei).get(reverse("desk:counter"))
        assert response.status_code == 403
        assert "Your role does not allow this." in response.text

    def test_a_form_that_was_open_too_long(self, db):
        response = Client(enforce_csrf_checks=True).post(reverse("desk:counter_sell"))
        assert response.status_code == 403
        assert "The page was open for too long" in response.text

    def test_our_own_mistake(self, db):
        page = loader.get_template("500.html").render()
        assert "What was already paid or written is safe." in page
