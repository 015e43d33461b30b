"""Verdicts for machines: the document "thidua.eligible/1" and CSV."""

from __future__ import annotations

from typing import Final

from thidua_cli.judge.verdict import PathVerdict, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.model import Measure, Series
from thidua_cli.present.boundary_records import boundaries_record, ground_record
from thidua_cli.present.cell_ranges import figure_sources
from thidua_cli.present.eligible_figures import FigureKey, figure_keys, figures_of, several_measures
from thidua_cli.present.eligible_values import value_record
from thidua_cli.present.figures import rounded_number
from thidua_cli.present.records import csv_text
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import Test

_CSV_HEAD: Final = (
    "unit_code",
    "unit_name",
    "level",
    "parent_code",
    "classes",
    "verdict",
    "reason",
    "margin_households",
    "paths",
)


def eligible_document(result: EligibleResult, language: Language) -> dict[str, object]:
    """Return the document "thidua.eligible/1"; sentences in `language`, tokens in English."""
    book = result.rulebook
    series = {one.unit_code: one for one in result.series}
    return {
        "schema": "thidua.eligible/1",
        "rules": book.id,
        "rules_version": book.version,
        "rules_citation": str(book.citation),
        "as_of": result.as_of,
        "boundaries": boundaries_record(result.boundaries),
        "rows": [_row(verdict, series.get(verdict.unit_code), result, language) for verdict in result.verdicts],
    }


def _row(verdict: Verdict, series: Series | None, result: EligibleResult, language: Language) -> dict[str, object]:
    return {
        "unit_code": verdict.unit_code,
        "unit_name": verdict.unit_name,
        "level": verdict.level.value,
        "parent_code": verdict.parent_code,
        "classes": list(verdict.classes),
        "unknown_classes": list(verdict.unknown_classes),
        "verdict": verdict.state.value,
        "reason": _picked(verdict.reason, language),
        "margin_households": verdict.margin_households,
        "paths": [_path(path, language) for path in verdict.paths],
        "attest": [
            {"id": item.id, "text": item.text.pick(language), "state": state.value} for item, state in verdict.attest
        ],
        "ended_on": series.ended_on.isoformat() if series is not None and series.ended_on else None,
        "figures": [] if series is None else _figures(verdict, series, result),
    }


def _path(path: PathVerdict, language: Language) -> dict[str, object]:
    rule = path.rule
    return {
        "rule": rule.id,
        "verdict": path.state.value,
        "applies": path.applies,
        "reason": _picked(path.full_reason, language),
        "note": _picked(path.note, language),
        "comparison": rule.comparison.value,
        "threshold": int(rule.threshold) if rule.threshold == int(rule.threshold) else float(rule.threshold),
        "unit": rule.unit.value,
        "values": [value_record(value) for value in path.values],
        "baseline_year": path.baseline_year,
        "poverty_line": rule.poverty_line,
        "reading": rule.reading.pick(language),
        "citation": str(rule.citation),
    }


def _picked(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.pick(language)


def _figures(verdict: Verdict, series: Series, result: EligibleResult) -> list[dict[str, object]]:
    """Return what the verdict rests on: one record per measure and year-end its paths look at."""
    measures = sorted({path.rule.measure for path in verdict.paths}, key=list(Measure).index)
    return [
        {
            "measure": measure.value,
            "year": year,
            "households": figures.denominator(measure),
            "count": figures.numerator(measure),
            "basis": figures.basis.value,
            "status": figures.status.value,
            "poverty_line": figures.poverty_line,
            "assumed_complete": figures.assumed_complete,
            **ground_record(figures),
            "sources": figure_sources(result.observations, figures, measure),
        }
        for measure in measures
        for year in sorted(years_of(verdict))
        if (figures := series.years.get(year)) is not None
    ]


def years_of(verdict: Verdict) -> set[int]:
    """Return the year-ends the paths of a verdict look at."""
    years: set[int] = set()
    for path in verdict.paths:
        years.add(path.baseline_year)
        years.update(value.year for value in path.values)
    return years


def eligible_csv(result: EligibleResult, language: Language) -> str:
    """Return one line per unit; several classes or paths in one cell are separated by blanks."""
    keys = figure_keys(result.verdicts)
    named = several_measures(keys)
    rows: list[list[str | int | float | None]] = []
    for verdict in result.verdicts:
        figures = figures_of(verdict)
        rows.append(
            [
                verdict.unit_code,
                verdict.unit_name,
                verdict.level.value,
                verdict.parent_code,
                " ".join(verdict.classes),
                verdict.state.value,
                _picked(verdict.reason, language),
                verdict.margin_households,
                " ".join(f"{path.rule.id}:{path.state.value}" for path in verdict.paths),
                *(rounded_number(figures[key].value) if key in figures else None for key in keys),
            ]
        )
    return csv_text([*_CSV_HEAD, *(_csv_name(key, with_measure=named) for key in keys)], rows)


def _csv_name(key: FigureKey, *, with_measure: bool) -> str:
    prefix = f"{key.measure.value}_" if with_measure else ""
    if key.test is Test.RATE_FALL_EACH_YEAR:
        return f"{prefix}fall_points_{key.year}"
    return f"{prefix}fall_percent_{key.baseline_year}_{key.year}"
