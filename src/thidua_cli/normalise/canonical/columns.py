"""Large canonical tables by column: what each different cell means is asked once, and rows in order pass by numbers.

A block of rows in which any cell needs a closer look is not taken: `rows.CanonicalReader` reads it, which alone knows
what is said of it. Loads numpy: imported for large tables alone.
"""

from __future__ import annotations

from array import array
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thidua_cli.model import COUNTS, PRINTED_RATES, REQUIRED_COUNTS, Level, Status
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.canonical.codes import LEVELS, WIDTH_OF, level_of
from thidua_cli.normalise.canonical.rows import FIRST_TWO_TIER_YEAR, STATUSES, TIER_ABOVE, CanonicalReader, texts_in
from thidua_cli.normalise.sheet.numbers import LARGEST_COUNT, read_whole
from thidua_cli.normalise.sheet.poverty_line import national_line
from thidua_cli.normalise.sheet.title import is_plausible_year
from thidua_cli.observations import MISSING, Coded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from thidua_cli.normalise.sheet.cells import SheetContext
    from thidua_cli.observations import Described
    from thidua_cli.read.grid import Cell, CellBlock, Row

    Codes = NDArray[np.int32]

_LEVELS: Final = tuple(Level)
_STATUSES: Final = tuple(Status)
_BLANK, _UNKNOWN = -1, -2
"""What a cell says that is empty, and one that nobody can read."""
_NO_DIGITS: Final = 99
"""Stands for the length of a text that is no number: no tier has codes so long."""
_SHORTEST_WHOLE: Final = 5
"""Digits of a commune's code, which nothing is added to."""


class _TextColumn:
    """The different texts of one column as they are taken, and per row which of them it is."""

    def __init__(self, place: int | None, *, is_text: bool) -> None:
        self._place = place
        self._is_text = is_text
        self.texts: list[str] = []
        self._index: dict[str, int] = {}
        self._cells = 0
        """Cells of the column that were looked at, as the block numbers them."""
        self._taken_as: list[Codes] = [np.zeros(0, np.int32)]
        if place is None:
            self.code("")

    def code(self, text: str) -> int:
        """Return the number of a text."""
        code = self._index.setdefault(text, len(self.texts))
        if code == len(self.texts):
            self.texts.append(text)
        return code

    def known(self, text: str) -> int:
        """Return the number of a text; -1 where no row said it yet."""
        return self._index.get(text, -1)

    def of_block(self, block: CellBlock) -> Codes | None:
        """Return the column of a block; None where it has to be read row by row."""
        if self._place is None:
            return np.zeros(len(block), np.int32)
        coded = block.coded(self._place)
        if coded is None:
            return None
        if len(coded.values) > self._cells:
            self._take(coded.values[self._cells :])
            self._cells = len(coded.values)
        if len(self._taken_as) > 1:
            self._taken_as = [np.concatenate(self._taken_as)]
        return self._taken_as[0][coded.codes]

    def _take(self, cells: Sequence[Cell]) -> None:
        texts = texts_in(cells, is_text=self._is_text)
        index, start = self._index, len(self.texts)
        fresh = dict(zip(texts, range(start, start + len(texts)), strict=True))
        if len(fresh) == len(texts) and index.keys().isdisjoint(fresh):  # as of nearly every block of codes
            index |= fresh
            self.texts += texts
            self._taken_as.append(np.arange(start, start + len(texts), dtype=np.int32))
        else:
            self._taken_as.append(np.fromiter(map(self.code, texts), np.int32, len(texts)))


class _PerValue:
    """What is asked of each different value of a column, once."""

    def __init__(self, ask: Callable[[Any], int], spared: Callable[[Sequence[Any]], int | None] | None = None) -> None:
        """Ask `ask` of each value; `spared` says of many what it would say of every one, or None where it differs."""
        self._ask = ask
        self._spared = spared
        self._answers = np.zeros(0, np.int32)

    def of(self, values: Sequence[Any], codes: Codes) -> Codes:
        """Return the answer for each row, given all values that are known so far."""
        new = values[len(self._answers) :]
        if new:
            same = self._spared(new) if self._spared is not None else None
            answers = map(self._ask, new) if same is None else repeat(same)
            self._answers = np.concatenate([self._answers, np.fromiter(answers, np.int32, len(new))])
        return self._answers[codes]


class _RowsInOrder(NamedTuple):
    """The rows of one block that is in order."""

    number: int
    """Row in the sheet of the first one, 1-based."""
    years: Codes
    described: dict[Described, Codes]
    counts: dict[str, NDArray[np.int64]]
    assumed: NDArray[np.uint8]


