"""What an analyst's script looks up of units: which went into which, and their classes; written by `generate.py`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs

if TYPE_CHECKING:
    from thidua_cli.judge.verdict import Verdict

CLASSES: Final = {
    "coastal": ("coastal_commune",),
    "area": ("area_1", "area_2", "area_3"),
    "poor_district": ("poor_district",),
}


def write(counts: Path, as_of: int, moved: Path, classes: Path) -> None:
    """Write the two tables for the units of a file of counts, as `plain_verdicts.judged` takes them."""
    result = pipeline.eligible(pipeline.read([str(counts)]), load_inputs("qd-666-ttg"), as_of)
    with moved.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("year", "unit_then", "unit_now", "whole"))
        for unit in result.series:
            for year, figures in unit.years.items():
                lines.writerows((year, part.unit_code, unit.unit_code, 1) for part in figures.merged)
                lines.writerows((year, part.unit.unit_code, unit.unit_code, 0) for part in figures.divided)
                lines.writerows((year, code, unit.unit_code, 0) for code in figures.missing_children)
    with classes.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("unit_code", "parent_code", *CLASSES))
        for verdict in result.verdicts:
            told = (_told(verdict, tokens) for tokens in CLASSES.values())
            lines.writerow((verdict.unit_code, verdict.parent_code, *told))


def _told(verdict: Verdict, tokens: tuple[str, ...]) -> str:
    """Return whether a unit is of some class: "1", "0", or blank where nobody knows."""
    if any(token in verdict.classes for token in tokens):
        return "1"
    return "" if any(token in verdict.unknown_classes for token in tokens) else "0"
