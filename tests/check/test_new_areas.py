"""Years of units whose area changed: like is compared with like (T001, T002, T003)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.check.cases import NAMES, codes, context, found, observed, read
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.last_year import check_jumps, check_openings
from thidua_cli.check.time import check_years_without_gap
from thidua_cli.language import Language
from thidua_cli.model import Level
from thidua_cli.observations import Observation

MOVEMENT = (*NAMES, "poor_opening", "near_poor_opening")
HONG_LAC, VAN_SON, HONG_SON = "02608", "02593", "02608"
"""Xã Vân Sơn and Xã Hồng Lạc merged as a whole in 2024 into Xã Hồng Sơn, which has the code of the second."""
BEN_NGHE, DA_KAO, NGUYEN_THAI_BINH, SAI_GON = "26740", "26737", "26746", "26740"
"""Phường Sài Gòn of July 2025 has all of Phường Bến Nghé and parts of the two others."""


def closed(code: str, year: int, counts: Sequence[int | None], line: str = "2022-2025") -> Observation:
    return observed(code, year, (*counts, None, None), names=MOVEMENT, line=line)


def opened(code: str, year: int, poor: int, counts: Sequence[int] = (1900, 40, 30)) -> Observation:
    return observed(code, year, (*counts, poor, None), names=MOVEMENT)


def before_the_merger(poor: int | None = 20) -> list[Observation]:
    return [closed(HONG_LAC, 2023, (1000, 30, 20)), closed(VAN_SON, 2023, (900, poor, 10))]


def test_a_merged_unit_opens_with_the_sum_of_its_parts() -> None:
    assert found(check_openings, *before_the_merger(), opened(HONG_SON, 2024, 50)) == []


def test_an_opening_that_is_not_the_sum_names_the_parts_and_the_difference() -> None:
    (finding,) = found(check_openings, *before_the_merger(), opened(HONG_SON, 2024, 48))
    assert (finding.kind.code, finding.value, finding.expected, finding.difference) == ("T001", 48, 50, -2)
    assert finding.message() == (
        "Đầu kỳ năm 2024, số hộ nghèo là 48; số cuối năm 2023 là 50, cộng các đơn vị đã nhập"
        " (Xã Vân Sơn 20; Xã Hồng Lạc 30), chênh lệch -2"
    )
    assert "50, the sum of the units merged (Xã Vân Sơn 20; Xã Hồng Lạc 30), difference -2" in finding.message(
        Language.EN
    )


def test_the_last_figure_of_the_same_code_is_not_the_opening_of_a_larger_unit() -> None:
    (finding,) = found(check_openings, *before_the_merger(), opened(HONG_SON, 2024, 30))
    assert finding.expected == 50


@pytest.mark.parametrize(
    "missing",
    [[closed(HONG_LAC, 2023, (1000, 30, 20))], before_the_merger(poor=None)],
    ids=["no row of a part", "no count of a part"],
)
def test_a_part_that_is_missing_leaves_only_what_no_figure_of_it_could_explain(missing: list[Observation]) -> None:
    assert found(check_openings, *missing, opened(HONG_SON, 2024, 30)) == []
    assert found(check_openings, *missing, opened(HONG_SON, 2024, 400)) == []
    (finding,) = found(check_openings, *missing, opened(HONG_SON, 2024, 29))
    assert "ít nhất 30, cộng các đơn vị nhập trọn (Xã Hồng Lạc 30), chênh lệch -1" in finding.message()


def test_a_part_on_another_poverty_line_is_not_added() -> None:
    rows = closed(HONG_LAC, 2023, (1000, 30, 20)), closed(VAN_SON, 2023, (900, 20, 10), line="2016-2020")
    assert found(check_openings, *rows, opened(HONG_SON, 2024, 30)) == []


def before_the_division() -> list[Observation]:
    figures = {BEN_NGHE: (4160, 12, 30), DA_KAO: (5260, 20, 60), NGUYEN_THAI_BINH: (3660, 16, 40)}
    return [closed(code, 2024, counts) for code, counts in figures.items()]


@pytest.mark.parametrize("poor", [12, 30, 48])
def test_any_share_of_a_divided_unit_explains_an_opening(poor: int) -> None:
    assert found(check_openings, *before_the_division(), opened(SAI_GON, 2025, poor)) == []


def test_an_opening_that_no_share_explains_says_so() -> None:
    (less,) = found(check_openings, *before_the_division(), opened(SAI_GON, 2025, 11))
    assert (less.expected, less.difference) == (12, -1)
    assert "ít nhất 12, cộng các đơn vị nhập trọn (Phường Bến Nghé 12)" in less.message()
    (more,) = found(check_openings, *before_the_division(), opened(SAI_GON, 2025, 49))
    assert (more.expected, more.difference) == (48, 1)
    assert "at most 48, even with all of the units merged or divided" in more.message(Language.EN)


def test_more_than_all_is_not_said_where_a_divided_unit_is_missing() -> None:
    assert found(check_openings, *before_the_division()[:2], opened(SAI_GON, 2025, 4000)) == []


def test_the_same_code_over_another_area_is_no_jump() -> None:
    rows = observed(BEN_NGHE, 2024, (4160, 12, 30)), observed(SAI_GON, 2025, (7500, 20, 40))
    assert found(check_jumps, *rows) == []


def test_a_merged_unit_jumps_against_the_sum_of_its_parts() -> None:
    parts = observed(HONG_LAC, 2023), observed(VAN_SON, 2023, (900, 90, 40))
    assert found(check_jumps, *parts, observed(HONG_SON, 2024, (1900, 180, 80))) == []
    (finding,) = found(check_jumps, *parts, observed(HONG_SON, 2024, (19000, 180, 80)))
    assert (finding.column, finding.value, finding.expected, finding.difference) == ("households", 19000, 1900, 17100)
    assert "từ 1.900 (năm 2023, cộng các đơn vị đã nhập: Xã Vân Sơn 900; Xã Hồng Lạc 1.000)" in finding.message()


def test_a_merged_unit_without_the_figures_of_a_part_does_not_jump() -> None:
    assert found(check_jumps, observed(HONG_LAC, 2023), observed(HONG_SON, 2024, (19000, 180, 80))) == []


def test_the_years_after_a_merger_are_compared_as_before() -> None:
    (finding,) = found(check_jumps, observed(SAI_GON, 2025), observed(SAI_GON, 2026, (9000, 100, 50)))
    assert (finding.expected, finding.year) == (1000, 2026)


def test_a_row_that_names_the_unit_of_another_day_is_compared_with_nothing() -> None:
    parts = observed(HONG_LAC, 2023), observed(VAN_SON, 2023)
    wrong = observed(VAN_SON, 2024, (9000, 100, 50), name="Xã Vân Sơn")
    assert found(check_jumps, *parts, wrong) == []


def test_villages_told_by_a_commune_that_changed_are_not_compared() -> None:
    rows = [
        observed("26740-khu-pho-1", year, (households, 10, 5), parent="26740", level=Level.VILLAGE)
        for year, households in ((2024, 100), (2025, 900), (2026, 2000))
    ]
    (finding,) = found(check_jumps, *rows)
    assert finding.year == 2026


def missing(*rows: tuple[str, int]) -> list[tuple[str | None, str | int | None]]:
    findings = found(check_years_without_gap, *(observed(code, year) for code, year in rows))
    return [(finding.unit_code, finding.value) for finding in findings]


def test_years_that_the_parts_hold_are_not_missing() -> None:
    assert missing((HONG_LAC, 2023), (VAN_SON, 2023), (HONG_SON, 2024)) == []
    assert missing((DA_KAO, 2024), (BEN_NGHE, 2024), (SAI_GON, 2025)) == []


def test_a_part_that_ended_lacks_the_years_it_stood_and_no_other() -> None:
    assert missing((VAN_SON, 2021), (HONG_LAC, 2023), (HONG_SON, 2025)) == [
        (VAN_SON, "2022, 2023"),
        (HONG_SON, "2024"),
    ]


def test_a_unit_of_which_nothing_comes_after_lacks_nothing() -> None:
    assert missing((VAN_SON, 2021), (BEN_NGHE, 2025)) == []


def test_a_unit_of_which_nothing_came_before_lacks_nothing() -> None:
    assert missing((SAI_GON, 2027)) == []


def test_a_new_unit_lacks_the_years_since_it_stands() -> None:
    assert missing((BEN_NGHE, 2024), (SAI_GON, 2027)) == [(SAI_GON, "2025, 2026")]


def test_a_sound_input_across_the_reform_has_no_findings() -> None:
    rows = [*before_the_division(), opened(SAI_GON, 2025, 30, (7500, 20, 40))]
    assert codes(run_checks(context(read(*rows)))) == []
