"""Applying: numbered, accepted, with stages, papers and a steward before the operation returns; and what is refused."""

from datetime import timedelta

import pytest

import casework.operations
import connections.operations.applying
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Case
from casework.queries import story_for_customer
from connections.models import Application
from connections.operations.applying import NobodyToReach, NoPlan, NowhereToConnect, Outside, UnknownConnection, Wish
from connections.operations.claiming import Claimed, claim
from connections.states import ConnectionStatus, PaperStatus, StageStatus
from sla.models import Clock
from tests.connections.conftest import make_plan, verbs
from tests.factories import accounts as people
from tests.factories.casework import GeneralRequestFactory


class TestAnApplication:
    def test_is_accepted_in_the_act_that_opens_it(self, application, now):
        case = application.case
        assert (case.status, application.accepted_at, case.opened_at) == (ConnectionStatus.ACCEPTED, now, now)
        told = verbs(case)
        assert told[:3] == ["case.opened", "connection.accept", "connection.accepted"]
        assert {event.at for event in case.timeline.events.all()} == {now}

    def test_has_its_steward_its_stages_and_its_papers_at_once(self, application, steward):
        application.case.refresh_from_db()
        assert application.case.owner == steward
        assert application.stages.get(key="needs").status == StageStatus.RUNNING
        assert {paper.key: paper.status for paper in application.papers.all()} == dict.fromkeys(["identity", "drawing"], PaperStatus.WANTED)
        assert application.is_with_gaps

    def test_tells_in_the_order_of_the_book(self, application):
        told = [
            verb
            for verb in verbs(application.case)
            if verb in {"connection.accepted", "connection.steward_told", "connection.stage_started"}
        ]
        assert told[0] == "connection.accepted"
        assert told.count("connection.stage_started") == 1
        assert "connection.steward_told" in told

    def test_keeps_the_promise_of_acceptance_on_the_spot(self, book, application):
        clock = Clock.objects.get(timeline=application.case.timeline, promise__key="T17")
        assert clock.status == "stopped"
        assert clock.stopped_at <= clock.due_at

    def test_by_phone_keeps_the_promise_that_a_steward_has_it(self, book, applied, steward, fang):
        application = applied(channel="phone", by=fang.user)
        clock = Clock.objects.get(timeline=application.case.timeline, promise__key="T18")
        assert clock.status == "stopped"
        assert clock.stopped_at <= clock.due_at

    @pytest.mark.parametrize(
        ("kind", "classification", "segment"),
        [
            ("residential", "individual", "ordinary"),
            ("commercial", "other", "ordinary"),
            ("building_line", "building", "ordinary"),
            ("private_network", "other", "private_network"),
        ],
    )
    def test_carries_what_its_promises_are_chosen_by(self, applied, steward, kind, classification, segment):
        if kind != "residential":
            make_plan(kind)
        case = applied(kind=kind).case
        assert (case.classification, case.segment, case.area, case.urgency) == (classification, segment, "urban", "normal")

    def test_lies_where_its_words_say(self, applied, steward, hall):
        town = people.TerritoryFactory(level="town", name="卞庄街道", area="rural")
        people.ServiceAreaFactory(hall=hall).territories.add(town)
        application = applied(place="兰陵县卞庄街道文峰路12号")
        assert (application.territory, application.case.area, application.case.hall) == (town, "rural", hall)

    def test_without_any_steward_is_accepted_all_the_same(self, applied):
        assert applied().case.status == ConnectionStatus.ACCEPTED

    def test_tells_its_way_in_the_words_of_the_plan(self, application):
        told = [line.text for line in story_for_customer(application.case)]
        assert "Your application was accepted" in told
        assert any(text.startswith("Begun: Needs, promised until ") for text in told)

    def test_is_found_by_its_place_and_its_sound(self, application):
        case = Case.objects.get(pk=application.pk)
        assert "文峰路" in case.search
        assert "zhou" in case.search


