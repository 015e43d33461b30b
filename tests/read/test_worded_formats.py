"""A number format that adds words changes what a count is; one that adds "hộ" does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from forms.corpus_formats import OFFICE, saved_by_office
from tests.normalise.cases import HEADER, codes, only, read
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.worded_formats import words_of


def table(folder: Path, format_code: str) -> Path:
    path = folder / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Biểu")
        sheet.write("A1", "UBND HUYỆN ĐÔNG GIANG")
        sheet.write("A2", "Năm rà soát: 2023")
        sheet.write_row(2, 0, HEADER)
        for row, name in enumerate(("Thị trấn P Rao", "Xã Tà Lu"), start=3):
            sheet.write_row(row, 0, [row - 2, name, 400, 60, 30])
        sheet.write("D5", 84, book.add_format({"num_format": format_code}))
    return path


def poor(reading: FilesRead) -> list[int | None]:
    rows = reading.observations
    return [rows.value(row, "poor_households") for row in range(len(rows.unit_code))]


@pytest.mark.parametrize(
    ("format_code", "shown"),
    [
        ('0" nghìn"', "84 nghìn"),
        ('#,##0" nghìn hộ"', "84 nghìn hộ"),
        ('0" khẩu"', "84 khẩu"),
        ('0"%"', "84%"),
        ("0\\ \\t\\r\\ă\\m", "84 trăm"),
        ('0"*"', "84*"),
        ('0"00"', "8400"),
    ],
)
def test_words_that_change_a_count_are_told_and_the_count_is_not_used(
    format_code: str, shown: str, tmp_path: Path
) -> None:
    reading = read(table(tmp_path, format_code))
    assert poor(reading) == [60, None]
    finding = only(reading, "F013")
    assert (finding.origin.cell, finding.value, finding.severity) == ("D5", shown, "error")
    assert codes(reading) == ["F013"]


@pytest.mark.parametrize(
    "format_code",
    [
        '#,##0" hộ"',
        '0" (hộ)"',
        "#,##0 [$đ-42A]",
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)',
        '0" Hộ nghèo"',
        "0.00%",
        '_-* #,##0\\ "₫"_-',
        "[$-42A]#,##0",
        '0;-0;"không có"',
        '0"."',
        "#,##0_);(#,##0)",
    ],
)
def test_words_that_say_what_is_counted_anyway_change_nothing(format_code: str, tmp_path: Path) -> None:
    reading = read(table(tmp_path, format_code))
    assert poor(reading) == [60, 84]
    assert codes(reading) == []


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize(("format_code", "count"), [('0" nghìn"', None), ('0" hộ"', 84), (";;;", None), ("#,##0", 84)])
def test_words_are_seen_in_other_formats_too(format_code: str, count: int | None, suffix: str, tmp_path: Path) -> None:
    if OFFICE is None:
        pytest.skip("LibreOffice, which writes .xls and .ods, is not installed")
    path = table(tmp_path, format_code)
    saved_by_office([path], suffix, tmp_path)
    reading = read(path.with_suffix(f".{suffix}"))
    if (format_code, suffix) == (";;;", "ods"):
        count = 84  # an empty text may be the writer's habit
    assert poor(reading) == [60, count]
    assert codes(reading) == ([] if count else ["F013"])


def test_a_count_that_is_not_shown_is_not_used(tmp_path: Path) -> None:
    reading = read(table(tmp_path, ";;;"))
    assert poor(reading) == [60, None]
    finding = only(reading, "F013")
    assert (finding.origin.cell, finding.value, codes(reading)) == ("D5", "84", ["F013"])
    assert "không hiện ra" in finding.message()


def test_a_rate_may_be_shown_with_a_percent_sign_of_its_format(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(
            0, 0, ["unit_code", "year", "households", "poor_households", "near_poor_households", "poor_rate_percent"]
        )
        sheet.write_row(1, 0, ["20470", 2023, 400, 60, 30])
        sheet.write("F2", 16, book.add_format({"num_format": '0"%"'}))
    reading = read(path)
    assert [rate.printed for rate in reading.rates] == ["16"]


@pytest.mark.parametrize("code", ["", '"', '"chưa đóng', "\\", "[", "_", "0" * 9_999])
def test_any_format_has_words_or_none(code: str) -> None:
    assert isinstance(words_of(code), str)
