"""Every report is stored; a crew is asked for in the same act, unless a rule speaks against it."""

from datetime import timedelta

import pytest

from accounts.actors import System
from casework.models import Case, Urgency
from fieldwork.models import Visit
from notices.models import Message
from repairs.models import Repair, ReportSource
from repairs.operations import ordering
from repairs.operations.reporting import NoPlace, UnknownClass, UnknownFault
from repairs.sources import Source
from tests.factories.accounts import TerritoryFactory
from tests.factories.casework import GeneralRequestFactory
from tests.repairs.conftest import verbs

pytestmark = pytest.mark.django_db


class TestReport:
    def test_a_leak_is_an_emergency_order_with_a_visit_at_once(self, reported, account, now):
        repair = reported(account=account)
        visit = Visit.objects.get(case=repair.case)
        assert (repair.case.status, repair.case.urgency, repair.ordered_at) == ("ordered", "emergency", now)
        assert (visit.urgency, visit.skill, visit.territory, visit.asked_at) == ("emergency", "emergency", account.premises.territory, now)
        assert verbs(repair.case) == ["case.opened", "repair.order", "repair.ordered", "visit.asked"]

    def test_an_ordinary_fault_is_an_order_at_once_too(self, reported):
        repair = reported(fault="meter", answers={"smell": "no", "hiss": "no"})
        assert (repair.case.status, repair.case.urgency, Visit.objects.get().skill) == ("ordered", "normal", "meter")

    def test_a_passer_by_needs_no_name(self, reported, town):
        repair = reported(fault="pipe", place="34.8598, 118.0798")
        visit = Visit.objects.get()
        assert (repair.case.account, repair.case.area, repair.territory) == (None, "urban", town["buildings"][1])
        assert (visit.latitude, visit.longitude) == (34.8598, 118.0798)

    def test_the_account_brings_segment_and_area(self, reported, account):
        account.customer.segment = "vip"
        account.customer.save()
        case = reported(account=account, fault="meter").case
        assert (case.segment, case.area, case.premises) == ("vip", "urban", account.premises)

    def test_the_desk_may_judge_otherwise_and_triage_is_kept_beside(self, reported, fang):
        repair = reported(fault="meter", urgency="urgent", classification="major", by=fang.user)
        assert (repair.case.urgency, repair.case.classification) == ("urgent", "major")
        assert repair.reasons[-2:] == ["by_desk", "no_danger_named"]

    def test_what_cannot_be_rung_is_kept_with_the_words(self, reported):
        repair = reported(text="At the back door", unread_phone="ask my son")
        assert repair.text == "At the back door\n☎ ask my son"
        assert "phone_unclear" in repair.reasons

    def test_lists_say_the_fault_first(self, reported):
        assert reported(text="Kitchen\nhurry").case.title == "Smell or leak of gas: Kitchen"

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"fault": "aliens"}, UnknownFault),
            ({"place": " "}, NoPlace),
            ({"urgency": "now"}, UnknownClass),
            ({"classification": "x"}, UnknownClass),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, reported, wrong, refusal):
        with pytest.raises(refusal):
            reported(**wrong)
        assert not Case.objects.exists()


class TestOutside:
    @pytest.fixture
    def repair(self, reported, town, hall):
        return reported(place="青岛市市南区香港中路1号", phone="+8613800138000", language="en")

    def test_it_is_accepted_and_wakes_no_crew(self, repair):
        assert (repair.case.status, "outside_area" in repair.reasons) == ("reported", True)
        assert not Visit.objects.exists()

    def test_the_reporter_is_told_whom_to_ring_and_a_dispatcher_that_it_is_there(self, repair, dispatcher, drained, settings):
        drained()
        assert "ring 119" in Message.objects.get(kind="repair_received").text
        assert Message.objects.filter(kind="repair_outside", staff=dispatcher, channel="inbox").exists()

    def test_a_dispatcher_may_send_somebody_all_the_same(self, repair, dispatcher, now):
        ordering.release(repair=repair, by=dispatcher.user, at=now)
        assert (repair.case.status, Visit.objects.count()) == ("ordered", 1)


class TestCallRecord:
    def test_a_call_is_written_down_and_ordered_later(self, reported, fang, now):
        repair = reported(fault="meter", is_order=False, by=fang.user, channel="phone")
        assert (repair.case.status, repair.ordered_at, Visit.objects.count()) == ("reported", None, 0)
        later = now + timedelta(minutes=20)
        ordering.order(repair=repair, by=fang.user, at=later)
        assert (repair.case.status, repair.ordered_at, Visit.objects.count()) == ("ordered", later, 1)

    def test_an_emergency_is_never_only_written_down(self, reported, fang):
        assert reported(is_order=False, by=fang.user, channel="phone").case.status == "ordered"

    def test_a_general_request_becomes_a_repair_that_knows_where_it_came_from(self, reported, account, fang):
        call = GeneralRequestFactory(case__account=account).case
        repair = reported(call=call, account=account, fault="meter", by=fang.user, channel="phone")
        assert (repair.case.split_from, repair.case.kind) == (call, "repair")
        assert "case.split_off" in verbs(call)


