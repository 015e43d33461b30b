"""Observations as a DataFrame: nullable integers, texts kept as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
