"""Findings: what is wrong in the data, where, and how to mend it.

A `Kind` is one documented sort of finding and stands beside the code that detects it; a `Finding` is one case of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from thidua_cli.language import Language, Text, render
from thidua_cli.model import Origin


class Severity(StrEnum):
    """error: the figure cannot be used; warning: a person must look; note: what was changed while reading."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return ("error", "warning", "note").index(self.value)


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of finding with its documentation; `thidua explain` and docs/findings.md print this record."""

    code: str
    """Contract with users: one family letter and three digits, never reused."""
    name: str
    """English name in kebab case: "poor-exceed-households"."""
    severity: Severity
    title: Text
    message: Text
    """The sentence of one finding, with placeholders that `Finding.details` fills."""
    what: Text
    why: Text
    example: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One case of a kind, at one place. It shows the offending cell, never the row: a row may name people."""

    kind: Kind
    origin: Origin
    unit_code: str | None = None
    unit_name: str | None = None
    year: int | None = None
    column: str | None = None
    """Canonical name of the count, or the heading as printed where none is known."""
    value: str | int | None = None
    expected: str | int | None = None
    difference: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    """What fills the placeholders of the message besides the fields above. Years are given as text."""
    severity_here: Severity | None = None
    """Where this case weighs otherwise than its kind: an error cell beside the table is only a note."""
    waived: Text | None = None
    """Who accepted this case, why and until when; printed after the sentence."""

    @property
    def severity(self) -> Severity:
        """How much this case weighs."""
        return self.severity_here or self.kind.severity

    def message(self, language: Language = Language.VI) -> str:
        """Return the sentence for a person."""
        values: dict[str, object] = {
            "unit": self.unit_name or self.unit_code or "",
            "year": "" if self.year is None else str(self.year),
            "column": "" if self.column is None else self.column,
            "value": "" if self.value is None else self.value,
            "expected": "" if self.expected is None else self.expected,
            "difference": "" if self.difference is None else self.difference,
            "instead": "",
            **self.details,
        }
        sentence = render(self.kind.message.pick(language), values, language)
        return sentence if self.waived is None else f"{sentence} ({self.waived.pick(language)})"
