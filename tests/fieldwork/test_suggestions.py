"""Who should go, and why: examples, and what holds for any crews."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fieldwork.distances import Point, metres, minutes
from fieldwork.forecast import Option, foresee
from fieldwork.priorities import is_raised, rank
from fieldwork.suggestions import CALL_IN_MINUTES, VISIT_MINUTES, Candidate, Job, Reason, next_best, suggest

HERE, NEAR, FAR = Point(34.8573, 118.0707), Point(34.8613, 118.0707), Point(35.3573, 118.0707)
JOB = Job(skill="emergency", urgency="emergency", place=HERE, territories=frozenset({1, 7}), within=60)
CREW = Candidate(crew=1, code="K1", skills={"emergency"}, territories=frozenset({7}), place=NEAR, is_seen=True)


def order(*crews, job=JOB):
    return [one.crew for one in suggest(job, crews, speed_kmh=25)]


def other(**change):
    return replace(CREW, crew=2, code="K2", **change)


class TestDistances:
    def test_a_degree_north_is_about_111_km(self):
        assert 111_000 < metres(Point(34, 118), Point(35, 118)) < 111_400

    def test_ten_kilometres_take_half_an_hour_through_a_city(self):
        assert minutes(10_000, speed_kmh=25) == 3 + 32

    @given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    def test_it_is_as_far_there_as_back(self, one, two):
        there = metres(Point(*one), Point(*two))
        assert there == metres(Point(*two), Point(*one))
        assert 0 <= there <= 20_100_000

    @given(st.integers(0, 1_000_000), st.integers(0, 1_000_000), st.integers(-5, 200))
    def test_further_is_never_sooner(self, one, two, speed):
        near, far = sorted((one, two))
        assert minutes(near, speed_kmh=speed) <= minutes(far, speed_kmh=speed)


class TestOrder:
    def test_the_nearer_first(self):
        assert order(other(place=FAR), CREW) == [1, 2]

    def test_whoever_lacks_the_skill_is_left_out(self):
        assert order(other(skills={"meter"}), CREW) == [1]

    def test_the_own_territory_first(self):
        assert order(other(territories={9}, place=HERE), CREW) == [1, 2]

    def test_in_time_before_the_own_territory_when_it_is_dangerous(self):
        assert order(other(place=FAR), replace(CREW, territories={9})) == [1, 2]
        assert order(other(place=FAR), replace(CREW, territories={9}), job=replace(JOB, urgency="normal", within=None)) == [2, 1]

    def test_a_crew_with_an_emergency_after_a_free_one(self):
        assert order(replace(CREW, emergencies=1), other(place=Point(34.90, 118.07))) == [2, 1]

    def test_other_work_waits_when_it_is_dangerous(self):
        [one] = suggest(JOB, [replace(CREW, others=3)], speed_kmh=25)
        [free] = suggest(JOB, [CREW], speed_kmh=25)
        assert one.minutes == free.minutes
        assert Reason.LEAVES_OTHER_WORK in one.reasons

    def test_at_home_on_call_and_asked_before_come_last(self):
        job = replace(JOB, asked={2})
        assert order(replace(CREW, is_on_call=True), other(), replace(CREW, crew=3, code="K3", place=FAR), job=job)[0] == 3

    def test_without_places_the_code_decides(self):
        assert order(other(place=None), replace(CREW, place=None)) == [1, 2]


class TestReasons:
    def test_they_are_told(self):
        [one] = suggest(JOB, [CREW], speed_kmh=25)
        assert one.reasons == [Reason.IN_TIME, Reason.OWN_TERRITORY, Reason.FREE, Reason.POSITION]

    def test_also_the_bad_ones(self):
        crew = replace(CREW, place=FAR, is_seen=False, territories={9}, emergencies=1, is_on_call=True)
        [one] = suggest(replace(JOB, asked={1}), [crew], speed_kmh=25)
        expected = {Reason.TOO_LATE, Reason.NEIGHBOURING, Reason.BUSY, Reason.FROM_HOME, Reason.ON_CALL, Reason.ASKED_BEFORE}
        assert set(one.reasons) == expected
        assert one.minutes > VISIT_MINUTES + CALL_IN_MINUTES

    def test_where_nobody_knows_how_far(self):
        [one] = suggest(replace(JOB, place=None), [CREW], speed_kmh=25)
        assert (one.metres, one.minutes) == (None, None)
        assert one.reasons == [Reason.DISTANCE_UNKNOWN, Reason.OWN_TERRITORY, Reason.FREE]

    def test_a_place_in_no_territory_is_everybody_s(self):
        [one] = suggest(replace(JOB, territories=()), [CREW], speed_kmh=25)
        assert (one.is_own, one.reasons) == (True, [Reason.IN_TIME, Reason.FREE, Reason.POSITION])


POINTS = st.none() | st.builds(Point, st.floats(34, 36), st.floats(117, 119))
CREWS = st.lists(
    st.builds(
        Candidate,
        crew=st.integers(1, 30),
        code=st.text("K0123456789", min_size=1, max_size=3),
        skills=st.sets(st.sampled_from(["emergency", "meter"])),
        territories=st.frozensets(st.integers(1, 9), max_size=2),
        place=POINTS,
        is_seen=st.booleans(),
        emergencies=st.integers(0, 3),
        others=st.integers(0, 3),
        is_on_call=st.booleans(),
    ),
    max_size=8,
    unique_by=(lambda one: one.crew, lambda one: one.code),
)
JOBS = st.builds(
    Job,
    skill=st.just("emergency"),
    urgency=st.sampled_from(["emergency", "urgent", "normal"]),
    place=POINTS,
    territories=st.frozensets(st.integers(1, 9), max_size=3),
    within=st.none() | st.integers(0, 90),
    asked=st.frozensets(st.integers(1, 30)),
)


class TestAnyCrews:
    @given(JOBS, CREWS, st.randoms())
    def test_the_order_does_not_depend_on_how_they_come(self, job, crews, chance):
        shuffled = list(crews)
        chance.shuffle(shuffled)
        assert suggest(job, crews, speed_kmh=25) == suggest(job, shuffled, speed_kmh=25)

    @given(JOBS, CREWS)
    def test_everybody_who_can_stands_there_once(self, job, crews):
        able = sorted(one.crew for one in crews if job.skill in one.skills)
        assert sorted(one.crew for one in suggest(job, crews, speed_kmh=25)) == able

    @given(JOBS, CREWS)
    def test_nobody_is_asked_by_itself_who_said_no_or_is_at_home(self, job, crews):
        best = next_best(suggest(job, crews, speed_kmh=25))
        called = {one.crew for one in crews if one.is_on_call}
        assert best is None or best.crew not in called | set(job.asked)

    @given(JOBS, CREWS)
    def test_of_an_emergency_the_best_is_in_time_if_anybody_is(self, job, crews):
        job = replace(job, urgency="emergency", within=60)
        found = suggest(job, crews, speed_kmh=25)
        best = next_best(found)
        in_time = [one for one in found if one.is_automatic and one.minutes is not None and one.minutes <= 60]
        assert not in_time or best in in_time

    @given(JOBS, CREWS)
    def test_every_crew_s_reasons_agree_with_its_numbers(self, job, crews):
        for one in suggest(job, crews, speed_kmh=25):
            assert (Reason.DISTANCE_UNKNOWN in one.reasons) == (one.minutes is None)
            assert (Reason.ON_CALL in one.reasons) == one.is_on_call
            assert (Reason.OWN_TERRITORY in one.reasons) == (one.is_own and bool(job.territories))


class TestForecast:
    def test_in_time(self):
        seen = foresee(suggest(JOB, [CREW], speed_kmh=25), within=60)
        assert (seen.is_late, seen.ways) == (False, ())

    def test_too_late_with_what_else_there_is(self):
        crews = [replace(CREW, place=FAR), other(territories={9}), replace(CREW, crew=3, code="K3", is_on_call=True)]
        seen = foresee(suggest(JOB, crews, speed_kmh=25), within=60)
        assert seen.is_late
        assert [(way.option, way.crew) for way in seen.ways] == [(Option.NEIGHBOUR, 2), (Option.CALL_IN, 3), (Option.POLICE_AND_FIRE, None)]

    def test_nobody_at_all(self):
        seen = foresee([], within=60)
        assert (seen.is_late, seen.minutes) == (True, None)

    def test_nothing_is_foretold_of_what_nobody_knows(self):
        assert not foresee(suggest(JOB, [replace(CREW, place=None)], speed_kmh=25), within=60).is_late

    @given(CREWS, st.integers(0, 120))
    def test_late_means_that_no_crew_of_the_territory_that_is_out_makes_it(self, crews, within):
        found = suggest(JOB, crews, speed_kmh=25)
        seen = foresee(found, within=within)
        making_it = [one for one in found if one.is_own and one.is_automatic and one.minutes is not None and one.minutes <= within]
        assert not (seen.is_late and making_it)
        assert not seen.is_late or seen.ways[-1].option == Option.POLICE_AND_FIRE


class TestPriorities:
    def test_danger_goes_before_everything(self):
        assert rank("emergency", segment="ordinary", is_vulnerable=False) < rank("urgent", segment="vip", is_vulnerable=True)

    def test_among_equals_the_priority_register_then_those_promised_more(self):
        ranks = [rank("normal", segment="vip", is_vulnerable=True), rank("normal", segment="vip", is_vulnerable=False)]
        assert ranks == sorted(ranks)
        assert [is_raised(one) for one in (*ranks, rank("normal", segment="", is_vulnerable=False))] == [True, True, False]
