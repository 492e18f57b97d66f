"""Tables out of files: CSV in UTF-8 or GB18030 with commas, semicolons or tabs, and XLSX."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from .columns import header_of

type Line = tuple[int, dict[str, str]]
_CHUNK = 1 << 20


class UnreadableFile(Exception):
    """Neither CSV nor XLSX, or damaged."""


@dataclass(frozen=True)
class Table:
    """Lines with their numbers, as text by column name; ``size`` is how many there are about."""

    lines: Iterator[Line]
    size: int


def open_table(path: Path) -> Table:
    """Read a file's header now and its lines as they are asked for. Raises UnreadableFile, BadHeader."""
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path)
    return _csv(path)


def encoding_of(path: Path) -> str:
    """UTF-8 if every byte fits, else GB18030, which is what Chinese spreadsheets write. Raises UnreadableFile."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        with path.open("rb") as file:
            try:
                for chunk in iter(lambda file=file: file.read(_CHUNK), b""):  # type: ignore[misc]
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise UnreadableFile(_("The file is neither UTF-8 nor GB18030 text."))


def _csv(path: Path) -> Table:
    encoding = encoding_of(path)
    with path.open("rb") as file:
        size = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
    delimiter = max(",;\t", key=first.count)
    names = header_of(next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter), []))
    return Table(_csv_lines(path, encoding, delimiter, names), size)


def _csv_lines(path: Path, encoding: str, delimiter: str, names: list[str]) -> Iterator[Line]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        next(reader)
        for cells in reader:
            if any(cells):
                yield reader.line_num, _named(names, cells)


def _xlsx(path: Path) -> Table:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError) as fault:
        raise UnreadableFile(_("The file is no XLSX workbook.")) from fault
    sheet = book.worksheets[0]
    names = header_of(next(sheet.iter_rows(values_only=True), ()))

    def lines() -> Iterator[Line]:
        with closing(book):
            for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
                if any(cell is not None for cell in cells):
                    yield number, _named(names, [_text(cell) for cell in cells])

    return Table(lines(), sheet.max_row or 0)


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _text(cell: object) -> str:
    """A spreadsheet's number or date as people would have typed it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
