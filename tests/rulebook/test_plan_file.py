"""Yearly plans of a unit's own, as reports print them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from thidua_cli.errors import InputError
from thidua_cli.rulebook.plan_file import read_plans


@pytest.mark.parametrize(
    ("planned", "unit", "value"),
    [
        ("1,5", "points", "1.5"),
        ("1.5", "points", "1.5"),
        ("-1,5", "points", "1.5"),
        ("1.225", "households", "1225"),
        ("1,225", "households", "1225"),
        ("-1.225", "households", "1225"),
        ("12.001.225", "households", "12001225"),
    ],
)
def test_a_planned_fall_is_read_with_either_mark_and_with_or_without_a_minus(
    planned: str, unit: str, value: str, tmp_path: Path
) -> None:
    path = tmp_path / "ke-hoach.csv"
    head = "unit_code;year;measure;planned;unit;source"
    path.write_text(f"{head}\n96;2024;poor;{planned};{unit};BC 1\n", encoding="utf-8")
    (plan,) = read_plans([path])
    assert (plan.unit_code, plan.year, plan.planned, plan.line) == ("96", 2024, Decimal(value), 2)


@pytest.mark.parametrize("planned", ["1.225,000", "0.123", "1.22.225", "12 5", "1 225", "1.2345", "0.000"])
def test_households_whose_digits_are_no_groups_by_one_mark_are_refused(planned: str, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.csv"
    head = "unit_code;year;measure;planned;unit;source"
    path.write_text(f"{head}\n96;2024;poor;{planned};households;BC 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=f'"{planned}"'):
        read_plans([path])
