"""A workbook of classes to fill in: read back it says what the lists say, and what is filled in is what is read."""

from __future__ import annotations

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from forms.corpus_formats import OFFICE
from tests.cli.program import thidua
from thidua_cli import pipeline
from thidua_cli.inputs import load_class_book
from thidua_cli.judge.classes.unit_classes import classes_of_units
from thidua_cli.language import Language
from thidua_cli.normalise.class_lists.reading import read_class_list
from thidua_cli.present.classes.workbook import build_class_workbook
from thidua_cli.rulebook.classes import ClassBook, load_classes
from thidua_cli.units.tables import bundled

PLACES = [("49", 2022), ("49", 2024), ("504", 2024), ("20440", 2024), ("11", 2025), ("11", 2026), ("91", 2026)]


def built(code: str, day: date, language: Language = Language.VI) -> bytes:
    return build_class_workbook(pipeline.class_sheets(code, day, load_classes()), language)


def answers(code: str, day: date, book: ClassBook) -> list[tuple[str, str, str]]:
    tables = bundled()
    units = [unit for unit in (tables.get(code, day), *tables.children(code, day)) if unit is not None]
    units += [below for unit in units[1:] for below in tables.children(unit.code, day)]
    known = classes_of_units(units, day, book, tables)
    return [(each.unit.code, answer.token, answer.member.value) for each in known for answer in each.classes]


@pytest.mark.parametrize(("code", "year"), PLACES)
def test_read_back_as_it_was_written_it_gives_the_same_answers(code: str, year: int, tmp_path: Path) -> None:
    day = date(year, 12, 31)
    (tmp_path / "lop.xlsx").write_bytes(built(code, day))
    read = read_class_list(tmp_path / "lop.xlsx")
    assert {finding.kind.code for finding in read.findings} <= {"C005"}
    plain = answers(code, day, load_classes())
    assert plain
    assert answers(code, day, load_class_book([tmp_path / "lop.xlsx"])) == plain


def test_every_row_of_a_list_stands_in_it_and_on_which_list() -> None:
    book = openpyxl.load_workbook(BytesIO(built("504", date(2024, 12, 31))))
    rows = {row[0]: row for row in book["Xã khu vực I, II, III"].iter_rows(min_row=5, values_only=True) if row[0]}
    assert len(rows) == 10
    assert (rows["20440"][3], rows["20440"][7]) == ("xã khu vực III", "areas-2021-2025")
    assert all(row[3] for row in rows.values())


def test_the_same_place_and_day_give_the_same_bytes() -> None:
    assert built("11", date(2026, 12, 31)) == built("11", date(2026, 12, 31))


def test_words_to_choose_from_are_words_that_are_read(tmp_path: Path) -> None:
    for language in Language:
        book = openpyxl.load_workbook(BytesIO(built("504", date(2024, 12, 31), language)))
        chosen = 0
        for sheet in book.worksheets[1:]:
            (rule,) = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
            for row, word in enumerate(str(rule.formula1).strip('"').split(","), start=5):
                sheet.cell(row, 4).value = word
                chosen += 1
        assert chosen > 8
        book.save(tmp_path / f"{language}.xlsx")
        read = read_class_list(tmp_path / f"{language}.xlsx")
        assert not [finding for finding in read.findings if finding.kind.code == "C001"], language


def test_what_is_filled_in_is_what_is_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(built("11", date(2026, 12, 31))))
    sheet = book["Xã khu vực I, II, III"]
    sheet["D7"] = "xã khu vực III"
    sheet["G7"] = "QĐ 60/QĐ-BDTTG"
    book.save(tmp_path / "lop.xlsx")
    rows = [row for row in read_class_list(tmp_path / "lop.xlsx").rows if row.cell.cell == "D7"]
    (row,) = rows
    assert (row.unit_code, row.written, row.source) == (sheet["A7"].value, "area_3", "QĐ 60/QĐ-BDTTG")
    assert (row.valid_from, row.valid_to) == (date(2026, 1, 29), date(2030, 12, 31))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_filled_in_and_saved_by_libreoffice_it_is_read_the_same(tmp_path: Path) -> None:
    assert OFFICE is not None
    book = openpyxl.load_workbook(BytesIO(built("504", date(2024, 12, 31))))
    book["Huyện nghèo"]["D5"] = "huyện nghèo"
    book.save(tmp_path / "lop.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for suffix in ("ods", "xls"):
        command = [OFFICE, "--headless", profile, "--convert-to", suffix, "--outdir", str(tmp_path), "lop.xlsx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        read, saved = read_class_list(tmp_path / "lop.xlsx"), read_class_list(tmp_path / f"lop.{suffix}")
        assert len(saved.rows) > 20
        assert [(row.unit_code, row.written, row.valid_from, row.valid_to) for row in saved.rows] == [
            (row.unit_code, row.written, row.valid_from, row.valid_to) for row in read.rows
        ]


def test_the_command_writes_a_workbook_and_a_text_that_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("lop.xlsx", "lop.csv"):
        assert thidua("classes", "new", "--unit", "504", "--year", "2024", "-o", name).status == 0
    book, text = read_class_list(Path("lop.xlsx")), read_class_list(Path("lop.csv"))
    assert book.rows
    assert [(row.unit_code, row.written, row.valid_from) for row in book.rows] == [
        (row.unit_code, row.written, row.valid_from) for row in text.rows
    ]


def test_a_place_that_does_not_stand_or_is_several_is_refused() -> None:
    assert thidua("classes", "new", "--unit", "504", "--year", "2026", "-o", "lop.xlsx").status == 2
    assert "ghi mã" in thidua("classes", "show", "Châu Thành").err
    assert thidua("classes", "new", "--unit", "504", "-o", "lop.txt").status == 2
