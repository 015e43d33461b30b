"""A column headed "nghèo đa chiều" that holds the rate of the poor: told once, and never taken for poor + near-poor."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from tests.normalise.cases import Cell, read, read_table, table, write_sheet
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language

HEADER: tuple[Cell, ...] = ("TT", "Tên xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tỷ lệ hộ nghèo đa chiều (%)")
RATES: tuple[Cell, ...] = ("TT", "Tên xã", "Tỷ lệ hộ nghèo đa chiều (%)", "Tỷ lệ hộ cận nghèo (%)")
NAMES = ("Xã Tà Lu", "Xã A Ting", "Xã Sông Kôn", "Xã Ba")
COUNTS = ((400, 60, 40), (300, 90, 30), (500, 55, 15), (800, 40, 0))
OF_THE_POOR = ("15,00", "30,00", "11,00", "5,00")
OF_BOTH = ("25,00", "40,00", "14,00", "5,00")


def lines(
    rates: Sequence[str], names: Sequence[str] = NAMES, counts: Sequence[tuple[int, int, int]] = COUNTS
) -> list[list[Cell]]:
    """As many rows as there are rates."""
    cells = zip(names[: len(rates)], counts[: len(rates)], rates, strict=True)
    return [[str(number), name, *of_unit, rate] for number, (name, of_unit, rate) in enumerate(cells, start=1)]


def found(folder: Path, *rates: str) -> list[Finding]:
    findings = pipeline.check(read_table(folder, table(*lines(rates), header=HEADER)))
    return [finding for finding in findings if finding.kind.code in ("V006", "V012")]


def test_the_rate_of_the_poor_under_the_other_name_is_one_note_and_no_echo_in_each_row(tmp_path: Path) -> None:
    (note,) = found(tmp_path, *OF_THE_POOR)
    assert (note.kind.code, note.severity, note.origin.cell) == ("V012", Severity.NOTE, "F4")
    assert note.message(Language.VI) == (
        "Cột tỷ lệ nghèo đa chiều: 3/3 dòng ghi tỷ lệ hộ nghèo (Xã Tà Lu: ghi 15,00, 60/400), tính cả hộ cận nghèo là"
        " 25,00%; được hiểu là tỷ lệ hộ nghèo"
    )


def test_the_rate_of_poor_and_near_poor_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, *OF_BOTH) == []


def test_rows_without_near_poor_households_tell_nothing(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Xã Ba", 800, 40, 0, "5,00"], ["2", "Xã Tư", 300, 30, 0, "10,00"]]
    findings = pipeline.check(read_table(tmp_path, table(*rows, header=HEADER)))
    assert not {"V006", "V012"} & {finding.kind.code for finding in findings}


def test_a_wrong_rate_in_a_column_of_the_poor_is_told_of_the_poor(tmp_path: Path) -> None:
    names, counts = (*NAMES[:3], "Xã Tư", "Xã Kà Dăng", "Xã Mà Cooih"), (*COUNTS[:3], *[(200, 20, 10)] * 3)
    printed = ("15,00", "30,00", "11,00", "10,00", "10,00", "19,00")
    rows = lines(printed, names, counts)
    findings = pipeline.check(read_table(tmp_path, table(*rows, header=HEADER)))
    told = [(one.kind.code, one.column, one.origin.row) for one in findings if one.kind.code in ("V006", "V012")]
    assert sorted(told) == [("V006", "rate:poor", 9), ("V012", "rate:multidimensional", 4)]


@pytest.mark.parametrize("rates", [("15,00", "30,00", "14,00"), ("25,00", "30,00", "14,00")])
def test_a_column_that_is_now_the_one_and_now_the_other_is_told_row_by_row(
    rates: tuple[str, ...], tmp_path: Path
) -> None:
    assert {finding.kind.code for finding in found(tmp_path, *rates)} == {"V006"}


def test_counts_stand_whatever_the_column_says(tmp_path: Path) -> None:
    rows = lines(OF_THE_POOR)
    result = pipeline.rates(read_table(tmp_path, table(*rows, header=HEADER)))
    shown = {row.unit_name: (row.years[-1].rate_percent, row.doubts) for row in result.table.rows}
    assert shown["Xã Tà Lu"] == (Fraction(25), ())


def test_a_row_without_counts_in_such_a_column_has_no_multidimensional_rate(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [str(n), name, *of, r]
        for n, (name, of, r) in enumerate(zip(NAMES[:3], COUNTS[:3], OF_THE_POOR[:3], strict=True), start=1)
    ]
    rows.append(["4", "Xã Tư", None, None, None, "12,00"])
    reading = read_table(tmp_path, table(*rows, header=HEADER))
    (told,) = [finding for finding in reading.findings if finding.kind.code == "V012"]
    assert told.severity is Severity.WARNING
    result = pipeline.rates(reading)
    assert {row.unit_name: row.years[-1].rate_percent for row in result.table.rows}["Xã Tư"] is None


@pytest.mark.parametrize("near", ["10,00", "40,00"])
def test_rates_alone_beside_those_of_the_near_poor_are_not_used(near: str, tmp_path: Path) -> None:
    """Less than the near-poor alone it cannot be the sum; else nobody knows."""
    rows: list[list[Cell]] = [["1", "Xã Tà Lu", "15,00", near], ["2", "Xã A Ting", "30,00", near]]
    reading = read_table(tmp_path, table(*rows, header=RATES))
    (told,) = [finding for finding in reading.findings if finding.kind.code == "V012"]
    assert told.severity is Severity.WARNING
    assert "multidimensional_rate_percent" not in reading.observations.rates
    assert reading.observations.rates["near_poor_rate_percent"] != {}


def test_rates_alone_that_add_up_are_used(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo", "Tỷ lệ nghèo đa chiều")
    rows: list[list[Cell]] = [
        ["1", "Xã Tà Lu", "15,00", "10,00", "25,00"],
        ["2", "Xã A Ting", "30,00", "10,00", "40,00"],
    ]
    reading = read_table(tmp_path, table(*rows, header=header))
    assert "V012" not in {finding.kind.code for finding in reading.findings}
    assert len(reading.observations.rates["multidimensional_rate_percent"]) == 2


def test_rates_alone_that_repeat_those_of_the_poor_are_not_used(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo", "Tỷ lệ nghèo đa chiều")
    rows: list[list[Cell]] = [
        ["1", "Xã Tà Lu", "15,00", "10,00", "15,00"],
        ["2", "Xã A Ting", "30,00", "10,00", "30,00"],
    ]
    reading = read_table(tmp_path, table(*rows, header=header))
    assert "V012" in {finding.kind.code for finding in reading.findings}
    assert "multidimensional_rate_percent" not in reading.observations.rates


def test_a_canonical_column_is_held_against_its_counts_as_well(tmp_path: Path) -> None:
    head = "unit_code,year,households,poor_households,near_poor_households,multidimensional_rate_percent"
    rows = ["20470,2023,400,60,40,15.00", "20471,2023,300,90,30,30.00"]
    path = tmp_path / "data.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    codes = [finding.kind.code for finding in pipeline.check(read(path)) if finding.kind.code[0] == "V"]
    assert codes == ["V012"]


def test_a_canonical_column_without_counts_is_what_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(
        "unit_code,year,near_poor_rate_percent,multidimensional_rate_percent\n20470,2023,5.00,15.00\n", encoding="utf-8"
    )
    reading = read(path)
    assert "V012" not in {finding.kind.code for finding in reading.findings}
    assert reading.observations.rates["multidimensional_rate_percent"] == {0: "15.00"}


def test_one_table_of_indicators_tells_it_too(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Chỉ tiêu", "ĐV tính", 2022, 2023],
        ["Tổng số hộ", "hộ", 500, 500],
        ["Số hộ nghèo", "hộ", 120, 110],
        ["Số hộ cận nghèo", "hộ", 40, 35],
        ["Tỷ lệ hộ nghèo đa chiều", "%", "24,00", "22,00"],
    ]
    reading = pipeline.read([str(write_sheet(tmp_path / "bieu.xlsx", rows))])
    codes = [finding.kind.code for finding in pipeline.check(reading)]
    assert codes.count("V012") == 2
    assert "V006" not in codes
