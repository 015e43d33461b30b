"""Units whose area is not that of the year before: what they were made of, and what became of them.

Few units need it, so the tables of changes are opened for those alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.check.context import CheckContext
from thidua_cli.check.unit_codes import unit_of_another_day
from thidua_cli.language import Language, Text, format_count
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import MISSING
from thidua_cli.units.tables import boundary_day

if TYPE_CHECKING:
    from thidua_cli.units.lineage import Passage

_PARTS_SHOWN: Final = 8
_OFFICIAL: Final = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})
_PRESUMED: Final = Text(" (coi như nhập trọn)", " (taken to have merged as a whole)")


class SourceUnit(NamedTuple):
    """A unit of the year before of which another one was made."""

    unit: Unit
    row: int | None
    """Its row at that year-end, on the same poverty line; None where the input has none."""
    presumed: bool


@dataclass(frozen=True, slots=True)
class Formed:
    """The first row of a unit on an area it did not have at the year-end before."""

    row: int
    whole: tuple[SourceUnit, ...]
    """Units that went into it with all their households."""
    divided: tuple[SourceUnit, ...]
    """Units of which it has some households, nobody knows how many."""

    @property
    def is_whole(self) -> bool:
        """Say whether its households are those of the parts, all of them, and all parts are in the input."""
        return bool(self.whole) and not self.divided and all(part.row is not None for part in self.whole)


def total(parts: Sequence[SourceUnit], column: Sequence[int]) -> int:
    """Return the sum of a count over parts; `MISSING` where any of them lacks it."""
    values = [MISSING if part.row is None else column[part.row] for part in parts]
    return MISSING if MISSING in values else sum(values)


def with_count(parts: Sequence[SourceUnit], column: Sequence[int]) -> list[SourceUnit]:
    """Return the parts that have a count."""
    return [part for part in parts if part.row is not None and column[part.row] != MISSING]


def named(parts: Sequence[SourceUnit], column: Sequence[int]) -> Text:
    """Return the parts with their counts, in words."""
    shown = [(part, column[part.row]) for part in parts[:_PARTS_SHOWN] if part.row is not None]
    more = f" … (+{len(parts) - _PARTS_SHOWN})" if len(parts) > _PARTS_SHOWN else ""
    words = (
        "; ".join(
            f"{part.unit.name} {format_count(count, language)}{_PRESUMED.pick(language) if part.presumed else ''}"
            for part, count in shown
        )
        for language in (Language.VI, Language.EN)
    )
    return Text(*(text + more for text in words))


def formed_units(context: CheckContext) -> list[Formed]:
    """Return the units of which a year-end is the first on their area, with their parts of the year-end before."""
    if context.formed is None:
        context.formed = list(_formed_units(context))
    return context.formed


def _formed_units(context: CheckContext) -> Iterator[Formed]:
    table, years = context.observations, frozenset(context.years)
    if len(years) < 2:
        return
    for row in _first_rows(context):
        year = table.year[row]
        if year - 1 not in years or not _is_new_area(context, row, year) or _is_of_another_day(context, row):
            continue
        sources = context.lineage.sources(table.unit_code[row], boundary_day(year), boundary_day(year - 1))
        parts = [(source.is_whole, _part(context, source, row, year - 1)) for source in sources]
        whole, divided = ([part for is_whole, part in parts if is_whole is wanted] for wanted in (True, False))
        yield Formed(row, tuple(whole), tuple(divided))


def _first_rows(context: CheckContext) -> Iterable[int]:
    if context.arrays is not None:
        return context.arrays.rows_that_may_be_first()
    return (rows[0] for rows in context.stretches)


def _is_new_area(context: CheckContext, row: int, year: int) -> bool:
    if context.observations.level[row] not in _OFFICIAL:
        return False
    since = context.tables.area_since(context.observations.unit_code[row], boundary_day(year))
    return since is not None and since > boundary_day(year - 1)


def _part(context: CheckContext, source: Passage, row: int, year: int) -> SourceUnit:
    unit = context.tables.get(source.code, boundary_day(year))
    assert unit is not None  # `sources` names units that stand on the day
    earlier = context.row_of(source.code, year, context.observations.poverty_line[row])
    if earlier is not None and _is_of_another_day(context, earlier):
        earlier = None
    return SourceUnit(unit, earlier, source.presumed)


def _is_of_another_day(context: CheckContext, row: int) -> bool:
    """Say whether a row names a unit of another list (U006): whose households it counts is not known."""
    table = context.observations
    return unit_of_another_day(context, table.unit_code[row], table.unit_name[row], table.year[row]) is not None


class Gaps:
    """Finds the years between what is there of a unit before and after, for which there is nothing."""

    def __init__(self, context: CheckContext) -> None:
        self._context = context
        self._years = context.years

    def missing_years(self, rows: Sequence[int]) -> list[int]:
        """Return the years without a row that one stretch of a unit has to tell.

        Before a unit stood its parts hold the year, after it ended its successors do. What a part lacks while it stood
        is told of the part; what lies between its end and the unit's first row is told of the unit.
        """
        table = self._context.observations
        code, first, last = table.unit_code[rows[0]], table.year[rows[0]], table.year[rows[-1]]
        has_gap = len({table.year[row] for row in rows}) <= last - first
        missing = sorted(set(range(first, last)) - {table.year[row] for row in rows}) if has_gap else []
        if table.level[rows[0]] not in _OFFICIAL or not self._context.tables.periods(code):
            return missing  # a village, or nobody's code: only its own rows tell its years
        inside = [year for year in missing if self._context.tables.get(code, boundary_day(year)) is not None]
        return [*self._before(code, first), *inside, *self._after(code, last)]

    def _before(self, code: str, first: int) -> list[int]:
        """Return the years before a unit's first row up to the newest that its parts hold; none if they hold none."""
        on, gap = boundary_day(first), list[int]()
        since = self._context.tables.area_since(code, on)
        if since is None or since <= boundary_day(self._years[0]):
            return []
        for year in range(first - 1, self._years[0] - 1, -1):
            if since <= boundary_day(year):
                gap.append(year)
                continue
            parts = [source.code for source in self._context.lineage.sources(code, on, boundary_day(year))]
            if any(self._context.row_of(part, year) is not None for part in parts):
                return gap[::-1]
            if not any(self._is_told(part, year) for part in parts):
                gap.append(year)
        return []

    def _is_told(self, code: str, year: int) -> bool:
        """Say whether a unit has an earlier row on its area of that year: then it tells the year as missing itself."""
        years, ends = self._context.observations.year, self._context.tables.area_ends(code)
        return any(
            years[row] < year and not any(boundary_day(years[row]) < day <= boundary_day(year) for day in ends)
            for row in self._context.series.get(code, ())
        )

    def _after(self, code: str, last: int) -> list[int]:
        """Return the years from a unit's last row to its last year-end, if its successors have rows after."""
        on = boundary_day(last)
        end = next((day for day in self._context.tables.area_ends(code) if day > on), None)
        if end is None or end.year <= last + 1:
            return []
        is_continued = any(
            self._context.row_of(successor.code, year) is not None
            for year in self._years
            if year >= end.year
            for successor in self._context.lineage.destinations(code, on, boundary_day(year))
            if successor.has_households
        )
        return list(range(last + 1, end.year)) if is_continued else []
