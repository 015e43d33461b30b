"""The figures at the head of the page: answers and sums of each level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.judge.verdict import Verdict
from thidua_cli.measure.rates import RateRow, RateTable, RateYear
from thidua_cli.model import Level, Measure
from thidua_cli.present.overview.panel import REFUSED, hundredths, state_number

_COUNTS: Final = (Measure.MULTIDIMENSIONAL.whole, *Measure.MULTIDIMENSIONAL.parts)


def summary_record(
    verdicts: Sequence[Verdict], rows: Mapping[str, RateRow], table: RateTable
) -> list[dict[str, object]]:
    """Return one record per level with units, the highest first.

    Households are summed over the units of which all three counts are known at both the first and the last year-end
    shown, so that both sums are of the same units; `summed` says how many these are. Levels are never added up: one
    holds the households of the other.
    """
    return [_of_level(level, verdicts, rows, table.years) for level in Level if _units(level, verdicts)]


def _units(level: Level, verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.level is level]


def _of_level(
    level: Level, verdicts: Sequence[Verdict], rows: Mapping[str, RateRow], years: Sequence[int]
) -> dict[str, object]:
    units = _units(level, verdicts)
    numbers = list(map(state_number, units))
    known = (_both_ends(rows.get(unit.unit_code)) for unit in units)
    ends = [pair for pair in known if pair is not None]
    sums = (
        [[year, *_sums([pair[place] for pair in ends])] for place, year in ((0, years[0]), (1, years[-1]))]
        if ends
        else []
    )
    return {
        "level": list(Level).index(level),
        "units": len(units),
        "states": [numbers.count(number) for number in range(REFUSED + 1)],
        "summed": len(ends),
        "doubted": sum(_is_doubted(rows.get(unit.unit_code), years) for unit in units),
        "sums": sums,
    }


def _is_doubted(row: RateRow | None, years: Sequence[int]) -> bool:
    """Say whether a figure that is summed is disputed."""
    if row is None or _both_ends(row) is None:
        return False
    return any(doubt.year in (years[0], years[-1]) for doubt in row.doubts)


def _both_ends(row: RateRow | None) -> tuple[list[int], list[int]] | None:
    if row is None or not row.years:
        return None
    first, last = _counts(row.years[0]), _counts(row.years[-1])
    return None if first is None or last is None else (first, last)


def _counts(year: RateYear) -> list[int] | None:
    """Return households, poor and near-poor; None where one of them is not known, or the figures cannot be used."""
    if year.figures is None or year.count is None or year.households is None:
        return None
    counts = [year.figures.counts.get(name) for name in _COUNTS]
    known = [count for count in counts if count is not None]
    return known if len(known) == len(_COUNTS) else None


def _sums(counts: Sequence[Sequence[int]]) -> list[int | None]:
    """Return households, poor, near-poor, and the rate of both in hundredths of a percent."""
    households, poor, near_poor = map(sum, zip(*counts, strict=True))
    rate = hundredths(Fraction(100 * (poor + near_poor), households)) if households else None
    return [households, poor, near_poor, rate]
