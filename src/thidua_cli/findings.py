"""Findings: what is wrong in the data, where, and how to mend it.

A `Kind` is one documented sort of finding and stands beside the code that detects it; a `Finding` is one case of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from thidua_cli.language import Language, Text, render
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.quoting import CellNumber, Quotable, Quote, shown

_UNIT_COLUMNS: Final = ("unit_code", "unit_name", "parent_code")
_VALUES: Final = ("value", "expected")


class Severity(StrEnum):
    """error: the figure cannot be used; warning: a person must look; note: what was changed while reading."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return ("error", "warning", "note").index(self.value)


class Standing(StrEnum):
    """What a kind of finding leaves of the figures it names."""

    NOTHING = "nothing"
    """It speaks of how something was written, or of what is not there: every figure stands as printed."""
    DISPUTED = "disputed"
    """The true value is the printed one or another, which can be told, or nothing is known to put in its place."""
    VOID = "void"
    """No value can be used: what is printed cannot be, or nobody knows what it is or whose."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who answers for a finding, why, and until when."""

    who: str
    reason: str
    until: date

    @property
    def text(self) -> Text:
        """The same in words: what is printed after the finding."""
        return Text(
            f"{self.who} chấp nhận đến hết ngày {self.until:%d/%m/%Y}: {self.reason}",
            f"accepted by {self.who} until {self.until.isoformat()}: {self.reason}",
        )


class CausedBy(NamedTuple):
    """The finding whose fault another one is the echo of."""

    code: str
    origin: Origin
    is_alike: bool = False
    """Both have one reason outside of the table: a program that calculated no formula at all."""

    def told(self, origin: Origin) -> Text:
        """Return it in words for a finding at `origin`: the cell alone where both stand in one sheet."""
        is_beside = (self.origin.file, self.origin.sheet) == (origin.file, origin.sheet)
        place = self.origin.cell if is_beside else str(self.origin)
        if self.is_alike:
            return Text(f"cùng nguyên nhân với {self.code} ở {place}", f"for the same reason as {self.code} at {place}")
        return Text(f"do {self.code} ở {place}", f"because of {self.code} at {place}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of finding with its documentation; `thidua explain` and docs/findings.md print this record."""

    code: str
    """Contract with users: one family letter and three digits, never reused."""
    name: str
    """English name in kebab case: "poor-exceed-households"."""
    severity: Severity
    standing: Standing
    """Declared beside each check, for there is no good default: doubt that nobody thought of is certainty unearned."""
    title: Text
    message: Text
    """The sentence of one finding, with placeholders that `Finding.details` fills."""
    what: Text
    why: Text
    example: Text
    mend: Text
    quotes: tuple[str, ...] = ()
    """Placeholders whose words are of headings and titles, and may be repeated as far as `quoting` lets a quote be."""
    names: tuple[str, ...] = ()
    """Placeholders that name places, units and columns, or are words of this program: repeated in full. Of all others
    only numbers show, unless the user asks for the values."""


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
    waived: Acceptance | None = None
    """Who accepted this case."""
    shows_values: bool = False
    """Texts of cells are shown as they stand: the user asked for it. Else see `quoting`."""
    caused_by: CausedBy | None = None
    """The finding that this one goes away with: what mends that one mends both, which is proved in figures."""
    row: int | None = None
    """Row of the observations that the finding is about, where it speaks of one: as read, or as the forms of one unit
    and year-end were joined. Positions do not outlast the run: no output shows them."""

    @property
    def severity(self) -> Severity:
        """How much this case weighs."""
        return self.severity_here or self.kind.severity

    @property
    def printed_label(self) -> str | None:
        """What is printed in the row of a total, which is no unit: "Khu vực nông thôn"; None of other rows."""
        label = self.details.get("label")
        return label if isinstance(label, str) else None

    @property
    def shown_value(self) -> str | int | None:
        """The value as outputs may show it; what is not to be repeated is told in Vietnamese, as names are."""
        return self._plain("value", self.value)

    @property
    def shown_expected(self) -> str | int | None:
        """The expected value, likewise."""
        return self._plain("expected", self.expected)

    @property
    def shown_column(self) -> str | None:
        """The name of the count, or the heading."""
        return None if self.column is None else str(self._plain("column", Quote(self.column)))

    def _plain(self, name: str, value: str | int | None) -> str | int | None:
        if isinstance(value, CellNumber):
            value = str(value)  # a document has the number as machines write it
        told = self._told(name, value)
        return told.vi if isinstance(told, Text) else told if isinstance(told, (str, int)) else None

    def _told(self, name: str, value: object) -> object:
        """Return a value as it may be repeated. Units are: their table has been asked whether it lists persons."""
        if isinstance(value, str):
            is_of_unit = self.column in _UNIT_COLUMNS and name in _VALUES
            if is_of_unit or name in self.kind.quotes or value == self.unit_name:
                value = Quote(value)
            elif name in self.kind.names:
                value = Quotable(value)
        return shown(value, shows_values=self.shows_values)

    @property
    def told(self) -> Text:
        """The finding as one sentence that refuses its file: place, message, code."""
        message = Text(self.message(Language.VI), self.message(Language.EN))
        sentence = Text("{place}: {message} ({code})", "{place}: {message} ({code})")
        return sentence.fill(place=self.origin, message=message, code=self.kind.code)

    def message(self, language: Language = Language.VI) -> str:
        """Return the sentence for a person. What it repeats of cells has passed `quoting.shown`."""
        values: dict[str, object] = {
            "unit": Quotable(self.unit_name or self.unit_code or ""),
            "year": "" if self.year is None else str(self.year),
            "column": "" if self.column is None else Quote(self.column),
            "value": "" if self.value is None else self.value,
            "expected": "" if self.expected is None else self.expected,
            "difference": "" if self.difference is None else self.difference,
            "instead": "",
            **self.details,
        }
        words = {name: self._told(name, value) for name, value in values.items()}
        sentence = render(self.kind.message.pick(language), words, language)
        told = [self.caused_by.told(self.origin)] if self.caused_by is not None else []
        told += [self.waived.text] if self.waived is not None else []
        return sentence + "".join(f" ({text.pick(language)})" for text in told)
