"""What one cell means: digits apart, what a formula leaves over, counts and rates that show as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli import pipeline
from thidua_cli.findings import Severity
from thidua_cli.language import Language
from thidua_cli.normalise.cells.percents import read_percent
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.numbers import (
    Rate,
    Taken,
    Trouble,
    numbers_behind,
    read_count,
    read_rate,
    read_whole,
)
from thidua_cli.read.grid import Cell as GridCell

from .cases import DISTRICT, HEADER, Cell, codes, counts, only, read, read_table, table

Dressed = tuple[float, str]
"""A number and the format it shows in."""
WITH_RATE: tuple[Cell, ...] = (*HEADER[:4], "Tỷ lệ hộ nghèo", HEADER[4])


def read_dressed(folder: Path, *rows: Sequence[Cell | Dressed], header: Sequence[Cell] = HEADER) -> FilesRead:
    path = folder / "bieu.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet("Biểu")
        for number, row in enumerate(([DISTRICT], ["Năm rà soát: 2023"], header, *rows)):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_number(number, column, cell[0], workbook.add_format({"num_format": cell[1]}))
                else:
                    sheet.write(number, column, cell)
    return read(path)


# Digits apart -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("63 1", "84 70", "12 5 10", "63\n33", "63\t1", "63\r\n33", "20\n817", "20\t817", "1 234 56", "1.23.456"),
        *("1 2345", "1234 567", "12 34 567", "1  234", "1. 234", "1 .234", "20 . 817", "1 234.567", "1.234 567"),
        *("63\u00a01", "63\u20091", "63\u202f1", "1\u00a0234\u00a056", "20\u200b817", "6\u200d3", "63 1,0"),
        *("1'234", "1_234", "1’234", "63 hộ", "~63", "63*", "63(1)", "63¹", "63²", "²", "٦٣", "６３", "1e3", "1E3"),
        *("+63", "63-", "(63)", "1O", "l2", "63/429", "12/5", "63%", "0.123", "012.345", "0 123", "=63+1", "1,5"),
        *("63;", "63,", ".63", "63..0", "1.234,5", "62.9999", "'63 1", "''63"),
    ],
)
def test_digits_that_are_no_plain_number_and_no_groups_of_three_are_never_joined(text: str) -> None:
    assert read_count(text) == (None, Trouble.NOT_WHOLE, Taken.AS_IT_STANDS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", 1234),
        ("1\u00a0234\u202f567", 1234567),
        ("\ufeff 20\u2009817\u200b\r\n", 20817),
        ("1 234,0", 1234),
        ("1 234 567.00", 1234567),
        ("0,000", 0),
        ("00429", 429),
        ("'0429", 429),
        ("- -", None),
        ("–\n–", None),
    ],
)
def test_groups_of_three_by_one_mark_are_one_number(text: str, value: int | None) -> None:
    count = read_count(text)
    assert (count.value, count.trouble) == (value, None)


@given(st.lists(st.text("0123456789", min_size=1, max_size=5), min_size=1, max_size=4), st.sampled_from(".,' \t\n_"))
def test_a_text_is_a_number_only_if_it_is_written_plainly_or_in_groups_of_three(parts: list[str], mark: str) -> None:
    text = mark.join(parts)
    grouped = (
        mark in "., "
        and len(parts[0]) <= 3
        and not parts[0].startswith("0")
        and all(len(part) == 3 for part in parts[1:])
    )
    decimal = mark in ".," and len(parts) == 2 and not parts[1].strip("0")
    wholly = len(parts) == 1 or grouped
    assert read_count(text).value == (int("".join(parts)) if wholly else int(parts[0]) if decimal else None)


@given(st.integers(0, 10**9), st.sampled_from([".", ",", " ", "\u00a0", "\u202f"]))
def test_a_number_in_groups_of_three_is_that_number(number: int, mark: str) -> None:
    assert read_count(f"{number:,}".replace(",", mark)).value == number


def test_two_numbers_in_one_cell_are_told_with_the_way_to_mend_them(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, "63\n33", 3], ["2", "Xã Ba", 700, "84 70", 3]))
    assert list(counts(reading).values()) == [(500, None, 3), (700, None, 3)]
    findings = [finding for finding in reading.findings if finding.kind.code == "V001"]
    assert [(finding.origin.cell, finding.value) for finding in findings] == [("D4", "63\n33"), ("D5", "84 70")]
    assert "mỗi ô chỉ ghi một số" in findings[0].message()
    assert "write one number in a cell" in findings[1].message(Language.EN)


def test_the_note_on_texts_says_which_number_was_taken_from_which(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", "20.817", 12, 3], ["2", "Xã Ba", "1 596", 12, 3], ["3", "Xã Tư", "934", 12, 3])
    reading = read_table(tmp_path, rows)
    assert [figures[0] for figures in counts(reading).values()] == [20817, 1596, 934]
    finding = only(reading, "V003")
    assert "(ô đầu tiên: “20.817” đọc là 20.817; C5 “1 596” → 1.596)" in finding.message()
    assert "“20.817” read as 20,817; C5 “1 596” → 1,596)" in finding.message(Language.EN)


def test_a_number_is_written_as_its_reader_writes_it_and_a_text_as_it_was_typed(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 1234.5, "1234.5", 3], ["2", "Xã Ba", 1000, -1234, 3]))
    told = {finding.origin.cell: finding for finding in reading.findings}

    assert told["C4"].message().startswith("“1.234,5” ở cột")
    assert told["C4"].message(Language.EN).startswith("“1,234.5” in column")
    assert told["D4"].message().startswith("“1234.5” ở cột")
    assert "-1.234" in told["D5"].message()
    assert [told[cell].shown_value for cell in ("C4", "D4", "D5")] == ["1234.5", "1234.5", "-1234"]


def test_many_numbers_with_spaces_are_named_as_far_as_they_can_be_looked_at(tmp_path: Path) -> None:
    names = ("Thị trấn P Rao", "Xã Tà Lu", "Xã Sông Kôn", "Xã Jơ Ngây", "Xã A Ting", "Xã Tư", "Xã Ba", "Xã A Rooi")
    rows: list[list[Cell]] = [[str(at), name, f"1 {at:03}", 12, 3] for at, name in enumerate(names, start=101)]
    message = only(read_table(tmp_path, table(*rows)), "V003").message()
    assert message.count("→") == 4  # the first is named before
    assert "(+3)" in message


def test_digits_apart_in_a_canonical_table_are_withheld_too(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    header = "unit_code,year,households,poor_households,near_poor_households"
    path.write_text(f"{header}\n20473,2023,500,63 1,3\n20470,20 23,500,63,3\n", "utf-8")
    reading = read(path)
    assert only(reading, "V001").origin.cell == "D2"
    assert only(reading, "H004").origin.cell == "B3"
    assert list(counts(reading).values()) == [(500, None, 3)]


@pytest.mark.parametrize("text", ["5 93", "14 ,69", "5. 9", "1\n5", "14,69 %%", "14.69.0", "14;69", "abc", "5 9%"])
def test_the_digits_of_a_rate_are_never_joined(text: str) -> None:
    assert read_rate(text) is None
    assert read_percent(text) is None


@pytest.mark.parametrize("text", [" 5,93 %", "5,93\u00a0%", "5.93\n", "\u200b5,93"])
def test_spaces_around_a_rate_change_nothing(text: str) -> None:
    rate = read_rate(text)
    assert rate is not None
    assert rate == Rate(rate.value, 2, "%" in text)
    assert float(rate.value) == 5.93
    assert read_percent(text) == "5.93"


# What a formula leaves over ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (62.99999999999999, 63),
        (63.00000000000001, 63),
        (0.1 + 0.2 - 0.3, 0),
        (-5.5e-17, 0),
        (1e-15, 0),
        ((0.1 + 0.2) * 10, 3),
        (4.35 * 100, 435),
        (20816.999999999996, 20817),
        ("62.99999999999999", 63),
        ("63,00000000000001", 63),
        ("-0.00000000000000005", 0),
    ],
)
def test_what_a_formula_leaves_beside_a_whole_number_is_rounded_away(cell: GridCell, value: int) -> None:
    assert read_count(cell) == (value, None, Taken.ROUNDED)
    assert read_whole(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        236.5,
        62.9999,
        63.0000001,
        0.001,
        1e-8,
        500_000_000.5,
        28_000_000.02,
        "62.9999",
        "62.9999999",
        "63.50000000000001",
    ],
)
def test_a_real_fraction_is_never_rounded(cell: GridCell) -> None:
    assert read_count(cell).trouble is Trouble.NOT_WHOLE


@given(st.integers(0, 10**8), st.floats(-0.49, 0.49))
def test_a_rounding_is_a_billionth_at_most(whole: int, beside: float) -> None:
    count, cell = read_count(whole + beside), whole + beside
    assert count.value in (None, whole)
    if count.value is not None:
        assert abs(cell - whole) <= 1e-9 * max(1, whole)


def test_numbers_that_a_formula_left_uneven_are_noted_once_per_column(tmp_path: Path) -> None:
    rows = table(
        ["1", "Xã Tà Lu", 500, 62.99999999999999, 3],
        ["2", "Xã Ba", 700, 84.00000000000001, 3],
        ["3", "Xã Tư", 90, 5, 3],
    )
    reading = read_table(tmp_path, rows)
    assert [figures[1] for figures in counts(reading).values()] == [63, 84, 5]
    finding = only(reading, "V009")
    assert (finding.origin.cell, finding.severity) == ("D4", Severity.NOTE)
    assert "có 2 ô lẻ do máy tính làm tròn (ô đầu tiên: “62,99999999999999” đọc là 63)" in finding.message()
    assert finding.shown_value == "62.99999999999999"
    assert codes(reading) == ["V009"]


def test_a_printed_rate_is_held_against_a_rounded_count(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 62.99999999999999, "99,9", 3], header=WITH_RATE))
    assert "V006" in {finding.kind.code for finding in pipeline.check(reading)}


@pytest.mark.parametrize(("ending", "separator"), [("csv", ","), ("xlsx", "")])
def test_uneven_numbers_of_a_canonical_table_are_rounded_and_noted(ending: str, separator: str, tmp_path: Path) -> None:
    header = ["unit_code", "year", "households", "poor_households", "near_poor_households"]
    row: list[Cell] = ["20473", 2023, 500, 62.99999999999999, 3]
    path = tmp_path / f"bang.{ending}"
    if separator:
        path.write_text("\n".join(separator.join(map(str, line)) for line in (header, row)), "utf-8")
    else:
        with xlsxwriter.Workbook(str(path)) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write_row(0, 0, header)
            sheet.write_row(1, 0, row)
    reading = read(path)
    assert list(counts(reading).values()) == [(500, 63, 3)]
    assert only(reading, "V009").origin.cell == "D2"


def test_an_uneven_number_of_an_indicator_is_noted_in_its_row(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND XÃ TÀ LU, HUYỆN ĐÔNG GIANG"],
        ["Chỉ tiêu", "ĐV tính", 2022, 2023],
        ["Tổng số hộ", "hộ", 500, 517],
        ["Số hộ nghèo", "hộ", 63, 52.99999999999999],
        ["Số hộ cận nghèo", "hộ", 5, "1 1"],
    ]
    reading = read_table(tmp_path, rows)
    assert list(counts(reading).values()) == [(500, 63, 5), (517, 53, None)]
    assert only(reading, "V009").origin.cell == "D4"
    assert only(reading, "V001").origin.cell == "D5"


# Counts that show as dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["dd/mm/yyyy", "dd/mm", "mmm-yy", "[$-42A]dd mmmm yyyy", "h:mm", "[h]:mm", "mm:ss"])
def test_a_count_that_shows_as_a_date_is_the_number_behind_it(look: str, tmp_path: Path) -> None:
    rows: list[list[Cell | Dressed]] = [
        ["1", "Xã Tà Lu", 500, (63, look), 3],
        ["2", "Xã Ba", 1596, (429, look), 3],
        ["3", "Xã Tư", 1700, 1461, 3],
    ]
    reading = read_dressed(tmp_path, *rows)
    assert [figures[1] for figures in counts(reading).values()] == [63, 429, 1461]
    finding = only(reading, "V010")
    assert (finding.origin.cell, finding.severity, codes(reading)) == ("D4", Severity.WARNING, ["V010"])
    assert "số bên dưới là 63" in finding.message()
    assert "có 2 ô định dạng ngày, giờ" in finding.message()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (45424, ("12/05/2024", "45.424 hoặc 43.962", "“12/5” gõ vào")),  # typed as a fraction, most likely
        (23163, ("01/06/1963", "23.163 hoặc 21.701", "“1/6” gõ vào")),  # "6/63"
        (1596, ("14/05/1904", "1.596 hoặc 134")),  # of a workbook that counts from 1904, or not
        (33, ("02/02/1900", "33 hoặc 34")),  # Excel has a day in 1900 that LibreOffice has not
        (60, ("28/02/1900", "59 hoặc 60")),
        (0, ("00:00:00", "0 hoặc số âm")),
        (-5, ("00:00:00", "0 hoặc số âm")),
        (63.5, ("03/03/1900 12:00:00", "một số lẻ")),
        (0.25, ("06:00:00", "một số lẻ")),
    ],
)
def test_a_date_that_may_be_several_numbers_is_withheld_and_names_them(
    number: float, words: tuple[str, ...], tmp_path: Path
) -> None:
    reading = read_dressed(tmp_path, ["1", "Xã Tà Lu", 90_000, (number, "dd/mm/yyyy"), 3])
    assert list(counts(reading).values()) == [(90_000, None, 3)]
    finding = only(reading, "V001")
    assert finding.origin.cell == "D4"
    for word in words:
        assert word in finding.message()


@pytest.mark.parametrize(
    ("cell", "value"),
    [(timedelta(0), 0), (timedelta(63), 63), (timedelta(days=63, hours=1), None), (timedelta(-5), None)],
)
def test_hours_are_a_count_where_they_are_whole_days(cell: timedelta, value: int | None) -> None:
    assert read_count(cell).value == value


@given(st.dates(date(1899, 12, 31), date(2100, 1, 1)))
def test_only_days_that_are_one_number_in_every_workbook_are_counts(day: date) -> None:
    is_certain = date(1900, 3, 1) <= day <= date(1903, 12, 31)
    for cell in (day, datetime(day.year, day.month, day.day)):
        assert (read_count(cell).value is not None) is is_certain
        assert read_whole(cell) is None
        assert len(numbers_behind(cell)) == (1 if is_certain else 2)


@given(st.integers(61, 1461))
def test_a_number_that_shows_as_a_day_comes_back(number: int) -> None:
    assert read_count(date(1899, 12, 30) + timedelta(number)).value == number


@pytest.mark.parametrize(
    ("text", "value"), [("PT1512H00M00S", 63), ("PT24H00M00.000S", 1), ("PT1513H00M00S", None), ("PT01H30M00S", None)]
)
def test_hours_that_an_ods_keeps_in_words_are_hours(text: str, value: int | None, tmp_path: Path) -> None:
    assert read_count(text).value == value
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, text, 3]))
    assert codes(reading) == ["V001" if value is None else "V010"]
    assert "định dạng ngày, giờ" in reading.findings[-1].message()


@pytest.mark.parametrize("text", ["03/03/1900", "3/3/1900", "1900-03-03", "1900-03-03 00:00:00", "03-03-00"])
def test_a_day_in_words_is_no_count_and_says_how_it_came_about(text: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, text, 3]))
    assert list(counts(reading).values()) == [(500, None, 3)]
    assert "ô ghi ngày thay cho số" in only(reading, "V001").message()


def test_an_hour_is_no_count() -> None:
    assert read_count(time(12, 30)).trouble is Trouble.NOT_WHOLE
    assert numbers_behind(time(12, 30)) == ()


def test_dates_in_a_canonical_workbook_are_read_and_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet, day = workbook.add_worksheet(), workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["unit_code", "year", "households", "poor_households", "near_poor_households"])
        sheet.write_row(1, 0, ["20473", 2023, 500, None, 3])
        sheet.write_number(1, 3, 63, day)
        sheet.write_row(2, 0, ["20470", 2023, 500, None, 3])
        sheet.write_number(2, 3, 45424, day)
    reading = read(path)
    assert list(counts(reading).values()) == [(500, 63, 3), (500, None, 3)]
    assert (only(reading, "V010").origin.cell, only(reading, "V001").origin.cell) == ("D2", "D3")


# Printed rates that cannot be read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("14;69", "14;69"),
        ("abc", "abc"),
        ("14,69 %%", "14,69 %%"),
        ("14.69.0", "14.69.0"),
        ("14 ,69", "14 ,69"),
        ("#DIV/0!", "#DIV/0!"),
        ("NaN%", "NaN%"),
        ((45447, "dd/mm"), "04/06/2024"),
        ((0.5, "h:mm"), "12:00:00"),
        ((2.5, "[h]:mm"), "60:00:00"),
    ],
)
def test_a_printed_rate_that_cannot_be_read_is_told(cell: Cell | Dressed, shown: str, tmp_path: Path) -> None:
    rows: list[list[Cell | Dressed]] = [["1", "Xã Tà Lu", 500, 50, "10,00", 20], ["2", "Xã Ba", 934, 262, cell, 81]]
    reading = read_dressed(tmp_path, *rows, header=WITH_RATE)
    finding = only(reading, "V011")
    assert (finding.origin.cell, finding.value, finding.severity) == ("E5", shown, Severity.WARNING)
    assert finding.unit_name == "Xã Ba"
    assert codes(reading) == ["V011"]
    assert list(counts(reading).values()) == [(500, 50, 20), (934, 262, 81)]
    assert [rate.printed for rate in reading.rates] == ["10,00"]


@pytest.mark.parametrize("cell", [None, "", " ", "-", "–", "5,36 + 4,64", "10,00%", 0.1, 10])
def test_a_rate_that_is_empty_or_can_be_read_is_not_told(cell: Cell, tmp_path: Path) -> None:
    assert codes(read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 50, cell, 20], header=WITH_RATE))) == []


@pytest.mark.parametrize("cell", ["NaN%", "NaN", "#DIV/0!", "Infinity%"])
def test_a_division_by_no_households_is_not_told(cell: str, tmp_path: Path) -> None:
    assert codes(read_table(tmp_path, table(["1", "Xã Tà Lu", 0, 0, cell, 0], header=WITH_RATE))) == []


def test_a_rate_that_excel_made_a_day_is_asked_for(tmp_path: Path) -> None:
    reading = read_dressed(tmp_path, ["1", "Xã Tà Lu", 500, 23, (45447, "dd/mm"), 20], header=WITH_RATE)
    assert "có phải là 4,6 bị Excel đổi thành ngày?" in only(reading, "V011").message()
    assert "is it 4.6" in only(reading, "V011").message(Language.EN)


def test_a_whole_column_of_words_for_rates_is_told_once(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["1", "Xã Tà Lu", 500, 50, "xem biểu 2", 20],
        ["2", "Xã Ba", 934, 262, "xem biểu 2", 81],
        ["3", "Xã Tư", 90, 9, None, 1],
    ]
    reading = read_table(tmp_path, table(*rows, header=WITH_RATE))
    finding = only(reading, "V011")
    assert (finding.origin.cell, finding.unit_name) == ("E4", None)
    assert "2 ô, cả cột đều không đọc được" in finding.message()


def test_an_unreadable_rate_beside_an_empty_count_is_told_too(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Xã Tà Lu", 500, 50, "10", 20], ["2", "Xã Ba", 934, None, "14;69", 81]]
    reading = read_table(tmp_path, table(*rows, header=WITH_RATE))
    assert codes(reading) == ["V005", "V011"]


def test_an_unreadable_rate_without_columns_of_counts_stays_an_error(tmp_path: Path) -> None:
    header: tuple[Cell, ...] = ("TT", "Tên đơn vị", "Tỷ lệ hộ nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", "10,5"], ["2", "Xã Ba", "14;69"], header=header))
    assert only(reading, "V008").origin.cell == "C5"
    assert "V011" not in codes(reading)


def test_an_unreadable_rate_of_an_indicator_is_told_in_its_year(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND XÃ TÀ LU, HUYỆN ĐÔNG GIANG"],
        ["Chỉ tiêu", "ĐV tính", 2022, 2023],
        ["Tổng số hộ", "hộ", 500, 517],
        ["Số hộ nghèo", "hộ", 63, 53],
        ["Tỷ lệ hộ nghèo", "%", "12;6", 10.25],
        ["Số hộ cận nghèo", "hộ", 5, 11],
    ]
    finding = only(read_table(tmp_path, rows), "V011")
    assert (finding.origin.cell, finding.year) == ("C5", 2022)
