"""``manage.py explain_deadline``: one question in words, and a file of many for auditors."""

import csv
import io
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.factories.sla import CalendarDayFactory, HallHoursFactory, PromiseVersionFactory

TEXTS = {"en": {"title": "A repair"}, "ru": {"title": "Ремонт"}, "zh-hans": {"title": "维修"}}
REPAIR = {"family": "repair", "calendar": "hall", "texts": TEXTS}
FILE = """line,promise,at,area,segment
1,T52,2026-11-20T16:30,,
2,repair,2026-11-20T16:30,rural,
3,T99,2026-11-20T16:30,,
4,T52,tomorrow,,
5,,2026-11-20T16:30,,
6,repair,2026-11-20T16:30,,vip
7,T52,9999-12-31T23:59,,
8,T52,2026-11-20T16:30:00+00:00,,
"""


@pytest.fixture(autouse=True)
def repairs(db):
    """Four hours of the hall in town, twelve in the country."""
    CalendarDayFactory()
    HallHoursFactory(titles={"en": "Hall hours", "ru": "Часы зала", "zh-hans": "大厅时间"})
    PromiseVersionFactory(promise__key="T52", limit="PT4H", selects={"area": ["urban"]}, **REPAIR)
    PromiseVersionFactory(promise__key="T53", limit="PT12H", target="PT6H", selects={"area": ["rural"]}, **REPAIR)


def said(capsys, **options):
    call_command("explain_deadline", **options)
    return capsys.readouterr().out


class TestOneQuestion:
    def test_the_moment_comes_with_its_reasons(self, capsys):
        text = said(capsys, promise="T52", at="2026-11-20T16:30")
        assert text.startswith("T52 A repair\n  Promise T52 “A repair”, version 1.\n")
        assert "Time is counted by the calendar “Hall hours”, version 1" in text
        assert "Days off on the way: Sat 21 Nov 2026; Sun 22 Nov 2026." in text
        assert "It is due on Mon 23 Nov 2026, 11:30." in text

    @pytest.mark.parametrize(("language", "title"), [("en", "A repair"), ("ru", "Ремонт"), ("zh-hans", "维修")])
    def test_three_languages_name_promise_and_calendar(self, capsys, language, title):
        text = said(capsys, promise="T52", at="2026-11-20T16:30", language=language)
        assert text.startswith(f"T52 {title}\n")
        assert {"en": "Hall hours", "ru": "Часы зала", "zh-hans": "大厅时间"}[language] in text

    def test_the_attributes_choose_within_a_family(self, capsys):
        assert said(capsys, promise="repair", at="2026-11-20T16:30", area="rural").startswith("T53 ")

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"promise": "T99", "at": "2026-11-20T16:30"}, "none called T99"),
            ({"promise": "T52", "at": "soon"}, "at: write a moment as"),
            ({"promise": "T52", "at": "2026-13-20T16:30"}, "at: write a moment as"),
            ({"promise": "T52"}, "at: write a moment as"),
            ({"at": "2026-11-20T16:30"}, "promise: say which"),
            ({"promise": "T52", "at": "1815-06-18T11:30"}, "at: name a moment from 2000"),
        ],
    )
    def test_what_cannot_be_answered_is_said(self, options, words):
        with pytest.raises(CommandError, match=words):
            call_command("explain_deadline", **options)


class TestFile:
    @pytest.fixture
    def rows(self, capsys, tmp_path):
        path = tmp_path / "questions.csv"
        path.write_text(FILE, encoding="utf-8-sig")
        call_command("explain_deadline", csv=path)
        printed = capsys.readouterr()
        assert "5 rows could not be answered" in printed.err
        return {row["line"]: row for row in csv.DictReader(io.StringIO(printed.out))}

    def test_every_row_comes_back_with_its_due_moment(self, rows):
        assert rows["1"]["due_at"] == "2026-11-23T11:30:00+08:00"
        assert (rows["2"]["answered_by"], rows["2"]["target_at"]) == ("T53", "2026-11-23T15:00:00+08:00")

    def test_a_moment_with_an_offset_is_taken_at_its_word(self, rows):
        assert rows["8"]["due_at"] == "2026-11-23T14:00:00+08:00"

    @pytest.mark.parametrize(
        ("line", "words"),
        [("3", "none called T99"), ("4", "at: "), ("5", "promise: say which"), ("6", "none called repair"), ("7", "at: ")],
    )
    def test_a_bad_row_says_why_in_its_place_and_holds_up_no_other(self, rows, line, words):
        assert words in rows[line]["error"]
        assert rows[line]["due_at"] == ""

    def test_it_reads_standard_input_too(self, capsys, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.StringIO(FILE))
        assert "2026-11-23T11:30:00+08:00" in said(capsys, csv="-")

    def test_a_file_without_the_columns_is_refused(self, tmp_path):
        path = tmp_path / "questions.csv"
        path.write_text("what,when\n")
        with pytest.raises(CommandError, match="no column at, promise"):
            call_command("explain_deadline", csv=path)

    def test_a_missing_file_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="No such file"):
            call_command("explain_deadline", csv=tmp_path / "gone.csv")
