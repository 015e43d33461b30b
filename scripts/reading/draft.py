"""A table before it is laid out: words, units, columns, and what all of it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from reading.meaning import FINAL, PLAIN, Book, Cell, Look, Meant, Sheet, Value

POOR: Final = "poor_households"
NEAR: Final = "near_poor_households"
HOUSEHOLDS: Final = "households"


@dataclass(slots=True)
class Row:
    """One row: a unit, or the total of all."""

    code: str
    name: str
    counts: dict[str, int]
    """Count → households at the year-end of the table."""
    before: dict[str, int]
    """The same a year earlier."""
    is_total: bool = False
    codes: frozenset[str] = frozenset()
    """Units that the name may honestly stand for; empty: that of `code`."""
    is_usable: bool = True


def rate(row: Row, count: str) -> float:
    """Return the share of a count in all households."""
    return row.counts[count] / row.counts[HOUSEHOLDS] if row.counts[HOUSEHOLDS] else 0.0


def rate_of(count: str) -> str:
    """Return the printed rate of a count, as the program names it."""
    return count.replace("households", "rate_percent")


@dataclass(slots=True)
class Column:
    """One column of the table, with what it means."""

    heading: str
    meaning: frozenset[str]
    """Canonical counts that it may be read as; none: no figure that may be read."""
    source: str = ""
    """Count of the rows that it holds."""
    group: str = ""
    """Heading above it, where headings are stacked."""
    above: str = ""
    """Heading that it shares with the columns beside it, where it is one of several."""
    years: Callable[[int], frozenset[int]] | None = None
    """Year of the table → year-ends that the column may be read at."""
    statuses: frozenset[str] = frozenset()
    """Status of its own; empty: that of the table."""
    national: bool | None = None
    factors: frozenset[int] | None = None
    """Numbers that its values are to be multiplied with; None: those of the table."""
    fill: Callable[[Row], Value] | None = None
    """What stands in a column beside the counts."""
    unit_of_measure: str = "Hộ"
    """What is said of its unit, where each count has a row of its own."""
    opening: str = ""
    """Count of the year's movement that it may be read as: what stands at the beginning of its year."""
    closing: str = ""
    """Count that the same is a year-end earlier; empty: `source`."""
    is_figure: bool = True
    """It holds counts of households that a reader may not pass over in silence."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one number is written, and what that may be read as (None: nothing)."""

    value: Value
    values: frozenset[int]
    look: Look = PLAIN


Numbers = Callable[[int, Random], Shown]
Layout = Callable[["Draft"], list[Sheet]]


