"""The parts of the demo city that need no database."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Area
from desk.city import layout, names, opening, people_at_work, places, sign_ins
from desk.city.households import households
from desk.city.recipe import Recipe

RECIPE = Recipe(accounts=240, seed=7, start=opening.date(2026, 11, 20))


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path


class TestNames:
    @pytest.mark.parametrize("invent", [names.estate, names.village])
    def test_no_two_places_of_a_town_share_a_name(self, invent):
        assert len({invent(n) for n in range(5_000)}) == 5_000


class TestLayout:
    @pytest.mark.parametrize("accounts", [1, 19, 500, 30_000])
    def test_everybody_has_a_door_of_their_own(self, accounts):
        recipe = Recipe(accounts, 3, RECIPE.start)
        homes = layout.compounds(recipe)
        assert sum(home.size for home in homes) == accounts
        addresses = [door.address for home in homes for door in home.doors(recipe)[1]]
        assert len(set(addresses)) == accounts

    def test_most_people_live_in_the_county_seat(self):
        recipe = Recipe(200_000, 3, RECIPE.start)
        urban = sum(home.size for home in layout.compounds(recipe) if home.town.area == Area.URBAN)
        assert 0.35 < urban / recipe.accounts < 0.65


class TestHouseholds:
    def test_a_compound_is_the_same_whoever_asks_first(self):
        homes = layout.compounds(RECIPE)
        assert list(households(RECIPE, homes[3])) == list(households(RECIPE, homes[3]))

    def test_nobody_buys_twice_a_day_or_before_moving_in(self):
        for home in layout.compounds(RECIPE):
            for household in households(RECIPE, home):
                days = [purchase.day for purchase in household.purchases]
                assert days == sorted(set(days))
                assert all(household.opened <= day < RECIPE.start for day in days)


class TestOpening:
    @pytest.mark.parametrize(
        ("day", "is_open"),
        [
            ("2026-02-17", False),  # Spring Festival
            ("2026-02-14", True),  # a Saturday worked in exchange
            ("2026-09-20", True),  # a Sunday worked in exchange
            ("2026-11-22", False),  # a Sunday
            ("2026-11-23", True),
            ("2027-01-01", False),  # beyond our file: from the package
        ],
    )
    def test_halls_follow_the_official_calendar(self, day, is_open):
        assert opening.is_open(places.NORTH, opening.date.fromisoformat(day)) is is_open


class TestTotp:
    @pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")])
    def test_agrees_with_rfc_6238(self, moment, code):
        assert sign_ins.totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", moment)[0] == code


class TestSignIns:
    def test_a_second_city_keeps_the_first_ones_secrets(self, var):
        first = sign_ins.SignIns.invent(["fang"])
        first.keep()
        assert sign_ins.SignIns.invent(["fang", "mei"]).secrets["fang"] == first.secrets["fang"]

    def test_the_command_says_what_is_missing(self, var):
        with pytest.raises(CommandError, match="build_city"):
            call_command("demo_sign_ins")

    def test_the_command_prints_one_person_for_each_role_and_those_of_the_government_hall(self, var, capsys):
        made = sign_ins.SignIns.invent(row[0] for row in people_at_work.ROSTER)
        made.keep()
        call_command("demo_sign_ins")
        page = capsys.readouterr().out
        assert made.password in page
        assert page.count("otpauth://") == len({(row[4], row[3] == places.GOVERNMENT) for row in people_at_work.ROSTER})

    def test_codes_alone_are_short(self, var, capsys):
        sign_ins.SignIns.invent(["fang"]).keep()
        call_command("demo_sign_ins", codes=True)
        assert len(capsys.readouterr().out.splitlines()) == 1
