"""What a form is filled with: rows of counts, and the ways in which real files differ from each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

COUNTS: Final = ("households", "persons", "poor", "poor_persons", "near_poor", "near_poor_persons")
"""The counts of Mẫu 08 in the order of its columns."""

TYPE_WORDS: Final = ("Thị trấn", "Thị xã", "Thành phố", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
ILLUSTRATIVE: Final = "Số liệu minh họa – không phải số liệu thật"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula cell. A `value` of None is a formula that was never calculated; "#REF!" an error value."""

    text: str
    value: float | str | None = None


Cell = int | float | str | Formula | None
"""What a person may have put into a cell; None leaves it blank."""


class Area(StrEnum):
    """The two sections of a form arranged by area."""

    URBAN = "urban"
    RURAL = "rural"


class Arrangement(StrEnum):
    """How the data rows stand: in two sections with a total, or numbered below their parents."""

    AREA = "area"
    NUMBERING = "numbering"


class Rates(StrEnum):
    """What stands in the rate columns."""

    FORMULA = "formula"
    """`=E9/C9*100%` with its stored value, a fraction, shown as 0.0%: officers' own files."""
    PERCENT = "percent"
    """A plain number of per cent, 6.63: exports of software."""
    TEXT = "text"
    """"6.63%", and "NaN%" where there is no household."""
    NONE = "none"


class Sums(StrEnum):
    """What stands in section, parent and total rows."""

    NUMBER = "number"
    FORMULA = "formula"
    UNCALCULATED = "uncalculated"
    """Formulas without a stored value, as software writes them."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One unit on a form. Every count is a cell, so that a fault can be put into any of them.

    On a form by numbering, a row whose counts are all None and that has deeper rows below it holds their sum.
    """

    name: str
    """Name with its type word: "Xã Tà Lu"."""
    households: Cell = None
    persons: Cell = None
    poor: Cell = None
    poor_persons: Cell = None
    near_poor: Cell = None
    near_poor_persons: Cell = None
    area: Area = Area.RURAL
    depth: int = 1
    """1 for "1", 2 for "1.1"; only a form by numbering shows it."""
    poor_rate: Cell = None
    """Replaces the computed rate of poor households (column 4) when it is given."""

    def counts(self) -> tuple[Cell, ...]:
        """Return the six counts in the order of `COUNTS`."""
        return (
            self.households,
            self.persons,
            self.poor,
            self.poor_persons,
            self.near_poor,
            self.near_poor_persons,
        )

    def bare_name(self) -> str:
        """Return the name without its type word.

        >>> FormRow("Thị trấn P Rao").bare_name()
        'P Rao'
        """
        for word in TYPE_WORDS:
            if self.name.startswith(f"{word} "):
                return self.name.removeprefix(word).strip()
        return self.name


@dataclass(frozen=True, slots=True)
class FormOptions:
    """How one sheet looks. The defaults give a tidy final form of a district, arranged by area."""

    year: int = 2023
    agency: str = "UBND HUYỆN ĐÔNG GIANG"
    sheet_name: str = "Mẫu 08"
    year_in_title: bool = True
    preliminary: bool = False
    """Print "sơ bộ" in the title block and the heading instead of the official "sơ bộ/chính thức"."""
    note: str = ""
    """Text beside the year, such as `ILLUSTRATIVE`."""
    arrangement: Arrangement = Arrangement.AREA
    rates: Rates = Rates.FORMULA
    sums: Sums = Sums.FORMULA
    type_words: bool = True
    stray_spaces: bool = False
    """Trailing, double and no-break spaces in names and in the numbering of the total."""
    counts_as_text: bool = False
    """Counts of the units as text with dots: "1.234"."""
    numbering_as_formula: bool = False
    """ "4=3/1*100" in the numbering row instead of 4."""
    total_row: bool = True
    printed_total: dict[str, Cell] = field(default_factory=dict)
    """Replaces sums of the last row, by the names of `COUNTS`."""
    printed_sections: dict[Area, dict[str, Cell]] = field(default_factory=dict)
    """Replaces sums of a section row, by the names of `COUNTS`."""
    extra_heading: str = ""
    """Heading of one more column at the right end of the table, empty below."""
    check_columns: bool = False
    """A column of checks beside the table, with a broken reference in the first data row."""
    external_link: bool = False
    """With the check column, a link to another workbook that is not there; Excel offers to repair such a file."""
    signature: bool = True
    place_and_date: str = "Đông Giang, ngày 15 tháng 12 năm 2023"

    def with_year(self, year: int) -> FormOptions:
        """Return the same look for another year, in its date too."""
        dated = self.place_and_date.replace(str(self.year), str(year))
        return replace(self, year=year, place_and_date=dated)
