"""Interruptions on pages: planned step by step without a script, seen whole, and open to everybody."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actors import System
from accounts.roles import Role
from notices.models import Message
from repairs.models import CallTask, Outage
from repairs.operations import outage_exceptions, outage_plans, outage_proposals, outage_runs
from sla.operations.sweeping import sweep_alarms
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.repairs_outages import OutageFactory, UnderWayFactory
from tests.repairs.outages import carry_out, plan, street

pytestmark = pytest.mark.usefixtures("book")
LATER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def dana(db):
    return people.StaffFactory(name="Dana", roles=[Role.DISPATCHER])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


@pytest.fixture
def desk(client, dana, signed_in):
    return signed_in(client, dana)


@pytest.fixture
def building(db):
    return street()[0]


@pytest.fixture
def accident(building, dana):
    wanted = plan([building], NOW, NOW + timedelta(hours=3), "A digger hit a pipe.")
    return outage_runs.declare_accident(plan=wanted, by=dana.user, at=NOW)


def url(name, outage=None):
    return reverse(f"repairs:{name}", args=[outage.reference] if outage else [])


def sent(building, **more):
    return {
        "places": [building.pk],
        "reason": "New valves.",
        "starts_at": "2026-11-24T10:00",
        "until": "2026-11-24T14:00",
        "send": "1",
        **more,
    }


class TestPlanning:
    def test_the_tree_is_walked_and_nothing_typed_is_lost(self, desk, building):
        page = desk.post(url("outage_new"), {"reason": "New valves.", "go": building.parent_id}).text
        assert "1号楼" in page
        assert "New valves." in page
        assert "Please check" not in page

    def test_a_place_is_found_by_its_name(self, desk, building):
        page = desk.post(url("outage_new"), {"sought": "1号", "look": "1"}).text
        assert f'value="{building.pk}"' in page

    def test_whom_it_touches_is_counted_before_it_is_written_down(self, desk, building):
        page = desk.post(url("outage_new"), {"places": [building.pk], "count": "1"})
        assert page.context["reach"].customers == 3
        assert not Outage.objects.exists()

    def test_it_is_written_down_and_shown(self, desk, building):
        page = desk.post(url("outage_new"), sent(building), follow=True)
        assert "Nobody has been told yet" in page.text
        assert list(Outage.objects.get().territories.all()) == [building]

    def test_what_is_wrong_stands_beside_the_field(self, desk, building):
        page = desk.post(url("outage_new"), sent(building, until="2026-11-24T23:00"))
        assert page.status_code == 422
        assert "Gas is not turned on in homes at night" in page.text

    def test_without_a_place_it_is_refused(self, desk, building):
        page = desk.post(url("outage_new"), sent(building) | {"places": []})
        assert page.status_code == 422
        assert page.context["form"].errors["places"]

    def test_an_accident_begins_with_its_form(self, desk, building):
        typed = {"places": [building.pk], "reason": "A digger hit a pipe.", "until": "2026-11-20T14:00", "send": "1"}
        page = desk.post(url("outage_accident"), typed, follow=True)
        assert "customers are being told" in page.text
        assert Outage.objects.get().customers == 3

    def test_what_customers_would_read_of_an_accident_is_shown_before_it_is_sent(self, desk, building):
        typed = {"places": [building.pk], "reason": "A digger hit a pipe.", "until": "2026-11-20T14:00"}
        page = desk.post(url("outage_accident"), typed | {"count": "1"}).text
        assert (page.count('class="said"'), Outage.objects.count()) == (3, 0)
        assert "What they read" not in desk.post(url("outage_accident"), {**typed, "reason": "", "count": "1"}).text

    def test_of_a_proposal_it_is_shown_on_its_page(self, desk, building, client, signed_in, fang):
        proposed = outage_proposals.propose_accident(territory=building.pk, reports=4, at=NOW)
        page = desk.get(url("outage", proposed)).text
        assert "What 3 customers would read" in page
        assert "Turn all gas taps off now" in page
        assert desk.get(url("outage_plan", proposed)).text.count('class="said"') == 3
        assert "would read" not in signed_in(client, fang).get(url("outage", proposed)).text


class TestAnnouncing:
    @pytest.fixture
    def outage(self, building, dana):
        return outage_plans.plan_outage(plan=plan([building], LATER, LATER + timedelta(hours=4)), by=dana.user, at=NOW)

    def test_how_many_hear_what_is_shown_first_in_every_language(self, desk, outage):
        page = desk.get(url("outage_announce", outage)).text
        assert "Announce to 3 customers" in page
        assert page.count("<article") == 3
        assert Outage.objects.get().status == "draft"

    def test_then_it_is_announced(self, desk, outage):
        page = desk.post(url("outage_announce", outage), follow=True).text
        assert "Messages are going out" in page
        assert "0 of 3 written" in page

    def test_too_late_the_button_is_grey_and_says_why(self, client, dana, signed_in, outage, time_machine):
        time_machine.move_to(LATER - timedelta(hours=47), tick=False)
        desk = signed_in(client, dana)
        assert "Customers must be told 48 hours before" in desk.get(url("outage", outage)).text
        page = desk.post(url("outage_announce", outage), follow=True).text
        assert "Customers must be told 48 hours before" in page
        assert Outage.objects.get().status == "draft"

    def test_an_exception_is_asked_for_and_stands_in_the_inbox(self, desk, outage, client, boss, signed_in):
        desk.post(url("outage_exception", outage), {"what": "night", "reason": "A hospital waits"})
        page = signed_in(client, boss).get(reverse("sla:approvals")).text
        assert "A hospital waits" in page
        wish = outage.wishes.get()
        client.post(reverse("repairs:outage_exception_approve", args=[wish.pk]), {"decision": "Go"})
        assert Outage.objects.get().night_approved_by == boss

    def test_who_asked_sees_why_they_cannot_agree(self, client, boss, outage, signed_in):
        outage_exceptions.ask_exception(outage=outage, what="night", reason="A hospital waits", by=boss.user, at=NOW)
        page = signed_in(client, boss).get(reverse("sla:approvals")).text
        assert "Somebody else decides about what you planned" in page


class TestOnePage:
    def test_everything_about_it_is_on_it(self, desk, accident):
        carry_out(NOW)
        page = desk.get(url("outage", accident)).text
        for words in ("Gas is off for 3 customers", "Ordinary accident on the network", "3 messages", "A digger hit a pipe.", "What to do"):
            assert words in page

    def test_its_cost_does_not_grow_with_those_it_touches(self, desk, accident, django_assert_max_num_queries):
        desk.get(url("outage", accident))
        with django_assert_max_num_queries(40):
            desk.get(url("outage", accident))

    def test_another_hour_is_told(self, desk, accident):
        page = desk.post(url("outage_promise", accident), {"until": "2026-11-20T15:00"}, follow=True).text
        assert "Customers are being told the new hour" in page
        assert Outage.objects.get().promises == 2

    def test_gas_is_on_again_since_a_minute_ago(self, desk, accident, time_machine):
        time_machine.move_to(NOW + timedelta(hours=1), tick=False)
        page = desk.post(url("outage_end", accident), {"restored_at": "2026-11-20T11:00"}, follow=True).text
        assert "Gas is on again" in page
        assert Outage.objects.get().ended_at == NOW + timedelta(hours=1)

    def test_more_places_are_added_to_it(self, desk, accident, building):
        other = people.TerritoryFactory(level="building", name="2号楼", parent=building.parent)
        assert "2号楼" in desk.get(url("outage_widen", accident)).text
        page = desk.post(url("outage_widen", accident), {"places": [building.pk, other.pk], "send": "1"}, follow=True).text
        assert "Customers there are being told too" in page
        assert Outage.objects.get().territories.count() == 2

    def test_its_story_tells_of_its_class_and_of_alarms(self, client, boss, signed_in, accident, building, settings, dana):
        settings.OUTAGE_LARGER_FROM = 3
        other = people.TerritoryFactory(level="building", name="2号楼", parent=building.parent)
        outage_runs.widen(outage=accident, places=[other], by=dana.user, at=NOW)
        sweep_alarms(at=NOW + timedelta(hours=3), by=System("tests"))
        carry_out(NOW + timedelta(hours=3, seconds=1))
        page = signed_in(client, boss).get(url("outage", accident)).text
        assert "Taken for something else now: larger" in page
        assert "Promise H01" in page

    def test_an_overrun_is_said_loudly(self, desk, accident, time_machine):
        time_machine.move_to(NOW + timedelta(hours=3, minutes=1), tick=False)
        assert "The hour that customers were told has passed" in desk.get(url("outage", accident)).text

    def test_who_may_not_plan_sees_why(self, client, fang, accident, signed_in):
        page = signed_in(client, fang).get(url("outage", accident)).text
        assert "Your role does not allow this" in page

    def test_the_list_shows_proposals_first(self, desk, accident):
        OutageFactory(kind="accident", reports=7, planned_by=None, reason="Disturbed")
        page = desk.get(url("outage_list")).text
        assert page.index("proposed by reports") < page.index("A digger hit a pipe.")


class TestCalls:
    def test_they_are_listed_and_written_down(self, desk, dana):
        building, accounts = street(customer__is_vulnerable=True, doors=1)
        people.PhoneFactory(customer=accounts[0].customer, number="+8613800138000")
        outage_runs.declare_accident(plan=plan([building], NOW, NOW + timedelta(hours=3)), by=dana.user, at=NOW)
        carry_out(NOW)
        page = desk.get(url("outage_call_list")).text
        assert "tel:+8613800138000" in page
        task = CallTask.objects.get()
        desk.post(reverse("repairs:outage_call_result", args=[task.pk]), {"result": "reached", "note": "Knows", "attempts": 0})
        task.refresh_from_db()
        assert (task.result, task.done_by) == ("reached", dana)

    def test_the_second_of_two_who_rang_is_told(self, desk, dana):
        building, _accounts = street(customer__is_vulnerable=True, doors=1)
        outage_runs.declare_accident(plan=plan([building], NOW, NOW + timedelta(hours=3)), by=dana.user, at=NOW)
        carry_out(NOW)
        address = reverse("repairs:outage_call_result", args=[CallTask.objects.get().pk])
        desk.post(address, {"result": "not_reached", "attempts": 0})
        assert "Somebody else has just rung" in desk.post(address, {"result": "reached", "attempts": 0}, follow=True).text


class TestEverybody:
    def test_the_public_page_names_places_and_no_people(self, client, accident):
        page = client.get(url("public_outages")).text
        assert "开元名都 1号楼" in page
        assert "Dana" not in page

    def test_drafts_are_nobody_s_business(self, client, building):
        OutageFactory(places=[building], reason="Secret plan")
        assert "Gas is on everywhere" in client.get(url("public_outages")).text

    def test_programs_read_the_same(self, client, accident):
        found = json.loads(client.get(url("public_outages_json")).text)["results"]
        assert [(one["status"], one["places"], one["customers"]) for one in found] == [("under_way", ["开元名都 1号楼"], 3)]

    def test_the_feed_is_atom(self, client, accident):
        answer = client.get(url("public_outages_feed"))
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert "A digger hit a pipe." in answer.text

    def test_it_costs_the_same_for_many(self, client, accident, django_assert_max_num_queries):
        for _one in range(8):
            UnderWayFactory(places=[people.TerritoryFactory()])
        with django_assert_max_num_queries(6):
            client.get(url("public_outages"))

    def test_it_lingers_for_a_day_once_it_is_over(self, client, dana, accident, time_machine):
        outage_runs.end(outage=accident, restored_at=NOW, by=dana.user, at=NOW)
        assert "开元名都 1号楼" in client.get(url("public_outages")).text
        time_machine.move_to(NOW + timedelta(hours=25), tick=False)
        assert "开元名都 1号楼" not in client.get(url("public_outages")).text

    def test_the_cabinet_says_it_to_whom_it_touches(self, client, olive, account, dana, signed_in):
        wanted = plan([account.premises.territory], NOW, NOW + timedelta(hours=3))
        outage_runs.declare_accident(plan=wanted, by=dana.user, at=NOW)
        assert "Gas is off at your address" in signed_in(client, olive).get(reverse("desk:cabinet")).text

    def test_and_not_to_others(self, client, olive, accident, signed_in):
        assert "Gas is off at your address" not in signed_in(client, olive).get(reverse("desk:cabinet")).text


class TestAlarms:
    @pytest.fixture
    def rung(self, accident):
        at = NOW + timedelta(hours=3)
        sweep_alarms(at=at, by=System("tests"))
        carry_out(at + timedelta(seconds=1))
        return accident

    def test_the_inbox_leads_to_the_interruption(self, client, dana, boss, rung, signed_in):
        page = signed_in(client, boss).get(reverse("sla:approvals")).text
        assert url("outage", rung) in page

    def test_so_does_the_message(self, boss, rung):
        told = Message.objects.filter(kind="alarm", channel="inbox")
        assert {one.link for one in told} == {url("outage", rung)}
        assert all(rung.reference in one.text for one in told)

    def test_so_does_the_board(self, client, boss, rung, signed_in):
        page = signed_in(client, boss).get(reverse("sla:board")).text
        assert url("outage", rung) in page
