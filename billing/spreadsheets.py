"""Rows as files for a spreadsheet: CSV, written while it is read, and XLSX. No cell of them is ever a formula.

Note [No formulas]
    A text that begins with one of = + - @, or with a tab or a line's end, is run as a formula by spreadsheets: the name of a hall
    could then send figures away. In CSV such a text begins with an apostrophe; in XLSX it is marked as text. Numbers stay numbers.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

type Cell = str | int | Decimal | date | datetime | None
type Row = tuple[Cell, ...]

#: So much of a workbook is kept in memory while it is written.
_IN_MEMORY = 1_000_000
#: Rows of a workbook beneath its head: it is written as a whole before anything is sent, and somebody waits. CSV has no end.
MOST_ROWS = 100_000
_FORMULA = re.compile(r"^[\s]*[=+\-@]|^[\t\r\n]")
#: What XML cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TooManyRows(Exception):
    """More than a workbook is made of here."""

    def __init__(self) -> None:
        super().__init__(_("More than %(count)s rows are too many for a workbook. Take CSV, or fewer days.") % {"count": MOST_ROWS})


def harmless(text: str) -> str:
    """Note [No formulas]."""
    return f"'{text}" if _FORMULA.match(text) else text


def csv_chunks(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file in UTF-8, one by one."""
    yield codecs.BOM_UTF8.decode()  # or spreadsheets take the name of a hall for something else
    writer = csv.writer(_Line())
    for row in rows:
        yield cast("str", writer.writerow([_plain(cell) for cell in row]))


def xlsx_file(rows: Iterable[Row], title: str) -> IO[bytes]:
    """A workbook of one sheet, ready to be read from its beginning; it lies on disk from a million bytes on. Raises TooManyRows."""
    book = Workbook(write_only=True)
    sheet = cast("WriteOnlyWorksheet", book.create_sheet(title[:31]))
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            # Or the half-written sheet complains when it is thrown away, whenever that is.
            sheet.close()
            raise TooManyRows
        sheet.append([_cell(sheet, cell) for cell in row])
    found: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    book.save(found)
    found.seek(0)
    return found


class _Line:
    """What csv writes to: it hands each line on instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _plain(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return harmless(cell) if isinstance(cell, str) else cell


def _cell(sheet: WriteOnlyWorksheet, cell: Cell) -> object:
    if isinstance(cell, date):  # a moment too: workbooks know no time zones
        cell = cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell.isoformat()
    if not isinstance(cell, str):
        return cell
    found = WriteOnlyCell(sheet, value=_UNPRINTABLE.sub("", cell))
    found.data_type = "s"  # whatever it begins with
    return found
