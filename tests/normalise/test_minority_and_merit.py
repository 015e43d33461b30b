"""Ethnic minorities and people of merit, wherever their columns stand."""

from pathlib import Path

import pytest

from thidua_cli.normalise.sheet.heading_table import bundled_headings

from .cases import DISTRICT, Cell, codes, read_table


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        (["Hộ nghèo", "Hộ DTTS"], "minority_poor_households"),
        (["Hộ nghèo", "Trong đó", "Hộ DTTS"], "minority_poor_households"),
        (["Hộ nghèo", "Hộ DTTS", "Số hộ"], "minority_poor_households"),
        (["Trong đó: DTTS", "Hộ nghèo"], "minority_poor_households"),
        (["Hộ DTTS", "Hộ nghèo", "Số hộ"], "minority_poor_households"),
        (["Hộ DTTS", "Hộ cận nghèo", "Số hộ"], "minority_near_poor_households"),
        (["Hộ DTTS", "Tổng số hộ"], "minority_households"),
        (["Tổng số hộ dân cư", "Trong đó Hộ DTTS"], "minority_households"),
        (["Tổng số hộ đồng bào DTTS"], "minority_households"),
        (["Hộ nghèo là người dân tộc thiểu số"], None),
        (["Số hộ nghèo là DTTS"], "minority_poor_households"),
        (["Hộ cận nghèo dân tộc thiểu số"], "minority_near_poor_households"),
        (["Hộ DTTS", "Hộ nghèo", "Tỷ lệ"], "ignored:rate"),
        (["Hộ nghèo", "Hộ DTTS", "Tỷ lệ %"], "ignored:rate"),
        (["Hộ nghèo", "Tỷ lệ %"], "rate:poor"),
        (["Hộ nghèo", "Hộ có người có công"], "merit_poor_households"),
        (["Hộ nghèo", "Trong đó", "NCC"], "merit_poor_households"),
        (["Hộ có người có công", "Hộ nghèo"], "merit_poor_households"),
        (["Hộ có người có công", "Hộ nghèo", "Số hộ"], "merit_poor_households"),
        (["Hộ có người có công", "Hộ cận nghèo"], "ignored:merit"),
        (["Hộ có người có công", "Số hộ"], "ignored:merit"),
        (["Hộ nghèo có thành viên là người có công với cách mạng"], "merit_poor_households"),
        (["Hộ có người có công"], None),
    ],
)
def test_a_heading_path_tells_whose_households_are_counted(path: list[str], meaning: str | None) -> None:
    assert bundled_headings().meaning(path) == meaning


def test_minority_and_merit_groups_after_the_counts_are_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [DISTRICT],
        ["Năm rà soát: 2023"],
        ["TT", "Tên xã", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo", "Hộ DTTS", None, None, "Hộ có người có công"],
        [None, None, None, None, None, "Tổng số", "Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo"],
        ["1", "Tà Lu", 500, 120, 40, 480, 110, 38, 2],
    ]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == []
    assert dict(reading.observations.observation(0).counts) == {
        "households": 500,
        "poor_households": 120,
        "near_poor_households": 40,
        "minority_households": 480,
        "minority_poor_households": 110,
        "minority_near_poor_households": 38,
        "merit_poor_households": 2,
    }
