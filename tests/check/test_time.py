"""Family T: figures of one unit through the years (T001–T005)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.cases import NAMES, SONG_KON, codes, context, found, observed, read
from thidua_cli import pipeline
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.last_year import check_jumps, check_openings
from thidua_cli.check.time import check_poverty_lines, check_superseded, check_years_without_gap
from thidua_cli.findings import Finding
from thidua_cli.model import Status
from thidua_cli.observations import Observation

PUBLISHED = Path(__file__).parents[2] / "sample_data" / "published" / "published_figures.csv"
MOVEMENT = (*NAMES, "poor_opening", "near_poor_opening")


def opened(year: int, poor: int | None, near_poor: int | None, line: str = "2022-2025") -> Observation:
    return observed(SONG_KON, year, (1000, 100, 50, poor, near_poor), names=MOVEMENT, line=line)


def test_a_year_that_opens_with_last_years_closing_is_sound() -> None:
    assert found(check_openings, opened(2022, None, None), opened(2023, 100, 50)) == []


def test_an_opening_one_household_off_is_found_for_poor_and_for_near_poor() -> None:
    poor, near_poor = found(check_openings, opened(2022, None, None), opened(2023, 101, 49))
    assert (poor.kind.code, poor.column, poor.difference) == ("T001", "poor_opening", 1)
    assert (near_poor.kind.code, near_poor.column, near_poor.difference) == ("T001", "near_poor_opening", -1)
    assert "Đầu kỳ năm 2023, số hộ nghèo là 101; số cuối năm 2022 là 100" in poor.message()


@pytest.mark.parametrize(
    "rows",
    [
        (opened(2021, None, None), opened(2023, 101, 49)),
        (opened(2022, None, None, "2016-2020"), opened(2023, 101, 49)),
        (opened(2022, None, None), opened(2023, None, None)),
    ],
    ids=["a year between", "another poverty line", "no opening"],
)
def test_an_opening_with_nothing_to_join_is_silent(rows: tuple[Observation, ...]) -> None:
    assert found(check_openings, *rows) == []


def years(*given: int) -> list[Finding]:
    return found(check_years_without_gap, *(observed(SONG_KON, year) for year in given))


def test_years_without_gap_are_sound_in_any_order() -> None:
    assert years(2021, 2022, 2023, 2024) == []
    assert years(2024, 2021, 2023, 2022) == []
    assert years(2023) == []


def test_a_year_missing_between_two_others_is_named() -> None:
    (finding,) = years(2024, 2021, 2022)
    assert (finding.kind.code, finding.year, finding.value) == ("T002", 2023, "2023")
    assert "có số liệu các năm 2021, 2022, 2024, thiếu 2023" in finding.message()


def test_several_missing_years_are_one_finding() -> None:
    (finding,) = years(2020, 2024)
    assert finding.value == "2021, 2022, 2023"


def jump(before: tuple[int | None, ...], after: tuple[int | None, ...], **of_second: str) -> list[str | None]:
    rows = observed(SONG_KON, 2022, before), observed(SONG_KON, 2023, after, line=of_second.get("line", "2022-2025"))
    findings = found(check_jumps, *rows)
    assert set(codes(findings)) <= {"T003"}
    return [finding.column for finding in findings]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((120, 3, 2), (122, 9, 11)),
        ((120, 20, 40), (122, 0, 1)),
        ((60, 5, 5), (100, 20, 20)),
        ((1000, 300, 80), (1010, 110, 200)),
        ((1000, 240, 80), (1010, 510, 60)),
        ((1000, 250, 80), (1010, 50, 80)),
        ((1000, 49, 80), (1010, 9, 80)),
    ],
    ids=[
        *("few households", "few to none", "a small commune grows", "the poor became near-poor", "on the border"),
        *("down by four fifths", "down from less than fifty"),
    ],
)
def test_movement_that_a_year_can_bring_is_silent(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    assert jump(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ((1204, 100, 50), (12040, 100, 50), "households"),
        ((1000, 240, 80), (1010, 511, 80), "poor_households"),
        ((1000, 250, 80), (1010, 49, 80), "poor_households"),
        ((1000, 50, 80), (1010, 9, 80), "poor_households"),
        ((12000, 240, 80), (12010, 2400, 80), "poor_households"),
        ((12000, 2400, 80), (12010, 240, 80), "poor_households"),
        ((12000, 240, 80), (12010, 240, 800), "near_poor_households"),
        ((12000, 240, 800), (12010, 240, 80), "near_poor_households"),
    ],
    ids=[
        "households",
        "just over the border",
        "over four fifths",
        "from fifty",
        "digit too many",
        "digit lost",
        "near-poor up",
        "near-poor down",
    ],
)
def test_a_slipped_digit_is_found(before: tuple[int, ...], after: tuple[int, ...], column: str) -> None:
    assert jump(before, after) == [column]


def test_a_jump_tells_both_years() -> None:
    (finding,) = found(check_jumps, observed(SONG_KON, 2022), observed(SONG_KON, 2023, (1000, 1000, 50)))
    assert (finding.value, finding.expected, finding.difference, finding.year) == (1000, 100, 900, 2023)
    assert "từ 100 (năm 2022) thành 1.000 (năm 2023)" in finding.message()


def test_no_jump_is_seen_across_poverty_lines_or_missing_figures() -> None:
    assert jump((1000, 100, 50), (1000, 900, 50), line="ha-noi-2022-2025") == []
    assert jump((1000, None, 50), (1000, 900, 50)) == []
    assert jump((None, 100, 50), (1000, 100, None)) == []


def test_published_figures_of_real_years_are_silent() -> None:
    reading = pipeline.read([str(PUBLISHED)])
    assert len(reading.observations) == 13
    assert not {"T001", "T003", "T004"} & set(codes(run_checks(context(reading))))


def test_one_poverty_line_is_sound() -> None:
    assert found(check_poverty_lines, observed(SONG_KON, 2022), observed(SONG_KON, 2023)) == []


def test_a_change_of_poverty_line_is_told_once_where_it_happens() -> None:
    rows = [observed(SONG_KON, year, line="2016-2020" if year < 2022 else "2022-2025") for year in range(2020, 2025)]
    (finding,) = found(check_poverty_lines, *rows)
    assert (finding.kind.code, finding.year, finding.value) == ("T004", 2022, "2022-2025")
    assert "chuẩn nghèo 2016-2020 đến năm 2021, 2022-2025 từ năm 2022" in finding.message()


def test_two_units_on_two_lines_are_no_change() -> None:
    rows = observed(SONG_KON, 2023), observed("20470", 2023, line="ha-noi-2022-2025")
    assert found(check_poverty_lines, *rows) == []


def test_a_jump_with_a_change_of_line_is_told_as_the_change_alone() -> None:
    rows = observed(SONG_KON, 2021, (1000, 40, 20), line="2016-2020"), observed(SONG_KON, 2022, (1000, 400, 90))
    assert codes(run_checks(context(read(*rows)))) == ["T004"]


@pytest.mark.parametrize("order", [(Status.PRELIMINARY, Status.FINAL), (Status.FINAL, Status.PRELIMINARY)])
def test_preliminary_beside_final_is_a_note_at_the_preliminary_row(order: tuple[Status, Status]) -> None:
    rows = [observed(SONG_KON, counts=(1000, number, 5), status=status) for number, status in enumerate(order)]
    check = context(read(*rows))
    (finding,) = check_superseded(check)
    assert (finding.kind.code, finding.severity.value) == ("T005", "note")
    assert finding.origin.cell == f"{2 + order.index(Status.PRELIMINARY)}:{2 + order.index(Status.PRELIMINARY)}"
    final = 2 + order.index(Status.FINAL)
    assert (finding.column, finding.value) == ("status", f"bieu.csv › {final}:{final}")
    assert [check.observations.status[row] for row in check.series[SONG_KON]] == [Status.FINAL]


def test_preliminary_alone_is_silent() -> None:
    assert found(check_superseded, observed(SONG_KON, status=Status.PRELIMINARY)) == []


def test_final_figures_are_compared_with_the_year_before_and_preliminary_ones_are_not() -> None:
    rows = (
        observed(SONG_KON, 2022),
        observed(SONG_KON, 2023, (1000, 1000, 50), status=Status.PRELIMINARY),
        observed(SONG_KON, 2023),
    )
    assert found(check_jumps, *rows) == []
