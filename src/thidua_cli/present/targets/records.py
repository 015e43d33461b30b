"""Answers about targets for machines: the document "thidua.targets/2" and CSV."""

from __future__ import annotations

from typing import Final

from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.target_verdict import Pace, TargetVerdict
from thidua_cli.judge.words.targets import ON_TRACK, full_reason
from thidua_cli.judge.words.targets import pace as pace_words
from thidua_cli.language import Language, Text
from thidua_cli.model import Measure
from thidua_cli.present.doubts.records import doubt_records, doubts_field
from thidua_cli.present.rates.boundary_records import boundaries_record
from thidua_cli.present.rules.records import closing_record
from thidua_cli.present.toolkit.document import FieldValue, Records, RowsInTurn, truth_field, whole
from thidua_cli.present.toolkit.figures import exact_text, rounded_number, threshold_number
from thidua_cli.present.verdicts.class_lists import class_list_records, class_lists_field
from thidua_cli.present.verdicts.limits_record import limits_record
from thidua_cli.present.verdicts.trace_record import clause_record, figure_records, file_records, traced
from thidua_cli.present.verdicts.values import value_record
from thidua_cli.results import TargetsResult
from thidua_cli.rulebook.schema import Clause

SCHEMA: Final = "thidua.targets/2"


def targets_document(result: TargetsResult, language: Language) -> dict[str, object]:
    """Return the document "thidua.targets/2"; sentences in `language`, tokens in English."""
    return whole(targets_record(result, language))


def targets_record(result: TargetsResult, language: Language) -> dict[str, object]:
    """Return the same with its rows made in turn, as a result is written."""
    book = result.rulebook
    return {
        "schema": SCHEMA,
        "rules": book.id,
        "rules_version": book.version,
        "rules_citation": str(book.citation),
        "as_of": result.as_of,
        "closed": closing_record(book.closed_at(result.as_of), language),
        "limits": limits_record(result.limits, language),
        "files": file_records(result.sources),
        "clauses": [clause_record(clause) for clause in book.targets],
        "boundaries": boundaries_record(result.boundaries),
        "rows": RowsInTurn(result.rows, lambda row: _row(row, language)),
        "figures": _figures(result),
    }


def _figures(result: TargetsResult) -> RowsInTurn:
    """Return, per unit, what its answers rest on; units taken together, and those not judged, have none."""
    observations = result.observations
    if observations is None:
        return RowsInTurn([], dict)
    wanted: dict[str, dict[Measure, set[int]]] = {}
    for row in result.rows:
        if isinstance(row.clause, Clause) and row.clause in result.rulebook.targets and not row.clause.subject.together:
            years = wanted.setdefault(row.unit_code, {}).setdefault(row.clause.measure, set())
            years.update(window_of(row.clause, min(row.year, result.as_of)))
    shown = [
        series
        for series in result.series
        if series.unit_code in wanted and series.ended_on is None and not series.namesakes
    ]
    return RowsInTurn(
        shown,
        lambda series: {
            "unit_code": series.unit_code,
            "figures": figure_records(traced(wanted[series.unit_code], series, observations)),
        },
    )


def _row(row: TargetVerdict, language: Language) -> dict[str, object]:
    clause, value = row.clause, row.value
    return {
        "unit_code": row.unit_code,
        "unit_name": row.unit_name,
        "level": row.level.value,
        "parent_code": row.parent_code,
        "rule": clause.id,
        "title": clause.title.pick(language),
        "year": row.year,
        "is_due": row.is_due,
        "verdict": row.state.value,
        "reason": full_reason(row).pick(language),
        "note": None if row.note is None else row.note.pick(language),
        "comparison": clause.comparison.value,
        "threshold": threshold_number(clause.threshold),
        "upper": None if row.upper is None else threshold_number(row.upper),
        "unit": clause.unit.value,
        "value": None if value is None else rounded_number(value.value),
        "exact": None if value is None else exact_text(value.value),
        "value_low": None if value is None else rounded_number(value.low),
        "value_high": None if value is None else rounded_number(value.high),
        "values": [value_record(entry) for entry in row.values],
        "baseline_year": row.baseline_year,
        "position": None if row.position is None else row.position.value,
        "attainment_percent": rounded_number(row.attainment_percent),
        "margin_households": row.margin_households,
        "margin_is_bound": row.margin_is_bound,
        "doubts": doubt_records(row.doubts),
        "path": None if row.pace is None else _path(row.pace, language),
        "on_track": None if row.pace is None else row.pace.on_track,
        "other_readings": [{"reading": reading.id, "verdict": reading.state.value} for reading in row.other_readings],
        "poverty_line": clause.poverty_line if isinstance(clause, Clause) else None,
        "reading": clause.reading.pick(language),
        "citation": row.citation,
        "class_lists": class_list_records(row.class_sources),
    }


def _path(pace: Pace, language: Language) -> dict[str, object]:
    return {
        "deadline": pace.deadline,
        "households_left_at_most": pace.most_left,
        "households_to_leave": pace.to_leave,
        "households_a_year_needed": pace.a_year,
        "households_a_year_so_far": rounded_number(pace.so_far),
        "since": pace.since,
        "not_reachable": None if pace.to_leave is not None else pace_words(pace).pick(language),
    }


def targets_rows(result: TargetsResult, language: Language) -> Records:
    """Return one row per unit, target and year-end."""
    return Records(_CSV_HEAD, [_line(row, language) for row in result.rows])


_CSV_HEAD: Final = (
    *("unit_code", "unit_name", "level", "parent_code", "rule", "title", "year", "is_due", "verdict", "reason"),
    *("comparison", "threshold", "upper", "unit", "value", "value_low", "value_high", "position"),
    *("attainment_percent", "margin_households", "households_to_leave", "households_a_year_needed"),
    *("households_a_year_so_far", "on_track", "other_readings", "citation"),
    *("margin_is_bound", "doubts", "class_lists"),
)


def _line(row: TargetVerdict, language: Language) -> list[FieldValue]:
    record = _row(row, language)
    path = {} if row.pace is None else _path(row.pace, language)
    record["doubts"] = doubts_field(row.doubts)
    record["class_lists"] = class_lists_field(row.class_sources)
    record["other_readings"] = " ".join(f"{reading.id}:{reading.state.value}" for reading in row.other_readings)
    values = [record.get(name, path.get(name)) for name in _CSV_HEAD]
    return [_cell(value) for value in values]


def _cell(value: object) -> FieldValue:
    if isinstance(value, bool):
        return truth_field(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def on_track_text(pace: Pace | None) -> Text | None:
    """Say in words whether the pace suffices; None where that is not known."""
    return None if pace is None or pace.on_track is None else ON_TRACK[pace.on_track]
