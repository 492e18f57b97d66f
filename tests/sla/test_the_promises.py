"""The ninety-eight promises of the documents and our own as they are loaded, and how the conflicts of their sources were settled."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from accounts.roles import Role
from sla import book_files, deadlines
from sla.conflicts import CONFLICTS
from sla.models import Nature
from sla.queries.policies import policies_at
from tests.conftest import NOW

ROWS = {row.key: row for row in book_files.promises(settings.PROMISES)}
#: What every case is unless a test says otherwise.
PLAIN = {"kind": "general_request", "classification": "", "urgency": "normal", "segment": "ordinary", "area": "urban", "channel": "hall"}
REPAIR = {**PLAIN, "kind": "repair", "classification": "ordinary", "channel": "phone"}

pytestmark = pytest.mark.usefixtures("book")


def starting(verb, at=NOW, facts=None, **attributes):
    found = {**PLAIN, **attributes}
    return [policy.key for policy in policies_at(at).starting_on(verb, facts or found, found)]


def promise(key):
    return policies_at(NOW).in_force(key)


def due(key, at=NOW, **history):
    policy = promise(key)
    return deadlines.compute(policies_at(at).rule(policy), deadlines.History(at, **history)).due_at


class TestAllOfThem:
    def test_there_are_ninety_eight_and_five_of_our_own(self):
        keys = [policy.key for policy in policies_at(NOW).policies()]
        assert keys == ["H01", "H02", "H03", "H04", "H05", *(f"T{number:02}" for number in range(1, 99))]

    def test_what_has_a_number_runs_and_what_has_none_is_a_rule(self):
        for policy in policies_at(NOW).policies():
            is_measured = policy.limit is not None or policy.target is not None
            assert is_measured == (policy.nature != Nature.RULE), policy.key

    def test_what_runs_says_when_it_starts_and_stops(self):
        for policy in policies_at(NOW).policies():
            if policy.nature != Nature.RULE:
                assert policy.starts_on, policy.key
                assert policy.stops_on, policy.key

    @pytest.mark.parametrize("language", book_files.LANGUAGES)
    def test_each_has_its_words_in_every_language(self, language):
        for policy in policies_at(NOW).policies():
            wanted = ("title", "text") if policy.nature == Nature.RULE else ("title", "from", "until")
            assert [what for what in wanted if not policy.texts[language].get(what)] == [], policy.key

    def test_each_quotes_its_source(self):
        assert [
            policy.key
            for policy in policies_at(NOW).policies()
            if policy.source != "own" and (not policy.quote or policy.source not in {"S0", "S1", "S2", "S3", "S4"})
        ] == []

    def test_somebody_answers_for_each(self):
        assert [policy.key for policy in policies_at(NOW).policies() if policy.owner not in Role] == []

    def test_no_safety_clock_waits_or_is_extended(self):
        safety = [policy for policy in policies_at(NOW).policies() if policy.is_safety]
        assert {policy.key for policy in safety} >= {"T06", "T08", "T09"}
        assert [policy.key for policy in safety if policy.pauses_on or policy.extension["is_allowed"]] == []

    def test_no_compensation_is_on(self):
        assert [policy.key for policy in policies_at(NOW).policies() if policy.compensation["is_on"]] == []

    def test_safety_is_told_earlier_than_the_rest(self):
        assert [step.rung for step in promise("T06").ladder] == ["25%", "50%", "75%", "100%"]
        assert [step.rung for step in promise("T15").ladder] == ["50%", "80%", "100%", "150%"]
        assert [step.role for step in promise("T15").ladder] == ["owner", "supervisor", "branch_manager", "head_office"]

    def test_every_conflict_that_is_named_is_explained(self):
        named = {one for policy in policies_at(NOW).policies() for one in policy.notes.get("conflict", ())}
        assert named == set(CONFLICTS)


class TestConflicts:
    def test_c1_emergencies_have_target_and_limit_on_one_clock(self):
        assert starting("case.opened", **{**REPAIR, "urgency": "emergency"}) == ["T06", "T45"]
        assert (promise("T06").target.time, promise("T06").limit.time) == (timedelta(minutes=30), timedelta(hours=1))

    def test_c1_other_faults_have_the_target_only(self):
        assert starting("case.opened", **REPAIR) == ["T07", "T45"]
        assert (promise("T07").target.time, promise("T07").limit) == (timedelta(minutes=30), None)

    @pytest.mark.parametrize(("channel", "answer"), [("hall", "T15"), ("phone", "T15"), ("web", "T87"), ("letter", "T87")])
    def test_c2_a_complaint_has_milestones_and_one_answer_by_its_channel(self, channel, answer):
        found = starting("case.opened", kind="complaint", channel=channel)
        assert {"T14", "T69", answer} <= set(found)
        assert {"T15", "T87"} & set(found) == {answer}

    def test_c2_what_comes_in_writing_keeps_the_day_as_target(self):
        assert (promise("T87").target.code, promise("T87").limit.code) == ("PT24H", "P20D")
        assert (promise("T69").target.code, promise("T69").limit) == ("PT30M", None)

    @pytest.mark.parametrize(("channel", "answer"), [("hall", "T68"), ("phone", "T68"), ("web", "T85"), ("email", "T85")])
    def test_c3_a_question_is_answered_in_the_time_of_its_channel(self, channel, answer):
        assert {"T68", "T85"} & set(starting("case.opened", channel=channel)) == {answer}

    def test_c3_a_live_call_has_a_target_of_minutes(self):
        assert (promise("T25").target.code, promise("T25").limit) == ("PT3M", None)

    @pytest.mark.parametrize("key", ["T33", "T34", "T35", "T74"])
    def test_c4_all_four_duties_stand(self, key):
        assert promise(key).nature == Nature.RECURRING
        assert promise(key).is_active

    def test_c4_a_home_visit_counts_for_the_quarter_and_not_for_the_call(self):
        visit = {"promise": "T74", "period": "2026-11"}
        assert promise("T34").stops("duty.done", visit)
        assert not promise("T33").stops("duty.done", visit)

    def test_c5_the_callback_has_a_day_and_its_taking_up_ten_minutes(self):
        assert starting("case.resolved", **REPAIR) == ["T73"]
        assert starting("callback.handed_to_hotline") == ["T46"]

    def test_c6_there_is_one_callback_a_case(self):
        assert settings.PROMISES["second_callback_days"] == 0

    def test_c7_two_days_are_forty_eight_hours(self):
        planned = NOW + timedelta(days=9)
        assert due("T11", anchor_at=planned) == planned - timedelta(hours=48)

    def test_c8_acceptance_and_installation_are_stages(self):
        assert starting("case.opened", kind="connection") == ["H04", "T17"]
        assert starting("connection.ordered", kind="connection", classification="individual") == ["T47"]
        assert starting("connection.ordered", kind="connection", classification="individual", area="rural") == ["T49"]

    def test_c9_emergencies_wait_for_no_dispatch_at_the_end_of_the_day(self):
        assert starting("order.taken") == ["T42"]
        assert starting("order.taken", urgency="emergency") == []

    def test_c10_outages_and_orders_have_limits_of_their_own(self):
        assert starting("outage.begun", kind="outage", classification="ordinary") == ["T08"]
        assert starting("outage.begun", kind="outage", classification="larger") == ["T09"]
        assert starting("repair.ordered", **REPAIR) == ["T42", "T52"]

    @pytest.mark.parametrize(
        ("classification", "area", "segment", "key"),
        [
            ("ordinary", "urban", "ordinary", "T52"),
            ("pipeline", "urban", "ordinary", "T53"),
            ("major", "urban", "ordinary", "T55"),
            ("non_ordinary", "urban", "ordinary", "T55"),
            ("ordinary", "suburban", "ordinary", "T56"),
            ("major", "suburban", "ordinary", "T57"),
            ("pipeline", "suburban", "important", "T57"),
            ("ordinary", "rural", "ordinary", "T58"),
            ("non_ordinary", "rural", "ordinary", "T59"),
            ("ordinary", "rural", "vip", "T60"),
            ("pipeline", "urban", "key_account", "T61"),
            ("ordinary", "suburban", "private_network", "T63"),
            ("major", "urban", "private_network", "T64"),
        ],
    )
    def test_c11_every_fault_everywhere_has_exactly_one_time_of_repair(self, classification, area, segment, key):
        found = starting("repair.ordered", **{**REPAIR, "classification": classification, "area": area, "segment": segment})
        assert [one for one in found if promise(one).family == "repair"] == [key]

    def test_c12_repairs_may_be_extended_and_arrivals_may_not(self):
        assert all(promise(key).extension["is_allowed"] for key in ("T52", "T53", "T58", "T64"))
        assert not promise("T06").extension["is_allowed"]

    def test_c13_three_days_count_the_first_and_end_with_the_work(self):
        assert due("T47") == datetime.fromisoformat("2026-11-22T17:30+08:00")

    def test_c14_days_are_calendar_days_and_ten_are_the_total(self):
        assert due("T85") == NOW + timedelta(days=3)
        assert promise("T85").extension["total"] == "P10D"

    def test_c15_an_application_is_accepted_whatever_is_missing(self):
        assert not promise("T17").withdraws("case.papers_incomplete", {})
        assert promise("T39").withdraws("case.papers_incomplete", {})
        assert "T39" in starting("case.papers_complete")

    def test_c16_the_emergency_number_is_a_setting(self):
        assert settings.COMPANY["hotline"] != settings.COMPANY["office_phone"]


class TestOtherReadings:
    @pytest.mark.parametrize(("received", "expected"), [("2026-11-20T16:59", "2026-11-20T20:59"), ("2026-11-20T17:00", "2026-11-21T12:30")])
    def test_restoration_after_the_cut_off_counts_from_the_next_start(self, received, expected):
        at = datetime.fromisoformat(f"{received}+08:00")
        assert due("T65", at=at) == datetime.fromisoformat(f"{expected}+08:00")

    def test_dispatch_ends_with_the_day_of_the_hall(self):
        assert due("T42") == datetime.fromisoformat("2026-11-20T17:30+08:00")

    def test_engineering_sends_out_when_work_starts_again(self):
        assert due("T43") == datetime.fromisoformat("2026-11-23T08:30+08:00")

    def test_an_automatic_message_answers_nothing(self):
        facts = {"direction": "out", "replies": 0, "reached": 1}
        assert not promise("T68").stops("case.contacted", {**facts, "by": "system"})
        assert not promise("T68").stops("case.contacted", {**facts, "by": "human"})
        assert promise("T68").stops("case.contacted", {**facts, "by": "human", "replies": 1})

    def test_a_transfer_is_answered_by_taking_or_declining(self):
        assert starting("case.transferred", facts={"owner": 1}) == ["T70"]
        assert promise("T70").stops("case.declined", {})

    def test_a_breach_at_the_counter_is_told_once_and_does_not_feed_itself(self):
        told = {"rung": "100%", "promise": "T68", "to_role": "hall_head"}
        assert "T79" in starting("case.escalated", facts=told)
        assert "T79" not in starting("case.escalated", facts={**told, "promise": "T79"})

    def test_a_major_complaint_is_at_once(self):
        facts = {**PLAIN, "kind": "complaint", "classification": "major"}
        assert "T71" in starting("case.opened", facts=facts, kind="complaint", classification="major")


class TestDefaults:
    def test_working_days_can_be_chosen_for_days(self):
        rows = {row.key: row for row in book_files.promises({**settings.PROMISES, "days": "working"})}
        assert rows["T85"].version["readings"]["days"] == "working"
        assert rows["T85"].digest != ROWS["T85"].digest

    def test_ten_days_can_come_on_top(self):
        rows = {row.key: row for row in book_files.promises({**settings.PROMISES, "extension": "added"})}
        assert rows["T85"].version["extension"]["total"] == "P13D"

    def test_the_ladder_can_be_set(self):
        rows = {row.key: row for row in book_files.promises({**settings.PROMISES, "ladder": "90%=supervisor"})}
        assert rows["T15"].version["ladder"] == [["90%", "supervisor"]]
        assert rows["T06"].version["ladder"] == ROWS["T06"].version["ladder"]
