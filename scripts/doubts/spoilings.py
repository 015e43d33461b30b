"""What a slip of the hand does to one cell of clean files, or to one row: drawn anew from a seed, always alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Final, NamedTuple

from doubts.books import Book, Cell, Sheet
from doubts.sets import CleanSet
from thidua_cli.model import COUNTS
from thidua_cli.normalise.files_read import FilesRead

_ELSEWHERE: Final = {5: "Xã Tân Lập", 3: "Huyện Châu Thành", 2: "Tỉnh Cao Bằng"}
"""Digits of a code → the name of a unit of another province, that stands several times on the lists where it can."""
_CODE_ELSEWHERE: Final = {5: "01321", 3: "046", 2: "04"}


class Figure(NamedTuple):
    """One cell with a count, as the clean files were read."""

    file: str
    """Name of its book."""
    sheet: str
    row: int
    column: int
    counted: str
    """Canonical name of the count, or of the measure of a printed rate."""
    unit_code: str
    """Empty for a row of totals that stands for no unit of its own."""
    year: int


@dataclass(frozen=True)
class Places:
    """Where the figures of clean files stand, taken from reading them."""

    name: str
    """Name of the set among `MAKERS`."""
    reading: FilesRead
    clean: CleanSet

    def _book(self, path: str) -> str:
        return next(book.name for book in self.clean.books if path.endswith(book.name))

    @cached_property
    def figures(self) -> list[Figure]:
        """The counts of units, those of movement too."""
        table, result = self.reading.observations, list[Figure]()
        for row in range(len(table)):
            for count in COUNTS:
                if table.value(row, count) is None:
                    continue
                for origin in table.origins(row, count):
                    if origin.row and origin.column:
                        where = (self._book(origin.file), origin.sheet, origin.row, origin.column)
                        result.append(Figure(*where, count, table.unit_code[row], table.year[row]))
        return result

    @cached_property
    def totals(self) -> list[Figure]:
        """The counts of printed total rows."""
        tables, result = self.reading.observations.tables, list[Figure]()
        for total in self.reading.totals:
            for count in total.row.counts:
                origin = tables[total.table].cell(count, total.row.sheet_row)
                where = (self._book(origin.file), origin.sheet, origin.row, origin.column)
                result.append(Figure(*where, count, "", total.year))
        return result

    @cached_property
    def parts(self) -> list[Figure]:
        """The counts that are no totals: what a person types."""
        totals = {figure[:4] for figure in self.totals}
        return [figure for figure in self.figures if figure[:4] not in totals]

    @cached_property
    def rates(self) -> list[Figure]:
        """The printed rates."""
        return [
            Figure(
                self._book(rate.origin.file),
                rate.origin.sheet,
                rate.origin.row,
                rate.origin.column,
                rate.measure,
                rate.unit_code,
                rate.year,
            )
            for rate in self.reading.rates
        ]

    @cached_property
    def by_unit(self) -> dict[tuple[str, str, int], Figure]:
        """Unit, count and year → its (last) cell."""
        return {(figure.unit_code, figure.counted, figure.year): figure for figure in self.parts}

    @cached_property
    def by_row(self) -> dict[tuple[str, str, int], list[Figure]]:
        """File, sheet and row → its counts."""
        rows: dict[tuple[str, str, int], list[Figure]] = {}
        for figure in self.parts:
            rows.setdefault(figure[:3], []).append(figure)
        return rows

    @cached_property
    def by_column(self) -> dict[tuple[str, str, int], list[Figure]]:
        """File, sheet and column → its counts from top to bottom."""
        columns: dict[tuple[str, str, int], list[Figure]] = {}
        for figure in sorted(self.parts):
            columns.setdefault((figure.file, figure.sheet, figure.column), []).append(figure)
        return columns

    def rows_above(self, figure: Figure) -> set[int]:
        """Return the sheet row of a figure and those of all totals and upper units on its sheet that it stands in."""
        table, rows, left = self.reading.observations, {figure.row}, [figure.row]
        parent = next(
            (table.parent_code[row] for row in range(len(table)) if table.unit_code[row] == figure.unit_code), ""
        )
        upper = self.by_unit.get((parent, figure.counted, figure.year))
        if upper is not None and upper.file == figure.file:
            left.append(upper.row)
        while left:
            part = left.pop()
            rows.add(part)
            for total in self.reading.totals:
                where = table.tables[total.table]
                if where.file.endswith(figure.file) and any(line.sheet_row == part for line in total.parts):
                    left += {total.row.sheet_row} - rows
        return rows

    def book(self, name: str) -> Book:
        """Return a clean file."""
        return next(book for book in self.clean.books if book.name == name)

    def value(self, figure: Figure) -> int:
        """Return the count that stands in a cell; texts with dots are read as people mean them."""
        value = self.cell(figure)
        return int(str(value).replace(".", "")) if isinstance(value, int | str) else round(value or 0)

    def cell(self, figure: Figure) -> Cell:
        """Return what stands in a cell."""
        return self.book(figure.file).sheet(figure.sheet).value(figure.row, figure.column)


@dataclass(frozen=True, slots=True)
class Spoiling:
    """Clean files with one thing wrong."""

    set_name: str
    kind: str
    number: int
    """Tells those of one set and kind apart: set, kind and number name a spoiling for good."""
    book: Book
    """The one file that changed."""
    told: str
    """What was done, for a person."""
    units: frozenset[str] = field(default=frozenset())
    """Units whose rows were lost, doubled, renamed or moved to another year; empty where one figure changed."""

    @property
    def name(self) -> str:
        """Set, kind and number in one word: what `python -m doubts --again` takes."""
        return f"{self.set_name}/{in_one_word(self.kind)}/{self.number}"


def in_one_word(kind: str) -> str:
    """Write a kind of spoiling as a command line takes it.

    >>> in_one_word("renamed, same parent")
    'renamed-same-parent'
    """
    return kind.replace(",", "").replace("'s", "s").replace(" ", "-")


Change = tuple[Book, str, frozenset[str]]
_NO_UNITS: Final[frozenset[str]] = frozenset()


def _put(places: Places, figure: Figure, value: Cell) -> Change | None:
    book = places.book(figure.file)
    sheet = book.sheet(figure.sheet)
    before = sheet.value(figure.row, figure.column)
    if value == before and type(value) is type(before):
        return None
    where = f"{figure.file} row {figure.row} column {figure.column} ({figure.counted} {figure.unit_code})"
    told = f"{where}: {before!r} → {value!r}"
    return book.with_sheet(sheet.with_cell(figure.row, figure.column, value)), told, _NO_UNITS


# ---------------------------------------------------------------- one count


def _dropped(random: Random, value: int) -> Cell:
    digits, place = str(value), random.randrange(len(str(value)))
    left = digits[:place] + digits[place + 1 :]
    return int(left) if left else None


def _added(random: Random, value: int) -> Cell:
    digits, place = str(value), random.randint(0, len(str(value)))
    return int(f"{digits[:place]}{random.randrange(1, 10)}{digits[place:]}")


def _swapped(random: Random, value: int) -> Cell:
    digits = str(value)
    unlike = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    if not unlike:
        return value
    place = random.choice(unlike)
    return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])


def _doubled(random: Random, value: int) -> Cell:
    digits, place = str(value), random.randrange(len(str(value)))
    return int(digits[: place + 1] + digits[place:])


def _separated(random: Random, value: int) -> Cell:
    digits = str(value)
    place = random.randrange(1, len(digits)) if len(digits) > 1 else 0
    moved = f"{digits[:place] or '0'}{random.choice('.,')}{digits[place:]}"
    number = float(moved.replace(",", "."))
    return random.choice((moved, number, value * 1000))


def _text(random: Random, value: int) -> Cell:
    return random.choice((f"{value} hộ", "chưa có", "x", f"~{value}"))


_OF_ONE: Final[Mapping[str, Callable[[Random, int], Cell]]] = {
    "digit dropped": _dropped,
    "digit added": _added,
    "digits swapped": _swapped,
    "digit doubled": _doubled,
    "sign": lambda _, value: -value,
    "separator moved": _separated,
    "text": _text,
    "blank": lambda _, __: None,
    "zero": lambda _, __: 0,
}
_SUMMED: Final = ("households", "poor_households", "near_poor_households")
_SLIPS: Final = (_dropped, _added, _swapped, _doubled)


def _one(slip: Callable[[Random, int], Cell]) -> Maker:
    def make(random: Random, places: Places) -> Change | None:
        figure = random.choice(places.parts)
        return _put(places, figure, slip(random, places.value(figure)))

    return make


def _slip(of: Callable[[Places], Sequence[Figure]]) -> Maker:
    def make(random: Random, places: Places) -> Change | None:
        figures = of(places)
        if not figures:
            return None
        figure = random.choice(figures)
        return _put(places, figure, random.choice(_SLIPS)(random, places.value(figure)))

    return make


def _openings(places: Places) -> list[Figure]:
    return [figure for figure in places.figures if figure.counted.endswith("_opening")]


def _other_row(random: Random, places: Places) -> Change | None:
    figure = random.choice(places.parts)
    column = places.by_column[figure.file, figure.sheet, figure.column]
    place = column.index(figure)
    beside = [column[other] for other in (place - 1, place + 1) if 0 <= other < len(column)]
    return _put(places, figure, places.cell(random.choice(beside))) if beside else None


def _other_column(random: Random, places: Places) -> Change | None:
    figure = random.choice(places.parts)
    beside = [other for other in places.by_row[figure[:3]] if other != figure]
    return _put(places, figure, places.cell(random.choice(beside))) if beside else None


def _last_year(random: Random, places: Places) -> Change | None:
    figure = random.choice(places.parts)
    earlier = places.by_unit.get((figure.unit_code, figure.counted, figure.year - 1))
    return _put(places, figure, places.cell(earlier)) if earlier else None


def _rate(random: Random, places: Places) -> Change | None:
    if not places.rates:
        return None
    figure = random.choice(places.rates)
    printed = places.cell(figure)
    digits = [place for place, letter in enumerate(str(printed)) if letter.isdecimal()]
    place, text = random.choice(digits), str(printed)
    changed = f"{text[:place]}{(int(text[place]) + random.randrange(1, 10)) % 10}{text[place + 1 :]}"
    return _put(places, figure, changed if isinstance(printed, str) else float(changed))


def _followed(random: Random, places: Places) -> Change | None:
    """Change a count where totals and rates are formulas: all that is taken from it is right again, and hides it."""
    figure = random.choice([figure for figure in places.parts if figure.counted in _SUMMED])
    before = places.value(figure)
    value = random.choice(_SLIPS)(random, before)
    if not isinstance(value, int) or value == before:
        return None
    book = places.book(figure.file)
    sheet = book.sheet(figure.sheet).with_cell(figure.row, figure.column, value)
    rows = places.rows_above(figure)
    for row in rows - {figure.row}:
        sheet = sheet.with_cell(row, figure.column, places.value(figure._replace(row=row)) + value - before)
    for rate in places.reading.rates:
        if rate.origin.file.endswith(figure.file) and rate.origin.row in rows:
            step = value - before
            part = rate.part + (step if figure.counted in rate.measure.parts else 0)
            whole = rate.whole + (step if figure.counted == rate.measure.whole else 0)
            percent = round(100 * part / whole, 2) if whole else 0.0
            is_text = isinstance(sheet.value(rate.origin.row, rate.origin.column), str)
            sheet = sheet.with_cell(rate.origin.row, rate.origin.column, f"{percent:.2f}%" if is_text else percent)
    told = (
        f"{figure.file} row {figure.row} ({figure.counted} {figure.unit_code}): {before} → {value}, sums and rates too"
    )
    return book.with_sheet(sheet), told, _NO_UNITS


# ---------------------------------------------------------------- rows, names and years


def _unit_rows(random: Random, places: Places) -> tuple[Figure, Sheet, int]:
    """Return a figure of a unit, its sheet, and the last of the sheet rows that the unit has there."""
    figure = random.choice(places.parts)
    sheet = places.book(figure.file).sheet(figure.sheet)
    block = next((area for area in sheet.merged if area.top == figure.row and area.left == 1), None)
    return figure, sheet, block.bottom if block else figure.row


def _lost(random: Random, places: Places) -> Change | None:
    figure, sheet, last = _unit_rows(random, places)
    book = places.book(figure.file).with_sheet(sheet.without_rows(figure.row, last))
    return book, f"{figure.file}: row {figure.row} lost", frozenset({figure.unit_code})


def _twice(random: Random, places: Places) -> Change | None:
    figure, sheet, last = _unit_rows(random, places)
    book = places.book(figure.file).with_sheet(sheet.with_rows_twice(figure.row, last))
    return book, f"{figure.file}: row {figure.row} twice", frozenset({figure.unit_code})


def _renamed(of: Callable[[Random, Places, Figure], tuple[Cell, str]]) -> Maker:
    """Return what puts another unit's name, or code where the file has codes, into a row of its own."""

    def make(random: Random, places: Places) -> Change | None:
        figure = random.choice(places.parts)
        column = 1 if figure.file.endswith(".csv") else 2
        name, code = of(random, places, figure)
        if name is None:
            return None
        changed = _put(places, figure._replace(column=column, counted="name"), name)
        return changed and (changed[0], changed[1], frozenset({figure.unit_code, code}))

    return make


