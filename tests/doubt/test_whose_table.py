"""A unit that is given against a table's title leaves none of its figures certain; the name of a file leaves all.

Of the given unit the rows are found, whatever the file is called: names of files outlive what they hold.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.normalise.cases import Cell, read, table, write_sheet
from thidua_cli import pipeline
from thidua_cli.doubt.of_files import disputed_figures
from thidua_cli.units.tables import bundled

YEAR = "Năm rà soát: 2023"
ROWS: list[list[Cell]] = [["1", "Tà Lu", 500, 120, 40], ["2", "Sông Kôn", 800, 200, 80], ["3", "A Rooi", 300, 90, 20]]


@pytest.mark.parametrize(
    ("file", "title", "unit", "codes"),
    [
        ("bieu.xlsx", ["UBND HUYỆN ĐÔNG GIANG", YEAR], "504", {"H007"}),
        ("Huyện Tây Giang.xlsx", [YEAR], "505", set()),
        ("bieu.xlsx", [YEAR], None, set()),
    ],
    ids=["title", "file", "rows-alone"],
)
def test_all_rows_of_a_table_are_in_doubt_where_its_unit_is(
    file: str, title: list[str], unit: str | None, codes: set[str], tmp_path: Path
) -> None:
    reading = read(write_sheet(tmp_path / file, table(*ROWS, title=title)), unit=unit)
    assert len(reading.observations) == 3
    figures = disputed_figures(reading, bundled(), pipeline.check(reading))
    assert {dispute.finding.kind.code for dispute in figures.disputes} == codes
    assert set(figures.by_row) == (set(range(3)) if codes else set())
