"""Small readings with findings, and what these leave possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.check.cases import CO_TO, CO_TO_COMMUNES, observed, read
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.context import CheckContext
from thidua_cli.doubt.of_files import DisputedFigures, disputed_figures
from thidua_cli.doubt.worlds import LookedAt, UnitDoubts, unit_doubts
from thidua_cli.findings import Acceptance, Finding, Severity
from thidua_cli.measure.series import measure
from thidua_cli.model import Measure, Origin, Series
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.numbers import Rate
from thidua_cli.normalise.table_reading import RateBesideCounts
from thidua_cli.observations import Observation
from thidua_cli.units.tables import bundled

MULTIDIMENSIONAL = frozenset({"households", "poor_households", "near_poor_households"})


def findings(reading: FilesRead) -> list[Finding]:
    return [*reading.findings, *run_checks(CheckContext(reading, bundled()))]


def disputed(reading: FilesRead, told: Sequence[Finding] | None = None) -> DisputedFigures:
    return disputed_figures(reading, bundled(), findings(reading) if told is None else told)


def series_of(reading: FilesRead) -> dict[str, Series]:
    return {unit.unit_code: unit for unit in measure(reading.observations, bundled())}


def doubts_of(
    reading: FilesRead, code: str, told: Sequence[Finding] | None = None, columns: frozenset[str] = MULTIDIMENSIONAL
) -> UnitDoubts | None:
    unit = series_of(reading)[code]
    return unit_doubts(unit, disputed(reading, told), LookedAt(frozenset(unit.years), columns))


def possible(doubts: UnitDoubts | None, year: int, column: str) -> set[object]:
    """What a count is in the possible worlds: a number, two ends, or None where nothing is known of it."""
    assert doubts is not None
    values: set[object] = set()
    for world in doubts.worlds:
        figures = world.series.years[year]
        values.add(figures.counts.get(column, figures.bounds.get(column)))
    return values


def district(
    own: Sequence[int] | None,
    communes: Sequence[Sequence[int]],
    rates: Mapping[str, str] | None = None,
    year: int = 2023,
) -> FilesRead:
    """Huyện Cô Tô with its communes, and rates of the poor printed beside some of them."""
    rows = [observed(code, year, counts, parent=CO_TO) for code, counts in zip(CO_TO_COMMUNES, communes, strict=True)]
    if own is not None:
        rows.insert(0, observed(CO_TO, year, own, name="Huyện Cô Tô"))
    reading = read(*rows)
    reading.rates += [printed_rate(row, rate) for row in rows if (rate := (rates or {}).get(row.unit_code))]
    return reading


def printed_rate(row: Observation, rate: str) -> RateBesideCounts:
    part, whole = row.counts["poor_households"], row.counts["households"]
    places = len(rate.partition(".")[2])
    origin = Origin("bieu.csv", "", 90, 20)
    return RateBesideCounts(
        row.unit_code,
        row.unit_name,
        row.year,
        Measure.POOR,
        Rate(Fraction(rate), places, percent_sign=True),
        f"{rate}%",
        part,
        whole,
        replace_row(origin, row),
    )


def replace_row(origin: Origin, row: Observation) -> Origin:
    """A place of its own for each unit and year."""
    return origin._replace(row=int(row.unit_code) * 10 + row.year % 10)


def waived(told: Sequence[Finding], *codes: str) -> list[Finding]:
    """The findings, those of some codes accepted by somebody."""
    acceptance = Acceptance("Nguyễn Văn A", "đã đối chiếu với quyết định", date(2030, 1, 1))
    return [
        replace(finding, waived=acceptance, severity_here=Severity.NOTE) if finding.kind.code in codes else finding
        for finding in told
    ]
