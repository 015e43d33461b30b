"""Family L: figures of one row that contradict each other (L001, L002, L004)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.check.cases import SONG_KON, codes, context, found, observed
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.logic import (
    check_parts_within_wholes,
    check_poor_within_households,
    check_printed_sums,
)
from thidua_cli.model import Origin
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.table_reading import PrintedSum

MINORITY = (
    "households",
    "poor_households",
    "near_poor_households",
    "minority_households",
    "minority_poor_households",
    "merit_poor_households",
)


def test_fewer_poor_and_near_poor_than_households_are_sound() -> None:
    assert found(check_poor_within_households, observed(SONG_KON, counts=(412, 100, 50))) == []


def test_a_unit_where_every_household_is_poor_or_near_poor_is_sound() -> None:
    assert found(check_poor_within_households, observed(SONG_KON, counts=(412, 251, 161))) == []


def test_one_household_too_many_is_found_with_sum_limit_and_difference() -> None:
    (finding,) = found(check_poor_within_households, observed(SONG_KON, counts=(412, 251, 162)))
    assert (finding.kind.code, finding.column) == ("L001", "poor_households")
    assert (finding.value, finding.expected, finding.difference) == (413, 412, 1)
    assert "hộ nghèo 251 + hộ cận nghèo 162 = 413" in finding.message()


def test_a_missing_count_is_not_zero_and_contradicts_nothing() -> None:
    rows = [observed(SONG_KON, counts=counts) for counts in ((None, 251, 162), (100, None, 162), (100, 251, None))]
    assert found(check_poor_within_households, *rows) == []
    assert found(check_poor_within_households) == []


@given(st.tuples(*[st.integers(0, 60)] * 3))
def test_poor_and_near_poor_are_refused_exactly_when_they_exceed_the_households(counts: tuple[int, int, int]) -> None:
    households, poor, near_poor = counts
    findings = found(check_poor_within_households, observed(SONG_KON, counts=counts))
    assert bool(findings) is (poor + near_poor > households)


def test_parts_as_large_as_their_wholes_are_sound() -> None:
    row = observed(SONG_KON, counts=(412, 96, 30, 412, 96, 96), names=MINORITY)
    assert found(check_parts_within_wholes, row) == []


def test_a_part_larger_than_its_whole_is_found_in_the_parts_cell() -> None:
    row = observed(SONG_KON, counts=(412, 96, 30, 400, 97, 10), names=MINORITY)
    (finding,) = found(check_parts_within_wholes, row)
    assert (finding.kind.code, finding.column) == ("L002", "minority_poor_households")
    assert (finding.value, finding.expected, finding.difference) == (97, 96, 1)


def test_a_part_beside_a_missing_whole_is_left_alone() -> None:
    row = observed(SONG_KON, counts=(412, None, 30, 400, 97, 120), names=MINORITY)
    assert found(check_parts_within_wholes, row) == []


def test_a_part_without_households_of_merit_or_minorities_is_missing_and_not_zero() -> None:
    row = observed(SONG_KON, counts=(412, 96, 30, None, 96, None), names=MINORITY)
    assert found(check_parts_within_wholes, row) == []


def test_more_poor_than_households_is_told_once_as_l001() -> None:
    row = observed(SONG_KON, counts=(412, 500, 30))
    assert codes(found(check_poor_within_households, row)) == ["L001"]
    assert found(check_parts_within_wholes, row) == []


def test_more_poor_than_households_is_told_as_l002_where_the_near_poor_are_missing() -> None:
    row = observed(SONG_KON, counts=(412, 500, None))
    assert codes(found(check_parts_within_wholes, row)) == ["L002"]


def test_another_part_of_a_row_that_l001_names_is_still_told() -> None:
    row = observed(SONG_KON, counts=(412, 400, 30, 420, 10, 10), names=MINORITY)
    assert codes(found(check_parts_within_wholes, row)) == ["L002"]


def printed_sum(value: int) -> FilesRead:
    origin = Origin("bieu.xlsx", "Mẫu 08", 12, 11)
    return FilesRead(sums=[PrintedSum(SONG_KON, "Xã Sông Kôn", 2023, value, 200, origin)])


def test_a_printed_sum_that_fits_is_sound() -> None:
    assert list(check_printed_sums(context(printed_sum(200)))) == []


def test_a_printed_sum_that_is_one_off_is_a_warning_in_its_cell() -> None:
    (finding,) = run_checks(context(printed_sum(201)))
    assert (finding.kind.code, finding.severity.value) == ("L004", "warning")
    assert (finding.origin.cell, finding.value, finding.expected, finding.difference) == ("K12", 201, 200, 1)
