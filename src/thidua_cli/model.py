"""The nouns every stage shares: units, levels, counts, origins, citations, figures of a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Never

from thidua_cli.late_dataclass import dataclass
from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from dataclasses import dataclass as cheap_value
    from fractions import Fraction
else:

    def cheap_value(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Make a dataclass that only the type checker holds frozen.

        A frozen one sets every field through a call: seven times the price of objects that come in tens of thousands.
        """
        assert frozen
        return dataclass(slots=slots)


class _Nothing(dict[Any, Never]):
    """A mapping without entries that many objects share."""

    def __setitem__(self, key: object, value: Never) -> Never:
        raise TypeError(key)

    def __hash__(self) -> int:  # type: ignore[override]  # nothing changes it: a default may be shared
        return 0


NOTHING: Final = _Nothing()
"""What a mapping holds that nobody filled, the same object everywhere."""


class Level(StrEnum):
    """The tier of a unit. Codes have 2 (province), 3 (district) and 5 (commune) digits."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


COUNTRY_CODE: Final = "VN"


@cheap_value(frozen=True, slots=True)
class Unit:
    """An administrative unit during one period. The code alone is not an identity: (code, valid_from) is."""

    code: str
    name: str
    """Full name with its type word: "Xã Trà Don", "Huyện Đông Giang"."""
    type: str
    """The type word in lower case: "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "tỉnh" …"""
    level: Level
    parent_code: str
    """Code of the unit above; empty for a province."""
    valid_from: date
    valid_to: date | None
    """Last day on which the unit stands; None while it still does."""

    if not TYPE_CHECKING:

        def __init__(self, code, name, type, level, parent_code, valid_from, valid_to) -> None:  # noqa: A002
            # written out: every run makes a thousand, and the library would be loaded to write just this
            self.code = code
            self.name = name
            self.type = type
            self.level = level
            self.parent_code = parent_code
            self.valid_from = valid_from
            self.valid_to = valid_to

    def __hash__(self) -> int:
        """Hash the code alone: units are looked up by the hundred for every name."""
        return hash(self.code)

    def stands_on(self, day: date) -> bool:
        """Say whether the unit exists on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def year_end(year: int) -> date:
    """Return the day a yearly review speaks of: 31 December."""
    return date(year, 12, 31)


def written_day(text: str) -> date:
    """Return the day a user writes as 2025-06-30 or 30/06/2025.

    Raises:
        ValueError: The text is no day.

    >>> written_day("30/06/2025") == written_day("2025-06-30")
    True
    """
    parts = text.split("-") if "-" in text else text.split("/")[::-1]
    if len(parts) != 3:
        raise ValueError(text)
    year, month, day = map(int, parts)
    return date(year, month, day)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Name a 0-based column as Excel does.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')

    Raises:
        ValueError: The column is negative: its letters would never end.
    """
    if column < 0:
        raise ValueError(column)
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Origin(NamedTuple):
    """Where a value stands: a file, a sheet, and in it a cell, a range, whole rows or whole columns.

    Rows and columns count from 1, as Excel shows them; 0 means none: whole rows have no column, a sheet has neither.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    last_row: int = 0
    """Last row of a range or of whole rows; 0 where that is `row`."""
    last_column: int = 0
    """Last column of a range or of whole columns; 0 where that is `column`."""

    @property
    def cell(self) -> str:
        """The place inside the sheet in Excel's words; empty for a whole sheet or file.

        >>> [Origin("a.xlsx", "S", *place).cell for place in ((12, 5), (12,), (0, 5), (9, 5, 27), ())]
        ['E12', '12:12', 'E:E', 'E9:E27', '']
        """
        first = place_name(self.row, self.column)
        last = place_name(self.last_row or self.row, self.last_column or self.column)
        is_one_cell = self.row and self.column and first == last
        return first if is_one_cell or not first else f"{first}:{last}"

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)


def place_name(row: int, column: int) -> str:
    """Name a place counted from 1 as Excel does: "E12", the row "12" without a column, the column "E" without a row."""
    return f"{column_letters(column - 1) if column else ''}{row or ''}"


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in a document that a clause or a class comes from."""

    document: str
    """Number of the document: "666/QĐ-TTg"."""
    clause: str
    """Place in the document: "tiêu chí (2), gạch đầu dòng 3"."""
    date: date
    address: str = ""

    def __str__(self) -> str:
        return f"{self.document} ({self.date:%d/%m/%Y}), {self.clause}"


