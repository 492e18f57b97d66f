"""Pages of whoever plans crews: the crews, their people, the roster of a week, badges."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from fieldwork.models import Badge, Crew, CrewMember, CrewShift
from fieldwork.queries import crew_plans
from tests.casework.conftest import PNG
from tests.factories import accounts as people
from tests.factories import fieldwork as field

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_friday(monkeypatch, now):
    """The pages know one moment, whatever day the tests run on."""
    for room in ("crews", "rosters", "badge_list"):
        monkeypatch.setattr(f"fieldwork.views.{room}.business_now", lambda: now)


@pytest.fixture
def planner(client, signed_in, yan):
    return signed_in(client, yan)


@pytest.fixture
def crew(hong):
    return field.crew_out(hong, code="K1", name="抢修一班")


@pytest.fixture
def town():
    return people.TerritoryFactory(name="卞庄街道", level="town")


def filled(hall, **other):
    return {"code": "k9", "name": "夜班", "hall": hall.pk, "skills": ["emergency", "indoor"], "phone": "+86 139 0000 0099", **other}


def turn(crew, day, **other):
    return {"crew": crew.pk, "day": day, "begins": "20:00", "ends": "08:00", "weeks": "2", **other}


def page(client, address):
    return client.get(f"/staff/crews/{address}").content.decode()


class TestList:
    def test_it_says_who_is_in_each_crew_and_when_it_goes_out(self, planner, crew):
        shown = page(planner, "")
        assert all(part in shown for part in ("抢修一班", "洪涛", "leaks and emergencies", "leads"))

    def test_no_crew_yet_says_what_to_do(self, planner):
        assert "No crew yet" in page(planner, "")

    def test_a_crew_with_nobody_there_stands_out(self, planner, crew, hong, now):
        people.AbsenceFactory(staff=hong, starts_at=now - HOUR, ends_at=now + HOUR)
        assert "Nobody is there: it gets no work" in page(planner, "")

    def test_a_crew_that_goes_out_no_more_is_found_below(self, planner, now):
        field.CrewFactory(name="老班", retired_at=now - HOUR)
        assert "Crews that go out no more" in page(planner, "")

    def test_as_many_statements_for_many_as_for_few(self, planner, now, django_assert_num_queries):
        for number in range(6):
            field.crew_out(code=f"Z{number}")
        with django_assert_num_queries(5):
            assert len(crew_plans.planned(now)) == 6


class TestForm:
    def test_of_two_who_change_it_at_once_the_second_is_told_and_loses_nothing(self, planner, crew, hall):
        address = f"/staff/crews/{crew.pk}/change/"
        planner.post(address, filled(hall, code="K1", name="第一", version=0))
        answer = planner.post(address, filled(hall, code="K1", name="第二", version=0))
        page = answer.content.decode()
        assert (answer.status_code, Crew.objects.get().name) == (422, "第一")
        assert all(part in page for part in ("Somebody else has changed this crew meanwhile", "第一", 'value="第二"'))
        planner.post(address, filled(hall, code="K1", name="第二", version=1))
        assert (Crew.objects.get().name, Crew.objects.get().version) == ("第二", 2)

    def test_a_crew_is_formed(self, planner, hall, town):
        planner.post("/staff/crews/new/", filled(hall, territories=[town.pk]))
        formed = Crew.objects.get()
        assert (formed.code, formed.skills, formed.phone) == ("K9", ["emergency", "indoor"], "+8613900000099")
        assert list(formed.territories.all()) == [town]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [({"skills": []}, "What it can do"), ({"phone": "12"}, "Phone in the vehicle"), ({"code": "K1"}, "Another crew has this code.")],
        ids=["no skill", "no phone number", "code taken"],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, planner, crew, hall, wrong, said):
        answer = planner.post("/staff/crews/new/", filled(hall, **wrong))
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert all(part in shown for part in ("Please check what you entered", said, "夜班"))

    def test_it_is_changed_and_the_form_knows_how_it_was(self, planner, crew, hall, quarter):
        crew.territories.set([quarter])
        address = f"/staff/crews/{crew.pk}/change/"
        assert all(part in planner.get(address).content.decode() for part in ("抢修一班", "开元名都", "checked"))
        planner.post(address, filled(hall, code="K1", territories=[quarter.pk], version=0))
        crew.refresh_from_db()
        assert (crew.code, crew.name, crew.hall, list(crew.territories.all())) == ("K1", "夜班", hall, [quarter])

    def test_a_form_left_open_does_not_bring_a_retired_crew_back(self, planner, crew, hall, now):
        Crew.objects.update(retired_at=now)
        answer = planner.post(f"/staff/crews/{crew.pk}/change/", filled(hall))
        assert (answer.status_code, Crew.objects.get().retired_at, Crew.objects.get().name) == (422, now, "抢修一班")


class TestPeople:
    def test_somebody_comes_in_and_leads(self, planner, crew, kai):
        planner.post(f"/staff/crews/{crew.pk}/join/", {"staff": kai.pk, "is_leader": "on"})
        assert CrewMember.objects.get(is_leader=True, until=None).staff == kai

    def test_another_crew_they_are_in_is_named_and_left(self, planner, crew, kai):
        other = field.crew_out(kai, code="K2")
        assert "凯文 (062) – K2" in page(planner, f"{crew.pk}/")
        planner.post(f"/staff/crews/{crew.pk}/join/", {"staff": kai.pk})
        assert not other.members.filter(until=None).exists()

    @pytest.mark.parametrize("who", ["", "99999", "clerk"])
    def test_only_people_who_go_to_doors_come_in(self, planner, crew, fang, who):
        answer = planner.post(f"/staff/crews/{crew.pk}/join/", {"staff": fang.pk if who == "clerk" else who})
        assert (answer.status_code, CrewMember.objects.count()) == (422, 1)

    def test_somebody_is_taken_out(self, planner, crew, hong):
        for _again in range(2):
            answer = planner.post(f"/staff/crews/{crew.pk}/leave/", {"staff": hong.number}, follow=True)
        assert not CrewMember.objects.filter(until=None).exists()
        assert "They are not in this crew any more." in answer.content.decode()

    def test_the_crew_is_retired(self, planner, crew, now):
        planner.post(f"/staff/crews/{crew.pk}/retire/")
        assert Crew.objects.get().retired_at is not None
        shown = page(planner, f"{crew.pk}/")
        assert "goes out no more since" in shown
        assert "Put into this crew" not in shown

    def test_not_while_it_has_visits(self, planner, crew):
        field.VisitFactory(crew=crew, status="accepted")
        answer = planner.post(f"/staff/crews/{crew.pk}/retire/", follow=True)
        assert "This crew still has visits" in answer.content.decode()
        assert Crew.objects.get().retired_at is None

    def test_nobody_comes_into_a_retired_crew(self, planner, crew, kai, now):
        Crew.objects.update(retired_at=now)
        assert planner.post(f"/staff/crews/{crew.pk}/join/", {"staff": kai.pk}).status_code == 422


class TestRoster:
    def test_a_turn_over_midnight_is_planned_for_two_weeks(self, planner, hong, now):
        other = field.CrewMemberFactory(crew__code="K5").crew
        planner.post("/staff/crews/roster/", turn(other, "2026-11-20"))
        begins = now + 10 * HOUR
        assert list(CrewShift.objects.order_by("starts_at").values_list("starts_at", "ends_at", "is_on_call")) == [
            (begins, begins + 12 * HOUR, False),
            (begins + timedelta(days=7), begins + timedelta(days=7, hours=12), False),
        ]

    def test_a_week_shows_its_turns_under_their_days(self, planner, now):
        shift = field.CrewShiftFactory(crew__code="K5", starts_at=now, ends_at=now + 8 * HOUR, is_on_call=True)
        days = crew_plans.roster_week(crew_plans.week_of(now.date()))
        assert [len(day.shifts) for day in days] == [0, 0, 0, 0, 1, 0, 0]
        shown = page(planner, "roster/?week=2026-11-18")
        assert all(part in shown for part in ("K5", "10:00–18:00", "on call at home", f"roster/{shift.pk}/drop/"))

    def test_what_overlaps_is_refused_and_what_was_typed_stays(self, planner, crew):
        answer = planner.post("/staff/crews/roster/", turn(crew, "2026-11-20", weeks="3"))
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert all(part in shown for part in ("The crew is on the roster at that time already.", 'value="20:00"', 'value="3"'))

    def test_a_turn_is_taken_off(self, planner, now):
        shift = field.CrewShiftFactory(starts_at=now + HOUR, ends_at=now + 8 * HOUR)
        answer = planner.post(f"/staff/crews/roster/{shift.pk}/drop/")
        assert answer.headers["Location"] == "/staff/crews/roster/?week=2026-11-16"
        assert not CrewShift.objects.exists()

    def test_what_is_over_stays(self, planner, now):
        shift = field.CrewShiftFactory(starts_at=now - 8 * HOUR, ends_at=now - HOUR)
        answer = planner.post(f"/staff/crews/roster/{shift.pk}/drop/", follow=True)
        assert "What is over stays on the roster." in answer.content.decode()

    @pytest.mark.parametrize("strange", ["week=x", "week=0001-01-01", "week=9999-12-31", "crew=nobody", "week="])
    def test_a_strange_address_is_no_failure(self, planner, strange):
        assert "No crew is on the roster this week" in page(planner, f"roster/?{strange}")

    def test_a_crew_that_is_asked_for_is_chosen(self, planner, crew):
        assert f'<option value="{crew.pk}" selected>' in page(planner, "roster/?crew=K1")


class TestBadges:
    def test_who_has_none_stands_first(self, hong, kai, now):
        field.BadgeFactory(staff=hong)
        assert [(line.staff, line.state) for line in crew_plans.wearers(now)] == [(kai, "none"), (hong, "valid")]

    @pytest.mark.parametrize(("days", "state"), [(-1, "expired"), (0, "soon"), (29, "soon"), (30, "valid")])
    def test_what_runs_out_is_said_before(self, hong, now, days, state):
        field.BadgeFactory(staff=hong, valid_until=(now + timedelta(days=days)).date())
        assert crew_plans.wearers(now)[0].state == state

    def test_a_badge_is_issued_with_a_photo_and_shown(self, planner, hong):
        photo = SimpleUploadedFile("face.png", PNG)
        answer = planner.post("/staff/crews/badges/", {"staff": hong.pk, "valid_until": "2027-11-20", "photo": photo}, follow=True)
        badge = Badge.objects.get()
        assert f"洪涛 has badge {badge.number} now" in answer.content.decode()
        assert "/badge/photos/" in answer.content.decode()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"photo": SimpleUploadedFile("a.svg", b"<svg>")}, "Send a photo as JPEG"),
            ({"valid_until": "2026-11-19"}, "The badge must be valid for some time."),
            ({"staff": ""}, "This field is required"),
        ],
        ids=["no picture", "over already", "for nobody"],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, planner, hong, wrong, said):
        answer = planner.post("/staff/crews/badges/", {"staff": hong.pk, "valid_until": "2027-11-20", **wrong})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert not Badge.objects.exists()

    def test_a_badge_is_withdrawn(self, planner, hong):
        badge = field.BadgeFactory(staff=hong)
        answer = planner.post(f"/staff/crews/badges/{badge.pk}/withdraw/", follow=True)
        badge.refresh_from_db()
        assert badge.withdrawn_at is not None
        assert "Withdrawn badges, the latest" in answer.content.decode()

    def test_a_badge_of_somebody_with_another_role_is_still_seen(self, now):
        clerk = people.StaffFactory(roles=[Role.CLERK])
        field.BadgeFactory(staff=clerk)
        assert [line.staff for line in crew_plans.wearers(now)] == [clerk]


def test_a_crew_s_own_people_plan_nothing(client, signed_in, hong, crew):
    inside = signed_in(client, hong)
    assert [inside.get(f"/staff/crews/{address}").status_code for address in ("", "new/", "roster/", "badges/")] == [403] * 4
