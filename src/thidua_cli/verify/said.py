"""What a result says, as values: nothing is corrected or filled in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.named_tuple import NamedTuple


@dataclass(frozen=True, slots=True)
class SaidFile:
    """A file the result says it rests on."""

    file: str
    sha256: str
    role: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule as the result quotes it."""

    id: str
    level: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]
    test: str
    measure: str
    comparison: str
    threshold: str
    unit: str
    years: int | None
    baseline_year: int | None
    poverty_line: str
    other_lines: tuple[str, ...]
    upper: str | None
    rounded_to: int | None
    reading_id: str
    types: tuple[str, ...]
    within: tuple[str, ...]
    together: bool
    start: str | None
    """First day on which the clause holds, as 2022-06-02."""
    end: str | None


@dataclass(frozen=True, slots=True)
class CellRange:
    """Cells a number was read from: "E12" or "E9:E27"."""

    file: str
    sheet: str
    range: str

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.sheet, self.range) if part)


@dataclass(frozen=True, slots=True)
class Part:
    """One count with the cells that add up to it."""

    name: str
    value: int | None
    cells: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class SaidRate:
    """One rate as its source prints it, with its cells."""

    name: str
    printed: str
    """In percent: "5.93", or a sum, "5.93+1.89"."""
    cells: tuple[CellRange, ...]


@dataclass(frozen=True, slots=True)
class SaidPrinted:
    """What the result says of a rate without counts."""

    low: str
    """In percent, exact as "a/b"."""
    high: str
    rates: tuple[SaidRate, ...]


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit that a result names beside the one a row is about."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What a unit had at one year-end."""

    measure: str
    year: int
    households: int | None
    count: int | None
    poverty_line: str
    usable: bool
    parts: tuple[Part, ...]
    """The whole first, then the parts of the count."""
    placed: Mapping[str, int]
    """Counts that certainly belong to the unit, where others were divided."""
    divided: tuple[Mapping[str, int], ...]
    """Counts of units of which a part may belong to this one."""
    divided_codes: tuple[str, ...]
    """The codes of those units, in the same order."""
    given: tuple[Mapping[str, int], ...]
    """Counts the user supplied: they stand in no cell of the figures."""
    has_whole_parts: bool
    """Some units belong to this one in whole, so that a count they lack is missing and not zero."""
    printed: SaidPrinted | None = None
    """The rate as printed, where the counts give none."""
    beside: tuple[Part, ...] = ()
    """Where a part is missing: other counts of the unit that tell what it may be."""
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Counts of which only two ends are known."""
    made_of: tuple[NamedUnit, ...] = ()
    """Units whose households are in this one, in whole or in part, as they stood at that year-end."""

    @property
    def names(self) -> tuple[str, ...]:
        """The counts it is made of, the whole first."""
        return tuple(part.name for part in self.parts)

    @property
    def cells(self) -> tuple[CellRange, ...]:
        """All cells its numbers were read from."""
        rates = self.printed.rates if self.printed is not None else ()
        sources: tuple[Part | SaidRate, ...] = (*self.parts, *self.beside, *rates)
        return tuple(cells for source in sources for cells in source.cells)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value held against the threshold: exact as "a/b", or the rounded ends of a range."""

    year: int
    exact: str | None
    low: Decimal | None
    high: Decimal | None

    def __str__(self) -> str:
        return self.exact or ("–" if self.high is None else f"{'' if self.low is None else self.low}…{self.high}")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a row quotes of the clause it was judged by."""

    comparison: str
    threshold: Decimal
    upper: Decimal | None
    unit: str
    baseline_year: int | None
    poverty_line: str | None
    reading: str
    citation: str
    title: str = ""
    """Only of targets."""


@dataclass(frozen=True, slots=True)
class SaidPath:
    """One path of a verdict."""

    rule: str
    verdict: str
    applies: bool | None
    quote: Quote
    values: tuple[SaidValue, ...]


@dataclass(frozen=True, slots=True)
class SaidDoubt:
    """What the result says of one figure that a finding doubts."""

    code: str
    """That of the finding's kind: "S002"."""
    finding: CellRange
    """Where the finding stands; the figure may stand elsewhere, in a sum of it."""
    figure: CellRange
    unit_code: str
    year: int
    column: str
    printed: int | None
    """Households; None where the cell holds nothing that can be used."""
    values: tuple[int, ...] | None
    """What it may be, the printed number among them; None where these are many or not known."""
    ends: tuple[int, int] | None
    """The least and the greatest of many."""
    effect: str
    is_waived: bool


