"""Formulas whose stored 0 nobody calculated: what XlsxWriter, polars, Perl and Java libraries put in place of a result.

Such a 0 is no count of "none": it is told apart from a calculated one by what the formula comes to over the cells that
are stored; where the formula is not understood, by whether anything in its column was ever calculated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from enum import Enum, auto
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.arithmetic import CellArea, NotUnderstoodError, result
from thidua_cli.read.grid import Fault, FaultyCell, Row, SheetFacts

_DEEPEST: Final = 12
"""Formulas that lead to each other; a longer chain is not followed."""
_MOST_CELLS: Final = 2_000_000
"""Cells that all formulas of a sheet are followed to."""


class StoredSheet(NamedTuple):
    """What is stored of one sheet, before anything is set right."""

    rows: Sequence[Row]
    first_column: int
    width: int
    facts: SheetFacts


SheetOf = Callable[[str], StoredSheet | None]
"""A sheet of the workbook by its name; None where there is none, or it is too large to be looked through."""


class _Outcome(Enum):
    """What a stored 0 is."""

    CALCULATED = auto()
    NEVER = auto()
    UNKNOWN = auto()


class _NeverCalculatedError(Exception):
    """A formula leads to a cell without a value: its own stored number is no result of it."""


def never_calculated(sheet: str, sheet_of: SheetOf) -> list[FaultyCell]:
    """Return the formulas of a sheet whose stored 0 is no result, in order."""
    stored = sheet_of(sheet)
    if stored is None:
        return []
    reckoning = _Reckoning(sheet_of)
    places = sorted(stored.facts.zeros)
    outcomes = {place: reckoning.outcome(sheet, place) for place in places}
    never = {place for place in places if outcomes[place] is _Outcome.NEVER}
    unknown = [place for place in places if outcomes[place] is _Outcome.UNKNOWN]
    never.update(_never_in_all_likelihood(stored.facts, unknown))
    return [FaultyCell(*place, "", Fault.ZERO) for place in sorted(never)]


def unread_zeros(facts: SheetFacts) -> list[FaultyCell]:
    """Return the same of a sheet that is too large to be looked through: every formula is one not understood."""
    return [
        FaultyCell(*place, "", Fault.ZERO) for place in sorted(_never_in_all_likelihood(facts, sorted(facts.zeros)))
    ]


def _never_in_all_likelihood(facts: SheetFacts, unknown: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield, of zeros whose formulas are not understood, those that nobody calculated.

    Where the writer asks for calculation, one result in the same column says that it calculates all the same; where
    it does not ask, a column of zeros alone in a sheet without any result is what nobody calculated.
    """
    alike = Counter(column for _, column in unknown)
    for row, column in unknown:
        if facts.zeros[row, column].asks:
            if column not in facts.calculated:
                yield row, column
        elif not facts.calculated and alike[column] > 1:
            yield row, column


class _Reckoning:
    """Follows formulas through a workbook; what each stored 0 is, is found once."""

    def __init__(self, sheet_of: SheetOf) -> None:
        self._sheet_of = sheet_of
        self._outcomes: dict[tuple[str, int, int], _Outcome] = {}
        self._depth = 0
        self._cells_left = _MOST_CELLS

    def outcome(self, sheet: str, place: tuple[int, int]) -> _Outcome:
        """Say what the stored 0 of a cell is."""
        key = (sheet, *place)
        if key not in self._outcomes:
            self._outcomes[key] = _Outcome.CALCULATED  # of formulas that lead back to themselves
            self._outcomes[key] = self._reckoned(sheet, place)
        return self._outcomes[key]

    def _reckoned(self, sheet: str, place: tuple[int, int]) -> _Outcome:
        stored = self._sheet_of(sheet)
        if stored is None or self._depth >= _DEEPEST:
            return _Outcome.UNKNOWN
        zero = stored.facts.zeros[place]
        # SUBTOTAL leaves out what a filter hides: its 0 may be right whatever stands there
        if "SUBTOTAL" in zero.formula and stored.facts.hidden_rows:
            return _Outcome.UNKNOWN
        self._depth += 1
        try:
            with suppress(NotUnderstoodError, OverflowError):
                value = result(zero.formula, zero.shift, lambda area, alone: self._numbers(sheet, area, alone=alone))
                return _Outcome.NEVER if value else _Outcome.CALCULATED
        except _NeverCalculatedError:
            return _Outcome.NEVER
        finally:
            self._depth -= 1
        return _Outcome.UNKNOWN

    def _numbers(self, sheet: str, area: CellArea, *, alone: bool) -> Iterator[float]:
        name = area.sheet or sheet
        stored = self._sheet_of(name)
        if stored is None:
            raise NotUnderstoodError
        bottom = min(area.bottom, len(stored.rows) - 1)
        right = min(area.right, stored.first_column + stored.width - 1)
        self._cells_left -= max(0, bottom - area.top + 1) * max(0, right - area.left + 1)
        if self._cells_left < 0:
            raise NotUnderstoodError
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                yield self._number(name, stored, (row, column), alone=alone)

    def _number(self, sheet: str, stored: StoredSheet, place: tuple[int, int], *, alone: bool) -> float:
        fault = stored.facts.faults.get(place)
        if fault is not None:
            # beside an error a program may have put 0 on purpose
            raise NotUnderstoodError if fault.error else _NeverCalculatedError
        if place in stored.facts.zeros:
            outcome = self.outcome(sheet, place)
            if outcome is _Outcome.NEVER or (
                outcome is _Outcome.UNKNOWN and any(_never_in_all_likelihood(stored.facts, [place]))
            ):
                raise _NeverCalculatedError
            return 0.0
        row, column = stored.rows[place[0]], place[1] - stored.first_column
        value = row[column] if 0 <= column < len(row) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        # a range passes over words; a cell that is named is reckoned with whatever it holds, and the text "0" is 0
        if alone and value not in ("", None, "0"):
            raise NotUnderstoodError
        return 0.0
