"""What makes a finding the same finding in the next run, though rows were inserted and the file was renamed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import replace

SEPARATOR: Final = "|"
_KEYS: Final = ("code", "unit_code", "unit_name", "year", "column", "value", "expected")
_PLACES_AS_VALUES: Final = ("F", "H", "V003")
"""Kinds whose value names a place or a file (F008, H003), or is only the first of many cells (V003)."""


def identity(finding: Finding) -> str:
    """Return what stays the same of a finding while it is not mended: code, unit, year and column, readable.

    File, sheet and cell are left out: they change when rows are inserted and files renamed. So are value and expected
    value, which a failed correction changes; only a finding without a unit needs them to be told from others. Findings
    of different places can share one identity (the same fault in two sheets): they are told apart by their number.

    >>> from thidua_cli.check.sums import S001
    >>> from thidua_cli.model import Origin
    >>> identity(Finding(S001, Origin("a.xlsx", "08", 9, 5), "505", "Huyện Đông Giang", 2024, "poor_households", 9, 8))
    'S001|505|2024|poor_households'
    """
    # as it is shown to anybody: an identity is printed, and is the same with and without the values
    told = replace(finding, shows_values=False) if finding.shows_values else finding
    values = (
        finding.kind.code,
        finding.unit_code,
        finding.unit_name,
        finding.year,
        told.shown_column,
        told.shown_value,
        told.shown_expected,
    )
    return identity_of_record(dict(zip(_KEYS, values, strict=True)))


def identity_of_record(record: Mapping[str, object]) -> str:
    """Return the `identity` of a finding in a document "thidua.check/1"; documents that lack the field have it too."""
    code, unit_code, unit_name, year, column, value, expected = (folded(record.get(key)) for key in _KEYS)
    parts = [code, unit_code or unit_name, year, column]
    if not parts[1] and not code.upper().startswith(_PLACES_AS_VALUES):
        parts += [value, expected]
    return SEPARATOR.join(part.replace("\\", "\\\\").replace(SEPARATOR, f"\\{SEPARATOR}") for part in parts)


def folded(value: object) -> str:
    """Write a value on one line; spaces and the way accents are composed make no difference."""
    return "" if value is None else " ".join(unicodedata.normalize("NFC", str(value)).split())
