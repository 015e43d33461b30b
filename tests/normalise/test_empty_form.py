"""A form that nobody filled in is one finding (F011); one with any figure is what it always was."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from forms.mau_08 import add_sheet, new_workbook
from forms.model import FormOptions, FormRow, Formula, Sums
from thidua_cli import pipeline
from thidua_cli.findings import Severity
from thidua_cli.normalise.forms.register import template_forms
from thidua_cli.present.template.lines import plan_template
from thidua_cli.present.template.workbook import build_template
from thidua_cli.units.tables import bundled

from .cases import DISTRICT, HEADER, Cell, codes, counts, only, read, read_table, table, write_sheet, write_sheets

EMPTY = (["1", "Xã Tà Lu"], ["2", "Xã Sông Kôn"])
TOTAL: Sequence[Cell] = ("", "Tổng cộng", 0, 0, 0)


def text_file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_an_empty_form_is_one_finding_of_the_sheet(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*EMPTY))
    finding = only(reading, "F011")
    assert (codes(reading), finding.severity, finding.origin.sheet, finding.origin.cell) == (
        ["F011"],
        Severity.ERROR,
        "Biểu",
        "",
    )
    assert "2 đơn vị đều để trống" in finding.message()
    assert counts(reading) == {("Xã Tà Lu", 2023): (None, None, None), ("Xã Sông Kôn", 2023): (None, None, None)}


@pytest.mark.parametrize("mark", ["-", "–", " ", "…"])
def test_marks_for_nothing_are_no_figures(mark: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", mark, mark, mark]))
    expected = ["F011"] if mark != "…" else ["V001"] * 3
    assert codes(reading) == expected


def test_sums_over_nothing_are_no_figures_and_no_households(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*EMPTY, TOTAL))
    assert codes(reading) == ["F011"]
    assert [code for code in reading.observations.unit_code if code == "505"] == []
    assert not reading.observations.has_figures


@pytest.mark.parametrize("sums", [Sums.NUMBER, Sums.FORMULA])
def test_an_empty_official_form_is_one_finding_whatever_its_sums(sums: Sums, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, [FormRow("Xã Tà Lu"), FormRow("Xã Sông Kôn")], FormOptions(year=2023, sums=sums))
    assert codes(read(path)) == ["F011"]


def test_a_zero_that_somebody_typed_is_a_figure(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", None, 0, None], ["2", "Xã Sông Kôn"]))
    assert codes(reading) == ["V005"] * 5


def test_one_filled_row_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], ["2", "Xã Sông Kôn"]))
    assert codes(reading) == ["V005"] * 3


def test_a_total_with_figures_over_empty_rows_is_no_empty_form(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*EMPTY, ["", "Tổng cộng", 1300, 300, 90]))
    assert "F011" not in codes(reading)


def test_a_cell_that_hides_its_figure_is_no_empty_cell(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", None, Formula("=1+1", None), None]))
    assert "F004" in codes(reading)
    assert "F011" not in codes(reading)


def test_figures_below_a_heading_that_nobody_knows_are_told_of_as_before(tmp_path: Path) -> None:
    header = ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận ngèo đói")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", None, None, 40], header=header))
    assert "F011" not in codes(reading)
    assert {"H001", "H002"} <= set(codes(reading))


def test_what_is_wrong_with_the_header_stays_and_year_and_unit_do_not(tmp_path: Path) -> None:
    rows = table(["1", "Xã Không Có"], header=HEADER[:4], title=("BIỂU TỔNG HỢP",))
    assert codes(read_table(tmp_path, rows)) == ["F011", "H001"]


def test_a_form_without_rows_is_told_where_the_file_has_nothing_else(tmp_path: Path) -> None:
    alone = read(write_sheet(tmp_path / "mot.xlsx", table()))
    assert "không có dòng đơn vị nào" in only(alone, "F011").message()
    beside = {"2023": table(["1", "Xã Tà Lu", 500, 120, 40]), "Trống": table()}
    assert codes(read(write_sheets(tmp_path / "hai.xlsx", beside))) == []


def test_an_empty_sheet_with_rows_is_told_beside_a_filled_one(tmp_path: Path) -> None:
    sheets = {"2023": table(["1", "Xã Tà Lu", 500, 120, 40]), "Trống": table(*EMPTY, title=(DISTRICT, "Năm 2024"))}
    reading = read(write_sheets(tmp_path / "bieu.xlsx", sheets))
    assert (codes(reading), only(reading, "F011").origin.sheet) == (["F011"], "Trống")


def test_years_side_by_side_are_empty_only_where_all_of_them_are(tmp_path: Path) -> None:
    heads: list[list[Cell]] = [
        [DISTRICT],
        ["TT", "Tên xã", "Năm 2022", None, None, "Năm 2023", None, None],
        [None, None, *HEADER[2:], *HEADER[2:]],
    ]
    assert codes(read_table(tmp_path, [*heads, ["1", "Tà Lu"]])) == ["F011"]
    assert codes(read_table(tmp_path, [*heads, ["1", "Tà Lu", 500, 150, 40]])) == ["V005"] * 3


def test_an_empty_table_of_indicators_is_one_finding(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [DISTRICT],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2022", "Năm 2023"],
        *([str(at), name, "Hộ"] for at, name in enumerate(HEADER[2:], start=1)),
    ]
    assert codes(read_table(tmp_path, rows)) == ["F011"]
    rows[2] = [*rows[2], 500]
    assert codes(read_table(tmp_path, rows)) == ["V005"] * 5


CANONICAL = "unit_code,year,households,poor_households,near_poor_households"


def test_an_empty_canonical_table_is_one_finding(tmp_path: Path) -> None:
    assert codes(read(text_file(tmp_path / "a.csv", CANONICAL))) == ["F011"]
    assert codes(read(text_file(tmp_path / "b.csv", CANONICAL, "20470,2024,,,", "20473,2024,,-,"))) == ["F011"]
    assert codes(read(text_file(tmp_path / "c.csv", CANONICAL, "20470,2024,,,", "20473,2024,,0,"))) == ["V005"] * 5


@pytest.mark.parametrize(("line", "code"), [("20470,,500,120,40", "H004"), ("20470,2024,x,y,z", "V001")])
def test_rows_of_a_canonical_table_that_were_lost_are_told_as_before(line: str, code: str, tmp_path: Path) -> None:
    assert set(codes(read(text_file(tmp_path / "a.csv", CANONICAL, line)))) == {code}


@pytest.mark.parametrize("number", template_forms())
def test_every_template_that_is_sent_back_empty_is_one_finding(number: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    form = template_forms()[number]
    path.write_bytes(build_template(plan_template("48", 2023, bundled()), form))
    reading = read(path, year=2023)
    assert [finding.kind.code for finding in pipeline.check(reading)] == ["F011"]


def test_persons_without_households_are_not_nothing(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Phân tổ", "Số hộ nghèo đầu năm", "Thoát nghèo", "Số hộ nghèo cuối năm")
    rows: list[list[Cell]] = [["1", "Xã Tà Lu", "Hộ"], ["", "", "Nhân khẩu", 400, 100, 300]]
    reading = read_table(tmp_path, table(*rows, header=header))
    assert "F011" not in codes(reading)
