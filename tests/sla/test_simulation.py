"""A story run through a book of promises."""

from datetime import timedelta

import pytest

from sla.books import Edition, PolicyBook
from sla.draft_policies import BadDraft, as_if_always, read_policy
from sla.simulation import Happening, Story, Told, simulate

from .calendars import ALWAYS, HALL, sh

UNTIL = sh("2026-12-01 00:00")
ARRIVAL = {
    "key": "arrival",
    "kind": "arrival",
    "starts_on": ["case.opened"],
    "stops_on": ["repair.arrived"],
    "target": "PT30M",
    "limit": "PT1H",
    "safety": True,
    "ladder": [["50%", "supervisor"], ["100%", "manager"]],
}
REPAIR = {
    "key": "repair",
    "kind": "resolution",
    "family": "repair",
    "starts_on": ["case.opened"],
    "stops_on": ["case.resolved"],
    "pauses_on": ["case.waiting_for_customer"],
    "resumes_on": ["case.customer_answered"],
    "withdrawn_on": ["repair.needless"],
    "limit": "PT4H",
    "calendar": "hall",
    "owner": "crew",
    "ladder": [["100%", "manager"]],
    "compensation": {"amount": 2000, "step": "PT1H", "cap": 5000},
}
RURAL = {**REPAIR, "key": "repair-rural", "selects": {"area": ["rural"]}, "limit": "PT12H"}
VISIT = {"key": "visit", "starts_on": ["visit.agreed"], "stops_on": ["visit.begun"], "limit": "agreed", "anchor": "for"}


def book(*raw):
    edition = Edition(read_policy(one, number) for number, one in enumerate(raw, start=1))
    return PolicyBook(edition, UNTIL, {"hall": HALL, "24x7": ALWAYS}.__getitem__)


def play(*happened, promises=(REPAIR,), until=UNTIL, **attributes):
    """The outcomes of events of 20 November 2026, each "09:00 verb" or a pair of that and its facts."""
    happenings = tuple(_happening(one) for one in happened)
    return simulate(Story("R-1", {"kind": "repair", **attributes}, happenings), book(*promises), until=until)


def _happening(one):
    text, facts = (one, {}) if isinstance(one, str) else one
    clock, verb = text.split(" ")
    return Happening(verb, sh(f"2026-11-20 {clock}"), facts)


class TestVerdict:
    @pytest.mark.parametrize(
        ("happened", "verdict"),
        [
            (("09:00 case.opened", "14:30 case.resolved"), "kept"),
            (("09:00 case.opened", "14:31 case.resolved"), "broken"),
            (("09:00 case.opened",), "broken"),
            (("09:00 case.opened", "10:00 case.waiting_for_customer"), "waiting"),
            (("09:00 case.opened", "10:00 case.cancelled"), "withdrawn"),
            (("09:00 case.opened", "10:00 repair.needless"), "withdrawn"),
        ],
    )
    def test_it_is_read_off_the_moments(self, happened, verdict):
        assert [outcome.verdict for outcome in play(*happened)] == [verdict]

    def test_what_happens_later_is_not_known_yet(self):
        assert play("09:00 case.opened", "14:00 case.resolved", until=sh("2026-11-20 13:45"))[0].verdict == "open"
        assert play("09:00 case.opened", until=sh("2026-11-20 08:00")) == []

    def test_a_visit_without_a_moment_is_unmeasured(self):
        outcomes = play("09:00 visit.agreed", promises=[VISIT])
        assert [outcome.verdict for outcome in outcomes] == ["unmeasured"]

    def test_a_visit_agreed_anew_is_one_promise(self):
        first = ("09:00 visit.agreed", {"for": "2026-11-20T15:00:00+08:00"})
        second = ("10:00 visit.agreed", {"for": "2026-11-20T16:00:00+08:00"})
        [outcome] = play(first, second, "15:30 visit.begun", promises=[VISIT])
        assert (outcome.deadline.due_at, outcome.verdict) == (sh("2026-11-20 16:00"), "kept")

    def test_two_visits_that_carry_names_are_two_promises(self):
        one, other = ({"about": name, "for": f"2026-11-20T{hour}:00:00+08:00"} for name, hour in (("a", 15), ("b", 16)))
        outcomes = play(("09:00 visit.agreed", one), ("09:01 visit.agreed", other), ("15:30 visit.begun", other), promises=[VISIT])
        assert [(outcome.deadline.due_at, outcome.verdict) for outcome in outcomes] == [
            (sh("2026-11-20 15:00"), "broken"),
            (sh("2026-11-20 16:00"), "kept"),
        ]

    def test_reopened_goes_on_what_was_asked_for_and_not_a_stage_of_it(self):
        stage = {**REPAIR, "key": "stage", "family": "", "part_of": "repair"}
        outcomes = play("09:00 case.opened", "10:00 case.resolved", "10:30 case.reopened", promises=[REPAIR, stage])
        assert {outcome.policy.key: outcome.history.stopped_at is None for outcome in outcomes} == {"repair": True, "stage": False}


