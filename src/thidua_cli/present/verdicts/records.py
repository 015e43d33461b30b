"""Verdicts for machines: the document "thidua.eligible/4", the row of a trace, and CSV."""

from __future__ import annotations

from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, Verdict
from thidua_cli.judge.words.clause import note_alone
from thidua_cli.language import Language, Text
from thidua_cli.model import Series
from thidua_cli.present.attest.records import attest_records, subject_records
from thidua_cli.present.doubts.records import doubt_records, doubts_field
from thidua_cli.present.rates.boundary_records import boundaries_record
from thidua_cli.present.rules.records import closing_record
from thidua_cli.present.toolkit.document import FieldValue, Records, RowsInTurn, truth_field, whole
from thidua_cli.present.toolkit.figures import rounded_number, threshold_number
from thidua_cli.present.verdicts.class_lists import class_list_records, class_lists_field
from thidua_cli.present.verdicts.compact_figures import CompactFigures
from thidua_cli.present.verdicts.figures import FigureColumns, figure_name, several_measures
from thidua_cli.present.verdicts.limits_record import limits_record
from thidua_cli.present.verdicts.trace_record import (
    baselines,
    clause_record,
    figure_records,
    figures_looked_at,
    file_records,
    traced_years,
)
from thidua_cli.present.verdicts.values import value_record
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import Clause

_CSV_HEAD: Final = (
    *("unit_code", "unit_name", "level", "parent_code", "classes", "verdict", "reason", "margin_households", "paths"),
)
_CSV_TAIL: Final = ("completeness", "attest", "margin_is_bound", "doubts", "other_readings", "class_lists")


def eligible_document(result: EligibleResult, language: Language) -> dict[str, object]:
    """Return the document "thidua.eligible/4"; sentences in `language`, tokens in English."""
    return whole(eligible_record(result, language))


def eligible_record(result: EligibleResult, language: Language) -> dict[str, object]:
    """Return the same with its rows made in turn, as a result is written."""
    book = result.rulebook
    rows = _CompactRows(result, language)
    return {
        "schema": "thidua.eligible/4",
        "rules": book.id,
        "rules_version": book.version,
        "rules_citation": str(book.citation),
        "as_of": result.as_of,
        "closed": closing_record(book.closed_at(result.as_of), language),
        "boundaries": boundaries_record(result.boundaries),
        "limits": limits_record(result.limits, language),
        "files": file_records(result.sources),
        "clauses": [{**clause_record(clause), **_words(clause, language)} for clause in book.clauses],
        "class_lists": class_list_records(list(rows.class_sources)),
        "tables": rows.figures.tables,
        "rows": RowsInTurn(result.verdicts, rows.record),
        "subjects": subject_records(result.subjects, language),
    }


class _CompactRows:
    """The rows of one document: what many of them say stands once, at its head."""

    def __init__(self, result: EligibleResult, language: Language) -> None:
        self._result = result
        self._language = language
        self._baselines = baselines(result)
        self._series = {unit.unit_code: unit for unit in result.series}
        sources = dict.fromkeys(source for verdict in result.verdicts for source in verdict.class_sources)
        self.class_sources = {source: number for number, source in enumerate(sources)}
        """What tells classes, each with its number."""
        self.figures = CompactFigures(result.observations, {clause.measure for clause in result.rulebook.clauses})

    def record(self, verdict: Verdict) -> dict[str, object]:
        """Return the record of one unit."""
        series = self._series.get(verdict.unit_code)
        return _row(
            verdict,
            series,
            self._language,
            class_lists=[self.class_sources[source] for source in verdict.class_sources],
            paths=[_path(answer, self._language) for answer in verdict.clauses],
            figures=[]
            if series is None
            else [
                self.figures.record(*looked_at)
                for looked_at in figures_looked_at(verdict, series, self._result, self._baselines)
            ],
        )


def eligible_row(
    verdict: Verdict, series: Series | None, result: EligibleResult, language: Language
) -> dict[str, object]:
    """Return the record of one unit that stands alone: with the words of its clauses, lists and cells."""
    return _row(
        verdict,
        series,
        language,
        class_lists=class_list_records(verdict.class_sources),
        paths=[_path_with_words(answer, language) for answer in verdict.clauses],
        figures=[] if series is None else figure_records(traced_years(verdict, series, result)),
    )


