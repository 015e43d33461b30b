"""Forms that went through a library of data frames: a column of row numbers, pivot tables, headings in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.normalise.files_read import FilesRead

from .cases import DISTRICT, Cell, codes, counts, read, read_table, write_sheet

Rows = list[list[Cell]]
FORM: Rows = [
    [DISTRICT, None, None, None, None, None, None],
    ["KẾT QUẢ RÀ SOÁT NĂM 2023", None, None, None, None, None, None],
    ["TT", "Xã/thị trấn", "Tổng số hộ", "Hộ nghèo", None, "Hộ cận nghèo", None],
    [None, None, None, "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"],
    [1, "Xã Tà Lu", 500, 120, 24, 40, 8],
    [2, "Xã Ba", 1600, 160, 10, 80, 5],
]
READ = {("Xã Tà Lu", 2023): (500, 120, 40), ("Xã Ba", 2023): (1600, 160, 80)}


def text(folder: Path, rows: Sequence[Sequence[Cell]]) -> FilesRead:
    path = folder / "bieu.csv"
    path.write_text("\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows), "utf-8")
    return read(path)


def numbered(first: int, above: Sequence[Cell] | None) -> Rows:
    rows: Rows = [[number, *row] for number, row in enumerate(FORM, start=first)]
    return [[None, *above], *rows] if above is not None else rows


@pytest.mark.parametrize("is_text", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        numbered(0, range(7)),  # numbers above the columns too
        numbered(1, [f"V{column}" for column in range(1, 8)]),
        numbered(0, None),
        numbered(1, None),
    ],
)
def test_a_column_of_row_numbers_before_the_form_cuts_no_heading(rows: Rows, is_text: bool, tmp_path: Path) -> None:
    reading = text(tmp_path, rows) if is_text else read_table(tmp_path, rows)
    assert codes(reading) == []
    assert counts(reading) == READ
    assert reading.observations.origin(0, "poor_households").column == 5


def test_the_numbers_of_units_are_no_row_numbers(tmp_path: Path) -> None:
    rows: Rows = [[None, "Đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]]
    rows += [[number, name, 500, 120, 40] for number, name in enumerate(("Xã Tà Lu", "Xã Ba", "Xã Tư"), start=1)]
    reading = read(write_sheet(tmp_path / "Đông Giang 2023.xlsx", rows), unit="505")
    assert [layout.columns[0].letters for layout in reading.layouts] == ["B"]
    assert len(reading.observations) == 3


@pytest.mark.parametrize("is_text", [True, False])
@pytest.mark.parametrize("labels", ["Unnamed: 0_level_1", None])
def test_headings_named_by_a_data_frame_are_empty_ones(labels: str | None, is_text: bool, tmp_path: Path) -> None:
    rows = [[*row] for row in FORM]
    rows[2][4], rows[2][6] = "Unnamed: 4", "Unnamed: 6"
    rows[3][:3] = [labels, labels and "Unnamed: 1_level_1", labels and "Unnamed: 2_level_1"]
    reading = text(tmp_path, rows) if is_text else read_table(tmp_path, rows)
    assert codes(reading) == []
    assert counts(reading) == READ


@pytest.mark.parametrize("is_text", [True, False])
@pytest.mark.parametrize("whole", [2, 3, 1])
def test_merged_headings_written_into_every_cell_are_one_header(whole: int, is_text: bool, tmp_path: Path) -> None:
    rows = [[*row] for row in FORM]
    rows[2][4], rows[2][6] = rows[2][3], rows[2][5]
    rows[3][:whole] = rows[2][:whole]
    reading = text(tmp_path, rows) if is_text else read_table(tmp_path, rows)
    assert codes(reading) == []
    assert counts(reading) == READ


def test_the_header_of_the_next_page_ends_no_table(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: Rows = [[DISTRICT], ["Năm 2023"], header, [1, "Xã Tà Lu", 500, 120, 40], header, [2, "Xã Ba", 1600, 160, 80]]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == []
    assert counts(reading) == READ


# Pivot tables: years side by side, the label of the units in a row of its own --------------------------------------

YEARS = {
    2021: {"Xã Tà Lu": (412, 150, 77), "Xã Ba": (1500, 300, 120)},
    2023: {"Xã Tà Lu": (500, 120, 40), "Xã Ba": (1600, 160, 80)},
}
COUNTED = ("Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
OF_YEARS = {(name, year): figures for year, units in YEARS.items() for name, figures in units.items()}


def pivot(*, is_filled: bool, is_by_year: bool, label: str, years: str | None) -> Rows:
    """Counts over years, or years over counts; the upper heading once, or over each of its columns."""
    pairs: list[tuple[Cell, Cell]] = (
        [(year, name) for year in YEARS for name in COUNTED]
        if is_by_year
        else [(name, year) for name in COUNTED for year in YEARS]
    )
    each = len(COUNTED) if is_by_year else len(YEARS)
    upper = [first if is_filled or index % each == 0 else None for index, (first, _) in enumerate(pairs)]
    rows: Rows = [
        [years if is_by_year else None, *upper],
        [None if is_by_year else years, *(second for _, second in pairs)],
    ]
    rows.append([label, *[None] * len(pairs)])
    for name in ("Xã Ba", "Xã Tà Lu"):
        figures: dict[frozenset[Cell], int] = {
            frozenset((count, year)): YEARS[year][name][COUNTED.index(count)] for count in COUNTED for year in YEARS
        }
        rows.append([name, *(figures[frozenset(pair)] for pair in pairs)])
    return rows


@pytest.mark.parametrize("is_text", [True, False])
@pytest.mark.parametrize("is_by_year", [True, False])
@pytest.mark.parametrize("is_filled", [True, False])
@pytest.mark.parametrize(("label", "years"), [("Đơn vị", "Năm"), ("Xã", None), ("Tên xã", "Năm")])
def test_a_pivot_table_with_years_side_by_side_is_read(
    label: str, years: str | None, is_filled: bool, is_by_year: bool, is_text: bool, tmp_path: Path
) -> None:
    rows = pivot(is_filled=is_filled, is_by_year=is_by_year, label=label, years=years)
    path = tmp_path / ("Huyện Đông Giang.csv" if is_text else "Huyện Đông Giang.xlsx")
    if is_text:
        path.write_text("\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows), "utf-8")
    else:
        write_sheet(path, rows)
    reading = read(path)
    assert codes(reading) == []
    assert counts(reading) == OF_YEARS


# Rows by year -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Năm", "Năm báo cáo", "Kỳ báo cáo", "Năm số liệu"])
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("is_written", [True, False])
def test_one_unit_in_rows_per_year_is_read_with_its_name_written_once(
    heading: str, is_first: bool, is_written: bool, tmp_path: Path
) -> None:
    header: list[Cell] = ["Xã", *COUNTED]
    rows: Rows = []
    for name in ("Xã Tà Lu", "Xã Ba"):
        for number, year in enumerate(YEARS):
            row: list[Cell] = [name if is_written or number == 0 else None, *YEARS[year][name]]
            row.insert(0 if is_first else 1, year)
            rows.append(row)
    header.insert(0 if is_first else 1, heading)
    reading = read_table(tmp_path, [[DISTRICT], header, *rows])
    assert codes(reading) == []
    assert counts(reading) == OF_YEARS


def test_a_row_of_a_year_that_its_unit_has_already_is_not_taken_for_it(tmp_path: Path) -> None:
    rows: Rows = [[DISTRICT], ["Xã", "Năm", *COUNTED], ["Xã Tà Lu", 2023, 500, 120, 40], [None, 2023, 1600, 160, 80]]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == ["U002"]
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


@pytest.mark.parametrize("period", ["6 tháng 2023", "Quý IV", 12])
def test_a_period_that_is_no_year_is_told(period: Cell, tmp_path: Path) -> None:
    rows: Rows = [[DISTRICT], ["Xã", "Kỳ báo cáo", *COUNTED], ["Xã Tà Lu", period, 500, 120, 40]]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == ["H004"]
    assert len(reading.observations) == 0


@pytest.mark.parametrize(
    "label", ["Bình quân", "Năm trước", "Tăng, giảm so với năm trước", "Kế hoạch năm", "Tỷ lệ (%)", "So với cùng kỳ"]
)
@pytest.mark.parametrize("has_total", [True, False])
def test_what_somebody_reckoned_below_the_units_is_no_unit(label: str, has_total: bool, tmp_path: Path) -> None:
    total: Rows = [[None, "Tổng cộng", 2100, 280, 120]] if has_total else []
    rows: Rows = [[1, "Xã Tà Lu", 500, 120, 40], [2, "Xã Ba", 1600, 160, 80], *total, [None, label, 63, 63, 63]]
    header: list[Cell] = ["TT", "Đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    reading = read_table(tmp_path, [[DISTRICT], ["Năm 2023"], header, *rows])
    assert codes(reading) == []
    assert READ.items() <= counts(reading).items()


def test_a_commune_of_such_a_name_stays_a_commune(tmp_path: Path) -> None:
    header: list[Cell] = ["Đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: Rows = [["UBND HUYỆN TRẦN ĐỀ, TỈNH SÓC TRĂNG"], ["Năm 2023"], header, ["Trung Bình", 500, 120, 40]]
    assert counts(read_table(tmp_path, rows)) == {("Xã Trung Bình", 2023): (500, 120, 40)}
