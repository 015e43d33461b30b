"""The same figures are read alike, however they are stored: one canonical table, to the byte."""

from __future__ import annotations

import pytest

from forms import canonical
from forms.corpus import BY_OFFICE, COMBINATIONS, Combination, Workshop
from forms.corpus_formats import OFFICE
from forms.corpus_layouts import YEARS, canonical_rows
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity
from thidua_cli.present.observations.canonical import canonical_csv


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What every combination must give: written from the figures themselves, not by reading anything."""
    path = tmp_path_factory.mktemp("expected") / "bang.csv"
    rows = canonical_rows(YEARS)
    canonical.write_csv(path, rows, list(rows[0]))
    return in_one_order(path.read_bytes())


def in_one_order(table: bytes) -> bytes:
    """Sort the rows below the header: the order of reading is that of the files."""
    header, *rows = table.splitlines(keepends=True)
    return b"".join([header, *sorted(rows)])


def told(finding: Finding) -> tuple[str, str, str]:
    return finding.kind.code, str(finding.origin), finding.message()


@pytest.mark.parametrize("combination", COMBINATIONS, ids=lambda one: one.name)
def test_the_same_figures_give_the_same_canonical_table(
    combination: Combination, workshop: Workshop, expected: bytes
) -> None:
    if combination.format in BY_OFFICE and OFFICE is None:
        pytest.skip("LibreOffice, which writes .xls and .ods, is not installed")
    reading = pipeline.read([str(path) for path in workshop.files(combination)])
    findings = pipeline.check(reading)
    assert [told(one) for one in findings if one.severity is not Severity.NOTE] == []
    assert {one.kind.code for one in findings} <= combination.notes
    assert in_one_order(canonical_csv(reading.observations)) == expected


def test_there_are_at_least_forty_combinations_and_none_twice() -> None:
    assert len(COMBINATIONS) == len({one.name for one in COMBINATIONS}) >= 40
