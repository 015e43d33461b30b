"""Counts that were summed from rows of the same sheet follow these, and all that is taken from them does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from tests.present.soffice import calculated
from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Language
from thidua_cli.model import Basis, GivenPart, Level, Part, Series, YearFigures
from thidua_cli.present.export.count_sums import CountSums
from thidua_cli.present.export.view import export_view
from thidua_cli.present.toolkit.render import render

SAMPLE: Final = Path(__file__).parents[2] / "sample_data" / "dien-bien"
NAMES: Final = ("households", "poor_households", "near_poor_households")
PROVINCE, DISTRICT, COMMUNE = "11", "103", "03156"
MORE: Final = 3000
POOR_OF_2024: Final = 18
"""Column of the sheet of counts, from 1: four before the counts, then four of each year-end."""


@cache
def _communes() -> list[list[Any]]:
    """Return the counts of the communes of a whole province: what stands above them is left to be summed."""
    seen = pipeline.read([str(SAMPLE / f"Mau-08_Dien-Bien_{year}.xlsx") for year in range(2021, 2025)]).observations
    return [
        [code, seen.year[row], *(seen.value(row, name) for name in NAMES)]
        for row, code in enumerate(seen.unit_code)
        if len(code) == 5
    ]


def _workbook(folder: Path, rows: list[list[Any]]) -> bytes:
    file = folder / "xa.csv"
    lines = [["unit_code", "year", *NAMES], *rows]
    file.write_text("".join(",".join(map(str, line)) + "\n" for line in lines), "utf-8")
    pack = pipeline.export(pipeline.read([str(file)]), [], load_inputs("qd-666-ttg"), 2024)
    content = render(export_view(pack), "xlsx", Language.VI)
    assert isinstance(content, bytes)
    return content


def _rows(content: bytes, sheet: str, *, values: bool = True) -> dict[str, list[Any]]:
    rows = openpyxl.load_workbook(BytesIO(content), data_only=values)[sheet].iter_rows(values_only=True)
    return {str(row[1]): list(row) for row in rows if row[1]}


def _with_poor_of_2024(content: bytes, code: str, poor: int | None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    row = next(row for row in book["Số liệu"].iter_rows() if row[1].value == code)
    assert isinstance(row[POOR_OF_2024 - 1].value, int), "what is read from a file is typed"
    row[POOR_OF_2024 - 1].value = poor
    changed = BytesIO()
    book.save(changed)
    return calculated(changed.getvalue())


def test_changing_a_commune_changes_its_district_and_province(tmp_path: Path) -> None:
    before = _workbook(tmp_path, _communes())
    poor = _rows(before, "Số liệu")[COMMUNE][POOR_OF_2024 - 1] + MORE
    changed = [[*row[:3], poor, row[4]] if row[:2] == [COMMUNE, 2024] else row for row in _communes()]
    anew, expected = _with_poor_of_2024(before, COMMUNE, poor), _workbook(tmp_path, changed)
    for sheet in ("Số liệu", "Tỷ lệ và mức giảm"):
        was, now, asked = (_rows(content, sheet) for content in (before, anew, expected))
        for code in (PROVINCE, DISTRICT, COMMUNE):
            assert now[code][4:] == pytest.approx(asked[code][4:], rel=1e-12)
            assert now[code][4:] != pytest.approx(was[code][4:], rel=1e-12)
    was, now = (_rows(content, "Từng điều kiện") for content in (before, anew))
    assert (was[PROVINCE][3], now[PROVINCE][3]) == ("Đạt", "Không đạt")
    assert any(
        str(first).startswith("Đạt") and str(second).startswith("Không đạt")
        for first, second in zip(was[DISTRICT], now[DISTRICT], strict=True)
    )


def test_every_sum_of_rows_that_stand_there_is_live_and_comes_out_the_same(tmp_path: Path) -> None:
    content = _workbook(tmp_path, _communes())
    texts, stored, anew = (
        _rows(content, "Số liệu", values=False),
        _rows(content, "Số liệu"),
        _rows(calculated(content), "Số liệu"),
    )
    sums = [code for code in texts if code.isdigit() and len(code) < 5]
    assert len(sums) == 11
    assert [text for code in sums for text in texts[code][4:] if not str(text).startswith("=IF(COUNT(")] == []
    assert stored == anew
    assert not any(str(text).startswith("=") for text in texts[COMMUNE][4:7])
    assert "sửa số một xã thì huyện, tỉnh đổi theo" in openpyxl.load_workbook(BytesIO(content))["Số liệu"]["A3"].value


def test_sums_of_units_that_do_not_stand_there_are_typed_and_told_of() -> None:
    """The communes of today were merged from earlier ones, which the sheet does not hold."""
    files = [str(SAMPLE / f"Mau-08_Dien-Bien_{year}.xlsx") for year in (2024, 2025)]
    content = render(
        export_view(pipeline.export(pipeline.read(files), [], load_inputs("qd-666-ttg"), 2025)), "xlsx", Language.VI
    )
    assert isinstance(content, bytes)
    merged = _rows(content, "Số liệu", values=False)["03127"]
    assert merged[2].endswith("(+)")
    assert type(merged[POOR_OF_2024 - 1]) is int
    assert "ghi sẵn, không đổi theo" in openpyxl.load_workbook(BytesIO(content))["Số liệu"]["A3"].value


def test_without_the_count_of_a_commune_nothing_is_summed_above_it(tmp_path: Path) -> None:
    anew = _rows(_with_poor_of_2024(_workbook(tmp_path, _communes()), COMMUNE, None), "Số liệu")
    assert {anew[code][POOR_OF_2024 - 1] or "" for code in (PROVINCE, DISTRICT, COMMUNE)} == {""}
    assert anew[PROVINCE][POOR_OF_2024 - 2] > 0


def test_figures_as_reported_stay_typed() -> None:
    pack = pipeline.export(
        pipeline.read([str(SAMPLE / "Mau-08_Dien-Bien_2024.xlsx")]), [], load_inputs("qd-666-ttg"), 2024
    )
    content = render(export_view(pack), "xlsx", Language.VI)
    assert isinstance(content, bytes)
    last = _rows(content, "Số liệu", values=False)[PROVINCE][POOR_OF_2024 - 2 : POOR_OF_2024 + 1]
    assert [type(count) for count in last] == [int] * 3
    assert "công thức: sửa số một xã" not in str(openpyxl.load_workbook(BytesIO(content))["Số liệu"]["A3"].value)


def _figures(households: int, *rows: int, basis: Basis = Basis.REPORTED) -> YearFigures:
    return YearFigures(2024, {"households": households}, basis, rows=rows)


def _unit(level: Level, figures: YearFigures, line: str = "") -> Series:
    return Series(f"{level}-{figures.rows}", "X", level, "", {2024: figures}, line_beside=line)


def _formula(*series: Series) -> str | None:
    return CountSums(series, [2024]).formula(0, 2024, "households", 4, "counts")


DISTRICT_OF_TWO: Final = _unit(Level.DISTRICT, _figures(30, 1, 2, basis=Basis.ROLLED_UP))
FIRST: Final = _unit(Level.COMMUNE, _figures(10, 1))
SECOND: Final = _unit(Level.COMMUNE, _figures(20, 2))
GIVEN: Final = GivenPart(Part("00001", "Y"), {"households": 1}, "biên bản")


def test_a_sum_names_the_rows_it_is_of() -> None:
    assert _formula(DISTRICT_OF_TWO, FIRST, SECOND) == '=IF(COUNT({counts!4@1:2})=2,SUM({counts!4@1:2}),"")'
    other = _unit(Level.COMMUNE, _figures(5, 3))
    cells = "{counts!4@1:1},{counts!4@3:3}"
    assert _formula(DISTRICT_OF_TWO, FIRST, other, SECOND) == f'=IF(COUNT({cells})=2,SUM({cells}),"")'


def test_units_that_stand_go_before_those_that_ended() -> None:
    """What ended is summed of the same communes, or read apart from them: the nearest that can be mended is meant."""
    province = _unit(Level.PROVINCE, _figures(30, 1, 2, basis=Basis.ROLLED_UP))
    ended = replace(DISTRICT_OF_TWO, ended_on=date(2025, 7, 1))
    assert _formula(province, DISTRICT_OF_TWO, FIRST, SECOND) == '=IF(COUNT({counts!4@1:1})=1,SUM({counts!4@1:1}),"")'
    assert _formula(province, ended, FIRST, SECOND) == '=IF(COUNT({counts!4@2:3})=2,SUM({counts!4@2:3}),"")'


@pytest.mark.parametrize(
    "series",
    [
        (DISTRICT_OF_TWO, FIRST),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.COMMUNE, _figures(21, 2))),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.COMMUNE, _figures(20, 2, 3))),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.COMMUNE, YearFigures(2024, {"poor_households": 1}, rows=(2,)))),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.COMMUNE, _figures(20, 2), "2021-2025")),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.DISTRICT, _figures(20, 2))),
        (DISTRICT_OF_TWO, FIRST, _unit(Level.COMMUNE, replace(_figures(20, 2), given=(GIVEN,)))),
        (_unit(Level.DISTRICT, _figures(30, 1, 2)), FIRST, SECOND),
    ],
    ids=["lacking", "not the sum", "more was read", "other count", "other line", "level", "given", "reported"],
)
def test_what_is_no_sum_of_rows_that_stand_there_is_typed(series: tuple[Series, ...]) -> None:
    assert _formula(*series) is None


@pytest.mark.parametrize(("number", "is_live"), [(100, True), (101, False)])
def test_a_sum_of_too_many_runs_of_rows_is_typed(number: int, is_live: bool) -> None:
    total = _unit(Level.PROVINCE, _figures(number, *range(number), basis=Basis.ROLLED_UP))
    communes = [_unit(Level.COMMUNE, _figures(1, row)) for row in range(number)]
    between = _unit(Level.COMMUNE, _figures(1, 1000))
    formula = _formula(total, *(unit for commune in communes for unit in (commune, between)))
    assert (formula is not None) is is_live