class TestTarget:
    @pytest.mark.parametrize(("arrived", "met", "verdict"), [("09:30", True, "kept"), ("09:31", False, "kept"), ("10:01", False, "broken")])
    def test_target_and_limit_are_counted_apart(self, arrived, met, verdict):
        [outcome] = play("09:00 case.opened", f"{arrived} repair.arrived", promises=[ARRIVAL])
        assert (outcome.target_met, outcome.verdict) == (met, verdict)

    def test_as_long_as_it_may_still_be_met_nobody_knows(self):
        assert play("09:00 case.opened", promises=[ARRIVAL], until=sh("2026-11-20 09:10"))[0].target_met is None


class TestWhoAndHowMuch:
    def test_the_ladder_rings_until_it_is_done(self):
        [outcome] = play("09:00 case.opened", "09:40 repair.arrived", promises=[ARRIVAL])
        assert outcome.told() == (Told(sh("2026-11-20 09:30"), "50%", "supervisor"),)

    def test_a_rung_without_a_role_goes_to_whoever_is_answerable(self):
        [outcome] = play("09:00 case.opened", promises=[{**REPAIR, "ladder": [["100%", "crew"]]}])
        assert [told.role for told in outcome.told()] == ["crew"]

    def test_lateness_costs_by_the_rule(self):
        [outcome] = play("09:00 case.opened", "16:00 case.resolved")
        assert (outcome.late, outcome.cost) == (timedelta(minutes=90), 4000)

    def test_what_was_kept_costs_nothing(self):
        assert play("09:00 case.opened", "10:00 case.resolved")[0].cost == 0


