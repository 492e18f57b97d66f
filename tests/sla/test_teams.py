"""Who works together: one team for everybody, told by the role and the hall."""

from datetime import timedelta

import pytest

from accounts.models import RoleGrant
from accounts.roles import Role
from sla import teams
from sla.queries.teams import choices, names, people_of, teams_at
from sla.teams import Team
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory

DAY = timedelta(days=1)


class TestCodes:
    @pytest.mark.parametrize("team", [Team("clerk", "LL01"), Team("hotline_agent")])
    def test_a_team_is_read_back_from_its_code(self, team):
        assert teams.read(team.code) == team

    @pytest.mark.parametrize("code", ["", "clerk", "crew:K3", "cook@LL01"])
    def test_what_is_no_role_in_a_hall_is_no_team_of_ours(self, code):
        assert teams.read(code) is None

    @pytest.mark.parametrize(("asked", "is_meant"), [("clerk", True), ("clerk@LL01", True), ("clerk@LL02", False), ("cler", False)])
    def test_a_role_means_its_teams_in_every_hall(self, asked, is_meant):
        assert teams.is_among("clerk@LL01", asked) is is_meant

    def test_who_supervises_and_works_counts_where_they_work(self):
        assert teams.main_role(["hall_head", "clerk"]) == "clerk"

    def test_every_role_is_in_the_order(self):
        assert set(teams.ORDER) == set(Role.values)


@pytest.mark.django_db
class TestPeople:
    def test_everybody_is_in_one_team(self, fang, qiang, mei):
        found = teams_at(NOW)
        assert (found[fang.pk], found[qiang.pk], found[mei.pk]) == ("clerk@LL01", "hall_head@LL01", "finance@")

    def test_a_role_counts_while_it_is_held(self, fang):
        RoleGrant.objects.filter(staff=fang).update(until=NOW)
        assert fang.pk in teams_at(NOW - DAY)
        assert fang.pk not in teams_at(NOW)

    def test_people_of_a_hall_or_of_a_role(self, fang):
        other = StaffFactory(roles=[Role.CLERK])
        found = teams_at(NOW)
        assert people_of("clerk@LL01", found) == [fang.pk]
        assert set(people_of("clerk", found)) == {fang.pk, other.pk}

    def test_teams_are_called_by_role_and_hall(self, fang, hall):
        called = names(["clerk@LL01", "clerk", "hotline_agent@", "crew:K3"])
        assert list(called.values()) == [f"counters, {hall.name}", "counters", "hotline", "crew:K3"]

    def test_of_a_hall_its_teams_are_offered_and_of_all_the_roles(self, fang, hall):
        StaffFactory(roles=[Role.CLERK]), StaffFactory(hall=None, roles=[Role.HOTLINE_AGENT])
        found = teams_at(NOW)
        assert {code for code, _name in choices(found, hall.code)} == {"clerk@LL01", "hotline_agent@"}
        assert [code for code, _name in choices(found, "")] == ["hotline_agent", "clerk"]
