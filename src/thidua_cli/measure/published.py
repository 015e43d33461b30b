"""What was published, year-end beside year-end: falls where both were counted alike, on one line and one area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeVar

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Measure, PrintedRate
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.published import Publication, publications, published_of
from thidua_cli.units.tables import UnitTables, boundary_day

_T = TypeVar("_T")
_NO_PROVINCE: Final = Text(
    "{code}: không phải mã tỉnh (2 chữ số) hay cả nước (VN); số đã công bố chỉ có của cả nước và các tỉnh, tìm mã bằng "
    "“thidua units find TÊN”",
    "{code}: is no code of a province (2 digits) or of the country (VN); what was published is of these alone, find "
    "codes with “thidua units find NAME”",
)


class PublishedYear(NamedTuple):
    """One publication, with the falls since what was published of the year-end before."""

    publication: Publication
    fall_households: int | None
    """Of the measure that is asked for; None where either count is not printed, or sources disagree."""
    fall_points: PrintedRate | None
    """From `low` to `high`, in percentage points: one number where both year-ends print all counts, a range where a
    rate is known as printed only."""


class PublishedQuestion(NamedTuple):
    """Which publications are asked for; without anything all of them."""

    measure: Measure = Measure.MULTIDIMENSIONAL
    codes: frozenset[str] | None = None
    level: Level | None = None
    year: int | None = None
    last_year: int | None = None

    def is_of(self, row: Publication) -> bool:
        """Say whether a publication is one of those."""
        return (
            (self.codes is None or row.unit_code in self.codes)
            and self.level in (None, row.level)
            and self.year in (None, row.year)
            and (self.last_year is None or row.year <= self.last_year)
        )


def published_years(asked: PublishedQuestion, tables: UnitTables) -> list[PublishedYear]:
    """Return the publications that are asked for, in the order of `publications`.

    Raises:
        UsageError: A code is neither that of a province nor of the country.
    """
    for code in sorted(asked.codes or ()):
        if code != COUNTRY_CODE and all(unit.level is not Level.PROVINCE for unit in tables.periods(code)):
            raise UsageError(_NO_PROVINCE.fill(code=code))
    return [_with_falls(row, asked.measure, tables) for row in publications() if asked.is_of(row)]


def _with_falls(row: Publication, measure: Measure, tables: UnitTables) -> PublishedYear:
    before = _standing(published_of(row.unit_code, row.year - 1, row.poverty_line))
    if row.is_preliminary or not before or not _is_one_area(row, tables):
        return PublishedYear(row, None, None)
    count, earlier = row.count(measure), _agreed(each.count(measure) for each in before)
    fall = None if count is None or earlier is None else earlier - count
    return PublishedYear(row, fall, _points(row, before, measure))


def _standing(rows: Sequence[Publication]) -> list[Publication]:
    return [row for row in rows if not row.is_preliminary]


def _is_one_area(row: Publication, tables: UnitTables) -> bool:
    days = (boundary_day(row.year - 1), boundary_day(row.year))
    return row.level is Level.COUNTRY or len({tables.area_since(row.unit_code, day) for day in days}) == 1


def _points(row: Publication, before: Sequence[Publication], measure: Measure) -> PrintedRate | None:
    rate, earlier = _rate(row, measure), _agreed(_rate(each, measure) for each in before)
    if rate is None or earlier is None:
        return None
    return PrintedRate(earlier.low - rate.high, earlier.high - rate.low)


def _rate(row: Publication, measure: Measure) -> PrintedRate | None:
    count, households, printed = row.count(measure), row.counts.get(measure.whole), row.rate(measure)
    if count is not None and households:
        exact = Fraction(100 * count, households)
        return PrintedRate(exact, exact)
    return None if printed is None else PrintedRate.of(printed)


def _agreed(values: Iterable[_T | None]) -> _T | None:
    """Return the one value that all sources of a year-end give, as far as they give any; None where they disagree."""
    known = {value for value in values if value is not None}
    return known.pop() if len(known) == 1 else None