@dataclass(frozen=True, slots=True)
class SaidAttest:
    """What the result says of one criterion without a number."""

    id: str
    state: str
    source: CellRange | None


SaidSubject: TypeAlias = tuple[str, str | None, tuple[SaidAttest, ...]]
"""Name, completeness and criteria of a subject that no table counts."""


class SaidClassList(NamedTuple):
    """What is said to tell a class."""

    written: str
    list: str | None
    document: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """The verdict of one unit."""

    unit_code: str
    unit_name: str
    level: str
    parent_code: str
    ended_on: str | None
    """The first day on which the unit does not stand, as 2025-07-01; None where it stands on the boundaries."""
    namesakes: tuple[NamedUnit, ...]
    """Several villages of one name: whose figures are whose is not known."""
    classes: tuple[str, ...]
    class_lists: tuple[SaidClassList, ...]
    unknown_classes: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    """Classes of the units a merged one was made of."""
    part_units: tuple[NamedUnit, ...]
    """These units."""
    verdict: str
    margin: int | None
    margin_is_bound: bool
    doubts: tuple[SaidDoubt, ...]
    paths: tuple[SaidPath, ...]
    figures: tuple[Figure, ...]
    completeness: str | None
    attest: tuple[SaidAttest, ...]


@dataclass(frozen=True, slots=True)
class SaidConfig:
    """Which options nobody typed, for a file of the office set them; what to is among the limits."""

    file: str
    sha256: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidLimits:
    """What the result says was asked, beside its rules and year-end; files by the names they are listed under."""

    rules: str
    level: str | None
    trace: str | None
    year: int | None
    unit: str | None
    within: str | None
    poverty_line: str | None
    readings: tuple[str, ...]
    boundaries: str
    mapping: str | None
    classes: tuple[str, ...]
    attestations: str | None
    shares: tuple[str, ...]
    units: tuple[str, ...]
    plans: tuple[str, ...]
    waivers: str | None
    waived_on: str | None
    """The day on which the waivers were asked for, as 2026-11-30."""
    language: str
    config: SaidConfig | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """All files that are named."""
        single = (self.mapping, self.attestations, self.waivers)
        listed = (*self.classes, *self.shares, *self.units, *self.plans)
        return (*listed, *(name for name in single if name is not None))


@dataclass(frozen=True, slots=True)
class Document:
    """A whole result."""

    rules: str
    rules_version: str
    as_of: int
    rules_citation: str
    boundaries_day: str | None
    """The day whose boundaries the figures stand on; None where they stand as reported."""
    files: tuple[SaidFile, ...]
    clauses: tuple[Clause, ...]
    rows: tuple[Row, ...]
    subjects: tuple[SaidSubject, ...]
    limits: SaidLimits
    quotes_all: bool = True
    """Whether `clauses` are all of the rule file; a trace quotes those of its unit."""

    @property
    def day(self) -> str:
        """The day whose units are judged, as 2024-12-31: that of the boundaries, or the last year-end."""
        return self.boundaries_day or f"{self.as_of}-12-31"


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The answer of one unit and target at one year-end."""

    unit_code: str
    unit_name: str
    level: str
    parent_code: str
    rule: str
    year: int
    is_due: bool
    verdict: str
    quote: Quote
    values: tuple[SaidValue, ...]
    position: str | None
    attainment: Decimal | None
    margin: int | None
    margin_is_bound: bool
    doubts: tuple[SaidDoubt, ...]
    class_lists: tuple[SaidClassList, ...]


@dataclass(frozen=True, slots=True)
class TargetDocument:
    """A whole result about targets."""

    rules: str
    rules_version: str
    as_of: int
    rules_citation: str
    boundaries_day: str | None
    files: tuple[SaidFile, ...]
    clauses: tuple[Clause, ...]
    rows: tuple[TargetRow, ...]
    figures: Mapping[str, tuple[Figure, ...]]
    """Unit code → what its answers rest on; units taken together have none."""
    limits: SaidLimits
