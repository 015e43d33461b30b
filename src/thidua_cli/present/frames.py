"""Answers as DataFrames: the columns of the commands' CSV, floats for reading, and beside them what is exact.

Whole numbers are Int64 and floats Float64, with `pd.NA` for what is missing; texts, tuples and fractions have None.
Floats are rounded as the commands print them; a column that ends in `_exact` holds what was compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Finding
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.verdict import ClauseAnswer, Verdict
from thidua_cli.language import Language
from thidua_cli.measure.frame import rate_frame
from thidua_cli.present.doubts.records import doubt_records
from thidua_cli.present.doubts.words import doubts_of_year
from thidua_cli.present.findings.records import FIELDS, finding_fields, finding_record
from thidua_cli.present.rates.published import PUBLISHED_FIELDS, published_records
from thidua_cli.present.rates.records import CSV_FIELDS, rate_rows
from thidua_cli.present.targets.records import targets_rows
from thidua_cli.present.toolkit.document import Records
from thidua_cli.present.verdicts.figures import figure_keys, figure_name, figures_of, several_measures
from thidua_cli.present.verdicts.records import eligible_rows
from thidua_cli.results import EligibleResult, PublishedResult, RatesResult, TargetsResult
from thidua_cli.rulebook.published import COUNT_FIELDS

if TYPE_CHECKING:
    import pandas as pd

    from thidua_cli.doubt.doubts import Doubt

_WHOLE: Final = frozenset(
    {
        *("year", "households", "count", "baseline_year", "margin_households", "households_to_leave"),
        *("households_a_year_needed", "difference", *COUNT_FIELDS, "fall_households"),
        *("rows", "total", "missing", "provinces_complete", "provinces_partial", "provinces_none"),
    }
)
_FLOATS: Final = frozenset(
    {
        *("rate_percent", "fall_points", "fall_percent", "fall_points_total", "fall_percent_total"),
        *("fall_points_low", "fall_points_high"),
        *("value", "value_low", "value_high", "attainment_percent", "households_a_year_so_far"),
    }
)
_FLAGS: Final = frozenset({"margin_is_bound", "is_due", "conflicting", "assumed_complete", "rate_printed"})


def findings_frame(findings: Sequence[Finding], language: Language) -> pd.DataFrame:
    """Return one row per finding, as `thidua check` lists them; `value` and `expected` are numbers or texts."""
    records = [finding_fields(finding, language) for finding in findings]
    columns = {name: [record[name] for record in records] for name in FIELDS}
    return _frame(columns, texts=("value",))


def records_frame(records: Records) -> pd.DataFrame:
    """Return rows of a command as they are."""
    return _frame(_columns(records))


def rates_frame(result: RatesResult) -> pd.DataFrame:
    """Return one row per unit and shown year-end (keys `unit_code`, `year`)."""
    table, exact = result.table, rate_frame(result.table)
    columns = _columns(rate_rows(table), CSV_FIELDS)
    columns["doubts"] = [
        doubt_records(doubts_of_year(row.doubts, rate.year)) for row in table.rows for rate in row.years
    ]
    columns |= {str(name): list(exact[name]) for name in exact.columns if name not in columns}
    return _frame(columns)


def published_frame(result: PublishedResult, language: Language) -> pd.DataFrame:
    """Return one row per publication, with the exact ends of what the fall of the rate may be."""
    columns: dict[str, list[object]] = {name: [] for name in PUBLISHED_FIELDS}
    for record in published_records(result.rows, language):
        for name, values in columns.items():
            values.append(record[name])
    points = [row.fall_points for row in result.rows]
    columns["fall_points_low_exact"] = [None if fall is None else fall.low for fall in points]
    columns["fall_points_high_exact"] = [None if fall is None else fall.high for fall in points]
    return _frame(columns)


def eligible_frame(result: EligibleResult, language: Language) -> pd.DataFrame:
    """Return one row per unit (key `unit_code`); every figure that was held against a threshold has its columns."""
    verdicts, keys = result.verdicts, figure_keys(result.verdicts)
    named = several_measures(keys)
    columns = _columns(eligible_rows(result, language))
    columns |= _as_they_are(verdicts)
    columns["classes"] = [verdict.classes for verdict in verdicts]
    columns["unknown_classes"] = [verdict.unknown_classes for verdict in verdicts]
    columns["rules"] = [tuple(map(_clause, verdict.clauses)) for verdict in verdicts]
    figures = [figure_name(key, with_measure=named) for key in keys]
    values = list(map(figures_of, verdicts))
    for name, key in zip(figures, keys, strict=True):
        columns[f"{name}_exact"] = [of_unit[key].value if key in of_unit else None for of_unit in values]
    return _frame(columns, floats=figures)


def targets_frame(result: TargetsResult, language: Language) -> pd.DataFrame:
    """Return one row per unit, target and year-end that is answered (keys `unit_code`, `rule`, `year`)."""
    rows = result.rows
    columns = _columns(targets_rows(result, language))
    columns |= _as_they_are(rows)
    columns["is_due"] = [row.is_due for row in rows]
    columns["on_track"] = [None if row.pace is None else row.pace.on_track for row in rows]
    columns["threshold"] = [row.clause.threshold for row in rows]
    columns["upper"] = [row.upper for row in rows]
    for name in ("value", "low", "high"):
        column = "value_exact" if name == "value" else f"value_{name}_exact"
        columns[column] = [None if row.value is None else getattr(row.value, name) for row in rows]
    columns["attainment_percent_exact"] = [row.attainment_percent for row in rows]
    return _frame(columns)


def with_evidence(
    frame: pd.DataFrame, findings: Sequence[Finding], language: Language, doubts: Iterable[Doubt] = ()
) -> pd.DataFrame:
    """Return the frame with `attrs`: the "findings" on the files, and the "doubts" of all rows, each once.

    Both are lists of plain records, as in the JSON documents: a DataFrame in `attrs` cannot be compared or copied.
    """
    frame.attrs["findings"] = [finding_record(finding, language) for finding in findings]
    frame.attrs["doubts"] = _each_once(doubt_records(doubts))
    return frame


def _each_once(records: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out what is said again: the doubt on a commune stands on the row of its district too."""
    return list({repr(record): record for record in records}.values())


def _columns(records: Records, names: Sequence[str] | None = None) -> dict[str, list[object]]:
    rows = list(records.rows)
    wanted = records.fields if names is None else names
    return {name: [row[place] for row in rows] for place, name in enumerate(records.fields) if name in wanted}


def _as_they_are(answers: Sequence[Verdict] | Sequence[TargetVerdict]) -> dict[str, list[object]]:
    """Return what CSV writes as words."""
    return {
        "margin_is_bound": [answer.margin_is_bound for answer in answers],
        "doubts": [doubt_records(answer.doubts) for answer in answers],
    }


def _clause(answer: ClauseAnswer) -> tuple[str, str, str]:
    return answer.clause.id, answer.state.value, str(answer.clause.citation)


def _frame(
    columns: Mapping[str, Sequence[object]], *, floats: Iterable[str] = (), texts: Iterable[str] = ()
) -> pd.DataFrame:
    import pandas as pd

    as_floats = (_FLOATS | set(floats)) - set(texts)
    return pd.DataFrame(
        {name: pd.Series(list(values), dtype=_type_of(name, as_floats)) for name, values in columns.items()}
    )


def _type_of(name: str, floats: Iterable[str]) -> str:
    if name in _WHOLE:
        return "Int64"
    if name in floats:
        return "Float64"
    return "bool" if name in _FLAGS else "object"