class TestOutOfACall:
    def test_both_know_each_other_and_the_call_goes_on(self, plan, steward, fang, now):
        call = GeneralRequestFactory(topic="connection").case
        wish = Wish(kind="residential", channel="phone", name="周敏", phone="+8613900139000", place="文峰路12号")
        application = connections.operations.applying.apply(wish=wish, call=call, by=fang.user, at=now)
        call.refresh_from_db()
        assert (application.case.split_from, call.is_unfinished) == (call, True)
        assert verbs(call)[-1] == "case.split_off"


class TestRefusals:
    @pytest.mark.parametrize(
        ("known", "refusal"),
        [
            ({"kind": "balloon"}, UnknownConnection),
            ({"place": " "}, NowhereToConnect),
            ({"name": ""}, NobodyToReach),
            ({"phone": ""}, NobodyToReach),
            ({"kind": "commercial"}, NoPlan),
        ],
    )
    def test_say_what_is_missing_and_keep_nothing(self, applied, known, refusal, settings):
        with pytest.raises(refusal):
            applied(**known)
        assert not Case.objects.exists()

    def test_somebody_who_left_takes_nothing_down(self, applied, fang, now):
        fang.left_at = now
        fang.save(update_fields=["left_at"])
        with pytest.raises(Forbidden):
            applied(by=fang.user)

    @pytest.mark.parametrize("role", [Role.FINANCE, Role.INSTALLER])
    def test_any_employee_may_take_one_down(self, applied, steward, role):
        somebody = people.StaffFactory(roles=[role])
        application = applied(by=somebody.user, channel="staff")
        assert application.case.owner == steward


class TestANumberOfAnotherSystem:
    def test_comes_once(self, applied, steward, now):
        outside = Outside("aishandong", "LY-2026-77", now + timedelta(days=5))
        first = applied(outside=outside)
        second = applied(outside=outside, name="Somebody else", at=now + timedelta(minutes=1))
        assert second.pk == first.pk
        assert second.outside_due == now + timedelta(days=5)
        assert Application.objects.count() == 1

    def test_of_another_system_is_another_application(self, applied, steward):
        applied(outside=Outside("aishandong", "77"))
        applied(outside=Outside("linyi", "77"))
        assert Application.objects.count() == 2

    def test_found_taken_in_the_last_moment_leads_to_the_first_too(self, applied, steward, now, monkeypatch):
        outside = Outside("aishandong", "LY-2026-77")
        first = applied(outside=outside)
        looks = iter([None, first])
        monkeypatch.setattr(connections.operations.applying, "_known_outside", lambda _outside: next(looks))
        wish = Wish(kind="residential", channel="api", name="周敏", phone="+8613900139000", place="文峰路", outside=outside)
        assert connections.operations.applying.apply(wish=wish, by=steward.user, at=now) == first
        assert Case.objects.count() == 1


class TestClaiming:
    def test_puts_it_into_the_cabinet_and_may_be_repeated(self, application, olive, now):
        for _ in range(2):
            claim(application=application, by=olive, at=now)
        application.case.refresh_from_db()
        assert application.case.asker == olive
        assert verbs(application.case).count("connection.claimed") == 1

    def test_takes_it_out_of_nobodys_cabinet(self, application, olive, now):
        claim(application=application, by=olive, at=now)
        with pytest.raises(Claimed):
            claim(application=application, by=people.UserFactory(), at=now)

    def test_is_not_for_staff(self, application, fang, now):
        with pytest.raises(Claimed):
            claim(application=application, by=fang.user, at=now)


class TestErasure:
    def test_blanks_what_was_written_about_the_person(self, applied, steward, drained, now, qiang):
        application = applied(organisation="周家面馆", wishes="Ring after six.")
        casework.operations.cancel_case(case=application.case, reason="moves away", by=qiang.user, at=now)
        supervisor = people.StaffFactory(roles=[Role.SUPERVISOR])
        casework.operations.erase_case(case=application.case, by=supervisor.user, at=now)
        drained()
        application.refresh_from_db()
        assert (application.place, application.organisation, application.wishes) == ("", "", "")