def _row(
    verdict: Verdict, series: Series | None, language: Language, *, class_lists: object, paths: object, figures: object
) -> dict[str, object]:
    return {
        "unit_code": verdict.unit_code,
        "unit_name": verdict.unit_name,
        "level": verdict.level.value,
        "parent_code": verdict.parent_code,
        "classes": list(verdict.classes),
        "class_lists": class_lists,
        "unknown_classes": list(verdict.unknown_classes),
        "part_classes": [
            {"unit_code": part.unit_code, "unit_name": part.unit_name, "classes": list(part.classes)}
            for part in verdict.part_classes
        ],
        "verdict": verdict.state.value,
        "reason": _picked(verdict.reason, language),
        "margin_households": verdict.margin_households,
        "margin_is_bound": verdict.margin_is_bound,
        "doubts": doubt_records(verdict.doubts),
        "paths": paths,
        "other_readings": [
            {"reading": reading.id, "verdict": reading.state.value} for reading in verdict.other_readings
        ],
        "completeness": None if verdict.completeness is None else verdict.completeness.value,
        "attest": attest_records(verdict.attest, verdict.statements, language),
        "ended_on": series.ended_on.isoformat() if series is not None and series.ended_on else None,
        "namesakes": [part._asdict() for part in series.namesakes] if series is not None else [],
        "figures": figures,
    }


def _path(answer: ClauseAnswer, language: Language) -> dict[str, object]:
    """Return what one clause answers; what it asks stands among the clauses of the document."""
    return {
        "rule": answer.clause.id,
        "verdict": answer.state.value,
        "applies": answer.applies,
        "reason": _picked(answer.full_reason, language),
        "note": _picked(note_alone(answer), language),
        "values": [value_record(value) for value in answer.values],
        "baseline_year": answer.baseline_year,
        "position": None if answer.position is None else answer.position.value,
    }


def _path_with_words(answer: ClauseAnswer, language: Language) -> dict[str, object]:
    clause = answer.clause
    told = _path(answer, language)
    return {
        **{name: told[name] for name in ("rule", "verdict", "applies", "reason", "note")},
        "comparison": clause.comparison.value,
        "threshold": threshold_number(clause.threshold),
        "unit": clause.unit.value,
        "values": told["values"],
        "baseline_year": told["baseline_year"],
        "poverty_line": clause.poverty_line,
        "upper": None if clause.upper is None else threshold_number(clause.upper),
        "position": told["position"],
        **_words(clause, language),
    }


def _words(clause: Clause, language: Language) -> dict[str, object]:
    return {"reading": clause.reading.pick(language), "citation": str(clause.citation)}


def _picked(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.pick(language)


def eligible_rows(result: EligibleResult, language: Language) -> Records:
    """Return one line per unit; several classes or paths in one cell are separated by blanks."""
    # The columns depend on what was judged, so that no file has columns of tests that its clauses do not know.
    figures = FigureColumns(result.verdicts)
    keys = figures.keys
    named = several_measures(keys)
    rows: list[list[FieldValue]] = [
        [
            verdict.unit_code,
            verdict.unit_name,
            verdict.level.value,
            verdict.parent_code,
            " ".join(verdict.classes),
            verdict.state.value,
            _picked(verdict.reason, language),
            verdict.margin_households,
            " ".join([f"{answer.clause.id}:{answer.state}" for answer in verdict.clauses]),
            *[None if value is None else rounded_number(value.value) for value in figures.row(verdict)],
            *_criteria(verdict),
            truth_field(verdict.margin_is_bound),
            doubts_field(verdict.doubts) if verdict.doubts else "",
            " ".join([f"{reading.id}:{reading.state}" for reading in verdict.other_readings]),
            class_lists_field(verdict.class_sources),
        ]
        for verdict in result.verdicts
    ]
    heads = [*_CSV_HEAD, *(figure_name(key, with_measure=named) for key in keys), *_CSV_TAIL]
    return Records(heads, rows)


def _criteria(verdict: Verdict) -> tuple[str | None, str]:
    """Return how far the criteria without a number are settled, and each of them."""
    if not verdict.attest:
        return None, ""
    completeness = verdict.completeness
    attest = " ".join([f"{item.id}:{state}" for item, state in verdict.attest])
    return completeness.value if completeness else None, attest
