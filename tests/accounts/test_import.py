"""Importing accounts: the good lines come in, every bad one is named, twice is as good as once."""

import csv
from datetime import date
from io import StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from accounts import models, operations, queries
from accounts.actors import System
from accounts.importing import COLUMNS, BadHeader, header_of, open_table, read_row
from accounts.importing.files import UnreadableFile, encoding_of
from accounts.numbers import with_check_digit

NAMES = [column.name for column in COLUMNS]
EXAMPLE = {column.name: column.example for column in COLUMNS}


@pytest.fixture(autouse=True)
def county(db, now):
    parent = None
    for level, name in (("province", "山东省"), ("city", "临沂市"), ("county", "兰陵县")):
        parent = operations.add_node(parent=parent, place=operations.NewPlace(level=level, name=name), by=System("tests"), at=now)
    return parent


def line(n, **cells):
    own = {
        "account_number": with_check_digit(500_000_000 + n),
        "identity_number": "",
        "phone": f"138001{n:05d}",
        "door": f"{n}",
        "meter_serial": f"S{n}",
        "card_number": f"{9_000_000_000 + n}",
    }
    return {**EXAMPLE, **own, **cells}


@pytest.fixture
def file(tmp_path):
    def make(*lines, encoding="utf-8", delimiter=",", name="accounts.csv"):
        text = StringIO(newline="")
        writer = csv.DictWriter(text, NAMES, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return make


def run(path, *options):
    said = StringIO()
    call_command("import_accounts", str(path), *options, stdout=said)
    return said.getvalue()


def faults(path):
    with path.with_name(f"{path.name}.faults.csv").open(encoding="utf-8-sig") as report:
        return [(int(row["line"]), row["column"], row["reason"]) for row in csv.DictReader(report)]


class TestGoodLines:
    def test_all_of_a_line_comes_in_with_history(self, file):
        run(file(line(1, identity_number="11010519491231002X")))
        account = models.Account.objects.get()
        card, meter, phone = account.cards.get(), account.meters.get(), account.customer.phones.get()
        assert account.premises.address == "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元1"
        assert (card.counter, card.cumulative_litres, meter.kind, str(phone.number)) == (7, 350_500, "volume", "+8613800100001")
        for row in (account, account.customer, phone, account.premises, card, meter, account.premises.territory):
            assert row.history.get().history_change_reason == "system:import"

    def test_what_came_in_is_found(self, file):
        run(file(line(1), line(2)))
        assert [account.premises.door for account in queries.search_accounts("138 0010 0002")] == ["2"]
        assert len(queries.search_accounts("开元名都")) == 2

    def test_one_identity_number_is_one_customer(self, file):
        run(file(*(line(n, identity_number="11010519491231002X") for n in (1, 2))))
        customer = models.Customer.objects.get()
        assert customer.accounts.count() == 2
        assert customer.phones.filter(is_primary=True).count() == 1

    def test_a_second_file_finds_the_same_customer_and_places(self, file):
        for n in (1, 2):
            run(file(line(n, identity_number="11010519491231002X")))
        assert models.Customer.objects.count() == 1
        assert models.Territory.objects.filter(level="unit").count() == 1

    @pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gb18030", "\t")])
    def test_encodings_and_delimiters(self, file, encoding, delimiter):
        run(file(line(1, customer_name="𠮷野㛃"), encoding=encoding, delimiter=delimiter))
        assert models.Customer.objects.get().name == "𠮷野㛃"

    def test_a_workbook_with_numbers_as_numbers(self, tmp_path):
        book = Workbook()
        book.active.append(NAMES)
        book.active.append([int(cell) if cell.isdigit() and cell != "" else cell for cell in line(1).values()])
        book.save(tmp_path / "a.xlsx")
        run(tmp_path / "a.xlsx")
        assert models.GasCard.objects.get().number == "9000000001"

    def test_quoted_line_breaks_do_not_shift_the_numbers(self, file):
        path = file(line(1, frozen_reason="two\nlines"), line(2, phone="x"))
        run(path)
        assert faults(path)[0][0] == 4

    def test_the_template_can_be_imported(self, tmp_path):
        said = StringIO()
        call_command("import_accounts", "--template", stdout=said)
        (tmp_path / "t.csv").write_text(said.getvalue())
        run(tmp_path / "t.csv")
        assert models.Account.objects.get().number == "1000000008"


class TestBadLines:
    @pytest.mark.parametrize(
        ("column", "cell"),
        [
            ("account_number", "5000000001"),
            ("account_number", ""),
            ("customer_name", " "),
            ("identity_number", "110105194912310021"),
            ("phone", "12345"),
            ("price_class", "cheap"),
            ("opened_on", "2024-02-30"),
            ("opened_on", "0001-01-01"),
            ("opened_on", "2024-03"),
            ("customer_name", "李\x00娜"),
            ("meter_model", "G2.5\x1b[2J"),
            ("county", "别县"),
            ("door", ""),
            ("meter_kind", "steam"),
            ("meter_serial", ""),
            ("meter_use_until", ""),
            ("card_number", "12"),
            ("card_volume_m3", "1.0005"),
            ("card_volume_m3", "NaN"),
            ("card_counter", "-1"),
        ],
    )
    def test_each_is_named_by_line_and_column_and_the_rest_comes_in(self, file, column, cell):
        path = file(line(1), line(2, **{column: cell}), line(3))
        run(path)
        assert [(number, name) for number, name, _reason in faults(path)] == [(3, column)]
        assert models.Account.objects.count() == 2

    def test_several_faults_of_a_line_are_all_named(self, file):
        path = file(line(1, phone="x", door="", opened_on="x"))
        run(path)
        assert {name for _line, name, _reason in faults(path)} == {"phone", "door", "opened_on"}

    def test_a_card_needs_a_card_meter(self, file):
        path = file(line(1, meter_kind="iot"))
        run(path)
        assert faults(path)[0][1] == "card_number"

    @pytest.mark.parametrize("column", ["account_number", "card_number", "meter_serial", "door"])
    def test_doubles_in_the_file_name_the_first(self, file, column):
        path = file(line(1), line(2, **{column: line(1)[column]}))
        run(path)
        assert faults(path) == [(3, column, "stands in line 2 already")]

    @pytest.mark.parametrize("column", ["card_number", "meter_serial", "door"])
    def test_collisions_with_what_is_there_are_named(self, file, column):
        run(file(line(1)))
        path = file(line(2, **{column: line(1)[column]}))
        run(path)
        assert [name for _line, name, _reason in faults(path)] == [column]

    def test_a_known_account_with_other_data_is_not_overwritten(self, file):
        run(file(line(1)))
        path = file(line(1, customer_name="别人"))
        run(path)
        assert faults(path)[0][1:] == ("account_number", "is known with other data")

    def test_an_identity_number_with_another_name_is_refused(self, file):
        run(file(line(1, identity_number="11010519491231002X")))
        path = file(line(2, identity_number="11010519491231002X", customer_name="别人"))
        run(path)
        assert faults(path)[0][1] == "identity_number"

    @pytest.mark.parametrize("batch", [1, 2000])
    def test_nor_do_two_names_of_one_file_share_an_identity_number(self, file, monkeypatch, batch):
        monkeypatch.setattr("accounts.operations.imports.running._BATCH", batch)
        first, second = (line(n, identity_number="11010519491231002X", customer_name=name) for n, name in ((1, "李娜"), (2, "别人")))
        path = file(first, second)
        run(path)
        assert faults(path) == [(3, "identity_number", "belongs to a customer with another name")]

    def test_a_whole_address_longer_than_we_keep_is_named(self, file):
        path = file(line(1, town="长" * 80, compound="长" * 80, building="长" * 80), line(2))
        run(path)
        assert faults(path) == [(2, "door", "the whole address is too long")]

    def test_cells_beyond_the_header_are_not_dropped(self, file):
        path = file(line(1, card_password="0f0f"), line(2))
        path.write_text(path.read_text().replace("开元名都", "开元名都, 北区", 1))
        run(path)
        assert [(number, column) for number, column, _reason in faults(path)] == [(2, "")]
        assert models.Account.objects.count() == 1

    @pytest.mark.parametrize("spoiled", ['"李娜', '"李"娜'])
    def test_a_wrong_quotation_mark_spoils_what_it_must_and_is_named(self, file, spoiled):
        path = file(line(1), line(2, customer_name="SPOILED"))
        path.write_text(path.read_text().replace("SPOILED", spoiled))
        run(path)
        assert [(number, column) for number, column, _reason in faults(path)] == [(3, "")]
        assert models.Account.objects.count() == 1

    def test_the_report_repeats_nobodys_data(self, file):
        path = file(line(1, phone="13800xSECRET", identity_number="SECRET-1"))
        run(path)
        assert "SECRET" not in path.with_name(f"{path.name}.faults.csv").read_text()


class TestModes:
    def test_a_dry_run_writes_nothing_and_names_the_same(self, file):
        path = file(line(1), line(2, phone="x"))
        assert "would be written" in run(path, "--dry-run")
        assert not models.Account.objects.exists()
        assert len(faults(path)) == 1

    def test_all_or_nothing_writes_nothing_when_one_is_bad(self, file):
        path = file(line(1), line(2, phone="x"))
        with pytest.raises(CommandError, match="Nothing was written"):
            run(path, "--all-or-nothing")
        assert not models.Account.objects.exists()
        assert not models.Territory.objects.filter(level="unit").exists()

    def test_all_or_nothing_writes_all_when_all_are_good(self, file):
        run(file(line(1), line(2)), "--all-or-nothing")
        assert models.Account.objects.count() == 2

    def test_the_same_file_twice_changes_nothing(self, file):
        path = file(line(1), line(2))
        run(path)
        assert "2 there already, 0 bad" in run(path)
        assert models.Account.history.count() == 2

    @pytest.mark.parametrize(
        ("column", "cell"),
        [("phone", "13900139000"), ("use_kind", "commercial"), ("opened_on", "2024-03-02"), ("identity_number", "11010519491231002X")],
    )
    def test_a_line_that_says_something_else_now_is_not_passed_over(self, file, column, cell):
        run(file(line(1)))
        path = file(line(1, **{column: cell}))
        assert "0 there already, 1 bad" in run(path)

    def test_known_places_only_refuses_new_ones(self, file):
        path = file(line(1))
        run(path, "--known-places")
        assert faults(path)[0][1] == "town"

    def test_a_file_without_faults_leaves_no_report(self, file):
        path = file(line(1))
        run(path)
        assert not path.with_name(f"{path.name}.faults.csv").exists()


class TestFiles:
    def test_missing_unknown_and_double_columns_are_told(self):
        for cells, words in ((["door"], "Missing"), ([*NAMES, "shoe size"], "Unknown"), ([*NAMES, "door"], "twice")):
            with pytest.raises(BadHeader, match=words):
                header_of(cells)

    def test_what_is_no_table_is_told(self, tmp_path):
        (tmp_path / "a.xlsx").write_bytes(b"no workbook")
        (tmp_path / "b.csv").write_bytes(b"\xff\xff\xff\x00")
        (tmp_path / "c.csv").write_bytes(b"")
        for name in ("a.xlsx", "b.csv", "c.csv", "absent.csv"):
            with pytest.raises(CommandError):
                run(tmp_path / name)

    @pytest.mark.parametrize("parts", [{"[Content_Types].xml": b"<x"}, {"xl/sharedStrings.xml": b"0" * 5000}])
    def test_a_damaged_or_enormous_workbook_is_told(self, tmp_path, monkeypatch, parts):
        monkeypatch.setattr("accounts.importing.files._MOST_UNPACKED", 4000)
        with ZipFile(tmp_path / "a.xlsx", "w", ZIP_DEFLATED) as workbook:
            for name, content in parts.items():
                workbook.writestr(name, content)
        with pytest.raises(CommandError, match="workbook"):
            run(tmp_path / "a.xlsx")

    def test_a_workbook_damaged_further_down_is_told(self, tmp_path):
        book = Workbook()
        for row in (NAMES, list(line(1).values())):
            book.active.append(row)
        book.save(tmp_path / "whole.xlsx")
        with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "a.xlsx", "w") as cut:
            for part in whole.infolist():
                content = whole.read(part)
                cut.writestr(part, content[: content.rfind(b"</row>")] if "sheet1" in part.filename else content)
        with pytest.raises(CommandError, match="damaged"):
            run(tmp_path / "a.xlsx")

    @pytest.mark.parametrize("day", ["2024-03-01", "2024/3/1", "2024.03.01"])
    def test_days_are_read_as_spreadsheets_write_them(self, day):
        row, _faults = read_row(2, line(1, opened_on=day))
        assert row["opened_on"] == date(2024, 3, 1)

    def test_lines_come_with_their_numbers(self, file):
        assert [number for number, _cells in open_table(file(line(1), line(2))).lines] == [2, 3]

    def test_full_width_digits_are_read(self):
        row, faults = read_row(2, line(1, phone="１３８００１３８０００", door="５０１"))
        assert faults == []
        assert (row["phone"], row["door"]) == ("+8613800138000", "501")


