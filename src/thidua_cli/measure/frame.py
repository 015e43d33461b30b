"""Observations and rates as DataFrames, for `thidua_cli.notebook`: nullable integers, texts kept as texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.model import COUNTS
from thidua_cli.observations import MISSING, Observations

if TYPE_CHECKING:
    import pandas as pd


def observation_frame(observations: Observations, counts: Sequence[str] = COUNTS) -> pd.DataFrame:
    """Return the observations as a table.

    One row per row of `observations`, repeated units and years included; the canonical columns, then
    `line_is_assumed` and `row`, the index into `observations`. Counts are households as Int64; a missing count is
    `pd.NA`, never 0.

    Args:
        observations: What was read.
        counts: Names of the counts to take; all by default.
    """
    import numpy as np
    import pandas as pd

    columns: dict[str, object] = {
        "unit_code": _texts(observations.unit_code),
        "year": np.array(observations.year, dtype=np.int64),
        "unit_name": _texts(observations.unit_name),
        "level": _texts([level.value for level in observations.level]),
        "parent_code": _texts(observations.parent_code),
        "poverty_line": _texts(observations.poverty_line),
        "status": _texts([status.value for status in observations.status]),
    }
    absent = np.full(len(observations), MISSING, dtype=np.int64)
    for name in counts:
        column = observations.counts.get(name)
        values = absent if column is None else np.array(column, dtype=np.int64)
        columns[name] = pd.arrays.IntegerArray(values, values == MISSING)
    columns["line_is_assumed"] = np.frombuffer(bytes(observations.line_is_assumed), dtype=np.uint8) != 0
    columns["row"] = np.arange(len(observations), dtype=np.int64)
    return pd.DataFrame(columns)


def _texts(values: Sequence[str]) -> pd.Series[str]:
    """Keep texts as the objects they are: a unit called "NA" is not a missing one."""
    import pandas as pd

    return pd.Series(list(values), dtype=object)


def rate_frame(table: RateTable) -> pd.DataFrame:
    """Return a table of rates as a DataFrame.

    One row per unit and shown year-end, keys `unit_code` and `year`; a year without figures has a row without values.
    `households` and `count` are Int64; `rate_exact` (percent), `fall_points_exact` (percentage points),
    `fall_percent_exact` (percent of the count) and the unit's totals `fall_points_total_exact` and
    `fall_percent_total_exact` hold `Fraction` or None; `baseline_year` is the year-end `fall_percent_total_exact`
    starts from; `rate_printed` says that a source prints the rate without the counts: it and its falls are rounded.
    """
    import pandas as pd

    records = list(_records(table.rows))
    columns: dict[str, object] = {}
    for index, name in enumerate(RATE_COLUMNS):
        dtype = "Int64" if name in _INTEGERS else "bool" if name in _FLAGS else object
        columns[name] = pd.Series([record[index] for record in records], dtype=dtype)
    return pd.DataFrame(columns)


RATE_COLUMNS: Final = (
    "unit_code",
    "unit_name",
    "level",
    "parent_code",
    "year",
    "households",
    "count",
    "rate_exact",
    "fall_points_exact",
    "fall_percent_exact",
    "basis",
    "status",
    "poverty_line",
    "conflicting",
    "assumed_complete",
    "fall_points_total_exact",
    "fall_percent_total_exact",
    "baseline_year",
    "rate_printed",
)
_INTEGERS: Final = frozenset({"year", "households", "count", "baseline_year"})
_FLAGS: Final = frozenset({"conflicting", "assumed_complete", "rate_printed"})


def _records(rows: Iterable[RateRow]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        for rate in row.years:
            figures = rate.figures
            yield (
                row.unit_code,
                row.unit_name,
                row.level.value,
                row.parent_code,
                rate.year,
                rate.households,
                rate.count,
                rate.rate_percent,
                rate.fall_points,
                rate.fall_percent,
                figures.basis.value if figures else None,
                figures.status.value if figures else None,
                figures.poverty_line if figures else row.line_beside or None,
                bool(figures and figures.conflicting),
                bool(figures and figures.assumed_complete),
                row.fall_points_total,
                row.fall_percent_total,
                row.baseline_year,
                rate.rate_printed,
            )