def _sibling(random: Random, places: Places, figure: Figure) -> tuple[Cell, str]:
    column = places.by_column[figure.file, figure.sheet, figure.column]
    others = [
        other
        for other in column
        if other.unit_code != figure.unit_code and len(other.unit_code) == len(figure.unit_code)
    ]
    if not others:
        return None, ""
    other = random.choice(others)
    cell = other._replace(column=1 if figure.file.endswith(".csv") else 2)
    return places.cell(cell), other.unit_code


def _elsewhere(random: Random, places: Places, figure: Figure) -> tuple[Cell, str]:
    digits = len(figure.unit_code)
    names = _CODE_ELSEWHERE if figure.file.endswith(".csv") else _ELSEWHERE
    return names.get(digits, "Thôn Mới"), _CODE_ELSEWHERE.get(digits, "")


def _year(random: Random, places: Places) -> Change | None:
    figure = random.choice(places.parts)
    sheet = places.book(figure.file).sheet(figure.sheet)
    year = random.choice((figure.year - 1, figure.year + 1, figure.year - 10))
    if figure.file.endswith(".csv"):
        changed = _put(places, figure._replace(column=2, counted="year"), year)
        return changed and (changed[0], changed[1], frozenset({figure.unit_code}))
    where = next(
        (row, column)
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, str) and "Năm rà soát" in cell
    )
    title = str(sheet.value(*where)).replace(str(figure.year), str(year))
    book = places.book(figure.file).with_sheet(sheet.with_cell(*where, title))
    units = {other.unit_code for other in places.figures if other.file == figure.file}
    return book, f"{figure.file}: year {figure.year} → {year}", frozenset(units)


Maker = Callable[[Random, Places], Change | None]
KINDS: Final[Mapping[str, Maker]] = {
    **{name: _one(slip) for name, slip in _OF_ONE.items()},
    "neighbour's row": _other_row,
    "neighbour's column": _other_column,
    "last year's": _last_year,
    "total changed": _slip(lambda places: places.totals),
    "opening changed": _slip(_openings),
    "rate changed": _rate,
    "sums follow": _followed,
    "row lost": _lost,
    "row doubled": _twice,
    "renamed, same parent": _renamed(_sibling),
    "renamed, elsewhere": _renamed(_elsewhere),
    "year changed": _year,
}
"""Kind of spoiling → what draws one; None where the set has no such cell, or nothing would change."""

KINDS_BY_WORD: Final = {in_one_word(kind): kind for kind in KINDS}
_TRIES: Final = 20


def draw(places: Places, kind: str, number: int) -> Spoiling | None:
    """Return the spoiling of a set that kind and number name; None where there is none of that kind."""
    random = Random(f"{places.name}/{kind}/{number}")
    for _ in range(_TRIES):
        change = KINDS[kind](random, places)
        if change is not None:
            book, told, units = change
            return Spoiling(places.name, kind, number, book, told, units)
    return None
