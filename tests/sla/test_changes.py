"""What changes to the matter do to its clocks, from real operations to rows. The arithmetic itself is proved by docs/clock-vectors.csv."""

from datetime import timedelta

import pytest

import casework.operations as spine
from accounts.actors import System
from accounts.models import Segment
from accounts.permissions import Forbidden
from casework.models import Timeline
from casework.operations import Opening, Step, record
from sla.models import Alarm, Clock, Fault
from sla.operations import sweep_alarms
from sla.operations.moving import move_to_version, recompute
from tests.factories.sla import PromiseVersionFactory

pytestmark = pytest.mark.django_db
BY = System("tests")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def promise(key, limit, **fields):
    return PromiseVersionFactory(promise__key=key, limit=limit, ladder=[["50%", "owner"], ["100%", "supervisor"]], **fields)


@pytest.fixture
def book(db):
    """A repair in eight hours, an urgent one in two, a key account's in four; an arrival within an hour, for urgent ones only."""
    promise("T52", "PT8H", family="repair", promise__kind="resolution")
    promise("T55", "PT2H", family="repair", selects={"urgency": ["urgent"]}, promise__kind="resolution")
    promise("T60", "PT4H", family="repair", selects={"segment": ["key_account"]}, promise__kind="resolution")
    promise("T06", "PT1H", selects={"urgency": ["urgent"]}, stops_on=["repair.arrived"], promise__kind="arrival")


def opened(clerk, at, **about):
    return spine.open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", **about), by=clerk.user, at=at)


@pytest.fixture
def case(book, fang, now):
    return opened(fang, now)


def clock(case, key):
    return Clock.objects.get(timeline=case.timeline_id, promise=key)


def armed(one):
    return dict(Alarm.objects.armed().filter(clock=one).values_list("rung", "fires_at"))


def happens(case, verb, at, **facts):
    record(timeline_id=case.timeline_id, steps=[Step(verb, facts)], by=BY, at=at)


class TestOtherRule:
    @pytest.fixture
    def urgent(self, case, fang, now):
        return spine.change_case(case=case, by=fang.user, at=now + HOUR, urgency="urgent")

    def test_the_clock_counts_on_by_the_rule_that_wins_now(self, urgent, now):
        one = Clock.objects.get(timeline=urgent.timeline_id, version__family="repair")
        assert (one.version.promise_id, one.due_at, one.epoch, one.urgency) == ("T55", now + 2 * HOUR, 2, "urgent")

    def test_its_rungs_ring_anew_and_what_lies_behind_rings_at_once(self, urgent, now):
        one = Clock.objects.get(timeline=urgent.timeline_id, version__family="repair")
        assert armed(one) == {"50%": now + HOUR, "100%": now + 2 * HOUR}

    def test_what_is_promised_only_now_begins_now(self, urgent, now):
        assert clock(urgent, "T06").due_at == now + 2 * HOUR

    def test_what_is_no_longer_promised_is_withdrawn(self, urgent, fang, now):
        spine.change_case(case=urgent, by=fang.user, at=now + HOUR + HOUR / 2, urgency="normal")
        assert clock(urgent, "T06").status == "withdrawn"

    def test_more_used_than_the_new_rule_allows_is_due_at_the_change(self, case, fang, now):
        spine.change_case(case=case, by=fang.user, at=now + 5 * HOUR, urgency="urgent")
        one = Clock.objects.get(timeline=case.timeline_id, version__family="repair")
        assert one.due_at == now + 5 * HOUR
        assert sweep_alarms(at=now + 5 * HOUR, by=BY) >= 1
        assert Alarm.objects.filter(clock=one, epoch=2, rung="100%", fired_at__isnull=False).exists()

    def test_a_breach_is_not_undone_by_a_correction(self, case, fang, now):
        spine.change_case(case=case, by=fang.user, at=now + 9 * HOUR, segment=Segment.KEY_ACCOUNT)
        assert Clock.objects.get(timeline=case.timeline_id).due_at == now + 8 * HOUR

    def test_nothing_moves_when_the_same_rule_wins(self, case, fang, now):
        spine.change_case(case=case, by=fang.user, at=now + HOUR, classification="tap")
        one = clock(case, "T52")
        assert (one.epoch, armed(one)) == (1, {"50%": now + 4 * HOUR, "100%": now + 8 * HOUR})

    def test_a_newer_version_leaves_open_clocks_alone(self, case, fang, now):
        promise("T52", "PT6H", family="repair", number=2, effective_from=now + HOUR)
        spine.change_case(case=case, by=fang.user, at=now + 2 * HOUR, classification="tap")
        assert clock(case, "T52").due_at == now + 8 * HOUR

    def test_it_can_be_moved_to_it_on_purpose(self, case, now):
        version = promise("T52", "PT6H", family="repair", number=2, effective_from=now + HOUR)
        happens(case, "promise.moved", now + 2 * HOUR, version=version.pk)
        assert (clock(case, "T52").version, clock(case, "T52").due_at) == (version, now + 6 * HOUR)


