"""What can be read of a file, and when a person must look at it."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from PIL import Image
from weasyprint import HTML

from notices import file_texts


def _pdf(markup):
    return HTML(string=markup).write_pdf()


def _packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, words in parts.items():
            packed.writestr(name, words)
    return out.getvalue()


def test_a_pdf_tells_its_text_and_its_author():
    found = file_texts.read(_pdf("<html><head><meta name=author content='Olga Petrova'></head><p>Call 13812345678</p></html>"))
    assert "13812345678" in found.texts["text"]
    assert "Olga Petrova" in found.texts["metadata"]
    assert found.why == ""


def test_a_document_tells_its_words_over_its_marks_and_who_saved_it():
    body = "<w:document><w:p><w:r><w:t>Иванов</w:t></w:r><w:r><w:t>а Анна</w:t></w:r></w:p></w:document>"
    found = file_texts.read(_packed(**{"word/document.xml": body, "docProps/core.xml": "<dc:creator>Li Na</dc:creator>"}))
    assert "Иванова Анна" in found.texts["text"]
    assert "Li Na" in found.texts["metadata"]
    assert found.texts["author"] == "Li Na"


def test_a_table_tells_its_cells():
    book, out = Workbook(), io.BytesIO()
    book.active["A1"] = "户号2003154871"
    book.save(out)
    assert "户号2003154871" in file_texts.read(out.getvalue()).texts["text"]


def test_an_open_document_is_read_and_its_picture_asks_for_a_person():
    found = file_texts.read(_packed(**{"content.xml": "<text:p>李明</text:p>", "meta.xml": "", "Pictures/1.png": "x"}))
    assert "李明" in found.texts["text"]
    assert found.why == "picture"


def test_a_picture_asks_for_a_person_and_tells_what_the_camera_wrote():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = "Wang Fang"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    found = file_texts.read(out.getvalue())
    assert (found.why, found.texts["metadata"].splitlines()[0]) == ("picture", "Wang Fang")


def test_of_a_picture_only_the_points_are_kept():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x013B] = "Wang Fang"
    Image.new("RGB", (8, 4)).save(out, "JPEG", exif=exif)
    points = file_texts.points_of(out.getvalue())
    assert Image.open(io.BytesIO(points)).size == (8, 4)
    assert b"Wang" not in points
    assert file_texts.points_of(b"GIF89a") is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"MZ", b"\x00" * 1000])
def test_what_cannot_be_read_asks_for_a_person(content):
    assert file_texts.read(content).why == "unreadable"


def test_the_worker_stands_alone(monkeypatch):
    monkeypatch.setattr(file_texts, "_PATIENCE", 0)
    assert file_texts.read(_pdf("<p>x</p>")).why == "unreadable"
