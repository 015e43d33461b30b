"""Mẫu 09 and 10: two rows per unit, of which those of households are read, in every look that officers give them."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from forms.mau_09 import Labels, MovementOptions, MovementRow, write
from forms.model import Area, Arrangement
from thidua_cli import pipeline
from thidua_cli.model import COUNTS
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.forms.register import movement_forms, template_forms
from thidua_cli.normalise.record.layout_record import LeftOut

from .cases import Cell, codes, only, read, read_table, write_sheet

TA_LU = (150, 30, 10, 1, 5, 2, 3, 4)
P_RAO = (60, 6, 4, 0, 1, 0, 2, 1)
CLOSING = 123
ROWS = [MovementRow("Thị trấn P Rao", P_RAO, area=Area.URBAN), MovementRow("Xã Tà Lu", TA_LU)]
NUMBERED = [MovementRow("Huyện Đông Giang"), *(MovementRow(row.name, row.counts, depth=2) for row in ROWS)]
MOVEMENT_FORMS = [form.number for form in movement_forms()]
NAMES = {number: [column.count for column in template_forms()[number].columns] for number in MOVEMENT_FORMS}


def read_form(folder: Path, options: MovementOptions | None = None, rows: list[MovementRow] | None = None) -> FilesRead:
    write(folder / "bieu.xlsx", ROWS if rows is None else rows, options or MovementOptions())
    return read(folder / "bieu.xlsx")


def figures(reading: FilesRead, name: str) -> dict[str, int]:
    rows = [dict(one.counts) for one in reading.observations if one.unit_name == name]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize("number", MOVEMENT_FORMS)
def test_every_column_of_the_form_becomes_its_count(number: str, tmp_path: Path) -> None:
    reading = read_form(tmp_path, MovementOptions(number))
    assert figures(reading, "Xã Tà Lu") == dict(zip(NAMES[number], (*TA_LU, CLOSING), strict=True))
    assert figures(reading, "Huyện Đông Giang")[NAMES[number][0]] == 210
    assert [table.form for table in reading.tables] == [f"mau-{number}"]
    assert [one.kind.code for one in pipeline.check(reading)] == ["U008"]  # the other communes of the district


@pytest.mark.parametrize(
    ("number", "labels", "persons_first", "period", "arrangement"),
    [
        (number, *look)
        for number, look in product(
            MOVEMENT_FORMS, product(Labels, (False, True), ("năm", "kỳ"), (Arrangement.AREA, Arrangement.NUMBERING))
        )
    ],
)
def test_looks_make_no_difference_to_the_figures(
    number: str, labels: Labels, persons_first: bool, period: str, arrangement: Arrangement, tmp_path: Path
) -> None:
    options = MovementOptions(
        number, labels=labels, persons_first=persons_first, period=period, arrangement=arrangement
    )
    reading = read_form(tmp_path, options, ROWS if arrangement is Arrangement.AREA else NUMBERED)
    assert codes(reading) == []
    assert [one.unit_name for one in reading.observations if one.unit_name.startswith("Xã")] == ["Xã Tà Lu"]
    assert figures(reading, "Xã Tà Lu") == dict(zip(NAMES[number], (*TA_LU, CLOSING), strict=True))
    assert figures(reading, "Huyện Đông Giang")[NAMES[number][0]] == 210


@pytest.mark.parametrize(
    "options", [MovementOptions(numbering_row=False), MovementOptions(breakdown_heading="Nội dung")]
)
def test_neither_numbers_of_columns_nor_the_word_phan_to_are_needed(options: MovementOptions, tmp_path: Path) -> None:
    reading = read_form(tmp_path, options)
    assert figures(reading, "Xã Tà Lu")["poor_opening"] == 150
    assert len(reading.observations) == 3


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("number", MOVEMENT_FORMS)
def test_a_form_without_merged_cells_is_read_as_well(number: str, arrangement: Arrangement, tmp_path: Path) -> None:
    rows = ROWS if arrangement is Arrangement.AREA else NUMBERED
    write(tmp_path / "bieu.xlsx", rows, MovementOptions(number, arrangement=arrangement))
    sheet = openpyxl.load_workbook(tmp_path / "bieu.xlsx").active
    assert sheet is not None
    with (tmp_path / "bieu.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(sheet.iter_rows(values_only=True))
    reading = read(tmp_path / "bieu.csv")
    assert figures(reading, "Xã Tà Lu") == dict(zip(NAMES[number], (*TA_LU, CLOSING), strict=True))
    assert codes(reading) == []


def test_headings_are_known_by_their_telling_words(tmp_path: Path) -> None:
    headings = {
        1: "Số hộ nghèo\nđầu kỳ (theo QĐ số 12/QĐ-UBND)",
        4: "Giảm do nguyên nhân khác (chết, chuyển đi)",
        8: "Nguyên nhân khác",
        9: "Số hộ nghèo cuối kỳ",
    }
    reading = read_form(tmp_path, MovementOptions(headings=headings))
    assert codes(reading) == []
    assert figures(reading, "Xã Tà Lu") == dict(zip(NAMES["09"], (*TA_LU, CLOSING), strict=True))


def test_a_heading_that_fits_no_column_is_named_and_its_column_is_missing(tmp_path: Path) -> None:
    reading = read_form(tmp_path, MovementOptions(headings={6: "Số hộ khác"}))
    assert only(reading, "H002").value is not None
    assert "poor_relapsed" not in figures(reading, "Xã Tà Lu")


def test_rows_of_persons_are_left_out_and_the_record_says_so(tmp_path: Path) -> None:
    rows = {"Thị trấn P Rao": 12, "Xã Tà Lu": 16}
    assert write(tmp_path / "bieu.xlsx", ROWS).items() >= rows.items()
    (record,) = read(tmp_path / "bieu.xlsx").layouts
    persons = [(one.first, one.last) for one in record.left_out if one.reason is LeftOut.PERSONS]
    assert persons == [(11, 11), (13, 13), (15, 15), (17, 17), (19, 19)]
    assert record.taken == ((12, 12), (16, 16), (18, 18))
    assert {column.meaning for column in record.columns} >= {"breakdown", "poor_relapsed"}


def test_households_are_no_column_of_these_forms_and_are_not_asked_for(tmp_path: Path) -> None:
    reading = read_form(tmp_path, rows=[MovementRow("Xã Tà Lu", (150, 30, 10, None, 5, 2, 3, None, 120))])
    assert codes(reading) == []
    assert "households" not in figures(reading, "Xã Tà Lu")


def test_an_opening_or_closing_count_that_is_empty_is_missing(tmp_path: Path) -> None:
    reading = read_form(tmp_path, rows=[MovementRow("Xã Tà Lu", (None, 30, 10, 0, 5, 2, 3, 0, None))])
    assert [(one.kind.code, one.column) for one in reading.findings] == [
        ("V005", "poor_opening"),
        ("V005", "poor_households"),
    ]


def test_a_row_that_says_neither_households_nor_persons_is_not_guessed(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Địa bàn", "Phân tổ", "Số hộ nghèo đầu kỳ", "Tái nghèo", "Số hộ nghèo cuối kỳ"]
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Năm rà soát: 2023"],
        header,
        [1, "Xã Tà Lu", "", 10, 2, 12],
        [2, "Xã Sông Kôn", "Hộ", 10, 0, 10],
        ["", "", "Nhân khẩu", 40, 0, 40],
    ]
    reading = read_table(tmp_path, rows)
    finding = only(reading, "V007")
    assert finding.origin.cell == "C4"
    assert "Hộ, Nhân khẩu" in finding.message()
    assert [one.unit_name for one in reading.observations] == ["Xã Sông Kôn"]


def test_two_units_that_each_lack_a_row_are_not_taken_for_one(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Địa bàn", "Phân tổ", "Số hộ nghèo đầu kỳ", "Tái nghèo", "Số hộ nghèo cuối kỳ"]
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Năm rà soát: 2023"],
        header,
        [1, "Xã Tà Lu", "Hộ", 10, 2, 12],
        [2, "Xã Sông Kôn", "Nhân khẩu", 40, 0, 40],
        ["", "", "Hộ", 11, 0, 11],
    ]
    reading = read_table(tmp_path, rows)
    assert [(one.unit_name, one.counts["poor_opening"]) for one in reading.observations] == [
        ("Xã Tà Lu", 10),
        ("Xã Sông Kôn", 11),
    ]


def test_a_table_of_one_row_per_unit_is_read_without_phan_to(tmp_path: Path) -> None:
    header: list[Cell] = [
        *("TT", "Địa bàn", "Số hộ cận nghèo đầu năm", "Hộ cận nghèo trở thành hộ nghèo"),
        *("Giảm khác", "Hộ nghèo trở thành hộ cận nghèo", "Số hộ cận nghèo cuối năm"),
    ]
    rows: list[list[Cell]] = [["UBND HUYỆN ĐÔNG GIANG"], ["Năm rà soát: 2023"], header, [1, "Tà Lu", 50, 4, 1, 9, 54]]
    reading = read(write_sheet(tmp_path / "bieu.xlsx", rows))
    assert figures(reading, "Xã Tà Lu") == {
        "near_poor_opening": 50,
        "near_poor_to_poor": 4,
        "near_poor_decrease_other": 1,
        "near_poor_from_poor": 9,
        "near_poor_households": 54,
    }


def test_printed_totals_are_checked_as_those_of_mau_08(tmp_path: Path) -> None:
    reading = read_form(tmp_path, MovementOptions(printed_total={1: 211}))
    (finding,) = (one for one in pipeline.check(reading) if one.kind.code in ("S002", "S003"))
    assert (finding.kind.code, finding.column, finding.value, finding.expected) == ("S003", "poor_opening", 211, 210)
    numbered = MovementOptions(arrangement=Arrangement.NUMBERING, printed_total={9: 1})
    reading = read_form(tmp_path, numbered, [MovementRow(row.name, row.counts) for row in ROWS])
    assert "S002" in [one.kind.code for one in pipeline.check(reading)]


def test_a_list_of_persons_with_columns_of_movement_is_refused(tmp_path: Path) -> None:
    header: list[Cell] = [
        *("TT", "Địa bàn", "Họ và tên chủ hộ", "Phân tổ"),
        *("Số hộ nghèo đầu năm", "Tái nghèo", "Số hộ nghèo cuối năm"),
    ]
    reading = read_table(tmp_path, [["UBND HUYỆN ĐÔNG GIANG"], ["Năm 2023"], header, [1, "Tà Lu", "A", "Hộ", 1, 0, 1]])
    assert codes(reading) == ["F017"]
    assert len(reading.observations) == 0


def test_counts_of_the_two_forms_are_all_movements_there_are() -> None:
    assert {*NAMES["09"], *NAMES["10"], "households"} == {
        name for name in COUNTS if not name.startswith(("minority_", "merit_"))
    }


def side_by_side(folder: Path, *, shared_labels: bool) -> Path:
    """Write Mẫu 09 with the columns of Mẫu 10 to its right, behind the same labels or behind their own."""
    rows = {number: folder / f"{number}.xlsx" for number in MOVEMENT_FORMS}
    for number, path in rows.items():
        write(path, ROWS, MovementOptions(number, signature=False))
    left, right = (openpyxl.load_workbook(path) for path in rows.values())
    sheet, other = left.active, right.active
    assert isinstance(sheet, Worksheet)
    assert isinstance(other, Worksheet)
    first, moved = (4, 9) if shared_labels else (1, 13)
    header = template_forms()["09"].header_row
    merged = [str(area) for area in other.merged_cells.ranges if area.min_row >= header and area.min_col >= first]
    for area in merged:
        other.unmerge_cells(area)
    for row in other.iter_rows(min_row=header, min_col=first, max_col=12):
        for cell in row:
            if cell.value is not None:
                sheet.cell(cell.row, cell.column + moved, cell.value)
    for area in merged:
        span = CellRange(area)
        span.shift(col_shift=moved)
        sheet.merge_cells(span.coord)
    path = folder / "bieu.xlsx"
    left.save(path)
    for one in rows.values():
        one.unlink()
    return path


@pytest.mark.parametrize("shared_labels", [True, False])
def test_both_forms_side_by_side_below_one_header_are_read(shared_labels: bool, tmp_path: Path) -> None:
    reading = read(side_by_side(tmp_path, shared_labels=shared_labels))
    assert codes(reading) == []
    assert [table.form for table in reading.tables] == ["mau-09", "mau-10"]
    found = [dict(one.counts) for one in reading.observations if one.unit_name == "Xã Tà Lu"]
    assert found == [dict(zip(NAMES[number], (*TA_LU, CLOSING), strict=True)) for number in MOVEMENT_FORMS]
    assert [layout.form for layout in reading.layouts] == ["mau-09", "mau-10"]


def test_a_name_that_both_forms_share_is_told_of_once(tmp_path: Path) -> None:
    path = side_by_side(tmp_path, shared_labels=True)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Xã Tà Lu"]
    cell.value = "Xã Tà Luu"
    book.save(path)
    assert codes(read(path)) == ["U002"]


DECREASED = "Số hộ khác: thay đổi nhân khẩu, chết đi, chuyển đi nơi khác, tách, nhập"
INCREASED = "Số hộ khác: thay đổi nhân khẩu, chuyển đến, tách, nhập"
LEAVES = {
    "09": ("hộ nghèo", "Trở thành hộ cận nghèo", "Vượt chuẩn cận nghèo", "Số hộ cận nghèo trở thành", "Tái nghèo"),
    "10": (
        "hộ cận nghèo",
        "Số hộ cận nghèo trở thành",
        "Vượt chuẩn cận nghèo",
        "Số hộ nghèo trở thành",
        "Tái cận nghèo",
    ),
}
DISTRICTS = (
    *(("1", "Huyện Đông Giang"), ("1.1", "Xã Tà Lu"), ("1.2", "Xã Sông Kôn")),
    *(("2", "Huyện Tây Giang"), ("2.1", "Xã Lăng")),
)


def of_province(number: str, decreased: str, increased: str, groups: bool) -> list[list[Cell]]:
    """A movement table of districts and communes that names no province."""
    whose, first, second, third, fourth = LEAVES[number]
    opening, closing = f"Tổng số {whose} đầu năm", f"Tổng số {whose} cuối năm"
    labels: list[Cell] = ["TT", "Khu vực/Địa bàn", "Phân tổ", opening]
    moved: list[Cell] = [first, second, decreased, third, fourth, "Phát sinh mới", increased]
    rows: list[list[Cell]] = [[f"DIỄN BIẾN {whose.upper()}"], ["Năm rà soát: 2023"]]
    if groups:
        down, up = f"Diễn biến giảm số {whose}", f"Diễn biến tăng số {whose}"
        rows += [[*labels, down, None, None, up, None, None, None, closing], [None, None, None, None, *moved]]
    else:
        rows.append([*labels, *moved, closing])
    for place, name in DISTRICTS:
        rows += [[place, name, "Hộ", *TA_LU, CLOSING], [None, None, "Nhân khẩu", *(4 * count for count in TA_LU), 492]]
    return rows


@pytest.mark.parametrize("number", MOVEMENT_FORMS)
def test_a_movement_of_districts_and_communes_that_names_no_province_is_read_whole(number: str, tmp_path: Path) -> None:
    reading = read(write_sheet(tmp_path / "bieu.xlsx", of_province(number, DECREASED, INCREASED, groups=False)))
    assert codes(reading) == ["H010"]
    assert [table.scope.code for table in reading.tables if table.scope] == ["49"]
    assert [(row.unit_name, row.parent_code) for row in reading.observations] == [
        ("Huyện Đông Giang", "49"),
        ("Xã Tà Lu", "505"),
        ("Xã Sông Kôn", "505"),
        ("Huyện Tây Giang", "49"),
        ("Xã Lăng", "504"),
    ]
    assert figures(reading, "Xã Lăng") == dict(zip(NAMES[number], (*TA_LU, CLOSING), strict=True))


@pytest.mark.parametrize(
    ("decreased", "increased"),
    [
        (DECREASED, INCREASED),
        ("Số hộ khác giảm", "Số hộ khác tăng"),
        ("Thay đổi nhân khẩu, tách, nhập hộ", "Thay đổi nhân khẩu, tách, nhập hộ"),
        ("Thay đổi nhân khẩu, chuyển đi", "Thay đổi nhân khẩu, chuyển đi"),
    ],
    ids=["causes", "words", "group-alone", "group-before-words"],
)
def test_other_causes_are_known_by_their_group_or_else_their_words(
    decreased: str, increased: str, tmp_path: Path
) -> None:
    path = write_sheet(tmp_path / "bieu.xlsx", of_province("09", decreased, increased, groups=True))
    workbook = openpyxl.load_workbook(path)
    for group in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:K3", "L3:L4"):
        workbook.worksheets[0].merge_cells(group)
    workbook.save(path)
    reading = read(path)
    assert codes(reading) == ["H010"]
    assert figures(reading, "Xã Lăng") == dict(zip(NAMES["09"], (*TA_LU, CLOSING), strict=True))


def test_causes_that_may_be_of_either_side_are_not_guessed(tmp_path: Path) -> None:
    either = "Thay đổi nhân khẩu, tách, nhập hộ"
    reading = read(write_sheet(tmp_path / "bieu.xlsx", of_province("09", either, either, groups=False)))
    assert codes(reading) == ["H002", "H002", "H010"]
