"""Whose row a figure was read from: the unit's name and code beside each cell, without asking how the table was read.

A row that names the unit, or a part of it, bears the figure out. A row that names another unit of the result, and not
this one, contradicts it. Where a row names neither (a sheet per unit, units in the headings, names in an old font)
nothing follows, and the figure is counted as not confirmed by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTRY_CODE, Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.names import accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import bundled
from thidua_cli.verify.cells import Contents, RowKey, places
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import CellRange, Figure, Row, TargetRow
from thidua_cli.verify.standing import names_of


@dataclass(frozen=True)
class Bearer:
    """A unit of the result with its figures."""

    row: Row | TargetRow
    figures: Sequence[Figure]

    @property
    def code(self) -> str:
        """The unit."""
        return self.row.unit_code

    @cached_property
    def names(self) -> list[str]:
        """Every name the unit may have in a table."""
        return [self.row.unit_name, *names_of(self.code)]

    @cached_property
    def keys(self) -> set[str]:
        """The names of the unit and of all that lies in it, without accents: whoever bears one of them bears it out."""
        within = bundled().rows_within(self.code) if self.code != COUNTRY_CODE else []
        return {key for name in (*self.names, *(unit.name for unit in within)) for key in _loose_keys(name)}

    @cached_property
    def around(self) -> set[str]:
        """The codes of the places it lies in, and of those that lie in it, on whatever day."""
        within = bundled().rows_within(self.code) if self.code != COUNTRY_CODE else []
        above = {self.row.parent_code, *(unit.parent_code for unit in bundled().periods(self.code))}
        above |= {unit.parent_code for code in above for unit in bundled().periods(code)}
        return {self.code, *above, *(unit.code for unit in within)}


class _Named(NamedTuple):
    """What the rows of one figure say of whose it is."""

    is_own: bool
    other: Bearer | None
    row: RowKey | None


@dataclass(slots=True)
class NameResult:
    """What the rows say of whose the figures are."""

    differences: list[Difference] = field(default_factory=list)
    confirmed: int = 0
    """Counts of which every row names the unit or a part of it."""
    unnamed: int = 0
    """Counts with a row that names no unit of the result."""


def named_figures(bearers: Iterable[Bearer], contents: Contents, *, knows_villages: bool = True) -> NameResult:
    """Hold the unit of every count against the names in the rows of its cells.

    Args:
        bearers: The units of the result.
        contents: What was read.
        knows_villages: No list of the user's own gives villages other names than their tables have.
    """
    every = list(bearers)
    lookup = _Lookup(every, contents, knows_villages)
    result = NameResult()
    for bearer in every:
        for figure in bearer.figures:
            for part in (*figure.parts, *figure.beside):
                if part.cells and part.value is not None:
                    _take(result, bearer, figure, part.name, lookup.named(bearer, figure, part.cells))
    return result


def _take(result: NameResult, bearer: Bearer, figure: Figure, column: str, named: _Named) -> None:
    if named.other is not None and named.row is not None:
        file, sheet, row = named.row
        place = " › ".join(name for name in (file, sheet, f"{row + 1}:{row + 1}") if name)
        stated, recomputed = (f"{row.unit_name} ({row.unit_code})" for row in (bearer.row, named.other.row))
        about = (bearer.row.unit_code, bearer.row.unit_name, "", column, figure.year, place)
        result.differences.append(Difference(What.NAME, stated, recomputed, _OTHER, *about))
    elif named.is_own:
        result.confirmed += 1
    else:
        result.unnamed += 1


class _Lookup:
    """Looks up whom a row names."""

    def __init__(self, bearers: Sequence[Bearer], contents: Contents, knows_villages: bool) -> None:
        self._contents = contents
        self._knows_villages = knows_villages
        self._by_name: dict[str, list[Bearer]] = {}
        self._by_code = {bearer.code: bearer for bearer in bearers}
        for bearer in bearers:
            for key in {key for name in bearer.names for key in _keys(name)}:
                self._by_name.setdefault(key, []).append(bearer)

    def named(self, bearer: Bearer, figure: Figure, cells: Iterable[CellRange]) -> _Named:
        """Return whom the rows of some cells name."""
        rows = sorted({(range_.file, range_.sheet, row) for range_ in cells for row, _ in places(range_.range)})
        is_own = True
        for row in rows:
            if self._names(row, bearer, figure):
                continue
            is_own = False
            other = self._other(row, bearer)
            if other is not None:
                return _Named(False, other, row)
        return _Named(is_own, None, None)

    def _names(self, row: RowKey, bearer: Bearer, figure: Figure) -> bool:
        """Say whether a row names a unit, or one that its figure is made of."""
        codes = {bearer.code, *(unit.code for unit in figure.made_of)}
        if codes.intersection(self._contents.codes.get(row, ())):
            return True
        keys = {key for text in self._contents.texts.get(row, ()) for key in _loose_keys(text)}
        made_of = {key for unit in figure.made_of for key in _loose_keys(unit.name)}
        return not keys.isdisjoint(bearer.keys) or not keys.isdisjoint(made_of)

    def _other(self, row: RowKey, bearer: Bearer) -> Bearer | None:
        """Return another unit of the result that a row names; none that lies in this one or around it."""
        if bearer.row.level == Level.VILLAGE and not self._knows_villages:
            return None
        by_code = (self._by_code.get(code) for code in self._contents.codes.get(row, ()))
        texts = self._contents.texts.get(row, ())
        by_name = (other for text in texts for key in _keys(text) for other in self._by_name.get(key, ()))
        others = (other for other in (*by_code, *by_name) if other is not None)
        return next((other for other in others if not _are_related(other, bearer)), None)


def _are_related(other: Bearer, bearer: Bearer) -> bool:
    return other.code in bearer.around or bearer.code in other.around or other.row.parent_code == bearer.code


def _keys(name: str) -> Iterator[str]:
    """Yield the keys of a name with its accents: whole, and without the word for its type."""
    yield tone_key(clean(name))
    yield tone_key(split_type(name)[1])


def _loose_keys(name: str) -> Iterator[str]:
    yield accent_key(clean(name))
    yield accent_key(split_type(name)[1])


_OTHER: Final = Text(
    "ô của con số nằm ở dòng ghi tên đơn vị khác", "the figure's cell stands in the row of another unit"
)