class TestReopen:
    def test_a_promise_kept_goes_on_with_what_is_left(self, case, now):
        happens(case, "case.answered", now + 2 * HOUR)
        happens(case, "case.reopened", now + 5 * HOUR)
        one = clock(case, "T52")
        assert (one.status, one.due_at, one.stopped_by) == ("running", now + 11 * HOUR, "")
        assert armed(one) == {"50%": now + 7 * HOUR, "100%": now + 11 * HOUR}
        assert one.spans.count() == 2

    def test_a_broken_one_stays_broken_beside_a_fresh_one(self, case, now):
        happens(case, "case.answered", now + 9 * HOUR)
        happens(case, "case.reopened", now + 10 * HOUR)
        ended, fresh = Clock.objects.filter(timeline=case.timeline_id).order_by("pk")
        assert ended.is_breached(now)
        assert (fresh.status, fresh.due_at) == ("running", now + 18 * HOUR)

    def test_an_arrival_stays_an_arrival(self, book, fang, now):
        case = opened(fang, now, urgency="urgent")
        happens(case, "repair.arrived", now + HOUR / 2)
        happens(case, "case.answered", now + HOUR)
        happens(case, "case.reopened", now + 2 * HOUR)
        assert clock(case, "T06").status == "stopped"


class TestMerge:
    def test_the_one_due_first_goes_on(self, case, fang, now):
        later = opened(fang, now + 2 * HOUR)
        spine.merge(case=case, into=later, by=fang.user, at=now + 3 * HOUR)
        assert clock(case, "T52").status == "withdrawn"
        assert clock(later, "T52").due_at == now + 8 * HOUR

    def test_a_promise_only_the_other_had_comes_along(self, case, fang, now):
        urgent = opened(fang, now, urgency="urgent")
        spine.merge(case=urgent, into=case, by=fang.user, at=now + HOUR / 2)
        assert clock(case, "T06").due_at == now + HOUR

    def test_the_merged_case_rings_no_more(self, case, fang, now):
        other = opened(fang, now)
        spine.merge(case=case, into=other, by=fang.user, at=now + HOUR)
        assert armed(clock(case, "T52")) == {}
        assert Timeline.objects.get(pk=case.timeline_id).next_due_at is None

    def test_turns_that_carry_names_go_on_beside_each_other(self, case, fang, now):
        promise("T93", "agreed", anchor="until", starts_on=["appointment.agreed"], stops_on=["appointment.kept"])
        other = opened(fang, now)
        for days, turn in enumerate(("tap", "meter", "pipe"), start=1):
            happens(other, "appointment.agreed", now, until=(now + days * DAY).isoformat(), about=turn)
        happens(case, "appointment.agreed", now, until=(now + 9 * DAY).isoformat(), about="pipe")
        spine.merge(case=other, into=case, by=fang.user, at=now + HOUR)
        mine = Clock.objects.open().filter(timeline=case.timeline_id, promise="T93")
        assert dict(mine.values_list("about", "due_at")) == {"tap": now + DAY, "meter": now + 2 * DAY, "pipe": now + 3 * DAY}
        assert not Fault.objects.exists()

    def test_an_event_ends_only_the_turn_it_names(self, case, fang, now):
        promise("T93", "agreed", anchor="until", starts_on=["appointment.agreed"], stops_on=["appointment.kept"])
        other = opened(fang, now)
        for turn in ("tap", "meter"):
            happens(other, "appointment.agreed", now, until=(now + DAY).isoformat(), about=turn)
        spine.merge(case=other, into=case, by=fang.user, at=now + HOUR)
        happens(case, "appointment.kept", now + 2 * HOUR, about="tap")
        assert list(Clock.objects.open().filter(promise="T93").values_list("about", flat=True)) == ["meter"]

    def test_a_part_goes_on_from_the_whole(self, case, fang, now):
        part = spine.split(
            case=case,
            opening=Opening(kind="general_request", subject="meter", channel="hall", split_from=case),
            by=fang.user,
            at=now + 3 * HOUR,
        )
        assert clock(part, "T52").due_at == now + 8 * HOUR
        assert clock(part, "T52").status == "running"