class TestTheAlgebraIsTheSame:
    def test_waiting_is_given_back(self):
        [outcome] = play("09:00 case.opened", "10:00 case.waiting_for_customer", "11:00 case.customer_answered", "15:30 case.resolved")
        assert outcome.verdict == "kept"

    def test_the_most_specific_promise_of_a_family_holds(self):
        assert [one.policy.key for one in play("09:00 case.opened", promises=[REPAIR, RURAL], area="rural")] == ["repair-rural"]

    def test_another_area_goes_on_with_what_was_used(self):
        changed = ("10:00 case.changed", {"area": "rural"})
        [outcome] = play("09:00 case.opened", changed, promises=[REPAIR, RURAL])
        assert (outcome.policy.key, outcome.deadline.due_at) == ("repair-rural", sh("2026-11-23 15:00"))

    def test_what_nobody_promises_any_more_is_withdrawn_and_what_is_new_begins(self):
        urban = {**REPAIR, "selects": {"area": ["urban"]}}
        call = {**ARRIVAL, "key": "call", "selects": {"area": ["rural"]}}
        changed = ("10:00 case.changed", {"area": "rural"})
        outcomes = play("09:00 case.opened", changed, promises=[urban, call], area="urban", until=sh("2026-11-20 10:30"))
        assert [(one.policy.key, one.verdict) for one in outcomes] == [("repair", "withdrawn"), ("call", "open")]

    def test_a_reopened_matter_goes_on_an_arrival_does_not(self):
        happened = ("09:00 case.opened", "09:20 repair.arrived", "10:00 case.resolved", "15:00 case.reopened")
        outcomes = play(*happened, promises=[REPAIR, ARRIVAL], until=sh("2026-11-20 16:00"))
        assert sorted((one.policy.key, one.verdict) for one in outcomes) == [("arrival", "kept"), ("repair", "open")]

    def test_a_broken_one_that_is_reopened_stays_and_a_fresh_one_stands_beside_it(self):
        outcomes = play("09:00 case.opened", "15:00 case.resolved", "16:00 case.reopened", until=sh("2026-11-20 17:00"))
        assert [one.verdict for one in outcomes] == ["broken", "open"]

    def test_an_extension_moves_it_unless_it_is_too_late(self):
        granted = {"promise": "repair", "until": "2026-11-20T17:00:00+08:00"}
        in_time, late = ("12:00 case.extended", granted), ("15:00 case.extended", granted)
        assert play("09:00 case.opened", in_time, "16:50 case.resolved")[0].verdict == "kept"
        assert play("09:00 case.opened", late, "16:50 case.resolved")[0].verdict == "broken"

    def test_an_extension_of_another_promise_leaves_it_alone(self):
        other = ("12:00 case.extended", {"promise": "other", "until": "2026-11-20T17:00:00+08:00"})
        assert play("09:00 case.opened", other, "16:50 case.resolved")[0].verdict == "broken"

    def test_a_change_that_changes_no_promise_changes_nothing(self):
        changed = ("10:00 case.changed", {"urgency": "urgent", "owner": 3})
        [outcome] = play("09:00 case.opened", changed, "14:30 case.resolved")
        assert (outcome.verdict, len(outcome.history.legs)) == ("kept", 1)

    def test_a_safety_clock_is_not_paused_by_any_event(self):
        careless = {**ARRIVAL, "pauses_on": ["case.waiting_for_customer"]}
        [outcome] = play("09:00 case.opened", "09:10 case.waiting_for_customer", promises=[careless])
        assert outcome.verdict == "broken"


class TestDrafts:
    def test_a_draft_takes_the_place_of_what_it_would_replace(self):
        shelf = book(REPAIR)
        draft = read_policy({**REPAIR, "limit": "PT2H"}, 2)
        object.__setattr__(draft, "effective_from", None)
        drafted = PolicyBook(Edition([*shelf.edition.by_version.values(), draft]), UNTIL, shelf.calendar)
        limits = {given: as_if_always(drafted, with_drafts=given).policies()[0].limit.code for given in (True, False)}
        assert limits == {True: "PT2H", False: "PT4H"}

    def test_it_holds_for_what_was_long_before(self):
        story = Story("old", {}, (Happening("case.opened", sh("1999-11-20 09:00")),))
        assert len(simulate(story, as_if_always(book(REPAIR), with_drafts=True), until=UNTIL)) == 1

    @pytest.mark.parametrize(
        "wrong",
        [{"limit": "4h"}, {"starts_on": ["?"]}, {"ladder": [["often", "manager"]]}, {"cut_off": "5 pm"}, {"selects": {"size": ["big"]}}],
    )
    def test_what_cannot_be_read_is_refused(self, wrong):
        with pytest.raises(BadDraft, match="promise 1"):
            read_policy({**REPAIR, **wrong}, 1)

    def test_a_promise_needs_a_key(self):
        with pytest.raises(BadDraft, match="'key' is missing"):
            read_policy({"limit": "PT4H"}, 1)