@dataclass(slots=True)
class Draft:
    """What choices work on. The defaults are a plain table of a district's communes."""

    random: Random
    year: int
    rows: list[Row]
    columns: list[Column]
    scope: str
    """Code of the unit whose table it is."""
    scope_name: str
    agency: list[str]
    layout: Layout
    format: str = "xlsx (openpyxl)"
    subject: str = "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
    time: str = "NĂM {y}"
    time_line: str = ""
    """Time on a line of its own below the title."""
    status_words: str = ""
    line_words: str = ""
    lines_below: list[str] = field(default_factory=list)
    """Further lines between the title and the headings."""
    measure_line: str = ""
    unit_heading: str = "Xã"
    top_heading: str = "Kết quả rà soát"
    """What stands above all counts but the households, where headings are stacked."""
    year_word: str = "{y}"
    """What stands in the cells of a column of years."""
    row_label: str = "Phân tổ"
    """Heading of the column that says what each of a unit's rows is."""
    row_columns: list[list[Column]] = field(default_factory=list)
    """What the counts are in each of a unit's rows."""
    total_name: str = "Tổng cộng"
    years: Callable[[int], frozenset[int]] = lambda year: frozenset({year})
    """Year of the words → year-ends that the figures may be read at; none where they are of no year-end."""
    statuses: frozenset[str] = frozenset({FINAL})
    national: bool = True
    factors: frozenset[int] = frozenset({1})
    """What values are multiplied with; empty: they are no households."""
    scopes: frozenset[str] = frozenset()
    is_usable: bool = True
    numbers: Numbers | None = None
    """How numbers are written, all of them."""
    odd_number: Numbers | None = None
    """How the number of one cell is written."""
    odd_row: int = 1
    name_of: Callable[[str], Value] = lambda name: name
    name_look: Look = PLAIN
    rows_below: list[Callable[[Draft], list[Value]]] = field(default_factory=list)
    rows_above: list[Callable[[Draft], list[Value]]] = field(default_factory=list)
    """Rows between the headings and the first unit."""
    sheet_name: str = "Biểu"
    stem: str = "bieu"
    with_total: bool = True
    recalculated: bool = False
    finish: list[Callable[[Draft, Book], None]] = field(default_factory=list)
    """What is done to the finished sheets."""
    allowed: set[str] = field(default_factory=set)
    """Codes of findings that do not disturb here: there is something to tell, though every figure can be read."""
    may_refuse: bool = False
    """A reader may honestly refuse what is written here, as long as it says so."""

    def worded(self, words: str) -> str:
        """Return words with the years of the table in them."""
        return _dated(words, self.year)

    def title(self) -> list[str]:
        """Return the lines above the headings."""
        words = f"{self.subject} {self.time} {self.status_words} {self.line_words}"
        lines = [*self.agency, " ".join(words.split()), self.time_line, *self.lines_below]
        return [_dated(text, self.year) for text in lines if text]

    def meant(self, row: Row, column: Column, year: int | None = None, shown: Shown | None = None) -> Meant:
        """Return what a figure of a row and a column may be read as."""
        value = (row.counts if year in (None, self.year) else row.before)[column.source]
        values = shown.values if shown is not None else frozenset({value})
        factors = self.factors if column.factors is None else column.factors
        years = (column.years or self.years)(self.year) if year is None else frozenset({year})
        usable = self.is_usable and row.is_usable
        meant = Meant(
            units=row.codes or frozenset({row.code}),
            years=years if usable else frozenset(),
            columns=column.meaning,
            values=frozenset(value * factor for value in values for factor in factors),
            statuses=column.statuses or self.statuses,
            national=self.national if column.national is None else column.national,
        )
        if not column.opening or not meant.is_usable:
            return meant
        before = frozenset(at - 1 for at in meant.years)
        of_movement = replace(meant, columns=frozenset({column.opening}))
        return replace(meant, years=before, columns=frozenset({column.closing or column.source}), also=of_movement)

    def cell(self, row: Row, column: Column, year: int | None = None) -> Cell:
        """Return the cell of a row and a column, as it is written here."""
        if column.fill is not None:
            return Cell(column.fill(row))
        number = (row.counts if year in (None, self.year) else row.before)[column.source]
        shown = self.shown(number, row, column, year)
        meant = self.meant(row, column, year, shown) if column.is_figure else None
        return Cell(shown.value, meant, shown.look)

    def shown(self, number: int, row: Row, column: Column, year: int | None) -> Shown:
        """Return how a number is written."""
        is_count = rate_of(column.source) not in column.meaning
        is_odd = row is self.rows[self.odd_row] and column.source == POOR and year in (None, self.year) and is_count
        if self.odd_number is not None and is_odd:
            return self.odd_number(number, self.random)
        if self.numbers is not None:
            return self.numbers(number, self.random)
        return Shown(number, frozenset({number}))

    def total(self) -> Row:
        """Return the row of the sums."""
        sums = [{name: sum(kept[name] for kept in each) for name in each[0]} for each in self._each()]
        return Row(self.scope, self.total_name, sums[0], sums[1], is_total=True, codes=self.scopes)

    def _each(self) -> tuple[list[Mapping[str, int]], list[Mapping[str, int]]]:
        return [row.counts for row in self.rows], [row.before for row in self.rows]

    def named(self, row: Row) -> Cell:
        """Return the cell of a unit's name."""
        return Cell(
            row.name if row.is_total else self.name_of(row.name), None, PLAIN if row.is_total else self.name_look
        )

    def all_rows(self) -> list[Row]:
        """Return the units, and the total where there is one."""
        return [*self.rows, self.total()] if self.with_total else list(self.rows)


def _dated(text: str, year: int) -> str:
    return text.replace("{y}", str(year)).replace("{y-1}", str(year - 1)).replace("{y+1}", str(year + 1))
