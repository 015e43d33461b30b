"""The checks of a long table look only at rows that may have a finding: they say what they say of all rows."""

from __future__ import annotations

from typing import Final

import pytest

from tests.check.cases import CO_TO, CO_TO_COMMUNES, NAMES, observed, read
from tests.check.tables_by_chance import TABLES, table
from thidua_cli import pipeline
from thidua_cli.check import context, screens
from thidua_cli.check.context import CheckContext
from thidua_cli.doubt.of_files import disputed_figures
from thidua_cli.findings import Finding
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.record import unit_lists
from thidua_cli.units.tables import bundled

SAID_BY_SCREENS: Final = frozenset(
    {"U001", "U004", "U005", "U006", "U007", "U008", "U009", "L001", "L002", "L003", "L005", "L006", "S001"}
    | {"T001", "T002", "T003", "T004", "T005", "P001"}
)


def told(reading: FilesRead, monkeypatch: pytest.MonkeyPatch, screened_from: int) -> list[Finding]:
    monkeypatch.setattr(context, "SCREENED_FROM", screened_from)
    return pipeline.check(reading)


@pytest.mark.parametrize("seeds", [range(start, TABLES, 12) for start in range(12)], ids=lambda seeds: str(seeds.start))
def test_screened_tables_have_the_same_findings_in_the_same_order(
    seeds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(seeds) > 0
    for seed in seeds:
        reading = table(seed)
        plain = told(reading, monkeypatch, 10**9)
        assert CheckContext(reading, bundled()).arrays is None
        doubted = disputed_figures(reading, bundled(), plain)
        screened = told(reading, monkeypatch, 1)
        assert (CheckContext(reading, bundled()).arrays is None) is (len(reading.observations) == 0)
        assert screened == plain, seed
        assert disputed_figures(reading, bundled(), screened) == doubted, seed


@pytest.mark.parametrize("seeds", [range(start, TABLES, 12) for start in range(12)], ids=lambda seeds: str(seeds.start))
def test_series_stretches_and_neighbours_are_the_same_in_arrays(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in seeds:
        reading = table(seed)
        monkeypatch.setattr(context, "SCREENED_FROM", 10**9)
        plain = CheckContext(reading, bundled())
        monkeypatch.setattr(context, "SCREENED_FROM", 1)
        arrays = CheckContext(reading, bundled())
        assert list(arrays.series.items()) == list(plain.series.items())
        assert (arrays.stretches, arrays.neighbours) == (plain.stretches, plain.neighbours)
        assert (arrays.twice, arrays.differing, arrays.mixed, arrays.superseded) == (
            *(plain.twice, plain.differing, plain.mixed, plain.superseded),
        )
        read = reading.observations
        for row in range(len(read)):
            assert arrays.row_before(row) == plain.row_before(row)
            assert arrays.row_after(row) == plain.row_after(row)
            unit = read.unit_code[row], read.year[row]
            assert list(arrays.rows_of(*unit)) == list(plain.rows_of(*unit))
        assert list(arrays.rows_of("nobody", 2024)) == list(arrays.rows_of(*unit[:1], 1999)) == []


def test_every_check_that_is_screened_has_something_to_say_of_these_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {finding.kind.code for seed in range(TABLES) for finding in told(table(seed), monkeypatch, 1)}
    assert codes >= SAID_BY_SCREENS


@pytest.mark.parametrize("seed", range(12))
def test_lists_of_units_are_told_the_same_of_tables_that_are_counted_in_arrays(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = [table(number) for number in range(seed, TABLES, 12)]
    plain = [pipeline.summary(reading, []) for reading in readings]
    monkeypatch.setattr(unit_lists, "COUNTED_IN_ARRAYS_FROM", 1)
    assert [pipeline.summary(reading, []) for reading in readings] == plain
    assert any(summary.unit_lists and summary.units for summary in plain)


def test_of_sound_rows_no_check_looks_at_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "SCREENED_FROM", 1)
    rows = [
        observed(code, year, counts, name=bundled().periods(code)[0].name, parent=parent)
        for year in range(2021, 2025)
        for code, parent, counts in (
            (CO_TO, "22", (300, 30, 15)),
            *((commune, CO_TO, (100, 10, 5)) for commune in CO_TO_COMMUNES),
        )
    ]
    sound = CheckContext(read(*rows), bundled())
    arrays = sound.arrays
    assert arrays is not None
    assert len(arrays.neighbours.after) == 12
    assert screens.rows_to_look_up(sound.observations, arrays, bundled()) == []
    assert screens.rows_over(sound.observations, NAMES[1:], NAMES[0]) == []
    assert screens.pairs_that_jump(sound.observations, arrays.neighbours, NAMES, 30) == []
    assert list(arrays.stretches_that_may_lack_years()) == []
    assert list(sound.families.that_may_not_sum()) == []
    assert [rows[place].unit_code for place in arrays.rows_that_may_be_first()] == []
    assert pipeline.check(sound.reading) == []
