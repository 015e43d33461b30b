"""Units that nobody left and nobody entered pass as they are: what the long way round gives them, too."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from thidua_cli.measure.rebase import _Rebasing, rebase
from thidua_cli.measure.series import measure
from thidua_cli.model import Series, Status, year_end
from thidua_cli.observations import Observation, Observations
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import bundled


def province(code: str, years: list[int], random: Random) -> list[Series]:
    tables, rows = bundled(), list[Observation]()
    for year in years:
        day = year_end(year)
        units = [unit for unit in tables.rows_within(code) if unit.stands_on(day) and random.random() < 0.9]
        for unit in units:
            counts = {"households": random.randrange(99), "poor_households": random.randrange(9)}
            line = "2022-2025"
            rows.append(
                Observation(unit.code, year, unit.name, unit.level, unit.parent_code, line, Status.FINAL, counts)
            )
    return measure(Observations.of(rows), tables)


def brought(series: list[Series], day: date) -> list[Series]:
    return rebase(series, bundled(), Lineage(bundled(), bundled_changes()), day)


@pytest.mark.parametrize("code", ["40", "38", "27"])
def test_what_passes_untouched_is_what_the_long_way_gives(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(code)
    series = province(code, [2021, 2022, 2023, 2024], random)
    days = [date(2021, 12, 31), date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
    short = [brought(series, day) for day in days]
    passed = {id(unit) for unit in series}
    untouched = [sum(id(unit) in passed for unit in units) for units in short]
    assert untouched[2] > len(short[2]) // 4
    assert untouched[2] < len(short[2])
    assert untouched[0] == untouched[3] == 0
    monkeypatch.setattr(_Rebasing, "untouched", lambda self, series: {})
    assert [brought(series, day) for day in days] == short