class TestEncodings:
    """A word of even length in Windows-1251 is good GB18030 too: without a look at the words it would come in as Chinese."""

    def guess(self, tmp_path, text, encoding):
        path = tmp_path / "some.csv"
        path.write_bytes(f"customer_name;door\n{text};1\n".encode(encoding))
        return encoding_of(path)

    @pytest.mark.parametrize(
        "name", ["Ли", "Анна", "Иванова Анна Петровна", "ООО «Газ»", "ёж Ёлкин", "Петров-Водкин № 5", "ГазСервис ул. Мира"]
    )
    def test_russian_names_are_not_taken_for_chinese(self, tmp_path, name):
        assert self.guess(tmp_path, name, "cp1251") == "cp1251"

    @pytest.mark.parametrize("name", ["王芳", "李娜", "欧阳娜娜", "兰陵县开元名都3号楼", "𠮷野㛃", "泰山路 南区"])
    def test_chinese_names_are_not_taken_for_russian(self, tmp_path, name):
        assert self.guess(tmp_path, name, "gb18030") == "gb18030"

    def test_the_words_come_out_as_they_were_written(self, tmp_path):
        path = tmp_path / "some.csv"
        path.write_bytes("customer_name;door\nИванова Анна;1\n".encode("cp1251"))
        assert "Иванова Анна" in path.read_text(encoding=encoding_of(path))

    def test_bytes_that_fit_nothing_are_refused(self, tmp_path):
        path = tmp_path / "some.csv"
        path.write_bytes(b"customer_name\n\xff\xfe\x80\x41\n")
        with pytest.raises(UnreadableFile, match="neither UTF-8, nor GB18030, nor Windows-1251"):
            encoding_of(path)
