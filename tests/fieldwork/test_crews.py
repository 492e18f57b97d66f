"""Crews, who is in them, and when they are out."""

from datetime import UTC, datetime, timedelta

import pytest

import fieldwork.operations
from accounts.operations.periods import BadPeriod
from accounts.roles import Role
from fieldwork.models import Crew, CrewMember, CrewShift
from fieldwork.operations import CodeTaken, CrewRetired, NotAMember, StillAtWork, Turn, UnknownSkill
from fieldwork.permissions import Forbidden
from fieldwork.queries import crews_of, members_at
from tests.billing.test_races import at_once
from tests.factories.accounts import AbsenceFactory, StaffFactory
from tests.factories.fieldwork import CrewFactory, CrewShiftFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def plan(hall, quarter):
    return {"code": "k7", "name": "夜班", "hall": hall, "skills": ["indoor", "emergency"], "territories": [quarter], "phone": ""}


@pytest.fixture
def crew(plan, yan, now):
    return fieldwork.operations.form_crew(**plan, by=yan.user, at=now)


def join(crew, staff, yan, at, **more):
    return fieldwork.operations.join_crew(crew=crew, staff=staff, by=yan.user, at=at, **more)


class TestForm:
    def test_it_is_there_with_what_it_can(self, crew, quarter):
        assert (crew.code, crew.skills, list(crew.territories.all())) == ("K7", ["emergency", "indoor"], [quarter])

    def test_who_did_it_is_kept(self, crew, yan):
        assert crew.history.get().history_user == yan.user

    def test_codes_are_given_once(self, crew, plan, yan, now):
        with pytest.raises(CodeTaken):
            fieldwork.operations.form_crew(**plan, by=yan.user, at=now)

    @pytest.mark.parametrize("skills", [[], ["magic"]])
    def test_skills_are_ours(self, plan, yan, now, skills):
        with pytest.raises(UnknownSkill):
            fieldwork.operations.form_crew(**{**plan, "skills": skills}, by=yan.user, at=now)

    def test_it_can_be_changed(self, crew, plan, yan, now):
        fieldwork.operations.change_crew(crew=crew, **{**plan, "name": "日班", "territories": []}, by=yan.user, at=now)
        assert (Crew.objects.get().name, crew.territories.count()) == ("日班", 0)

    def test_a_crew_member_plans_no_crews(self, plan, hong, now):
        with pytest.raises(Forbidden):
            fieldwork.operations.form_crew(**plan, by=hong.user, at=now)


class TestMembers:
    def test_somebody_is_in_one_crew_at_a_time(self, crew, yan, hong, now):
        other = CrewFactory()
        join(crew, hong, yan, now)
        join(other, hong, yan, now + HOUR)
        assert list(crews_of(hong.user, now)) == [crew]
        assert list(crews_of(hong.user, now + HOUR)) == [other]

    def test_a_new_leader_takes_the_place_of_the_old_one(self, crew, yan, hong, kai, now):
        join(crew, hong, yan, now, is_leader=True)
        join(crew, kai, yan, now, is_leader=True)
        assert CrewMember.objects.get(is_leader=True).staff == kai

    def test_who_leaves_is_in_none(self, crew, yan, hong, now):
        join(crew, hong, yan, now)
        fieldwork.operations.leave_crew(crew=crew, staff=hong, by=yan.user, at=now + HOUR)
        assert not crews_of(hong.user, now + HOUR).exists()
        with pytest.raises(NotAMember):
            fieldwork.operations.leave_crew(crew=crew, staff=hong, by=yan.user, at=now + HOUR)

    def test_who_went_to_another_crew_meanwhile_stays_in_it(self, crew, yan, hong, now):
        other = CrewFactory()
        join(other, hong, yan, now)
        with pytest.raises(NotAMember):
            fieldwork.operations.leave_crew(crew=crew, staff=hong, by=yan.user, at=now + HOUR)
        assert list(crews_of(hong.user, now + HOUR)) == [other]

    def test_a_mistake_of_this_moment_leaves_no_trace(self, crew, yan, hong, now):
        join(crew, hong, yan, now)
        fieldwork.operations.leave_crew(crew=crew, staff=hong, by=yan.user, at=now)
        assert not CrewMember.objects.exists()

    def test_who_is_away_is_not_there(self, crew, yan, hong, now):
        join(crew, hong, yan, now)
        AbsenceFactory(staff=hong, starts_at=now, ends_at=now + HOUR)
        assert (members_at(crew, now).count(), members_at(crew, now + HOUR).count()) == (0, 1)


class TestRetire:
    def test_its_people_and_shifts_are_free(self, crew, yan, hong, now):
        join(crew, hong, yan, now - HOUR)
        CrewShiftFactory(crew=crew, starts_at=now - HOUR, ends_at=now + HOUR)
        CrewShiftFactory(crew=crew, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
        fieldwork.operations.retire_crew(crew=crew, by=yan.user, at=now)
        assert CrewShift.objects.get().ends_at == CrewMember.objects.get().until == Crew.objects.get().retired_at == now

    def test_not_while_it_has_visits(self, asked, near, yan, now):
        fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)
        with pytest.raises(StillAtWork):
            fieldwork.operations.retire_crew(crew=near, by=yan.user, at=now)

    def test_nobody_comes_in_any_more_and_no_turn_is_planned(self, crew, plan, yan, hong, now):
        stale = Crew.objects.get()
        fieldwork.operations.retire_crew(crew=crew, by=yan.user, at=now)
        acts = [
            lambda: join(stale, hong, yan, now),
            lambda: fieldwork.operations.change_crew(crew=stale, **plan, by=yan.user, at=now),
            lambda: fieldwork.operations.plan_shift(crew=stale, turn=Turn(now, now + HOUR), by=yan.user, at=now),
            lambda: fieldwork.operations.call_in(crew=stale, by=yan.user, at=now, until=now + HOUR),
        ]
        for act in acts:
            with pytest.raises(CrewRetired):
                act()
        assert Crew.objects.get().retired_at == now

    def test_who_came_in_at_this_moment_is_free_without_a_trace(self, crew, yan, hong, now):
        join(crew, hong, yan, now)
        fieldwork.operations.retire_crew(crew=crew, by=yan.user, at=now)
        assert not CrewMember.objects.exists()