class TestAgreed:
    def test_another_moment_moves_the_same_clock(self, case, now):
        promise("T93", "agreed", anchor="until", starts_on=["appointment.agreed"], stops_on=["appointment.kept"])
        happens(case, "appointment.agreed", now, until=(now + DAY).isoformat())
        happens(case, "appointment.agreed", now + HOUR, until=(now + 2 * DAY).isoformat())
        one = clock(case, "T93")
        assert (one.due_at, armed(one)["100%"]) == (now + 2 * DAY, now + 2 * DAY)


def test_none_of_this_is_a_fault(case, fang, now):
    spine.change_case(case=case, by=fang.user, at=now + HOUR, urgency="urgent")
    happens(case, "case.answered", now + 2 * HOUR)
    happens(case, "case.reopened", now + 3 * HOUR)
    assert not Fault.objects.exists()


class TestOnPurpose:
    def test_open_clocks_are_moved_to_a_new_version(self, case, ada, now):
        version = promise("T52", "PT6H", family="repair", number=2, effective_from=now + HOUR)
        assert move_to_version(version=version, reason="two more crews", by=ada.user, at=now + 2 * HOUR) == 1
        assert clock(case, "T52").due_at == now + 6 * HOUR
        assert move_to_version(version=version, reason="two more crews", by=ada.user, at=now + 2 * HOUR) == 0

    def test_not_by_anybody(self, case, fang, now):
        with pytest.raises(Forbidden):
            move_to_version(version=clock(case, "T52").version, reason="x", by=fang.user, at=now)

    def test_what_was_guessed_is_worked_out_again(self, case, ada, now):
        lacked = [{"code": "calendar_unknown", "calendar": "24x7", "year": now.year}]
        Clock.objects.filter(promise="T52").update(is_provisional=True, trace=lacked)
        assert recompute(by=ada.user, at=now + HOUR) == 1
        assert not clock(case, "T52").is_provisional


class TestWhatIsOver:
    def test_a_clock_that_changed_its_promise_is_counted_under_the_new_one(self, case, fang, now):
        spine.change_case(case=case, by=fang.user, at=now + HOUR, urgency="urgent")
        newer = promise("T52", "PT9H", family="repair", number=2, effective_from=now)
        assert clock(case, "T55").version.promise_id == "T55"
        assert move_to_version(version=newer, reason="two more crews", by=BY, at=now + HOUR) == 0

    def test_a_broken_promise_nags_on_after_a_change(self, case, fang, now):
        sweep_alarms(at=now + 8 * HOUR, by=BY)
        while spine.drain(now + 8 * HOUR + HOUR / 100):
            pass
        spine.change_case(case=case, by=fang.user, at=now + 8 * HOUR + HOUR / 60, urgency="urgent")
        one = Clock.objects.get(timeline=case.timeline_id, version__family="repair")
        assert list(armed(one)) == ["100%.2"]

    def test_a_correction_to_an_ended_case_begins_nothing(self, case, fang, now):
        spine.cancel_case(case=case, reason="moved away", by=fang.user, at=now + HOUR)
        spine.change_case(case=case, by=fang.user, at=now + 2 * HOUR, urgency="urgent")
        assert not Clock.objects.open().exists()

    def test_reopening_brings_no_promise_back_that_is_switched_off(self, case, now):
        happens(case, "case.answered", now + 9 * HOUR)
        promise("T52", "PT8H", family="repair", number=2, effective_from=now + 9 * HOUR, is_active=False)
        happens(case, "case.reopened", now + 10 * HOUR)
        assert not Clock.objects.open().exists()

    def test_reopening_brings_no_promise_back_that_a_change_had_withdrawn(self, fang, now):
        promise("T07", "PT3H", selects={"urgency": ["urgent"]}, promise__kind="resolution")
        case = opened(fang, now, urgency="urgent")
        spine.change_case(case=case, by=fang.user, at=now + HOUR, urgency="normal")
        happens(case, "case.reopened", now + 2 * HOUR)
        assert clock(case, "T07").status == "withdrawn"
