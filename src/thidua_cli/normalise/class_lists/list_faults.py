"""What is wrong with the rows of one table of a list → findings, each with its cell; what recurs is told once."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Origin
from thidua_cli.normalise.class_lists.kinds import C001, C002, C004, C005
from thidua_cli.normalise.persons.names import is_name_of_person
from thidua_cli.quoting import described

_OFFERED: Final = 8


@dataclass(slots=True)
class ListFaults:
    """Gathers what is wrong in the rows of a table, from top to bottom."""

    _refused: list[Finding] = field(default_factory=list)
    _unknown: dict[tuple[int, str], tuple[Origin, int]] = field(default_factory=dict)
    """(Column, text) → first cell of a class that is not understood, and how many there are."""
    _without: list[tuple[Origin, str]] = field(default_factory=list)

    def refuse_unit(self, origin: Origin, value: str, reason: Text, *, is_code: bool) -> None:
        """Tell of a row whose unit is not known (C002)."""
        # without a column the value is told by its length: a list of persons may have been given by mistake
        column = "unit_code" if is_code else None if is_name_of_person(value) else "unit_name"
        self._refused.append(Finding(C002, origin, column=column, value=value, details={"reason": reason}))

    def refuse_day(self, origin: Origin, value: str, reason: Text) -> None:
        """Tell of a day that is not understood or does not fit (C004); `reason` may quote `{value}`."""
        self._refused.append(Finding(C004, origin, value=value, details={"reason": reason.fill(value=value)}))

    def add_unknown_class(self, column: int, text: str, origin: Origin) -> None:
        """Remember a text that names no class: told once per column and text (C001)."""
        first, count = self._unknown.get((column, text), (origin, 0))
        self._unknown[column, text] = (first, count + 1)

    def add_without_class(self, origin: Origin, name: str) -> None:
        """Remember a unit to which no class is said: told once per table (C005)."""
        self._without.append((origin, name))

    def findings(self) -> list[Finding]:
        """Return all of it: row by row, then what is told once."""
        findings = [*self._refused]
        offered = Text.joined(", ", [CLASS_WORDS[token].short for token in CLASS_WORDS])
        for (_, text), (origin, count) in self._unknown.items():
            more = _MORE.fill(count=count) if count > 1 else NO_TEXT
            findings.append(Finding(C001, origin, value=text, details={"more": more, "offered": offered}))
        if self._without:
            named = [Text(*[name] * 2) if not is_name_of_person(name) else described(name) for _, name in self._without]
            units = Text.and_more(named, _OFFERED)
            details = {"count": len(self._without), "units": units}
            findings.append(Finding(C005, self._without[0][0], details=details))
        return findings


_MORE: Final = Text(" ({count} ô)", " ({count} cells)")
