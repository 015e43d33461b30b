"""The way from a number to its cells, as values: what the trace of a unit prints and what `verify` reads again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

from thidua_cli.judge.clause.domain import COUNTS_BESIDE
from thidua_cli.judge.verdict import Verdict
from thidua_cli.late_dataclass import dataclass
from thidua_cli.measure.ground import on_boundaries_of
from thidua_cli.measure.printed import standing_rates
from thidua_cli.model import Measure, Origin, Series, YearFigures
from thidua_cli.observations import Observations
from thidua_cli.present.rates.boundary_records import ground_record
from thidua_cli.present.toolkit.cell_ranges import cell_record, joined_ranges
from thidua_cli.present.toolkit.figures import exact_text
from thidua_cli.results import EligibleResult, SourceFile
from thidua_cli.rulebook.schema import Clause


@dataclass(frozen=True, slots=True)
class Addend:
    """What one unit contributes to a count."""

    unit_code: str
    unit_name: str
    value: int
    """Households."""
    origins: tuple[Origin, ...]
    """The cells it was read from; several where a sheet gives it in parts."""


@dataclass(frozen=True, slots=True)
class TracedCount:
    """One count of one year-end with what it was added up from."""

    name: str
    """Canonical name: "poor_households"."""
    value: int | None
    """Households; None where the unit has no such count that could be used."""
    addends: tuple[Addend, ...]


@dataclass(frozen=True, slots=True)
class TracedYear:
    """What one measure of one unit rests on at one year-end."""

    measure: Measure
    year: int
    figures: YearFigures
    counts: tuple[TracedCount, ...]
    """The whole first, then the parts of the numerator."""
    rates: tuple[TracedRate, ...] = ()
    """What the rate rests on where a source prints it without the counts."""
    beside: tuple[TracedCount, ...] = ()
    """Other counts of the unit, where one of `counts` is missing: they tell what it may be."""


@dataclass(frozen=True, slots=True)
class TracedRate:
    """One printed rate with its cells."""

    name: str
    """Canonical name: "poor_rate_percent"."""
    printed: str
    """In percent, as `Observation.rates`."""
    origins: tuple[Origin, ...]


def traced_years(verdict: Verdict, series: Series, result: EligibleResult) -> list[TracedYear]:
    """Return what a verdict rests on: one record per measure and year-end its clauses look at."""
    return [
        traced_year(measure, year, figures, result.observations)
        for measure, year, figures in figures_looked_at(verdict, series, result, baselines(result))
    ]


LookedAt: TypeAlias = tuple[Measure, int, YearFigures]


def figures_looked_at(
    verdict: Verdict, series: Series, result: EligibleResult, always: AbstractSet[int]
) -> Iterator[LookedAt]:
    """Yield the figures a verdict rests on, by measure and year-end, those of some year-ends always (`baselines`).

    Of figures that stay on their own boundaries, those of another area than the last are set aside, as the judge does.
    """
    if result.boundaries is None or result.boundaries.day is None:
        (series,) = on_boundaries_of([series], result.as_of)
    years = years_of(verdict) | always
    return _of_wanted({answer.clause.measure: years for answer in verdict.clauses}, series)


def baselines(result: EligibleResult) -> set[int]:
    """Return the year-ends the rules count from: a paper shows them also of units whose clauses ask for years alone."""
    clauses = result.rulebook.clauses
    return {clause.baseline_year for clause in clauses if clause.baseline_year and clause.baseline_year <= result.as_of}


def traced(wanted: Mapping[Measure, Collection[int]], series: Series, observations: Observations) -> list[TracedYear]:
    """Return what the wanted measures rest on at the wanted year-ends, of those of which there are figures."""
    return [traced_year(*looked_at, observations) for looked_at in _of_wanted(wanted, series)]


def _of_wanted(wanted: Mapping[Measure, Collection[int]], series: Series) -> Iterator[LookedAt]:
    for measure in sorted(wanted, key=_ORDER.__getitem__):
        for year in sorted(wanted[measure]):
            figures = series.years.get(year)
            if figures is not None:
                yield measure, year, figures


_ORDER: Final = {measure: place for place, measure in enumerate(Measure)}


def traced_year(measure: Measure, year: int, figures: YearFigures, observations: Observations) -> TracedYear:
    """Return what one measure rests on at one year-end."""
    return TracedYear(
        measure,
        year,
        figures,
        tuple(_traced_count(name, figures, observations) for name in (measure.whole, *measure.parts)),
        traced_rates(measure, figures, observations),
        _beside(measure, figures, observations),
    )


def years_of(verdict: Verdict) -> set[int]:
    """Return the year-ends the clauses of a verdict look at."""
    years: set[int] = set()
    for answer in verdict.clauses:
        years.add(answer.baseline_year)
        years.update(answer.years)
    return years


def traced_rates(measure: Measure, figures: YearFigures, observations: Observations) -> tuple[TracedRate, ...]:
    """Return the printed rates a rate is taken from; none where it is taken from counts."""
    if figures.printed_rate(measure) is None:
        return ()
    return tuple(
        TracedRate(rate.column, rate.printed, observations.origins(rate.row, rate.column))
        for rate in standing_rates(observations, figures.rows, measure)
    )


def _traced_count(name: str, figures: YearFigures, observations: Observations) -> TracedCount:
    return TracedCount(name, figures.counts.get(name), tuple(_addends(name, figures, observations)))


def _beside(measure: Measure, figures: YearFigures, observations: Observations) -> tuple[TracedCount, ...]:
    own = (measure.whole, *measure.parts)
    if not is_usable(figures) or figures.divided or all(name in figures.counts for name in own):
        return ()
    names = (name for name in COUNTS_BESIDE if name in figures.counts and name not in own)
    return tuple(_traced_count(name, figures, observations) for name in names)


def _addends(name: str, figures: YearFigures, observations: Observations) -> Iterator[Addend]:
    """Yield one addend per unit: rows of one unit that stand together agree on what both hold, so the first is it."""
    if name not in figures.counts:
        return
    seen: set[str] = set()
    for row in figures.rows:
        value, code = observations.value(row, name), observations.unit_code[row]
        if value is not None and code not in seen:
            seen.add(code)
            yield Addend(code, observations.unit_name[row], value, observations.origins(row, name))
    for part in figures.given:
        if name in part.counts:
            yield Addend(*part.unit, part.counts[name], ())


def figure_records(years: Iterable[TracedYear]) -> list[dict[str, object]]:
    """Return traced year-ends for machines; cells of one column that follow each other are one range."""
    return [
        {
            "measure": year.measure.value,
            "year": year.year,
            "households": year.figures.denominator(year.measure),
            "count": year.figures.numerator(year.measure),
            "basis": year.figures.basis.value,
            "status": year.figures.status.value,
            "poverty_line": year.figures.poverty_line,
            "assumed_complete": year.figures.assumed_complete,
            **ground_record(year.figures),
            "sources": _source_texts(year),
            "usable": is_usable(year.figures),
            **part_fields(year),
        }
        for year in years
    ]


def part_fields(year: TracedYear) -> dict[str, object]:
    """Return the counts with their cells, and what is known where one is missing."""
    return {"parts": [_part(count) for count in year.counts], **_printed_rate(year), **_open_counts(year)}


def is_usable(figures: YearFigures) -> bool:
    """Say whether a clause may look at the figures at all: not where two disagree, parts lack, or the area differs."""
    return not (figures.conflicting or figures.missing_children or figures.superseded_on or figures.formed_on)


def _part(count: TracedCount) -> dict[str, object]:
    cells = _ranges(origin for addend in count.addends for origin in addend.origins)
    return {"name": count.name, "value": count.value, "addends": len(count.addends), "cells": cells}


def _open_counts(year: TracedYear) -> dict[str, object]:
    """Return what tells how far a missing count is known: the counts beside it, and ends; nothing where none is."""
    beside = [_part(count) for count in year.beside]
    return {**({"beside": beside} if beside else {}), **bound_field(year.figures)}


def bound_field(figures: YearFigures) -> dict[str, object]:
    """Return the counts of which only two ends are known; nothing where there is none."""
    bounds = [{"name": name, "low": low, "high": high} for name, (low, high) in figures.bounds.items()]
    return {"bounds": bounds} if bounds else {}


def _ranges(origins: Iterable[Origin]) -> list[dict[str, object]]:
    return [cell_record(cells, "range") for cells in joined_ranges(origins)]


def _printed_rate(year: TracedYear) -> dict[str, object]:
    """Return what is known of a rate without counts: its ends and the printed rates; nothing where counts give it."""
    rate = year.figures.printed_rate(year.measure)
    if rate is None:
        return {}
    rates = [
        {"name": printed.name, "printed": printed.printed, "cells": _ranges(printed.origins)} for printed in year.rates
    ]
    return {"printed_rate": {"low": exact_text(rate.low), "high": exact_text(rate.high), "rates": rates}}


def _source_texts(year: TracedYear) -> list[str]:
    origins = [origin for count in year.counts for addend in count.addends for origin in addend.origins]
    origins += [origin for rate in year.rates for origin in rate.origins]
    return [str(origin) for origin in joined_ranges(origins)]


def clause_record(clause: Clause) -> dict[str, object]:
    """Return what a clause asks for, exactly as the rule file writes it."""
    return {
        "id": clause.id,
        "level": clause.subject.level.value,
        "any_of": list(clause.subject.any_of),
        "none_of": list(clause.subject.none_of),
        "test": clause.test.value,
        "measure": clause.measure.value,
        "comparison": clause.comparison.value,
        "threshold": str(clause.threshold),
        "unit": clause.unit.value,
        "years": clause.years,
        "baseline_year": clause.baseline_year,
        "poverty_line": clause.poverty_line,
        "other_lines": list(clause.other_lines),
        "upper": None if clause.upper is None else str(clause.upper),
        "rounded_to": clause.rounded_to,
        "reading_id": clause.reading_id,
        "types": list(clause.subject.types),
        "within": list(clause.subject.within),
        "together": clause.subject.together,
        "from": None if clause.period is None else clause.period.start.isoformat(),
        "to": clause.period.end.isoformat() if clause.period is not None and clause.period.end is not None else None,
    }


def file_records(sources: Iterable[SourceFile]) -> list[dict[str, object]]:
    """Return the files an answer rests on, with what they were read for."""
    return [{"file": source.file, "sha256": source.sha256, "role": source.role.value} for source in sources]