COUNTS: Final[tuple[str, ...]] = (
    "households",
    "poor_households",
    "near_poor_households",
    "minority_households",
    "minority_poor_households",
    "minority_near_poor_households",
    "merit_poor_households",
    "poor_opening",
    "poor_to_near_poor",
    "poor_to_non_poor",
    "poor_decrease_other",
    "poor_from_near_poor",
    "poor_relapsed",
    "poor_new",
    "poor_increase_other",
    "near_poor_opening",
    "near_poor_to_poor",
    "near_poor_to_non_poor",
    "near_poor_decrease_other",
    "near_poor_from_poor",
    "near_poor_relapsed",
    "near_poor_new",
    "near_poor_increase_other",
)
"""The counts of an observation, in the order of the canonical columns. Unit: households."""

KEYS: Final = ("unit_code", "year")
DESCRIPTORS: Final = ("unit_name", "level", "parent_code", "poverty_line", "status")
PRINTED_RATES: Final = ("poor_rate_percent", "near_poor_rate_percent", "multidimensional_rate_percent")
"""Rates as a source prints them, in percent; the last canonical columns, written only where a table holds any."""
CANONICAL_COLUMNS: Final = (*KEYS, *DESCRIPTORS, *COUNTS)
REQUIRED_COUNTS: Final = ("households", "poor_households", "near_poor_households")


class Status(StrEnum):
    """Whether a review is approved. Preliminary figures ("sơ bộ") give way to final ones ("chính thức")."""

    FINAL = "final"
    PRELIMINARY = "preliminary"


class Measure(StrEnum):
    """What is counted, and over which households the rate is taken.

    The multidimensional rate is (poor + near-poor) / households: Quyết định 666/QĐ-TTg, criterion (2).
    """

    MULTIDIMENSIONAL = "multidimensional"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    MINORITY_POOR = "minority_poor"
    MERIT_POOR = "merit_poor"
    """Poor households with a person of merit (người có công)."""
    RELAPSED = "relapsed"
    """Households that fell back into poverty since the year-end before (tái nghèo)."""

    @property
    def has_rate(self) -> bool:
        """Say whether plans speak of a rate of it; the other measures are counts, and `whole` only sets a scale."""
        return self not in {Measure.MERIT_POOR, Measure.RELAPSED}

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the counts that are added up for the numerator."""
        return _PARTS[self]

    @property
    def whole(self) -> str:
        """Name of the count that is the denominator of the rate."""
        return "minority_households" if self is Measure.MINORITY_POOR else "households"


_PARTS: Final[Mapping[Measure, tuple[str, ...]]] = {
    Measure.MULTIDIMENSIONAL: ("poor_households", "near_poor_households"),
    Measure.POOR: ("poor_households",),
    Measure.NEAR_POOR: ("near_poor_households",),
    Measure.MINORITY_POOR: ("minority_poor_households",),
    Measure.MERIT_POOR: ("merit_poor_households",),
    Measure.RELAPSED: ("poor_relapsed",),
}


class Basis(StrEnum):
    """How a unit's figures of a year came about."""

    REPORTED = "reported"
    ROLLED_UP = "rolled_up"
    REBASED = "rebased"
    """Brought to the boundaries of another day: see `YearFigures.merged` and `YearFigures.divided`."""


class Part(NamedTuple):
    """A unit as it stood at a year-end, of which another one was made later."""

    unit_code: str
    unit_name: str
    """Name at that year-end."""


@dataclass(frozen=True, slots=True)
class DividedPart:
    """A unit that divided its households: between none and all of `counts` belong to the unit that is looked at."""

    unit: Part
    counts: Mapping[str, int]
    """Known counts of the whole unit, in households; a name that is absent is missing."""
    successors: tuple[Part, ...]
    """All units its households went to, the one that is looked at among them, named as of that day."""
    on: date
    """The day of the division."""
    evidence: str


RATE_COLUMN: Final[Mapping[Measure, str]] = {
    Measure.POOR: "poor_rate_percent",
    Measure.NEAR_POOR: "near_poor_rate_percent",
    Measure.MULTIDIMENSIONAL: "multidimensional_rate_percent",
}
"""Measure → the canonical column of its printed rate."""


class PrintedRate(NamedTuple):
    """A rate that is known rounded only: between `low` and `high`, in percent."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, *printed: str) -> PrintedRate:
        """Return what a sum of printed percentages may be: each was rounded to the decimals it shows.

        >>> PrintedRate.of("5.93", "5.43")
        PrintedRate(low=Fraction(227, 20), high=Fraction(1137, 100))
        """
        from fractions import Fraction  # late: the help of the program needs no arithmetic

        # A rate printed as 5,93 was anything from 5,925 to 5,935; a sum carries the doubt of all its parts.
        halves = [Fraction(1, 2 * 10 ** len(text.partition(".")[2])) for text in printed]
        total, doubt = sum(map(Fraction, printed), Fraction(0)), sum(halves, Fraction(0))
        return cls(max(total - doubt, Fraction(0)), total + doubt)

    @property
    def middle(self) -> Fraction:
        """The rate to show: what was printed, where it was printed once."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class GivenPart:
    """What the user says of a divided unit: so many of its households belong to the unit that is looked at."""

    unit: Part
    counts: Mapping[str, int]
    source: str
    """The user's own words for where the figures are from."""
    estimated: bool = False
    """The counts are a share of the whole unit's, not counted."""


