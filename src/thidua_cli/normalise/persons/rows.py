"""Rows of persons and of single households, told by what stands in them and not by their headings.

A row is a person's where a name or number of one stands beside at most one household; it may be one where it counts
exactly one household and its name is no unit's. Three such rows that are a quarter of the table make it a list; so do
five that only may be, where they are four in five. What a village of few households does not have is a name that no
unit bears *and* exactly one household in nearly every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.persons.names import is_name_of_person
from thidua_cli.normalise.persons.numbers import are_of_persons, is_birth, is_identity, is_telephone
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.read.grid import Cell, Row
from thidua_cli.units.names import split_type

_ROWS_IN_FULL: Final = 200
_ROWS_BEYOND: Final = 200
"""Rows looked at of a longer table, evenly spread behind the first ones."""
ROWS_ABOVE_LIST: Final = 5_000
"""Nobody types a list below a longer table."""
_FEW: Final = 15
"""Households of a row that may still be members of one: nobody's household is larger."""
_LONGEST_COUNT: Final = 7
"""Digits of the households of one row: only the whole country has more."""
_LARGEST_COUNT: Final = 10**_LONGEST_COUNT
FEWEST_PERSONS: Final = 3
_FEWEST_MAYBE: Final = 5
_MARKS: Final = frozenset({"x", "X", "v", "V", "+", "✓", "có", "Có"})
_TOTALS: Final = ("tổng", "cộng", "toàn", "tong", "cong", "khu vực", "khu vuc", "thành thị", "nông thôn")
"""How rows of sums begin: they are neither units nor persons."""
_TYPE_WORDS: Final = frozenset(
    {
        *("thôn", "bản", "ấp", "buôn", "bon", "làng", "plei", "xóm", "khóm", "khu", "khối", "tổ", "cụm", "đội", "nhóm"),
        *("chòm", "sóc", "phum", "phố", "tdp", "kp", "tk", "dốc", "chợ", "số"),
    }
)
"""Words for villages and their parts before names ("Tổ 1", "Làng Ông Bình"), also those that name communes too."""
_NUMBER_BEHIND: Final = late_pattern(r"[^\W\d_] ?\d{1,2}[A-Za-z]?$")
_BEHIND: Final = late_pattern(r"\s*[:;,/(–—]\s*|\s+-\s*")
"""What stands between the name of a unit and that of a household in it."""
_ONE_OF: Final = ("poor_households", "near_poor_households")


class Sign(Enum):
    """What one row is, as far as it tells by itself."""

    NOTHING = auto()
    """Blank, words alone, a total: it says nothing either way."""
    UNIT = auto()
    MAYBE = auto()
    """One household under a name that no unit bears."""
    PERSON = auto()


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Where a table has what, as places in its rows."""

    names: tuple[int, ...]
    """Columns of the units' names and codes, the name first."""
    counts: Mapping[str, int]
    figures: frozenset[int]
    """All columns of counts, sums and rates: what stands there is no year of birth."""
    years: frozenset[int] = frozenset()
    """Columns of year-ends."""


class ListRows(NamedTuple):
    """The rows of one table, and which names are those of units."""

    rows: Sequence[Row]
    columns: ListColumns
    is_unit: Callable[[str], bool]