class TestClassify:
    def test_the_desk_corrects_class_and_urgency_and_the_visit_goes_along(self, reported, fang, now):
        repair = reported(fault="meter")
        ordering.classify(repair=repair, classification="major", urgency="emergency", by=fang.user, at=now)
        visit = Visit.objects.open().get(case=repair.case)
        assert (repair.case.classification, repair.case.urgency) == ("major", "emergency")
        assert (visit.urgency, visit.skill, repair.reasons[0]) == ("emergency", "emergency", "by_desk")

    def test_the_same_again_is_nothing(self, reported, fang, now):
        repair = reported(fault="meter")
        before = verbs(repair.case)
        ordering.classify(repair=repair, classification="ordinary", urgency="normal", by=fang.user, at=now)
        assert verbs(repair.case) == before


class TestFlood:
    """Over its limit one source wakes no crew; every report of it is stored, listed and told; another source is dispatched."""

    def report_often(self, reported, times, at, **source):
        return [reported(source=Source(**source), place=f"文峰路{n}号", at=at + timedelta(seconds=n)) for n in range(times)]

    def test_every_report_is_stored_and_those_over_the_limit_are_set_aside(self, reported, now):
        flood = self.report_often(reported, 10, now, phone="+8613800138000")
        assert [repair.case.status for repair in flood] == ["ordered"] * 3 + ["held"] * 7
        assert (Repair.objects.count(), Visit.objects.count()) == (10, 3)
        assert flood[-1].reasons[0] == "many_from_phone"

    def test_another_source_is_dispatched_in_time(self, reported, now):
        self.report_often(reported, 10, now, phone="+8613800138000", network="203.0.113.7")
        other = reported(source=Source(phone="+8613900139000", network="203.0.113.7"), at=now + timedelta(minutes=1))
        assert (other.case.status, Visit.objects.filter(case=other.case).count()) == ("ordered", 1)

    def test_a_new_phone_every_time_does_not_help_from_one_network(self, reported, now, settings):
        settings.REPORTS_PER_NETWORK = 5
        flood = [reported(source=Source(phone=f"+861380013800{n}", network="203.0.113.7"), at=now + timedelta(seconds=n)) for n in range(8)]
        assert [repair.case.status for repair in flood].count("held") == 3

    def test_the_dispatcher_is_told_at_once_and_lets_one_through(self, reported, drained, dispatcher, now):
        held = self.report_often(reported, 4, now, device="abc")[-1]
        drained(now + timedelta(seconds=10))
        assert Message.objects.filter(kind="repair_held", staff=dispatcher, channel="inbox").count() == 1
        ordering.release(repair=held, by=dispatcher.user, at=now + timedelta(minutes=1))
        assert (held.case.status, Visit.objects.filter(case=held.case).count()) == ("ordered", 1)

    def test_after_the_window_a_source_is_heard_again(self, reported, now):
        self.report_often(reported, 4, now, phone="+8613800138000")
        assert reported(source=Source(phone="+8613800138000"), at=now + timedelta(hours=2)).case.status == "ordered"

    def test_nothing_of_the_source_can_be_read(self, reported):
        reported(source=Source(phone="+8613800138000", network="2001:db8::7", device="abc"))
        kept = " ".join(ReportSource.objects.values_list("digest", flat=True))
        assert not any(mark in kept for mark in ("138", "2001:db8", "abc:"))
        assert len(kept) == 3 * 64 + 2


class TestCluster:
    def test_many_doors_with_one_trouble_are_said_once_for_each_further_one(self, reported, town):
        unit = town["units"][0]
        found = [reported(fault="no_gas", place=f"开元名都1号楼{n}单元") for n in (1, 2)]
        assert all("repair.cluster_seen" not in verbs(one.case) for one in found)
        last = reported(fault="low_pressure", place="开元名都1号楼1单元")
        event = last.case.timeline.events.get(verb="repair.cluster_seen")
        assert event.facts == {"territory": unit.parent_id, "count": 3}

    def test_a_leak_beside_gas_that_has_gone_is_another_trouble(self, reported, town):
        for fault in ("no_gas", "leak", "no_gas"):
            last = reported(fault=fault, place="开元名都1号楼1单元")
        assert "repair.cluster_seen" not in verbs(last.case)

    def test_what_one_source_makes_up_proposes_nothing(self, reported, town, settings):
        settings.REPORTS_PER_PHONE = 1
        for number in (1, 2, 1, 2):
            last = reported(fault="no_gas", place=f"开元名都1号楼{number}单元", source=Source(phone="+8613800138000"))
        honest = reported(fault="no_gas", place="开元名都1号楼1单元")
        assert "repair.cluster_seen" not in verbs(last.case)
        assert "repair.cluster_seen" not in verbs(honest.case)

    def test_elsewhere_is_elsewhere(self, reported, town):
        other = TerritoryFactory(level="compound", name="锦绣花园", parent=town["county"], latitude=34.9, longitude=118.2)
        for place in ("开元名都1号楼", "开元名都1号楼", other.name):
            last = reported(fault="no_gas", place=place)
        assert "repair.cluster_seen" not in verbs(last.case)


def test_words_places_and_marks_are_erased_with_the_case(reported, drained, now):
    repair = reported(place="34.8598, 118.0798", source=Source(phone="+8613800138000"))
    from casework.operations import cancel_case, erase_case

    cancel_case(case=repair.case, reason="nothing", by=System("tests"), at=now)
    erase_case(case=repair.case, by=System("tests"), at=now)
    drained()
    repair.refresh_from_db()
    assert (repair.text, repair.place, repair.latitude, repair.source, repair.answers) == ("", "", None, "", {})
    assert not ReportSource.objects.exists()
    assert not Visit.objects.open().exists()


def test_urgencies_of_triage_are_those_of_cases():
    assert set(Urgency.values) == {"emergency", "urgent", "normal"}
