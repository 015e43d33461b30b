"""Findings for programs: the document "thidua.check/1" and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.check.identity import identity
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.model import Origin
from thidua_cli.present.config.record import config_field
from thidua_cli.present.findings.unit_lists import unit_list_record
from thidua_cli.present.toolkit.document import FieldValue, Records, RowsInTurn
from thidua_cli.results import CheckResult

FIELDS: Final = (
    *("code", "name", "severity", "message", "file", "sheet", "cell", "unit_code", "unit_name", "year", "column"),
    *("value", "expected", "difference", "caused_by"),
)


def check_rows(result: CheckResult, language: Language) -> Records:
    """Return one row per finding; against an earlier run with `since`, and a row of each that is "gone"."""
    records: list[dict[str, FieldValue]] = [
        {**finding_fields(finding, language), **since_record(result, finding)}
        for finding in sorted_findings(result.findings)
    ]
    if result.comparison is None:
        return _rows(FIELDS, records)
    plain = [name for name in FIELDS if name != "caused_by"]
    records += [
        {**{name: _field(gone.get(name)) for name in plain}, "caused_by": None, "since": "gone"}
        for gone in result.comparison.gone
    ]
    return _rows((*FIELDS, "since"), records)


def _rows(fields: Sequence[str], records: Iterable[dict[str, FieldValue]]) -> Records:
    return Records(fields, [[record[name] for name in fields] for record in records])


def _field(value: object) -> FieldValue:
    """Return a value of an earlier document, which anybody may have written, as a cell may hold it."""
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by file, sheet, row and column as a person counts them, then by code, unit and year."""
    return sorted(findings, key=_place)


def _place(finding: Finding) -> tuple[object, ...]:
    origin = finding.origin
    return (
        _natural(origin.file),
        _natural(origin.sheet),
        (origin.row, origin.column) if origin.row else (0, 0),  # whole columns stand with the sheet
        finding.kind.code,
        finding.unit_code or "",
        finding.year or 0,
    )


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Make a key under which "Mẫu 9" stands before "Mẫu 10"."""
    parts = re.split(r"(\d+)", text)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def check_document(result: CheckResult, language: Language) -> dict[str, object]:
    """Return the document "thidua.check/1"; `gone` and each finding's `since` only where an earlier run was given."""
    totals = severity_totals(result.findings)
    document: dict[str, object] = {
        "schema": "thidua.check/1",
        "summary": {
            "files": result.files,
            "units": result.units,
            "years": list(result.years),
            "observations": result.observations,
            "errors": totals[Severity.ERROR],
            "warnings": totals[Severity.WARNING],
            "notes": totals[Severity.NOTE],
            "unit_lists": [unit_list_record(unit_list) for unit_list in result.unit_lists],
        },
        "findings": RowsInTurn(
            sorted_findings(result.findings),
            lambda finding: {**finding_record(finding, language), **since_record(result, finding)},
        ),
        **config_field(result.config),
    }
    if result.comparison is not None:
        document["gone"] = list(result.comparison.gone)
    return document


def since_record(result: CheckResult, finding: Finding) -> dict[str, str]:
    """Return whether the finding is "new" or "still" there since an earlier run; empty where none was given."""
    if result.comparison is None:
        return {}
    return {"since": "new" if is_new(result, finding) else "still"}


def is_new(result: CheckResult, finding: Finding) -> bool:
    """Say whether the earlier run, if one was given, did not have the finding."""
    return result.comparison is not None and any(finding is new for new in result.comparison.new)


def finding_record(finding: Finding, language: Language) -> dict[str, object]:
    """Return one finding as documents have it: its fields, and what caused it as a record."""
    cause = finding.caused_by
    place = None if cause is None else {"code": cause.code, **_place_record(cause.origin)}
    return {**finding_fields(finding, language), "caused_by": place}


def _place_record(origin: Origin) -> dict[str, str | None]:
    return {"file": origin.file or None, "sheet": origin.sheet or None, "cell": origin.cell or None}


def finding_fields(finding: Finding, language: Language) -> dict[str, FieldValue]:
    """Return one finding under the names of `FIELDS`; what does not apply is None."""
    cause = finding.caused_by
    return {
        "code": finding.kind.code,
        "name": finding.kind.name,
        "severity": finding.severity.value,
        "message": finding.message(language),
        **_place_record(finding.origin),
        "unit_code": finding.unit_code,
        "unit_name": finding.unit_name,
        "year": finding.year,
        "column": finding.shown_column,
        "value": finding.shown_value,
        "expected": finding.shown_expected,
        "difference": finding.difference,
        "caused_by": None if cause is None else f"{cause.code} {cause.origin}",
        "identity": identity(finding),
    }


def severity_totals(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count findings by severity; all three are present."""
    totals = dict.fromkeys(Severity, 0)
    for finding in findings:
        totals[finding.severity] += 1
    return totals
