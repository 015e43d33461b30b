"""The old form 3 of 2016–2020: recognised by its headings or its title, read on its own poverty line."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.poverty_line import line_named
from thidua_cli.present.observations.canonical import canonical_csv

from .cases import DISTRICT, Cell, codes, counts, read, read_table, table

Rows = list[list[Cell]]
TOP: list[Cell] = ["TT", "Thành phố/ Thị xã/ huyện/", "Tổng số hộ dân cư", None]


def half(what: str, year: int, figures: list[Cell]) -> Rows:
    """One half of the form: of the poor ("nghèo") or of the near-poor ("cận nghèo")."""
    counted: list[Cell] = ["Số hộ", "Tỷ lệ %"]
    none: list[Cell] = [None] * 6
    opening = f"Số hộ {what} đầu năm\n(Theo Quyết định đã phê duyệt)"
    rows: Rows = [
        [DISTRICT],
        [f"TỔNG HỢP KẾT QUẢ ĐIỀU TRA, RÀ SOÁT HỘ {what.upper()} NĂM {year} CẤP HUYỆN"],
        [*TOP, opening, None, f"Diễn biến hộ {what} trong năm", *none[:5], f"Số hộ {what} cuối năm", *none[:3]],
        [*none, f"Số hộ thoát {what}", None, f"Số hộ tái {what}", None, f"Số hộ {what} phát sinh", *none[:5]],
        [None, None, "Số hộ", "Trong đó Hộ DTTS", *counted * 5, "Số hộ DTTS", "Tỷ lệ %"],
        ["1", "Xã Tà Lu", *figures],
    ]
    return rows


def read_halves(path: Path, year: int) -> FilesRead:
    """Both halves in one workbook, group headings merged over their columns as in the form."""
    with Workbook(str(path)) as workbook:
        for what, figures in (("nghèo", POOR), ("cận nghèo", NEAR)):
            sheet = workbook.add_worksheet(f"Mẫu 3 {what}")
            for row, cells in enumerate(half(what, year, figures)):
                starts = [at for at, cell in enumerate(cells) if cell is not None]
                for at, following in zip(starts, [*starts[1:], len(cells)], strict=True):
                    if row in (2, 3) and at > 1 and (row, at) != (3, 10) and following - at > 1:
                        sheet.merge_range(row, at, row, following - 1, cells[at])
                    elif (row, at) == (3, 10):
                        sheet.merge_range(row, 10, row, 11, cells[at])
                    else:
                        sheet.write(row, at, cells[at])
    return read(path)


POOR: list[Cell] = [500, 480, 150, 30, 40, 8, 4, 0.8, 6, 1.2, 120, 24, 110, 22.9]
NEAR: list[Cell] = [500, 480, 45, 9, 10, 2, 2, 0.4, 3, 0.6, 40, 8, 38, 7.9]


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022])
def test_both_halves_are_read_on_the_line_of_2016_2020_whatever_the_year(year: int, tmp_path: Path) -> None:
    reading = read_halves(tmp_path / "bieu.xlsx", year)
    observations = reading.observations
    assert codes(reading) == []
    assert set(observations.poverty_line) == {"2016-2020"}
    assert [table.form for table in reading.tables] == ["mau-03-2016"] * 2
    found = [observations.value(0, name) for name in ("households", "poor_opening", "poor_households")]
    assert found == [500, 150, 120]
    assert [observations.value(1, name) for name in ("near_poor_opening", "near_poor_households")] == [45, 40]
    assert (observations.value(0, "poor_relapsed"), observations.value(1, "near_poor_relapsed")) == (4, 2)
    assert {"poor_to_non_poor", "poor_new", "near_poor_new"}.isdisjoint(observations.counts)
    assert observations.value(0, "minority_households") == 480
    assert observations.value(0, "minority_poor_households") == 110
    assert observations.value(1, "minority_near_poor_households") == 38


def test_the_two_halves_of_a_year_are_one_report(tmp_path: Path) -> None:
    reading = read_halves(tmp_path / "bieu.xlsx", 2020)
    assert not {"U007", "H001", "V006", "L003"} & {one.kind.code for one in pipeline.check(reading)}
    figures = next(one for one in pipeline.measure(reading) if one.unit_name == "Xã Tà Lu").years[2020]
    assert (figures.counts["poor_households"], figures.counts["near_poor_households"]) == (120, 40)


def test_the_two_halves_are_one_report_after_they_were_written_and_read_again(tmp_path: Path) -> None:
    reading = read_halves(tmp_path / "bieu.xlsx", 2020)
    path = tmp_path / "bang.csv"
    path.write_bytes(canonical_csv(reading.observations))
    again = read(path)
    for one in (reading, again):
        assert {finding.kind.code for finding in pipeline.check(one)} <= {"U008"}
    assert [one.years[2020].counts for one in pipeline.measure(again)] == [
        one.years[2020].counts for one in pipeline.measure(reading)
    ]


@pytest.mark.parametrize(
    "title",
    [
        ["THEO CHUẨN NGHÈO TIẾP CẬN ĐA CHIỀU GIAI ĐOẠN 2016-2020"],
        ["THEO CHUẨN NGHÈO TIẾP CẬN ĐA CHIỀU", "ÁP DỤNG CHO GIAI ĐOẠN 2016 - 2020"],
        ["Mẫu số 3 (Ban hành kèm theo Thông tư số 17/2016/TT-BLĐTBXH ngày 28/6/2016)"],
        ["(theo Quyết định số 59/2015/QĐ-TTg)"],
    ],
)
def test_a_title_that_names_the_old_line_puts_a_table_of_2021_on_it(title: list[str], tmp_path: Path) -> None:
    lines = [DISTRICT, "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2021", *title]
    reading = read_table(tmp_path, table(["1", "Tà Lu", 500, 120, 40], title=lines))
    assert counts(reading) == {("Xã Tà Lu", 2021): (500, 120, 40)}
    assert reading.observations.poverty_line == ["2016-2020"]


def test_the_changes_of_mau_09_are_not_those_of_the_old_form() -> None:
    assert line_named(["Diễn biến giảm số hộ nghèo"], 2022).id is None
    assert line_named(["Diễn biến hộ nghèo trong năm"], 2021).id == "2016-2020"
