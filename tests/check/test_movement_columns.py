"""L003 where a column of the movement has a heading that nobody knows: the difference is not told as certain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.normalise.cases import Cell, read_table
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity

EXPORT = (
    *("Tổng số hộ nghèo đầu kỳ", "Trở thành hộ cận nghèo", "Vượt chuẩn cận nghèo", "Số hộ khác giảm"),
    *("Số hộ cận nghèo trở thành", "Tái nghèo", "Phát sinh mới", "Số hộ khác tăng", "Tổng số hộ nghèo cuối kỳ"),
)
"""Headings as a program of a province exports them."""
BALANCED = (60, 12, 20, 2, 3, 1, 1, 4, 35)


def checked(folder: Path, headings: Sequence[str], figures: Sequence[int]) -> list[Finding]:
    rows: list[list[Cell]] = [["TỈNH ĐẮK NÔNG - DIỄN BIẾN HỘ NGHÈO NĂM 2024"]]
    rows += [["STT", "Phường/Xã", "Phân tổ", *headings], ["1", "Xã Tâm Thắng", "Hộ", *figures]]
    rows.append([None, None, "Nhân khẩu", *(4 * figure for figure in figures)])
    return [finding for finding in pipeline.check(read_table(folder, rows)) if finding.kind.code in ("L003", "H002")]


def test_a_movement_in_the_short_headings_of_an_export_balances(tmp_path: Path) -> None:
    assert checked(tmp_path, EXPORT, BALANCED) == []


def test_one_that_does_not_balance_is_an_error_where_every_column_is_known(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, EXPORT, (*BALANCED[:-1], 36))
    assert (finding.kind.code, finding.severity, finding.difference) == ("L003", Severity.ERROR, 1)


@pytest.mark.parametrize("place", [3, 4, 7])
@pytest.mark.parametrize("heading", ["Số hộ khai nhầm", "Số hộ điều chỉnh", "Biến động khác"])
def test_a_column_whose_heading_nobody_knows_is_named_and_the_difference_is_no_error(
    heading: str, place: int, tmp_path: Path
) -> None:
    headings = [*EXPORT[:place], heading, *EXPORT[place + 1 :]]
    unknown, difference = checked(tmp_path, headings, BALANCED)
    assert (unknown.kind.code, difference.kind.code, difference.severity) == ("H002", "L003", Severity.WARNING)
    assert f"“{heading}” ({'DEFGHIJKL'[place]})" in difference.message()
    assert "để trống" not in difference.message()


def test_a_column_that_was_left_empty_is_still_the_likely_cause_where_all_are_known(tmp_path: Path) -> None:
    headings, figures = [*EXPORT[:7], *EXPORT[8:]], [*BALANCED[:7], *BALANCED[8:]]
    (difference,) = checked(tmp_path, headings, figures)
    assert (difference.severity, difference.difference) == (Severity.WARNING, 4)
    assert "khớp nếu là 4" in difference.message()