@cheap_value(frozen=True, slots=True)
class YearFigures:
    """What is known of one unit at one year-end."""

    year: int
    counts: Mapping[str, int]
    """Known counts by name, in households. A name that is absent is missing, not zero."""
    basis: Basis = Basis.REPORTED
    status: Status = Status.FINAL
    poverty_line: str = "2022-2025"
    rows: tuple[int, ...] = ()
    """Rows of the `Observations` the counts come from (the children's rows for a roll-up)."""
    missing_children: tuple[str, ...] = ()
    """Codes of children without figures; a roll-up with any has no counts."""
    conflicting: bool = False
    """Two rows of equal standing disagree: no counts are taken from either."""
    assumed_complete: bool = False
    """A sum of children of whom no list exists (villages): nothing shows that none is missing."""

    area_since: date | None = None
    """First day on which the unit had the area of this year-end; None where no list says (villages)."""
    superseded_on: date | None = None
    """The day a later area took the place of the one these figures stand on; set for figures that cannot be used."""
    merged: tuple[Part, ...] = ()
    """The units whose households are all in this one, of re-based figures; their sum is `counts`, or, with `divided`,
    `placed`."""
    presumed: tuple[Part, ...] = ()
    """Those of `merged` that went in whole by all that is known, but the resolution's wording was not read."""
    divided: tuple[DividedPart, ...] = ()
    """The units of which only a part may belong to this one. With any, `counts` is empty: what is certain is `placed`,
    what is possible lies between `placed` and `placed` with all counts of `divided`."""
    placed: Mapping[str, int] = NOTHING
    """Known counts of the `merged` and `given` units together, where `divided` keeps the sum from being known."""
    given: tuple[GivenPart, ...] = ()
    """Parts of divided units whose counts the user supplied; they are in the sum beside `merged`."""
    formed_on: date | None = None
    """The day on which the area these figures stand on came about, later than the boundaries that were asked for: set
    for figures that cannot be taken back."""
    printed_rates: Mapping[Measure, PrintedRate] = NOTHING
    """Rates as a source prints them, where it gives no counts: looked at only where the counts are missing."""
    known_by_rate: tuple[Part, ...] = ()
    """Those of `missing_children` of which a source prints the rate alone: it cannot be added up without the counts."""
    line_is_assumed: bool = False
    """`poverty_line` is the national one of the year: neither the files nor the user say it."""
    bounds: Mapping[str, tuple[int, int]] = NOTHING
    """Counts that are known only to lie between two whole numbers, both included, in households: what a finding says of
    them leaves no one value. Such a count is not in `counts`."""

    def is_comparable_with(self, later: YearFigures) -> bool:
        """Say whether a fall may be taken between the two: one poverty line, one area."""
        return self.poverty_line == later.poverty_line and self.area_since == later.area_since

    def numerator(self, measure: Measure) -> int | None:
        """Return the count of `measure`, or None where a part is missing."""
        total = 0
        for part in measure.parts:
            count = self.counts.get(part)
            if count is None:
                return None
            total += count
        return total

    def denominator(self, measure: Measure) -> int | None:
        """Return the households the rate of `measure` is taken over, or None where missing."""
        return self.counts.get(measure.whole)

    def printed_rate(self, measure: Measure) -> PrintedRate | None:
        """Return the printed rate where the counts give none; None too where the figures cannot be used."""
        from_counts = self.numerator(measure) is not None and self.denominator(measure) is not None
        return None if from_counts or self.conflicting else self.printed_rates.get(measure)


@cheap_value(frozen=True, slots=True)
class Series:
    """One unit's figures through the years."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    years: Mapping[int, YearFigures] = NOTHING
    ended_on: date | None = None
    """First day on which the unit does not stand any more, of a unit that the boundaries asked for do not know and that
    no known change leads on from: a district after its tier was dropped. Its figures are as reported."""
    namesakes: tuple[Part, ...] = ()
    """Villages of one name that came together in one commune, this one among them: whose figures are whose is not
    known."""
    line_beside: str = ""
    """The poverty line of all these figures, where the figures of each line are a series of their own; else empty."""