def sample(count: int) -> range | list[int]:
    """Return which of `count` rows are looked at: the first 200, and 200 more spread over the rest."""
    if count <= _ROWS_IN_FULL + _ROWS_BEYOND:
        return range(count)
    step = -(-(count - _ROWS_IN_FULL) // _ROWS_BEYOND)
    return [*range(_ROWS_IN_FULL), *range(_ROWS_IN_FULL, count, step)]


class TellingCell(NamedTuple):
    """The first cell that shows what a list is of."""

    row: int
    place: int
    cell: Cell
    is_name: bool
    """It reads as the name of a person."""


class Looked(NamedTuple):
    """Which rows of a table were looked at, and what each is."""

    numbers: Sequence[int]
    signs: Sequence[Sign]


def look(table: ListRows) -> Looked:
    """Return what a sample of the rows says, all of them of a small table."""
    numbers, is_unit_at_a_glance = sample(len(table.rows)), _glance(table.columns)
    rows = (table.rows[number] for number in numbers)
    return Looked(numbers, [Sign.UNIT if is_unit_at_a_glance(row) else _sign(row, table) for row in rows])


def _glance(columns: ListColumns) -> Callable[[Row], bool]:
    """Return what says of nearly every row of a table of counts, for next to nothing, that it is a unit's.

    Such a row counts more households than anybody has at home, under a name that is no person's.
    """
    count = columns.counts.get("households", columns.counts.get("poor_households", -1))
    name = columns.names[0] if columns.names else -1
    if count < 0 or name < 0:
        return lambda row: False
    width = max(count, name) + 1

    def is_unit(row: Row) -> bool:
        if len(row) < width:
            return False
        cell, text = row[count], row[name]
        if isinstance(cell, str):
            cell = int(cell) if cell.isdecimal() and len(cell) <= _LONGEST_COUNT else None
        return (
            isinstance(cell, (int, float))
            and _FEW < cell < _LARGEST_COUNT
            and isinstance(text, str)
            and _is_name_of_unit(text)
            and not is_birth(cell)
        )

    return is_unit


@lru_cache(maxsize=4096)
def _is_name_of_unit(text: str) -> bool:
    bare = text.strip()
    return bool(bare) and not (bare.lower().startswith(_TOTALS) or is_name_of_person(bare))


def persons_in(table: ListRows, looked: Looked | None = None) -> TellingCell | None:
    """Return the cell that tells that the rows of a table are persons or single households; None where they are not."""
    numbers, signs = looked or look(table)
    rows = [table.rows[number] for number in numbers]
    if not (_tell(signs) or _codes_are_of_persons(rows, table) or _repeat_units(rows, signs, table)):
        return None
    of_persons = (index for index, sign in enumerate(signs) if sign in (Sign.PERSON, Sign.MAYBE))
    first = next(of_persons, next(index for index, sign in enumerate(signs) if sign is not Sign.NOTHING))
    return telling(numbers[first], rows[first], table.columns.names)


def persons_below(table: ListRows, looked: Looked) -> int | None:
    """Return the row from which on nothing but persons follows, below rows of units; None where there is none."""
    if Sign.PERSON not in looked.signs or len(table.rows) > ROWS_ABOVE_LIST:
        return None
    signs = [_sign(row, table) for row in table.rows]
    last_unit = max((number for number, sign in enumerate(signs) if sign is Sign.UNIT), default=-1)
    below = signs[last_unit + 1 :]
    if last_unit < 0 or below.count(Sign.PERSON) < FEWEST_PERSONS or not _tell(below):
        return None
    if Sign.PERSON in signs[:last_unit]:
        return None  # persons below each of their hamlets: no row of it is to be read
    return next(last_unit + 1 + number for number, sign in enumerate(below) if sign is not Sign.NOTHING)


def telling(number: int, row: Row, names: Sequence[int] = ()) -> TellingCell:
    """Return the cell of a row that speaks of a person: a name, a number, a birth, or what names the row."""
    cells = [(place, cell) for place, cell in enumerate(row) if cell not in ("", None)]
    for place, cell in cells:
        if isinstance(cell, str) and is_name_of_person(cell):
            return TellingCell(number, place, cell, is_name=True)
    ranked = (*(each for each in cells if is_identity(each[1])), *(each for each in cells if is_birth(each[1])))
    place, cell = next(iter(ranked), next((each for each in cells if each[0] in names), cells[0]))
    return TellingCell(number, place, cell, is_name=False)


def _tell(signs: Sequence[Sign]) -> bool:
    persons, maybe = signs.count(Sign.PERSON), signs.count(Sign.MAYBE)
    filled = persons + maybe + signs.count(Sign.UNIT)
    both = persons + maybe
    return (
        (persons >= FEWEST_PERSONS and 4 * persons >= filled)
        or (persons > 0 and 2 * both > filled and (both >= FEWEST_PERSONS or both == filled))
        or (maybe >= _FEWEST_MAYBE and 5 * maybe >= 4 * filled)
    )


def _codes_are_of_persons(rows: Sequence[Row], table: ListRows) -> bool:
    return any(are_of_persons([cell_at(row, place) for row in rows]) for place in table.columns.names)


def _repeat_units(rows: Sequence[Row], signs: Sequence[Sign], table: ListRows) -> bool:
    """Say whether one unit and year-end stands in row after row, with one household in each: a list by village."""
    if (
        Sign.MAYBE not in signs
        and Sign.PERSON not in signs
        and not any(_is_one(_counts(row, table.columns)) for row in rows[:FEWEST_PERSONS])
    ):
        return False
    keys = (
        [
            (_text(cell_at(row, table.columns.names[0])), *(str(cell_at(row, place)) for place in table.columns.years))
            if sign is not Sign.NOTHING and _is_one(_counts(row, table.columns))
            else None
            for row, sign in zip(rows, signs, strict=True)
        ]
        if table.columns.names
        else []
    )
    again = sum(first == second and first is not None for first, second in pairwise(keys))
    return again >= FEWEST_PERSONS and 2 * again >= sum(sign is not Sign.NOTHING for sign in signs)


def _sign(row: Row, table: ListRows) -> Sign:
    columns = table.columns
    name = next((text for place in columns.names if (text := _text(cell_at(row, place)))), "")
    beside = [(place, cell) for place, cell in enumerate(row) if cell not in ("", None) and place not in columns.names]
    if not name and not beside:
        return Sign.NOTHING
    if name.lower().startswith(_TOTALS):
        return Sign.NOTHING
    counts = _counts(row, columns)
    if not counts and not any(is_mark(cell) for _, cell in beside):
        return Sign.NOTHING  # words alone: a heading, a section, who signs
    return _sign_of(name, beside, counts, table)


def _sign_of(name: str, beside: Sequence[tuple[int, Cell]], counts: Mapping[str, int], table: ListRows) -> Sign:
    others = [cell for place, cell in beside if place not in table.columns.figures | table.columns.years]
    numbered = any(is_identity(cell) for _, cell in beside)
    is_one, is_born = _is_one(counts), numbered or any(map(is_birth, others))
    has_many = max((count for count in counts.values() if not is_birth(count)), default=0) > 1
    if (numbered and not has_many) or (is_one and is_identity(name)):
        return Sign.PERSON
    if (is_one or (is_born and not counts)) and any(
        isinstance(cell, str) and is_name_of_person(cell) for cell in others
    ):
        return Sign.PERSON
    if is_one and any(map(is_name_of_person, _BEHIND.split(name)[1:])):
        return Sign.PERSON  # "Thôn Éo: Nguyễn Văn A": the hamlet's name does not make the household one
    if not name or _is_typed(name):
        return Sign.UNIT
    of_one = is_born or is_birth(name) or is_identity(name) or any(map(is_telephone, others))
    return _sign_of_name(name, counts, table, of_one=of_one, is_one=is_one, has_many=has_many)


def _sign_of_name(
    name: str, counts: Mapping[str, int], table: ListRows, *, of_one: bool, is_one: bool, has_many: bool
) -> Sign:
    """Return the sign of a row whose name has no word for a type of unit."""
    if is_name_of_person(name):
        if (of_one or is_one) and not table.is_unit(name):
            return Sign.PERSON
        few = max(counts.values(), default=0) <= _FEW or all(map(is_birth, counts.values()))
        return Sign.MAYBE if few and not table.is_unit(name) else Sign.UNIT
    if (is_one or (of_one and not has_many)) and not table.is_unit(name):
        return Sign.PERSON if of_one else Sign.MAYBE
    return Sign.UNIT


def _is_typed(name: str) -> bool:
    """Say whether a name says itself that it is a unit's: by a word for its type, or a number of one or two digits."""
    return (
        name[:1].isdigit()
        or _NUMBER_BEHIND.search(name) is not None
        or name.split()[0].lower() in _TYPE_WORDS
        or split_type(name)[0] is not None
    )


def _is_one(counts: Mapping[str, int]) -> bool:
    """Say whether a row counts exactly one household."""
    households = counts.get("households")
    if households is not None:
        return households == 1
    return sum(counts.get(name, 0) for name in _ONE_OF) == 1


def _counts(row: Row, columns: ListColumns) -> dict[str, int]:
    counts = {}
    for name, place in columns.counts.items():
        if name in COUNTS and (cell := cell_at(row, place)) not in ("", None):
            number = 1 if isinstance(cell, str) and cell.strip() in _MARKS else read_count(cell).value
            if number is not None:
                counts[name] = number
    return counts


def is_mark(cell: Cell) -> bool:
    """Say whether a cell holds more than words: a number, a day, a cross."""
    return not isinstance(cell, str) or cell.strip() in _MARKS or any(map(str.isdigit, cell))


def cell_at(row: Row, place: int) -> Cell:
    """Return a cell of a row; None where the row is shorter."""
    return row[place] if 0 <= place < len(row) else None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())
