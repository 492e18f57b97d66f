"""The open service score: what counts when, what is withheld, what is sealed and how it is corrected."""

from datetime import date, timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Event
from casework.models.append_only import FrozenRow
from desk.models import ScoreDraft, ServiceScore
from desk.operations import scores
from desk.queries.score_month import figures_of
from desk.queries.scores import score
from desk.score_figures import Figure, careful, seal, too_small
from tests.conftest import NOW
from tests.factories.accounts import RoleGrantFactory, StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.repairs_outages import UnderWayFactory
from tests.factories.sla import ClockFactory, PromiseVersionFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
#: 10 October, 10:00 in Shanghai.
THEN = NOW - 41 * DAY


@pytest.fixture
def clock(db):
    """``clock(3 * HOUR)``: begun on 10 October, due after two hours, ended after three; without a length it still runs."""
    version = PromiseVersionFactory(is_public=True, is_active=True)

    def make(took=None, **more):
        moments = {"started_at": THEN, "due_at": THEN + 2 * HOUR}
        if took is not None:
            moments |= {"status": "stopped", "stopped_at": THEN + took, "consumed": took // timedelta(seconds=1)}
        return ClockFactory(timeline=CaseFactory().timeline, version=version, **{**moments, **more})

    return make


def value(month, measure, section="promises", item="all", at=NOW):
    found = {figure.key: figure for figure in figures_of(month, at=at)}
    return found[section, item, measure].value


class TestWhatCounts:
    def test_late_work_counts_as_missed_when_its_moment_passed_and_never_again(self, clock):
        [clock(HOUR) for _ in range(4)]
        clock(), clock(30 * DAY), clock(3 * HOUR, status="withdrawn", stopped_by="case.cancelled")
        assert [value(OCTOBER, one) for one in ("ended", "kept", "missed", "missed_and_open")] == [7, 4, 3, 2]
        # Done at last in November: that betters nothing and is not missed twice.
        assert value(NOVEMBER, "ended") == 0

    def test_more_time_stands_apart(self, clock):
        [clock(HOUR) for _ in range(4)]
        clock(5 * HOUR, due_at=THEN + 6 * HOUR, extensions=[{"at": "x"}])
        assert (value(OCTOBER, "share_kept"), value(OCTOBER, "share_with_more_time")) == (80.0, 20.0)

    def test_what_fell_away_in_time_or_goes_on_elsewhere_counts_nowhere(self, clock):
        [clock(HOUR) for _ in range(5)]
        clock(HOUR, status="withdrawn", stopped_by="case.cancelled")
        clock(9 * HOUR, status="withdrawn", stopped_by="case.merged")
        assert value(OCTOBER, "ended") == 5

    def test_what_is_not_due_yet_counts_nowhere(self, clock):
        [clock(HOUR) for _ in range(5)]
        clock(due_at=NOW + DAY)
        assert (value(OCTOBER, "ended"), value(NOVEMBER, "ended")) == (5, 0)

    def test_complaints_are_told_for_ten_thousand_accounts(self, account, neighbour):
        [ComplaintFactory(case__opened_at=THEN) for _ in range(6)]
        assert value(OCTOBER, "per_10000_accounts", "complaints") == 30000
        assert value(OCTOBER, "received", "complaints", "conduct") == 6

    def test_an_interruption_is_cut_at_the_end_of_the_month(self, account, neighbour):
        outage = UnderWayFactory(began_at=THEN, starts_at=THEN, promised_until=THEN + HOUR, customers=10)
        midnight = (THEN + 22 * DAY).replace(hour=16, minute=0) - DAY
        assert value(OCTOBER, "customer_hours", "interruptions") == round(10 * (midnight - THEN) / HOUR, 1)
        type(outage).objects.update(status="ended", ended_at=THEN + 3 * HOUR)
        assert value(OCTOBER, "hours_per_customer", "interruptions") == 15


class TestSmallCells:
    @pytest.mark.parametrize(
        ("counts", "secret"),
        [
            ({"a": 9, "b": 7}, set()),
            ({"a": 9, "b": 7, "c": 3}, {"b", "c"}),
            ({"a": 9, "b": 2, "c": 2}, {"a", "b", "c"}),
            ({"a": 9, "b": 4, "c": 3, "d": 0}, {"b", "c"}),
        ],
    )
    def test_a_missing_cell_cannot_be_reckoned_from_the_sum(self, counts, secret):
        assert too_small(counts) == secret

    def test_few_are_withheld_and_none_is_told(self):
        assert [careful(Figure("s", "i", "m", 1, "count", basis)).withheld for basis in (0, 1, 4, 5)] == [False, True, True, False]


class TestSealing:
    def test_a_month_is_provisional_until_its_time_and_then_sealed_once(self, clock):
        [clock(HOUR) for _ in range(5)]
        scores.keep_scores(at=NOW - 14 * DAY)
        assert (score(OCTOBER).row.is_sealed, ScoreDraft.objects.count()) == (False, 2)
        scores.keep_scores(at=NOW)
        scores.keep_scores(at=NOW + HOUR)
        row = ServiceScore.objects.get()
        assert (row.month, row.edition, score(OCTOBER).is_whole) == (OCTOBER, 1, True)
        assert [one.month for one in ScoreDraft.objects.order_by("month")] == [NOVEMBER]
        event = Event.objects.get(timeline=row.timeline)
        assert (event.verb, event.facts["seal"]) == ("score.sealed", row.seal)

    def test_a_sealed_month_changes_only_by_another_edition_with_its_reason(self, clock):
        [clock(HOUR) for _ in range(5)]
        scores.keep_scores(at=NOW)
        boss = StaffFactory()
        RoleGrantFactory(staff=boss, role=Role.BRANCH_MANAGER)
        with pytest.raises(scores.NothingChanged):
            scores.correct_month(month=OCTOBER, reason="no", by=boss.user, at=NOW)
        clock(9 * HOUR)
        scores.correct_month(month=OCTOBER, reason="Recorded late", by=boss.user, at=NOW)
        new, old = score(OCTOBER), score(OCTOBER, 1)
        assert [found.value("promises", "all", "missed").value for found in (new, old)] == [1, 0]
        assert (new.row.reason, new.is_whole, old.is_whole) == ("Recorded late", True, True)
        with pytest.raises(FrozenRow):
            old.row.save()

    def test_who_may_not_correct_is_told_so(self, fang, clock):
        with pytest.raises(Forbidden):
            scores.correct_month(month=OCTOBER, reason="x", by=fang.user, at=NOW)

    def test_any_change_breaks_the_seal(self):
        rows = [{"value": 1}]
        before = seal(month="2026-10", edition=1, before="", rows=rows)
        assert before != seal(month="2026-10", edition=1, before="", rows=[{"value": 2}])
        assert before != seal(month="2026-10", edition=2, before=before, rows=rows)
