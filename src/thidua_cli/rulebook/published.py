"""Published results: what decisions, reports and the press print of the country and of provinces at year-ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTRY_CODE, RATE_COLUMN, Level, Measure
from thidua_cli.rulebook import csv_lines

_TABLE: Final = Path(__file__).parent.parent / "data" / "published" / "published.csv"
BOTH: Final = "multidimensional_households"
"""Poor and near-poor households, where a source prints them together."""
COUNT_FIELDS: Final = ("households", "poor_households", "near_poor_households", BOTH)
RATE_FIELDS: Final = tuple(
    RATE_COLUMN[measure] for measure in (Measure.POOR, Measure.NEAR_POOR, Measure.MULTIDIMENSIONAL)
)
_COLUMNS: Final = (
    *("unit_code", "year", "unit_name", "poverty_line", "status", *COUNT_FIELDS, *RATE_FIELDS),
    *("document", "day", "address", "note_vi", "note_en"),
)
PRELIMINARY: Final = "preliminary"


@dataclass(frozen=True, slots=True)
class Publication:
    """What one source prints of one unit at one year-end. Source: data/published/SOURCE.md; nothing is derived."""

    unit_code: str
    year: int
    unit_name: str
    """As the unit was called at that year-end."""
    poverty_line: str
    status: str
    """"final" (a decision, or a result that is said to be the last), "preliminary" (the source says so, or it is older
    than the result), "reported" (printed without a word on whether it was approved)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Households by `COUNT_FIELDS`; what is not printed is absent."""
    rates: Mapping[str, str] = field(default_factory=dict)
    """Rates by `RATE_FIELDS`, in percent with a decimal point, with the decimals that are printed."""
    document: str = ""
    """Number of the decision or report; empty where the source names none."""
    day: date | None = None
    """Its day; of a page without a document, that of the page. None where neither is printed."""
    address: str = ""
    note: Text = field(default_factory=lambda: Text("", ""))
    """What is odd about it: counts that do not add up, another source that disagrees."""

    @property
    def level(self) -> Level:
        """The country, or a province."""
        return Level.COUNTRY if self.unit_code == COUNTRY_CODE else Level.PROVINCE

    @property
    def is_preliminary(self) -> bool:
        """Whether later figures were, or are, to take its place."""
        return self.status == PRELIMINARY

    def count(self, measure: Measure) -> int | None:
        """Return the households of a measure, None where they are not printed or printed twice, and not alike."""
        parts = [self.counts[part] for part in measure.parts if part in self.counts]
        whole = sum(parts) if len(parts) == len(measure.parts) else None
        printed = self.counts.get(BOTH) if measure is Measure.MULTIDIMENSIONAL else whole
        if whole is None or printed is None:
            return printed if whole is None else whole
        return whole if whole == printed else None

    def rate(self, measure: Measure) -> str | None:
        """Return the rate of a measure as printed, None where it is not."""
        return self.rates.get(RATE_COLUMN.get(measure, ""))


@lru_cache(maxsize=1)
def publications() -> tuple[Publication, ...]:
    """Return everything that was found published: by code (the country first), year-end and line, sources together."""
    # The table is small, and opened only for files with a province or the country among their units.
    rows = [_publication(cells) for _, cells in csv_lines.lines(_TABLE, _COLUMNS, _COLUMNS)]
    return tuple(sorted(rows, key=lambda row: (row.unit_code != COUNTRY_CODE, row.unit_code, row.year)))


def published_of(unit_code: str, year: int, poverty_line: str) -> tuple[Publication, ...]:
    """Return what is published of a unit at a year-end on one line: several where sources disagree."""
    key = (unit_code, year, poverty_line)
    return tuple(row for row in publications() if (row.unit_code, row.year, row.poverty_line) == key)


def _publication(cells: Mapping[str, str]) -> Publication:
    return Publication(
        cells["unit_code"],
        int(cells["year"]),
        cells["unit_name"],
        cells["poverty_line"],
        cells["status"],
        {name: int(cells[name]) for name in COUNT_FIELDS if cells[name]},
        {name: cells[name] for name in RATE_FIELDS if cells[name]},
        cells["document"],
        date.fromisoformat(cells["day"]) if cells["day"] else None,
        cells["address"],
        Text(cells["note_vi"], cells["note_en"]),
    )