class TestRoster:
    def test_a_turn_is_repeated_at_the_same_time_of_the_week(self, crew, yan, now):
        turn = Turn(now + HOUR, now + 9 * HOUR)
        shifts = fieldwork.operations.plan_shift(crew=crew, turn=turn, weeks=3, by=yan.user, at=now)
        assert [shift.starts_at for shift in shifts] == [turn.starts_at + timedelta(weeks=week) for week in range(3)]

    def test_also_where_clocks_are_changed(self, crew, yan, settings):
        settings.TIME_ZONE = "Europe/Berlin"
        saturday = datetime(2026, 10, 24, 6, 0, tzinfo=UTC)
        turn = Turn(saturday, saturday + 8 * HOUR)
        shifts = fieldwork.operations.plan_shift(crew=crew, turn=turn, weeks=2, by=yan.user, at=saturday - HOUR)
        assert shifts[1].starts_at == saturday + timedelta(days=7, hours=1)

    @pytest.mark.parametrize(("begins", "lasts"), [(1, 0), (1, 30), (-9, 8), (20_000, 8)], ids=["empty", "too long", "over", "years ahead"])
    def test_a_slip_of_the_finger_is_no_shift(self, crew, yan, now, begins, lasts):
        turn = Turn(now + begins * HOUR, now + (begins + lasts) * HOUR)
        with pytest.raises(BadPeriod):
            fieldwork.operations.plan_shift(crew=crew, turn=turn, by=yan.user, at=now)

    def test_two_turns_do_not_overlap_but_on_call_may_lie_around(self, crew, yan, now):
        turn = Turn(now, now + 8 * HOUR)
        fieldwork.operations.plan_shift(crew=crew, turn=turn, by=yan.user, at=now)
        fieldwork.operations.plan_shift(crew=crew, turn=Turn(now, now + 20 * HOUR, is_on_call=True), by=yan.user, at=now)
        with pytest.raises(BadPeriod):
            fieldwork.operations.plan_shift(crew=crew, turn=Turn(now + HOUR, now + 9 * HOUR), by=yan.user, at=now)

    def test_a_running_shift_ends_now_one_ahead_goes_one_over_stays(self, crew, yan, now):
        running = CrewShiftFactory(crew=crew, starts_at=now - HOUR, ends_at=now + HOUR)
        ahead = CrewShiftFactory(crew=crew, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
        over = CrewShiftFactory(crew=crew, starts_at=now - 3 * HOUR, ends_at=now - 2 * HOUR)
        for shift in (running, ahead):
            fieldwork.operations.drop_shift(shift=shift, by=yan.user, at=now)
        with pytest.raises(BadPeriod):
            fieldwork.operations.drop_shift(shift=over, by=yan.user, at=now)
        assert list(CrewShift.objects.order_by("starts_at").values_list("ends_at", flat=True)) == [now - 2 * HOUR, now]

    def test_a_crew_at_home_is_called_in(self, crew, yan, now):
        CrewShiftFactory(crew=crew, is_on_call=True)
        first = fieldwork.operations.call_in(crew=crew, by=yan.user, at=now, until=now + 6 * HOUR)
        assert fieldwork.operations.call_in(crew=crew, by=yan.user, at=now, until=now + 6 * HOUR) == first
        assert (first.starts_at, first.is_on_call) == (now, False)

    def test_nobody_is_called_in_for_days(self, crew, yan, now):
        with pytest.raises(BadPeriod):
            fieldwork.operations.call_in(crew=crew, by=yan.user, at=now, until=now + 48 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_two_planners_who_want_the_same_person_come_one_after_the_other(plan, yan, hong, now):
    crews = [fieldwork.operations.form_crew(**{**plan, "code": code}, by=yan.user, at=now) for code in ("A", "B")]
    boss = StaffFactory(roles=[Role.SUPERVISOR])

    def wants(crew, who):
        return lambda: join(crew, hong, who, now + HOUR)

    results = at_once(wants(crews[0], yan), wants(crews[1], boss))
    assert all(isinstance(result, CrewMember) for result in results)
    assert CrewMember.objects.filter(until=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_left_in_a_crew_that_is_retired_while_they_come_in(plan, yan, hong, now):
    crew = fieldwork.operations.form_crew(**plan, by=yan.user, at=now - HOUR)

    def retire():
        fieldwork.operations.retire_crew(crew=crew, by=yan.user, at=now)

    came, _retired = at_once(lambda: join(crew, hong, yan, now + HOUR), retire)
    assert isinstance(came, CrewMember | CrewRetired)
    assert Crew.objects.get().retired_at == now
    assert not CrewMember.objects.filter(until=None).exists()
