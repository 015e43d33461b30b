"""Two results of one year-end, on the line that ends and on the next one: side by side, and never in one fall.

The ends of 2021 (2016-2020 and 2022-2025) and of 2026 (2022-2025 and 2027-2030) were and will be reviewed twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import thidua_cli
from tests.cli.program import thidua
from tests.normalise.cases import Cell, table, write_sheet, write_sheets
from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.present.rates.records import rates_document
from thidua_cli.present.toolkit.document import whole

Counts = tuple[int, int, int]
Row = tuple[int, str, Counts]

COMMUNES = {
    2021: ("20470", "Xã Tà Lu", "UBND HUYỆN ĐÔNG GIANG"),
    2026: ("03253", "Xã Tuần Giáo", "UBND TỈNH ĐIỆN BIÊN"),
}
LINES = {2021: ("2016-2020", "2022-2025"), 2026: ("2022-2025", "2027-2030")}
OLD: Counts = (400, 60, 40)
NEW: Counts = (400, 160, 60)


def sheet(year: int, line: str, counts: Counts = OLD, *, numbered: bool = True) -> list[Sequence[Cell]]:
    _, name, unit = COMMUNES[2021 if year < 2025 else 2026]
    title = (unit, f"Năm rà soát: {year}", f"Theo chuẩn nghèo giai đoạn {line}")
    return table(["1" if numbered else "", name, *counts], title=title)


def two_files(folder: Path, year: int, counts: Counts) -> None:
    for line, own in zip(LINES[year], (OLD, counts), strict=True):
        write_sheet(folder / f"bieu-{line}.xlsx", sheet(year, line, own))


def two_sheets(folder: Path, year: int, counts: Counts) -> None:
    old, new = LINES[year]
    write_sheets(folder / "bieu.xlsx", {"Chuẩn cũ": sheet(year, old), "Chuẩn mới": sheet(year, new, counts)})


def two_tables(folder: Path, year: int, counts: Counts) -> None:
    old, new = LINES[year]
    write_sheet(folder / "bieu.xlsx", [*sheet(year, old), [], *sheet(year, new, counts)])


def one_csv(folder: Path, year: int, counts: Counts) -> None:
    rows = zip(LINES[year], (OLD, counts), strict=True)
    canonical(folder, *((year, line, own) for line, own in rows))


def canonical(folder: Path, *rows: Row, code: str = "") -> Path:
    head = "unit_code,year,poverty_line,households,poor_households,near_poor_households"
    path = folder / "data.csv"
    lines = [
        ",".join(map(str, (code or COMMUNES[2021 if year < 2025 else 2026][0], year, line, *counts)))
        for year, line, counts in rows
    ]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


PLACES: tuple[Callable[[Path, int, Counts], None], ...] = (two_files, two_sheets, two_tables, one_csv)


@pytest.fixture(params=PLACES, ids=lambda place: place.__name__)
def place(request: pytest.FixtureRequest) -> Callable[[Path, int, Counts], None]:
    written: Callable[[Path, int, Counts], None] = request.param
    return written


def read(folder: Path) -> FilesRead:
    return pipeline.read([str(folder)])


@pytest.mark.parametrize("year", [2021, 2026])
@pytest.mark.parametrize("counts", [NEW, OLD], ids=["other counts", "the same counts"])
def test_two_series_of_one_year_end_are_no_finding_and_one_row_each(
    place: Callable[[Path, int, Counts], None], year: int, counts: Counts, tmp_path: Path
) -> None:
    place(tmp_path, year, counts)
    reading = read(tmp_path)
    rows = reading.observations
    # the table of one commune lacks the others, on each line
    assert {finding.kind.code for finding in pipeline.check(reading)} <= {"U008"}
    assert list(zip(rows.year, rows.poverty_line, rows.counts["poor_households"], strict=True)) == [
        (year, LINES[year][0], OLD[1]),
        (year, LINES[year][1], counts[1]),
    ]
    record = whole(rates_document(pipeline.rates(reading)))
    assert isinstance(record["rows"], list)
    assert [(row["unit_code"], row["poverty_line"]) for row in record["rows"]] == [
        (COMMUNES[year][0], line) for line in LINES[year]
    ]


def series_of_2021(folder: Path) -> Path:
    later = [(2022, (405, 130, 50)), (2023, (410, 110, 45)), (2024, (415, 60, 30))]
    return canonical(
        folder,
        (2020, "2016-2020", (400, 80, 45)),
        (2021, "2016-2020", OLD),
        (2021, "2022-2025", NEW),
        *((year, "2022-2025", counts) for year, counts in later),
    )


def series_of_2026(folder: Path) -> Path:
    earlier = [(2025, (405, 90, 45)), (2026, (410, 60, 40))]
    later = [(2026, (410, 160, 70)), (2027, (412, 120, 60))]
    of_lines = [("2022-2025", earlier), ("2027-2030", later)]
    return canonical(folder, *((year, line, counts) for line, rows in of_lines for year, counts in rows))


@pytest.mark.parametrize("series", [series_of_2021, series_of_2026])
def test_falls_are_taken_on_each_line_and_never_across(series: Callable[[Path], Path], tmp_path: Path) -> None:
    series(tmp_path)
    reading = read(tmp_path)
    assert [finding.kind.code for finding in pipeline.check(reading)] == []
    table = pipeline.rates(reading).table
    falls = {(row.line_beside, year.year): year.fall_points for row in table.rows for year in row.years if year.count}
    if series is series_of_2021:
        assert [row.line_beside for row in table.rows] == ["2016-2020", "2022-2025"]
        assert falls["2022-2025", 2021] is None
        assert round(float(falls["2022-2025", 2022] or 0), 2) == 10.56
    else:
        assert [row.line_beside for row in table.rows] == ["2022-2025", "2027-2030"]
        assert round(float(falls["2022-2025", 2026] or 0), 2) == 8.94
        assert falls["2027-2030", 2026] is None
        assert round(float(falls["2027-2030", 2027] or 0), 2) == 12.41


def test_the_new_line_opening_with_last_years_closing_of_the_old_one_is_no_finding_but_its_own_is(
    tmp_path: Path,
) -> None:
    head = "unit_code,year,poverty_line,households,poor_households,near_poor_households,poor_opening"
    rows = [
        "03253,2026,2022-2025,400,60,40,",
        "03253,2026,2027-2030,400,160,60,",
        "03253,2027,2027-2030,400,120,60,150",
    ]
    (tmp_path / "data.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    findings = [finding for finding in pipeline.check(read(tmp_path)) if finding.kind.code[0] == "T"]
    assert [(finding.kind.code, finding.value, finding.expected) for finding in findings] == [("T001", 150, 160)]


def test_a_year_end_on_two_lines_is_no_break_and_one_on_the_other_alone_is(tmp_path: Path) -> None:
    series_of_2021(tmp_path)
    assert "T004" not in {finding.kind.code for finding in pipeline.check(read(tmp_path))}
    canonical(tmp_path, (2021, "2016-2020", OLD), (2022, "2022-2025", NEW))
    assert [finding.kind.code for finding in pipeline.check(read(tmp_path))] == ["T004"]


def test_two_rows_on_one_line_are_still_twice(tmp_path: Path) -> None:
    canonical(tmp_path, (2026, "2022-2025", OLD), (2026, "2027-2030", NEW), (2026, "2027-2030", (400, 150, 60)))
    assert [finding.kind.code for finding in pipeline.check(read(tmp_path))] == ["U007"]


def test_a_line_that_does_not_hold_at_the_year_end_is_no_second_series(tmp_path: Path) -> None:
    canonical(tmp_path, (2023, "2016-2020", OLD), (2023, "2022-2025", NEW))
    assert [finding.kind.code for finding in pipeline.check(read(tmp_path))] == ["U007"]


def test_sums_are_held_against_the_children_on_their_own_line(tmp_path: Path) -> None:
    head = "unit_code,year,level,parent_code,poverty_line,households,poor_households,near_poor_households"
    villages = [
        ("20470-1", "2016-2020", "200,30,20"),
        ("20470-2", "2016-2020", "200,30,20"),
        ("20470-1", "2022-2025", "200,80,30"),
        ("20470-2", "2022-2025", "200,81,30"),
    ]
    commune = [("2016-2020", "400,60,40"), ("2022-2025", "400,160,60")]
    rows = [f"{code},2021,village,20470,{line},{counts}" for code, line, counts in villages]
    rows += [f"20470,2021,commune,505,{line},{counts}" for line, counts in commune]
    (tmp_path / "data.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    findings = pipeline.check(read(tmp_path))
    assert [(finding.kind.code, finding.value, finding.expected) for finding in findings] == [("S001", 160, 161)]
    rates = pipeline.rates(read(tmp_path))
    doubted = [row.line_beside for row in rates.table.rows if row.doubts]
    assert set(doubted) == {"2022-2025"}


def test_a_preliminary_result_is_not_replaced_by_the_final_one_of_the_other_line(tmp_path: Path) -> None:
    head = "unit_code,year,status,poverty_line,households,poor_households,near_poor_households"
    rows = ["03253,2026,preliminary,2022-2025,400,60,40", "03253,2026,final,2027-2030,400,160,60"]
    (tmp_path / "data.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    reading = read(tmp_path)
    assert pipeline.check(reading) == []
    assert [row.years[-1].count for row in pipeline.rates(reading).table.rows] == [100, 220]


def test_a_sum_of_communes_is_taken_on_each_line(tmp_path: Path) -> None:
    head = "unit_code,year,level,parent_code,poverty_line,households,poor_households,near_poor_households"
    rows = [
        f"20470-{number},2021,village,20470,{line},200,{poor},20"
        for number in (1, 2)
        for line, poor in (("2016-2020", 30), ("2022-2025", 80))
    ]
    (tmp_path / "data.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    sums = [row for row in pipeline.rates(read(tmp_path)).table.rows if row.unit_code == "20470"]
    assert [(row.line_beside, row.years[-1].count) for row in sums] == [("2016-2020", 100), ("2022-2025", 200)]


@pytest.mark.parametrize("output", ["csv", "json", "markdown", "table"])
def test_every_format_of_rates_names_the_line_of_each_row(output: str, tmp_path: Path) -> None:
    path = series_of_2026(tmp_path)
    shown = thidua("rates", str(path), "--format", output).text
    assert "2022-2025" in shown
    assert "2027-2030" in shown
    if output in {"markdown", "table"}:
        assert "Xã Tuần Giáo · 2022-2025" in shown
        assert "Xã Tuần Giáo · 2027-2030" in shown


def test_the_dataframe_has_the_line_in_every_row(tmp_path: Path) -> None:
    frame = thidua_cli.rates(str(series_of_2026(tmp_path)))
    assert frame.groupby("poverty_line").size().to_dict() == {"2022-2025": 3, "2027-2030": 3}


def test_a_clause_takes_the_figures_on_its_own_line_whatever_stands_beside(tmp_path: Path) -> None:
    both = series_of_2021(tmp_path)
    shown = thidua("eligible", str(both), "--rules", "qd-666-ttg", "--as-of", "2024", "--format", "csv").text
    (tmp_path / "alone").mkdir()
    lines = both.read_text(encoding="utf-8").splitlines()
    alone = tmp_path / "alone" / "data.csv"
    alone.write_text("\n".join(line for line in lines if "2016-2020" not in line) + "\n", encoding="utf-8")
    of_one = thidua("eligible", str(alone), "--rules", "qd-666-ttg", "--as-of", "2024", "--format", "csv").text
    assert shown == of_one
    assert ",met," in shown


def test_a_result_on_one_of_two_lines_verifies(tmp_path: Path) -> None:
    path = series_of_2021(tmp_path)
    result = tmp_path / "result.json"
    assert thidua("eligible", str(path), "--rules", "qd-666-ttg", "--as-of", "2024", "-o", str(result)).status == 0
    verified = thidua("verify", str(result), str(path))
    assert verified.status == 0, verified.text


def test_a_report_of_a_unit_with_two_lines_shows_that_of_the_rules(tmp_path: Path) -> None:
    path = series_of_2021(tmp_path)
    shown = thidua(
        *("report", str(path), "--unit", "20470", "--as-of", "2024", "--rules", "qd-666-ttg"),
        *("--format", "markdown", "-o", "-"),
    ).text
    assert "2022-2025" in shown
    assert "25,00" not in shown  # the rate of the other line at the end of 2021


def test_the_workbook_for_submission_holds_the_figures_of_the_rules_line(tmp_path: Path) -> None:
    path, pack = series_of_2021(tmp_path), tmp_path / "pack.xlsx"
    assert thidua("export", str(path), "--rules", "qd-666-ttg", "--as-of", "2024", "-o", str(pack)).status == 0
    assert pack.exists()


PLAN = """
id = "rieng"
version = "1"
title = { vi = "Kế hoạch riêng", en = "Own plan" }
applies = { from = 2025-01-01, until = 2030-12-31 }
completeness = { vi = "đủ", en = "whole" }
citation = { document = "1/KH-UBND", clause = "1", date = 2025-01-01, address = "https://example.org" }
readings.a = { vi = "a", en = "a", why = { vi = "a", en = "a" } }
"""
TARGET = """
[[target]]
id = "{id}"
title = {{ vi = "{id}", en = "{id}" }}
subject = {{ level = "commune" }}
test = "rate_fall_each_year"
measure = "poor"
years = 1
year_ends = [{year}]
comparison = ">="
threshold = "1"
unit = "points"
poverty_line = "{line}"
reading = "a"
citation = {{ clause = "1" }}
verified = 2026-11-30
"""


@pytest.mark.parametrize(
    ("as_of", "answers"),
    [(2026, {"old": "met", "new": "undetermined"}), (2027, {"old": "undetermined", "new": "met"})],
)
def test_clauses_on_two_lines_never_take_a_fall_over_the_end_of_one(
    as_of: int, answers: dict[str, str], tmp_path: Path
) -> None:
    """Of a doubled year-end one line is taken for all clauses; those on the other line are not answered, nor wrong."""
    old, new = LINES[2026]
    rules = tmp_path / "rieng.toml"
    targets = TARGET.format(id="old", year=2026, line=old) + TARGET.format(id="new", year=2027, line=new)
    rules.write_text(PLAN + targets, "utf-8")
    rows: list[Row] = [(2025, old, (400, 80, 40)), (2026, old, OLD), (2026, new, NEW), (2027, new, (400, 120, 60))]
    (tmp_path / "so-lieu").mkdir()
    path = canonical(tmp_path / "so-lieu", *rows)
    result = thidua("targets", str(path), "--rules", str(rules), "--as-of", str(as_of), "--format", "json")
    answered = {row["rule"]: row for row in json.loads(result.text)["rows"]}
    assert {name: row["verdict"] for name, row in answered.items()} == answers
    values = {"old": 5.0, "new": 10.0}
    assert all(row["value"] in (None, values[name]) for name, row in answered.items())
    assert all("được lấy" in row["reason"] for row in answered.values() if row["verdict"] == "undetermined")
