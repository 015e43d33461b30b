"""Canonical tables for tests of the commands: the smallest that show a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from forms.canonical import Row, write_csv


def table(path: Path, unit: str, first_year: int, counts: Sequence[tuple[int, int, int]]) -> Path:
    """Write one unit's households, poor and near-poor of consecutive year-ends; return the path."""
    rows: list[Row] = [
        {
            "unit_code": unit,
            "year": str(first_year + at),
            "households": households,
            "poor_households": poor,
            "near_poor_households": near_poor,
        }
        for at, (households, poor, near_poor) in enumerate(counts)
    ]
    write_csv(path, rows, ("unit_code", "year", "households", "poor_households", "near_poor_households"))
    return path


def sound(path: Path) -> Path:
    """Write a table without any finding; return the path."""
    return table(path, "20473", 2021, [(1000, 100, 50), (1000, 80, 40), (1000, 60, 30), (1000, 50, 20)])


def with_warning(path: Path) -> Path:
    """Write a table whose only finding is a warning (T002, a year missing); return the path."""
    sound(path)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if ",2023," not in line) + "\n", encoding="utf-8")
    return path


def with_error(path: Path) -> Path:
    """Write a table with one error (L001) and nothing else; return the path."""
    return table(path, "20473", 2024, [(100, 90, 20)])
