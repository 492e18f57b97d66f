"""Rows become files that any program opens and none runs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from billing.spreadsheets import csv_chunks, harmless, xlsx_file

MOMENT = datetime(2026, 11, 20, 2, 0, 0, 999, tzinfo=UTC)


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n"])
def test_no_text_of_a_csv_file_is_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "LL01", "营业厅", "a=b", "2026-11-20", "5-1"])
def test_plain_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_csv_has_a_mark_for_spreadsheets_and_numbers_that_are_numbers():
    lines = list(csv_chunks([("a", "b", "c", "d"), (Decimal("-1.50"), date(2026, 11, 20), MOMENT, None), ("=x", 3, "é,", "")]))
    assert lines == ["\ufeff", "a,b,c,d\r\n", "-1.50,2026-11-20,2026-11-20T02:00:00+00:00,\r\n", '\'=x,3,"é,",\r\n']


def test_csv_is_written_while_it_is_read():
    asked = []
    chunks = csv_chunks((asked.append(n) or (n,)) for n in range(3))
    next(chunks), next(chunks)
    assert asked == [0]


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers():
    with xlsx_file([("=1+1", Decimal("-1.50"), 7, MOMENT), ("a\x00b",)], "journal") as file:
        sheet = load_workbook(file).active
    assert sheet.title == "journal"
    assert [cell.value for cell in sheet[1]] == ["=1+1", -1.5, 7, "2026-11-20T02:00:00+00:00"]
    assert [cell.data_type for cell in sheet[1]][:3] == ["s", "n", "n"]
    assert sheet["A2"].value == "ab"