class ColumnReader:
    """Takes blocks of a table into its `Observations`; row by row, through `reader`, what is not in order."""

    def __init__(self, sheet: SheetContext, reader: CanonicalReader) -> None:
        self._reader = reader
        self._rows = reader.table
        columns = reader.columns
        is_text, place = sheet.grid.is_text, columns.get
        self._code = _TextColumn(place("unit_code"), is_text=is_text)
        self._year_place = columns.get("year")
        self._name = _TextColumn(place("unit_name"), is_text=is_text)
        self._level = _TextColumn(place("level"), is_text=is_text)
        self._parent = _TextColumn(place("parent_code"), is_text=is_text)
        self._line = _TextColumn(place("poverty_line"), is_text=is_text)
        self._status = _TextColumn(place("status"), is_text=is_text)
        self._line_taken = _TextColumn(None, is_text=is_text)
        self._places = {name: columns[name] for name in COUNTS if name in columns}
        self._stated_year = sheet.options.year
        self._ask()
        self._pending: list[dict[Described, Codes]] = []
        self._done: dict[Described, list[Codes]] = {}
        self._has_rows_alone = False
        """Some rows were read one by one."""

    def _ask(self) -> None:
        self._year_of = _PerValue(_year_in)
        self._digits_of_code = _PerValue(_digits, _digits_of_long)
        self._level_of_code = _PerValue(lambda code: _LEVELS.index(level_of(code)))
        self._level_of = _PerValue(_level_in)
        self._digits_of_parent = _PerValue(_parent_digits)
        self._status_of = _PerValue(_status_in)

    @staticmethod
    def fits(sheet: SheetContext, columns: dict[str, int]) -> bool:
        """Say whether a table is one whose rows can pass by numbers: it gives codes, and no rates.

        A stated poverty line is held against every row.
        """
        return (
            "unit_code" in columns
            and columns.keys().isdisjoint(PRINTED_RATES)
            and sheet.options.poverty_line is None
            and not sheet.grid.faults
        )

    def take(self, block: CellBlock | list[Row], number: int) -> None:
        """Add the rows of a block, whose first row is sheet row `number`."""
        in_order = None if isinstance(block, list) else self._in_order(block, number)
        if in_order is not None:
            self._add_figures(in_order)
            self._pending.append(in_order.described)
            return
        self.flush()
        self._has_rows_alone = self._has_rows_alone or len(block) > 0
        self._reader.take(block if isinstance(block, list) else block.rows(), number)

    def finish(self) -> None:
        """Add what is still to be added, before the reader is asked what the whole columns tell."""
        self.flush()
        if not self._has_rows_alone:
            for name, codes in self._done.items():
                self._rows.keep_codes(name, Coded(np.concatenate(codes), self._values(name)))

    def flush(self) -> None:
        """Add the texts of the blocks that were taken, in their order."""
        pending, self._pending = self._pending, []
        for described in pending[0] if pending else ():
            codes = np.concatenate([block[described] for block in pending])
            values, column = self._values(described), getattr(self._rows, described)
            if (codes == codes[0]).all():
                column.extend(repeat(values[codes[0]], len(codes)))
            else:
                known = np.empty(len(values), object)
                known[:] = values
                column.extend(known[codes].tolist())
            self._done.setdefault(described, []).append(codes)

    def _add_figures(self, block: _RowsInOrder) -> None:
        """Add what is held as numbers; the texts follow in one go, before anybody looks at the rows."""
        rows, height = self._rows, len(block.years)
        figures: list[tuple[array[int], NDArray[Any]]] = [
            (rows.table, np.zeros(height, np.int32)),
            (rows.row_number, np.arange(block.number, block.number + height, dtype=np.int32)),
            (rows.year, block.years),
            *((rows.counts.setdefault(name, array("q")), counts) for name, counts in block.counts.items()),
        ]
        for column, numbers in figures:
            column.frombytes(numbers.view(np.uint8).data)
        rows.line_is_assumed += block.assumed.data

    def _values(self, name: Described) -> Sequence[Any]:
        """Return what the codes of a column stand for."""
        if name == "level":
            return _LEVELS
        if name == "status":
            return _STATUSES
        columns = {"unit_code": self._code, "unit_name": self._name, "parent_code": self._parent}
        return columns.get(name, self._line_taken).texts

    # One block -------------------------------------------------------------------------------------------------

    def _in_order(self, block: CellBlock, number: int) -> _RowsInOrder | None:
        """Return a block by its columns; None where a row needs a closer look."""
        years, codes = self._years(block), self._code.of_block(block)
        if years is None or codes is None or (codes == self._code.known("")).any():
            return None
        levels = self._levels(block, codes)
        statuses = self._statuses(block)
        if levels is None or statuses is None:
            return None
        lines = self._lines(block, years)
        counts = self._counts(block)
        placed = self._names_and_parents(block, years, codes, levels)
        if lines is None or counts is None or placed is None:
            return None
        names, parents = placed
        described: dict[Described, Codes] = {
            "unit_code": codes,
            "unit_name": names,
            "level": levels,
            "parent_code": parents,
            "poverty_line": lines[0],
            "status": statuses,
        }
        return _RowsInOrder(number, years, described, counts, lines[1])

    def _years(self, block: CellBlock) -> Codes | None:
        if self._year_place is None:
            return np.full(len(block), self._stated_year, np.int32) if self._stated_year else None
        coded = block.coded(self._year_place)
        years = None if coded is None else self._year_of.of(coded.values, coded.codes)
        return None if years is None or not years.all() else years

    def _levels(self, block: CellBlock, codes: Codes) -> Codes | None:
        """Return the tiers, of cells and else of codes; None where one is no word for a tier, or a code lacks zeros."""
        texts = self._level.of_block(block)
        if texts is None:
            return None
        levels = self._level_of.of(self._level.texts, texts)
        least = int(levels.min())
        if least == _UNKNOWN or (self._digits_of_code.of(self._code.texts, codes) < _WIDTHS[levels]).any():
            return None
        return (
            np.where(levels == _BLANK, self._level_of_code.of(self._code.texts, codes), levels)
            if least == _BLANK
            else levels
        )

    def _statuses(self, block: CellBlock) -> Codes | None:
        texts = self._status.of_block(block)
        statuses = None if texts is None else self._status_of.of(self._status.texts, texts)
        return None if statuses is None or int(statuses.min()) == _UNKNOWN else statuses

    def _lines(self, block: CellBlock, years: Codes) -> tuple[Codes, NDArray[np.uint8]] | None:
        """Return the poverty line of each row and which are assumed; None where one is named by a period."""
        texts = self._line.of_block(block)
        if texts is None:
            return None
        first, span = int(years.min()), int(years.max()) - int(years.min()) + 1
        pairs = texts * np.int32(span) + (years - np.int32(first))
        taken = np.zeros(len(self._line.texts) * span, np.int32)
        for pair in np.flatnonzero(np.bincount(pairs, minlength=len(taken))).tolist():
            line, year = self._line.texts[pair // span], first + pair % span
            if line and not self._reader.takes_line(line, year):
                return None
            taken[pair] = self._line_taken.code(line or national_line(year))
        blank = self._line.known("")
        return taken[pairs], (texts == blank).view(np.uint8)

    def _counts(self, block: CellBlock) -> dict[str, NDArray[np.int64]] | None:
        counts = {}
        for name, place in self._places.items():
            column = block.counts(place)
            if column is None or int(column.max()) > LARGEST_COUNT:
                return None
            if name in REQUIRED_COUNTS and int(column.min()) == MISSING:
                return None
            counts[name] = column
        return counts

    def _names_and_parents(
        self, block: CellBlock, years: Codes, codes: Codes, levels: Codes
    ) -> tuple[Codes, Codes] | None:
        """Return names and parents, those that cells do not give from the unit tables.

        None where a parent is given by its name, or lacks zeros.
        """
        names, parents = self._name.of_block(block), self._parent.of_block(block)
        if names is None or parents is None:
            return None
        digits = self._digits_of_parent.of(self._parent.texts, parents)
        if (digits < _WIDTHS_ABOVE[(years >= FIRST_TWO_TIER_YEAR).astype(np.int32), levels]).any():
            return None
        for row in np.flatnonzero((names == self._name.known("")) | (parents == self._parent.known(""))).tolist():
            name, parent = self._name.texts[names[row]], self._parent.texts[parents[row]]
            name, parent = self._reader.named_and_placed(name, parent, self._code.texts[codes[row]], int(years[row]))
            names[row], parents[row] = self._name.code(name), self._parent.code(parent)
        return names, parents


def _year_in(cell: Cell) -> int:
    year = read_whole(cell) or 0
    return year if is_plausible_year(year) else 0


def _digits(code: str) -> int:
    """Return how many digits a code has that is a number of few; more than any tier's of all others."""
    return len(code) if len(code) < _SHORTEST_WHOLE and code.isdigit() else _NO_DIGITS


def _digits_of_long(codes: Sequence[str]) -> int | None:
    return _NO_DIGITS if min(map(len, codes)) >= _SHORTEST_WHOLE else None


def _parent_digits(parent: str) -> int:
    """Return the same of a parent's code; fewer than any tier's where it is a name, which has to be looked up."""
    if parent and not any(map(str.isdigit, parent)):
        return -1
    return _digits(parent)


def _level_in(text: str) -> int:
    level = LEVELS.get(text.lower())
    return _LEVELS.index(level) if level is not None else _UNKNOWN if text else _BLANK


def _status_in(text: str) -> int:
    status = STATUSES.get(text.lower())
    return _STATUSES.index(status) if status is not None else _UNKNOWN


_WIDTHS: Final = np.array([*(WIDTH_OF.get(level, 0) for level in _LEVELS), 0, 0])
"""Number of a level → digits of its codes; the last two are those of a blank cell and one that nobody can read."""


def _width_above(level: Level, *, has_districts: bool) -> int:
    tier = TIER_ABOVE.get(level)
    if tier is Level.DISTRICT and not has_districts:
        tier = Level.PROVINCE
    return WIDTH_OF[tier] if tier is not None else 0


_WIDTHS_ABOVE: Final = np.array(
    [[_width_above(level, has_districts=has_districts) for level in _LEVELS] for has_districts in (True, False)]
)
"""Without or with the reform of 2025 → number of a level → digits of its parent's code."""
