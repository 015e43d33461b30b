"""Judge all communes, districts and provinces by Quyết định 666/QĐ-TTg in pandas alone, as an analyst's script would.

`python benchmarks/plain_verdicts.py COUNTS MOVED CLASSES OUTPUT` reads the counts and two small tables that
`generate.py` writes. It knows one rule and clean input: no cell, no reason, no margin, no other reading, no doubt.
`verdicts.py` holds its answers against the program's.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

FALL_OF_COUNT_PERCENT: Final = 50
MET, NOT_MET, UNDETERMINED, NO_CRITERION = range(4)
WORDS: Final = np.array(["met", "not_met", "undetermined", "no_criterion"])
TEXTS: Final = {"unit_code": str, "parent_code": str, "unit_then": str, "unit_now": str}


def judged(counts: Path, moved: Path, classes: Path) -> pd.DataFrame:
    """Return one row per unit that stands at the last year-end: `unit_code` and `verdict`.

    Args:
        counts: One row per commune and year-end, as the canonical CSV.
        moved: One row per part of a unit that had another area at a year-end: `year`, `unit_then`, `unit_now`, and
            `whole`, 0 where only a part of its households went there, or its figures are missing.
        classes: One row per unit: `parent_code`; `coastal`, `area`, `poor_district`, each 1, 0 or blank where nobody
            knows.
    """
    known = pd.read_csv(classes, dtype=TEXTS).set_index("unit_code")
    table = _with_sums(pd.read_csv(counts, dtype=TEXTS), known["parent_code"])
    table = _on_boundaries_of_last_year(table, pd.read_csv(moved, dtype=TEXTS))
    poor, households = table["poor"].to_numpy(), table["households"].to_numpy()
    falls = 100 * (poor[:, :-1] * households[:, 1:] - poor[:, 1:] * households[:, :-1])
    scale = households[:, :-1] * households[:, 1:]
    count, rate = _by_count(poor), {points: _by_rate(falls, scale, points) for points in (1.5, 2, 4, 6)}

    known = known.reindex(table.index)
    digits = table.index.str.len()
    states = []
    for coastal, area, poor_district in itertools.product((0, 1), repeat=3):
        flags = {"coastal": coastal, "area": area, "poor_district": poor_district}
        possible = np.logical_and.reduce([~(known[name] == 1 - flag).to_numpy() for name, flag in flags.items()])
        of_district = [(1 - poor_district, count), (1, rate[6] if poor_district else rate[4])]
        of_commune = [(coastal, rate[1.5]), (coastal, count), (area, count)]
        state = np.select(
            [digits == 2, digits == 3], [_any_of([(1, rate[2]), (1, count)]), _any_of(of_district)], _any_of(of_commune)
        )
        states.append(np.where(possible, state, -1))
    return pd.DataFrame({"unit_code": table.index, "verdict": WORDS[_alike(np.array(states))]})


def _with_sums(table: pd.DataFrame, parents: pd.Series[str]) -> pd.DataFrame:
    """Return counts per unit and year-end: of communes, of the districts and of the provinces above them."""
    table["poor"] = table["poor_households"] + table["near_poor_households"]
    districts = _sums(table, table["parent_code"])
    provinces = _sums(districts, districts["unit_code"].map(parents))
    return pd.concat([table[["unit_code", "year", "households", "poor"]], districts, provinces])


def _sums(table: pd.DataFrame, above: pd.Series[str]) -> pd.DataFrame:
    sums = table.groupby([above.rename("above"), "year"], as_index=False)[["households", "poor"]].sum()
    return sums.rename(columns={"above": "unit_code"})


def _on_boundaries_of_last_year(table: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Return one row per unit of the last year-end, with columns (count, year-end); NaN where it is not known."""
    parts = moved.merge(table, left_on=["unit_then", "year"], right_on=["unit_code", "year"], how="left")
    parts.loc[parts["whole"] == 0, ["households", "poor"]] = np.nan
    table = table.set_index(["unit_code", "year"])
    sums = parts.groupby(["unit_now", "year"])[["households", "poor"]].sum()
    sums[parts.groupby(["unit_now", "year"])["poor"].apply(lambda part: part.isna().any())] = np.nan
    sums.index.names = table.index.names
    wide = pd.DataFrame(pd.concat([table[~table.index.isin(sums.index)], sums]).unstack("year"))
    years = table.index.get_level_values("year")
    return wide[wide.index.isin(table[years == years.max()].index.get_level_values("unit_code"))]


def _by_count(poor: np.ndarray) -> np.ndarray:
    first, last = poor[:, 0], poor[:, -1]
    holds = 100 * (first - last) > FALL_OF_COUNT_PERCENT * first
    return np.where(np.isnan(first - last), UNDETERMINED, np.where(holds, MET, NOT_MET))


def _by_rate(falls: np.ndarray, scale: np.ndarray, points: float) -> np.ndarray:
    fails = (falls < points * scale).any(axis=1)
    return np.where(fails, NOT_MET, np.where(np.isnan(falls).any(axis=1), UNDETERMINED, MET))


def _any_of(paths: list[tuple[int, np.ndarray]]) -> np.ndarray:
    """Return the answer of a unit that need meet one path only, of those that are asked of it."""
    asked = np.array([answers for is_asked, answers in paths if is_asked])
    if not len(asked):
        return np.full(len(paths[0][1]), NO_CRITERION)
    open_or_not = np.where((asked == UNDETERMINED).any(axis=0), UNDETERMINED, NOT_MET)
    return np.where((asked == MET).any(axis=0), MET, open_or_not)


def _alike(states: np.ndarray) -> np.ndarray:
    """Return the one answer that all possible classes lead to; undetermined where they differ."""
    highest = states.max(axis=0)
    lowest = np.where(states < 0, NO_CRITERION + 1, states).min(axis=0)
    return np.where(highest == lowest, highest, UNDETERMINED)


if __name__ == "__main__":
    *inputs, output = map(Path, sys.argv[1:])
    judged(*inputs).to_csv(output, index=False)
