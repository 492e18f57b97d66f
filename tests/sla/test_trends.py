"""Daily scores and what is read from them: shares, lengths, reasons, cost; the same numbers as picture, table and file."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Event
from sla import charts, histograms
from sla.models import Compensation, DailyScore, Span
from sla.operations.breaches import NotBroken, explain_breach
from sla.operations.scores import score_day, score_days
from sla.queries.trends import Asked, trends
from tests.conftest import NOW
from tests.factories.accounts import HallFactory, StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.sla import ClockFactory, PromiseVersionFactory
from tests.signing_in import sign_in
from tests.statements import statements

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def version(db):
    return PromiseVersionFactory(texts={"en": {"title": "An answer"}})


@pytest.fixture
def ended(version, hall, fang):
    """``ended(HOUR)``: an answer that took an hour, of two; ended an hour ago."""

    def make(took, **more):
        stopped = more.pop("stopped_at", NOW - HOUR)
        moments = {"started_at": stopped - took, "stopped_at": stopped, "due_at": stopped - took + 2 * HOUR}
        about = {"hall": hall, "owner": fang, "area": "urban", "segment": "resident", "consumed": took // timedelta(seconds=1)}
        return ClockFactory(timeline=CaseFactory().timeline, version=version, **{"status": "stopped", **moments, **about, **more})

    return make


class TestHistograms:
    @given(st.lists(st.integers(1, 10**7), min_size=1, max_size=60), st.sampled_from([50, 90, 99]))
    def test_a_percentile_is_right_within_five_per_cent(self, lengths, percent):
        counted = histograms.merge([{str(histograms.bucket_of(one)): 1} for one in lengths])
        right = sorted(lengths)[-(-len(lengths) * percent // 100) - 1]
        # Half a second more, since whole seconds are told.
        assert abs(histograms.percentile(counted, percent) - right) <= 0.05 * right + 0.5

    def test_nothing_has_none(self):
        assert histograms.percentile({}, 50) is None


class TestColumns:
    @given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), max_size=28))
    def test_parts_stand_on_one_another_and_fill_the_height(self, numbers):
        days = [(TODAY + DAY * place, *row) for place, row in enumerate(numbers)]
        for column, row in zip(charts.columns(days, TODAY, 28), numbers, strict=True):
            parts = (column.kept, column.extended, column.broken)
            assert sum(height for _y, height in parts) == pytest.approx(charts.HEIGHT if sum(row) else 0, abs=0.2)
            assert column.x + column.width <= charts.WIDTH


class TestScores:
    def test_kept_extended_and_broken_are_told_apart(self, ended):
        ended(HOUR), ended(HOUR, extensions=[{"at": "x"}]), ended(3 * HOUR, breach_reason="parts")
        score_day(day=TODAY)
        row = DailyScore.objects.get()
        assert (row.kept, row.extended, row.broken, row.reasons) == (2, 1, 1, {"parts": 1})
        assert (row.area, row.segment, sum(row.lengths.values())) == ("urban", "resident", 3)

    def test_again_changes_nothing(self, ended):
        ended(HOUR)
        score_day(day=TODAY)
        score_day(day=TODAY)
        assert DailyScore.objects.get().kept == 1

    def test_what_is_open_or_withdrawn_counts_nowhere(self, ended, version):
        ended(3 * HOUR, status="withdrawn")
        ClockFactory(version=version)
        score_day(day=TODAY)
        assert not DailyScore.objects.exists()

    def test_a_day_ends_at_local_midnight(self, ended):
        ended(HOUR, stopped_at=NOW - 10 * HOUR - MINUTE)  # 23:59 in Shanghai
        score_days(days=2, at=NOW)
        assert DailyScore.objects.get().day == TODAY - DAY

    def test_a_broken_promise_counts_what_it_costs(self, ended):
        clock = ended(3 * HOUR)
        moments = {"decided_at": NOW, "payable_at": NOW, "pay_by": NOW + DAY}
        Compensation.objects.create(clock=clock, timeline=clock.timeline, amount=5000, late=3600, **moments)
        score_day(day=TODAY)
        assert DailyScore.objects.get().cost == 5000


class TestTrends:
    def test_shares_and_lengths_by_promise(self, ended):
        for minutes in (30, 60, 180, 60):
            ended(minutes * MINUTE)
        score_day(day=TODAY)
        found = trends(Asked(), at=NOW)
        line = found.lines[0]
        assert (line.code, line.label, line.score.share, line.change) == ("T15", "An answer", 75.0, None)
        assert line.within[0] == pytest.approx(3600, rel=0.05)
        assert line.within[2] == pytest.approx(3 * 3600, rel=0.05)

    @pytest.mark.parametrize(
        ("by", "code"), [("area", "urban"), ("segment", "resident"), ("hall", "LL01"), ("team", "clerk@LL01"), ("person", "017")]
    )
    def test_told_apart_by(self, ended, by, code):
        ended(HOUR), ended(3 * HOUR, area="", segment="", hall=None, owner=None)
        score_day(day=TODAY)
        assert {line.code: line.score.share for line in trends(Asked(by=by), at=NOW).lines} == {code: 100.0, "": 0.0}

    def test_a_score_stays_with_the_team_of_its_day(self, ended, fang):
        ended(HOUR)
        score_day(day=TODAY)
        fang.grants.update(role=Role.HOTLINE_AGENT)
        line = trends(Asked(by="team"), at=NOW).lines[0]
        assert (line.code, line.label) == ("clerk@LL01", f"counters, {fang.hall.name}")

    def test_rows_from_before_teams_count_where_the_person_is_today(self, ended, fang):
        ended(HOUR), ended(3 * HOUR, stopped_at=NOW - 8 * DAY)
        score_days(days=15, at=NOW)
        DailyScore.objects.update(team="")
        for asked in (Asked(days=7, by="team"), Asked(days=7, by="team", team="clerk"), Asked(days=7, by="team", team="clerk@LL01")):
            line = trends(asked, at=NOW).lines[0]
            assert (line.code, line.score.kept, line.change) == ("clerk@LL01", 1, 100.0)

    def test_of_one_team_everything_else_is_left_out(self, ended, fang):
        agent = StaffFactory(hall=None, roles=[Role.HOTLINE_AGENT])
        for owner in (fang, agent):
            clock = ended(HOUR, owner=owner)
            Span.objects.create(clock=clock, owner=owner, began_at=NOW, consumed=900)
        score_day(day=TODAY)
        found = trends(Asked(team="hotline_agent@"), at=NOW)
        assert found.total.ended == 1
        assert [one.code for one in found.hands] == [f"T15 {agent.number}"]

    def test_the_change_is_against_as_many_days_before(self, ended):
        ended(HOUR), ended(3 * HOUR, stopped_at=NOW - 8 * DAY)
        score_days(days=15, at=NOW)
        assert trends(Asked(days=7), at=NOW).lines[0].change == 100.0

    def test_where_the_time_went(self, ended, fang):
        clock, other = ended(HOUR), StaffFactory(number="018", name="李磊")
        Span.objects.create(clock=clock, owner=fang, began_at=NOW, ended_at=NOW, consumed=900)
        Span.objects.create(clock=clock, owner=other, began_at=NOW, consumed=2700)
        score_day(day=TODAY)
        assert [(one.code, one.percent) for one in trends(Asked(), at=NOW).hands] == [("T15 018", 75), ("T15 017", 25)]

    def test_another_hall_is_left_out(self, ended, hall):
        ended(HOUR), ended(3 * HOUR, hall=HallFactory())
        score_day(day=TODAY)
        assert trends(Asked(hall=hall.pk), at=NOW).total.share == 100.0


@pytest.fixture
def dan(db):
    return sign_in(Client(), StaffFactory(hall=None, roles=[Role.SUPERVISOR]))


class TestPages:
    def test_picture_and_table_say_the_same(self, ended, dan):
        ended(HOUR), ended(3 * HOUR)
        score_day(day=TODAY)
        page = dan.get(reverse("sla:trends")).text
        assert "20 Nov 2026: 50 %" in page
        assert page.count("50 %") >= 3

    def test_files_carry_codes_and_no_names(self, ended, dan, fang):
        ended(HOUR)
        score_day(day=TODAY)
        text = dan.get(reverse("sla:trends_file", args=["csv"]), {"by": "person"}).content.decode()
        assert fang.number in text
        assert fang.name not in text
        book = load_workbook(BytesIO(dan.get(reverse("sla:trends_file", args=["xlsx"])).content))
        assert [cell.value for cell in book.active[2]][:5] == ["T15", 1, 0, 0, 100]

    def test_a_team_has_the_same_numbers_on_the_board_in_the_table_and_in_the_files(self, ended, dan):
        ended(HOUR), ended(3 * HOUR), ended(3 * HOUR, owner=None)
        score_day(day=TODAY)
        asked = {"by": "team", "days": 1, "team": "clerk@LL01"}
        page, board = dan.get(reverse("sla:trends"), asked), dan.get(reverse("sla:board"))
        lines = [page.context["trends"].lines, board.context["today"].lines]
        assert [(one.code, one.score.kept, one.score.broken) for of in lines for one in of] == [
            *[("clerk@LL01", 1, 1)] * 2,
            ("", 0, 1),
        ]
        text = dan.get(reverse("sla:trends_file", args=["csv"]), asked).content.decode()
        assert "clerk@LL01,1,0,1,50.0" in text
        book = load_workbook(BytesIO(dan.get(reverse("sla:trends_file", args=["xlsx"]), asked).content))
        assert [cell.value for cell in book.active[2]][:5] == ["clerk@LL01", 1, 0, 1, 50]

    def test_it_takes_no_more_statements_for_more_teams(self, ended, dan):
        counts = []
        for more in (1, 8):
            for _ in range(more):
                ended(HOUR, owner=StaffFactory(hall=HallFactory(), roles=[Role.CLERK]))
            score_day(day=TODAY)
            dan.get(reverse("sla:trends"), {"by": "team"})
            with CaptureQueriesContext(connection) as seen:
                dan.get(reverse("sla:trends"), {"by": "team"})
            counts.append(statements(seen))
        assert counts[0] == counts[1] <= 17

    def test_an_empty_time_says_so(self, dan):
        assert "Nothing has ended in this time" in dan.get(reverse("sla:trends")).text

    def test_a_head_sees_the_own_hall(self, ended, qiang):
        ended(HOUR), ended(3 * HOUR, hall=HallFactory())
        score_day(day=TODAY)
        page = sign_in(Client(), qiang).get(reverse("sla:trends"))
        assert page.context["trends"].total.ended == 1


class TestReasons:
    def test_said_on_the_case_it_counts(self, ended, fang):
        clock = ended(3 * HOUR)
        desk = sign_in(Client(), fang)
        page = desk.get(reverse("casework:case", args=[clock.timeline.case.reference])).text
        assert reverse("sla:explain_breach", args=[clock.pk]) in page
        answer = desk.post(reverse("sla:explain_breach", args=[clock.pk]), {"reason": "parts"}, follow=True)
        assert "Broken because: parts were missing" in answer.text
        assert Event.objects.get(verb="promise.breach_explained").facts["reason"] == "parts"

    def test_what_was_kept_needs_no_reason(self, ended, fang):
        with pytest.raises(NotBroken):
            explain_breach(clock=ended(HOUR), reason="parts", by=fang.user, at=NOW)

    def test_not_everybody_says_why(self, ended, mei):
        with pytest.raises(Forbidden):
            explain_breach(clock=ended(3 * HOUR), reason="parts", by=mei.user, at=NOW)
