"""Tables out of files: CSV in UTF-8, GB18030 or Windows-1251 with commas, semicolons or tabs, and XLSX."""

import codecs
import csv
import re
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .columns import header_of

type Line = tuple[int, dict[str, str]]
#: No column's name: why a line cannot be read at all.
BROKEN = ""
_CHUNK = 1 << 20
#: What a workbook may unpack to. A few kilobytes can hold terabytes of zeros.
_MOST_UNPACKED = 1 << 30
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
#: Ё, А to Я; ё, а to я; quotation marks, №, no-break space around them.
_RUSSIAN_WORD = re.compile(rb"[\xa0\xab\xb9]*(?:[\xa8\xc0-\xdf]?[\xb8\xe0-\xff]+|[\xa8\xc0-\xdf]+)?[\xa0\xbb]*")
_MOSTLY = 0.6
_DAMAGE = (BadZipFile, InvalidFileException, OSError, EOFError, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError)


class UnreadableFile(Exception):
    """Neither CSV nor XLSX, or damaged."""


@dataclass(frozen=True)
class Table:
    """Lines with their numbers, as text by column name, or as a reason under BROKEN; ``size`` is how many there are about."""

    lines: Iterator[Line]
    size: int


def open_table(path: Path) -> Table:
    """Read a file's header now and its lines as they are asked for. Raises UnreadableFile, BadHeader."""
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path)
    return _csv(path)


def encoding_of(path: Path) -> str:
    """UTF-8 if every byte fits, else what Russian or Chinese spreadsheets write. Raises UnreadableFile."""
    for encoding in ("utf-8-sig", "cp1251" if _looks_russian(path) else "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        with path.open("rb") as file:
            try:
                for chunk in iter(lambda file=file: file.read(_CHUNK), b""):  # type: ignore[misc]
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise UnreadableFile(_("The file is neither UTF-8, nor GB18030, nor Windows-1251 text."))


def _looks_russian(path: Path) -> bool:
    """Whether the words beyond ASCII are Russian ones in Windows-1251.

    Bytes alone do not tell: words of even length are good GB18030 too, and would come out as Chinese names. But small letters
    follow capitals there, and hardly ever in the bytes of Chinese characters.
    """
    with path.open("rb") as file:
        words = _BEYOND_ASCII.findall(file.read(_CHUNK))
    return bool(words) and sum(bool(_RUSSIAN_WORD.fullmatch(word)) for word in words) >= _MOSTLY * len(words)


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
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        next(reader)
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error:
                yield first, {BROKEN: _("a quotation mark is missing or one too many")}
                continue
            if cells is None:
                return
            if any(cells):
                yield reader.line_num, _named(names, cells)


def _xlsx(path: Path) -> Table:
    with _reading_workbook():
        with ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                raise UnreadableFile(_("The workbook unpacks to more than a gigabyte. Save it as CSV."))
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        first = next(sheet.iter_rows(values_only=True), ())
    names = header_of(first)

    def lines() -> Iterator[Line]:
        with closing(book), _reading_workbook():
            for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
                if any(cell is not None for cell in cells):
                    yield number, _named(names, [_text(cell) for cell in cells])

    return Table(lines(), sheet.max_row or 0)


@contextmanager
def _reading_workbook() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as fault:
        raise UnreadableFile(_("The file is no XLSX workbook, or it is damaged.")) from fault


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    if any(cells[len(names) :]):
        return {BROKEN: _("has more cells than the header: is a comma not quoted?")}
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
