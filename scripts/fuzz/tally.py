"""The table of what came of many cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from fuzz.trial import REFUSED, Outcome

_FAULTS: Final = ("death", "hang", "exit 70", "exit status", "foreign words", "slow", "memory")
_HEAD: Final = (
    "cases",
    "refused",
    *_FAULTS,
    "s, refused",
    "s, worst",
    "MB, refused",
    "MB, worst",
)


@dataclass(slots=True)
class _Row:
    cases: int = 0
    refused: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    seconds_refused: float = 0
    megabytes: float = 0
    megabytes_refused: float = 0

    def add(self, outcome: Outcome) -> None:
        self.cases += 1
        self.faults[outcome.fault] += 1
        self.seconds, self.megabytes = max(self.seconds, outcome.seconds), max(self.megabytes, outcome.megabytes)
        if outcome.status == REFUSED:
            self.refused += 1
            self.seconds_refused = max(self.seconds_refused, outcome.seconds)
            self.megabytes_refused = max(self.megabytes_refused, outcome.megabytes)

    def cells(self) -> Iterator[str]:
        yield f"{self.cases:,}"
        yield f"{self.refused:,}"
        yield from (str(self.faults[fault]) for fault in _FAULTS)
        yield f"{self.seconds_refused:.2f}"
        yield f"{self.seconds:.2f}"
        yield f"{self.megabytes_refused:.0f}"
        yield f"{self.megabytes:.0f}"


@dataclass(slots=True)
class Tally:
    """Counts outcomes by family and format."""

    rows: dict[tuple[str, str], _Row] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one outcome, in its own row and in that of its family."""
        for word in (outcome.case.format, "all"):
            self.rows.setdefault((outcome.case.family, word), _Row()).add(outcome)

    @property
    def faults(self) -> int:
        """Cases in which something was wrong."""
        return sum(row.cases - row.faults[""] for (_, word), row in self.rows.items() if word == "all")

    def lines(self) -> Iterator[str]:
        """Yield the table in Markdown."""
        yield _line(("family", "format", *_HEAD))
        yield _line(("---", "---", *("---:" for _ in _HEAD)))
        for (family, word), row in sorted(self.rows.items(), key=lambda item: (item[0][0], item[0][1] == "all")):
            yield _line((family, word, *row.cells()))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
