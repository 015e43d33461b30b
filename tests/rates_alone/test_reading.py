"""Rates that stand in a table without their counts: which of them are taken, and what is said of the counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.normalise.cases import DISTRICT, HEADER, Cell, codes, only, read, read_table, table
from thidua_cli import pipeline
from thidua_cli.findings import Severity
from thidua_cli.model import Level, Status
from thidua_cli.normalise.cells.percents import Scale, read_percent, scale_of
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.mapping import load_mapping
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.observations import Observation, Observations
from thidua_cli.present.observations.canonical import CanonicalFormat, canonical_csv, render_canonical

RATES: tuple[Cell, ...] = ("TT", "Tên đơn vị", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo")
WITH_RATE: tuple[Cell, ...] = (*HEADER[:4], "Tỷ lệ hộ nghèo", HEADER[4])


def rates(reading: FilesRead) -> dict[str, dict[str, str]]:
    """Unit → its printed rates."""
    held = reading.observations
    return {held.unit_name[row]: held.rates_of(row) for row in range(len(held)) if held.rates_of(row)}


def canonical(folder: Path, *lines: str) -> FilesRead:
    path = folder / "so-lieu.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return read(path)


def test_a_form_of_rates_alone_gives_the_rates_with_their_cells(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", "12,5", 4.21], header=RATES))
    assert rates(reading) == {"Xã Tà Lu": {"poor_rate_percent": "12.5", "near_poor_rate_percent": "4.21"}}
    assert reading.observations.origin(0, "poor_rate_percent").cell == "C4"
    finding = only(reading, "H001")
    assert finding.severity is Severity.WARNING
    assert "tổng số hộ, số hộ nghèo, số hộ cận nghèo" in finding.message()
    assert "chỉ có tỷ lệ" in finding.message()


def test_a_count_that_no_rate_stands_in_for_is_still_an_error(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", "12,5"], header=RATES[:3]))
    severities = {one.column: one.severity for one in reading.findings if one.kind.code == "H001"}
    assert severities == {"households": Severity.WARNING, "near_poor_households": Severity.ERROR}


def test_a_row_with_a_rate_and_empty_counts_keeps_the_rate_and_is_one_warning(tmp_path: Path) -> None:
    blank: list[Cell] = ["2", "Xã Sông Kôn", None, None, "9,50", 12]
    rows = table(["1", "Xã Tà Lu", 500, 50, "10,00", 20], blank, header=WITH_RATE)
    reading = read_table(tmp_path, rows)
    assert rates(reading) == {"Xã Sông Kôn": {"poor_rate_percent": "9.50"}}
    finding = only(reading, "V005")
    assert (finding.severity, finding.unit_name) == (Severity.WARNING, "Xã Sông Kôn")
    assert "tổng số hộ, số hộ nghèo" in finding.message()


def test_a_formula_over_empty_counts_is_no_rate_of_zero(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 50, "10,00", 20], ["2", "Xã Sông Kôn", None, None, 0, None], header=WITH_RATE)
    reading = read_table(tmp_path, rows)
    assert rates(reading) == {}
    assert {one.severity for one in reading.findings if one.kind.code == "V005"} == {Severity.ERROR}


def test_a_rate_of_zero_without_columns_of_counts_is_zero(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 0, "1,2"], header=RATES))
    assert rates(reading)["Xã Tà Lu"]["poor_rate_percent"] == "0"


def test_rates_of_rows_with_counts_are_not_kept(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 50, "10,00", 20], header=WITH_RATE))
    assert rates(reading) == {}
    assert [one.printed for one in reading.rates] == ["10,00"]


def test_small_bare_numbers_may_be_fractions_and_are_not_guessed(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 0.0593, 0.0421], header=RATES))
    assert rates(reading) == {}
    found = [one for one in reading.findings if one.kind.code == "V008"]
    assert [one.origin.cell for one in found] == ["C4", "D4"]
    assert "phần trăm hay phân số" in found[0].message()


def test_rows_with_counts_tell_that_the_others_print_fractions(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 50, 0.1, 20], ["2", "Xã Sông Kôn", None, None, 0.095, 12], header=WITH_RATE)
    assert rates(read_table(tmp_path, rows)) == {"Xã Sông Kôn": {"poor_rate_percent": "9.5"}}


def test_years_beside_each_other_each_have_their_rates(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [DISTRICT],
        ["TT", "Tên xã", "Tỷ lệ hộ nghèo", None, "Tỷ lệ hộ cận nghèo", None],
        [None, None, 2022, 2023, 2022, 2023],
        ["1", "Tà Lu", "14,2", "12,5", "5,0", "4,2"],
    ]
    held = read_table(tmp_path, rows).observations
    assert [(held.year[row], held.rates_of(row)["poor_rate_percent"]) for row in range(len(held))] == [
        (2022, "14.2"),
        (2023, "12.5"),
    ]
    assert [held.origin(row, "near_poor_rate_percent").cell for row in range(2)] == ["E4", "F4"]


def test_indicators_in_rows_give_the_rates_of_each_year(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [DISTRICT],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2022", "Năm 2023"],
        ["1", "Tỷ lệ hộ nghèo", "%", "14,2", "12,5"],
        ["2", "Tỷ lệ hộ cận nghèo", "%", "5,0", "4,2"],
    ]
    reading = read_table(tmp_path, rows)
    held = reading.observations
    assert [held.rates_of(row) for row in range(len(held))] == [
        {"poor_rate_percent": "14.2", "near_poor_rate_percent": "5.0"},
        {"poor_rate_percent": "12.5", "near_poor_rate_percent": "4.2"},
    ]
    assert held.origin(1, "near_poor_rate_percent").cell == "E4"
    assert {one.severity for one in reading.findings if one.kind.code == "H001"} == {Severity.WARNING}


def test_canonical_columns_take_vietnamese_percentages_and_sums(tmp_path: Path) -> None:
    head = "unit_code,year,poor_rate_percent,near_poor_rate_percent,multidimensional_rate_percent"
    reading = canonical(tmp_path, head, '58,2022,"5,93 %","5,43+1,66",–')
    assert rates(reading) == {"Tỉnh Ninh Thuận": {"poor_rate_percent": "5.93", "near_poor_rate_percent": "5.43+1.66"}}
    assert codes(reading) == ["H001"]


def test_a_rate_beside_its_counts_is_compared_with_them(tmp_path: Path) -> None:
    head = "unit_code,year,households,poor_households,near_poor_households,poor_rate_percent"
    reading = canonical(tmp_path, head, "58,2022,1000,59,50,6.9")
    assert [(one.printed, one.part, one.whole) for one in reading.rates] == [("6.9", 59, 1000)]


@pytest.mark.parametrize("cell", ["105", "-3", "ít", "5,5,5", True])
def test_what_is_no_percentage_is_refused(cell: str | bool) -> None:
    assert read_percent(cell) is None


def test_one_number_above_one_tells_the_scale_of_all() -> None:
    assert scale_of([0.5, 0.2, 1.2]) is Scale.PERCENT
    assert scale_of([0.5, 0.2]) is Scale.UNKNOWN
    assert scale_of([0, "", None, "0,5%"]) is Scale.PERCENT


def test_rates_of_two_rows_of_one_unit_are_not_added_up(tmp_path: Path) -> None:
    rows = table(
        ["I", "Khu vực thành thị", None, None],
        ["1", "Huyện Đông Giang", "5,5", "4,0"],
        ["II", "Khu vực nông thôn", None, None],
        ["1", "Huyện Đông Giang", "9,5", "7,0"],
        title=("UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023"),
        header=RATES,
    )
    assert rates(read_table(tmp_path, rows)) == {}


def test_a_form_of_the_users_own_may_hold_rates_alone(tmp_path: Path) -> None:
    mapping, sheet = tmp_path / "bieu.toml", tmp_path / "bieu.csv"
    sheet.write_text('Mã,Nơi cư trú,Diện A\n1,Tà Lu,"5,5"\n', encoding="utf-8")
    keys = 'header_row = 1\nfirst_row = 2\nunit = "B"\nyear = 2024\nscope = "505"\n[columns]\npoor_rate = "C"\n'
    mapping.write_text(keys, encoding="utf-8")
    reading = pipeline.read([str(sheet)], ReadingOptions(mapping=load_mapping(mapping)))
    assert rates(reading) == {"Xã Tà Lu": {"poor_rate_percent": "5.5"}}


percentages = st.decimals(0, 50, places=2).map(str) | st.integers(0, 50).map(str) | st.just("5.93+1.89")


@given(poor=percentages, near_poor=percentages, form=st.sampled_from(CanonicalFormat))
def test_printed_rates_are_written_and_read_without_loss(
    tmp_path_factory: pytest.TempPathFactory, poor: str, near_poor: str, form: CanonicalFormat
) -> None:
    printed = {"poor_rate_percent": poor, "near_poor_rate_percent": near_poor}
    row = Observation("58", 2022, "Tỉnh Ninh Thuận", Level.PROVINCE, "", "2022-2025", Status.FINAL, {}, printed)
    path = tmp_path_factory.mktemp("rates") / f"so-lieu.{form}"
    path.write_bytes(render_canonical(Observations.of([row]), form))
    assert [one.rates for one in read(path).observations] == [printed]


def test_nothing_is_added_to_a_table_without_printed_rates() -> None:
    counts = {"households": 10, "poor_households": 1, "near_poor_households": 1}
    row = Observation("58", 2022, "Tỉnh Ninh Thuận", Level.PROVINCE, "", "2022-2025", Status.FINAL, counts)
    assert b"rate" not in canonical_csv(Observations.of([row]))


def test_a_fraction_keeps_the_decimals_it_shows_as_a_percentage() -> None:
    printed = read_percent(0.0593, Scale.FRACTION)
    assert printed == "5.93"
    assert Fraction(printed) == Fraction(593, 100)
