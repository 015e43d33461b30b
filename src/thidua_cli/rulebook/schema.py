"""What a rule file says, as values: clauses, their subjects, and the items a person attests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Citation, Level, Measure, year_end


class Comparison(StrEnum):
    """How a value is held against the threshold."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "<="
    LESS_THAN = "<"

    def holds(self, difference: int) -> bool:
        """Say whether a value that differs from the threshold by `difference` (any positive scale) passes."""
        match self:
            case Comparison.AT_LEAST:
                return difference >= 0
            case Comparison.MORE_THAN:
                return difference > 0
            case Comparison.EQUAL:
                return difference == 0
            case Comparison.AT_MOST:
                return difference <= 0
            case Comparison.LESS_THAN:
                return difference < 0


class Test(StrEnum):
    """What a clause measures over its window."""

    RATE_FALL_EACH_YEAR = "rate_fall_each_year"
    """Fall of the rate in each of `years` consecutive years up to the year-end judged, or in each year since
    `baseline_year`; each must pass. Points, or percent of the rate a year before."""
    RATE_FALL_AVERAGE = "rate_fall_average"
    """Fall of the rate over the window, divided by its years. Points, or percent: the mean of the yearly falls, each
    relative to the rate a year before. The window is `years`, or starts at `baseline_year`."""
    COUNT_FALL_EACH_YEAR = "count_fall_each_year"
    """Fall of the count in each of `years` consecutive years, or in each year since `baseline_year`; each must pass.
    Percent of the count a year before, or households."""
    COUNT_FALL_AVERAGE = "count_fall_average"
    """Mean of the yearly falls of the count over the window, in percent of the count a year before, or households."""
    COUNT_FALL_SINCE_BASELINE = "count_fall_since_baseline"
    """Fall of the count from `baseline_year`, in percent of that year's count, or households."""
    COUNT_AT_YEAR_END = "count_at_year_end"
    """The count itself at the year-end, in households: none left, or at most so many."""
    RATE_AT_YEAR_END = "rate_at_year_end"
    """The rate itself at the year-end, in percent: at most, or below."""


class Window(StrEnum):
    """The key of a rule file that says how far a test looks back."""

    YEARS = "years"
    BASELINE_YEAR = "baseline_year"


class ThresholdUnit(StrEnum):
    """Unit of measure of a threshold and of the values held against it."""

    POINTS = "points"
    PERCENT = "percent"
    HOUSEHOLDS = "households"


_FALLS: Final = (Comparison.AT_LEAST, Comparison.MORE_THAN)
_LEVELS: Final = (Comparison.AT_MOST, Comparison.LESS_THAN)


@dataclass(frozen=True, slots=True)
class TestForm:
    """Which units, windows and comparisons go with a test."""

    units: tuple[ThresholdUnit, ...]
    windows: tuple[Window, ...]
    """The keys of which exactly one must stand; empty where the test looks at one year-end only."""
    comparisons: tuple[Comparison, ...]
    of_rates: bool = False
    """The test takes rates: the measure must have a denominator."""


_RATE_UNITS: Final = (ThresholdUnit.POINTS, ThresholdUnit.PERCENT)
_COUNT_UNITS: Final = (ThresholdUnit.PERCENT, ThresholdUnit.HOUSEHOLDS)
_EITHER_WINDOW: Final = (Window.YEARS, Window.BASELINE_YEAR)

TEST_FORM: Final[Mapping[Test, TestForm]] = {
    Test.RATE_FALL_EACH_YEAR: TestForm(_RATE_UNITS, _EITHER_WINDOW, _FALLS, of_rates=True),
    Test.RATE_FALL_AVERAGE: TestForm(_RATE_UNITS, _EITHER_WINDOW, _FALLS, of_rates=True),
    Test.COUNT_FALL_EACH_YEAR: TestForm(_COUNT_UNITS, _EITHER_WINDOW, _FALLS),
    Test.COUNT_FALL_AVERAGE: TestForm(_COUNT_UNITS, _EITHER_WINDOW, _FALLS),
    Test.COUNT_FALL_SINCE_BASELINE: TestForm(_COUNT_UNITS, (Window.BASELINE_YEAR,), _FALLS),
    Test.COUNT_AT_YEAR_END: TestForm((ThresholdUnit.HOUSEHOLDS,), (), (Comparison.EQUAL, *_LEVELS)),
    Test.RATE_AT_YEAR_END: TestForm((ThresholdUnit.PERCENT,), (), _LEVELS, of_rates=True),
}
"""A fall is asked to be large, a remaining count or rate to be small: the margin rests on that."""
EACH_YEAR: Final = (Test.RATE_FALL_EACH_YEAR, Test.COUNT_FALL_EACH_YEAR)
"""Tests that every year of the window must meet by itself."""
MEANS: Final = (Test.RATE_FALL_AVERAGE, Test.COUNT_FALL_AVERAGE)
"""Tests of the mean of the yearly falls of a window."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which units a clause speaks of."""

    level: Level
    any_of: tuple[str, ...] = ()
    """Classes of which the unit must have at least one; empty means no class is asked for."""
    none_of: tuple[str, ...] = ()
    """Classes the unit must not have."""
    types: tuple[str, ...] = ()
    """Type words the unit must have one of ("quận", "phường", "thị xã" …); empty means any."""
    within: tuple[str, ...] = ()
    """Codes of the places it must be, or lie in ("01" for Hà Nội, itself included); empty means anywhere."""
    together: bool = False
    """The clause speaks of all these units taken together as one ("vùng miền núi"): their counts are summed first."""

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes that are asked about."""
        return (*self.any_of, *self.none_of)


@dataclass(frozen=True, slots=True)
class Period:
    """The days a clause holds; a year-end outside is not judged by it."""

    start: date
    end: date | None = None
    """Last day; None where the text sets no end."""

    def holds_on(self, day: date) -> bool:
        """Say whether the clause holds on `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Closing:
    """That what a file speaks of was summed up before its last day, and on what ground that is said."""

    day: date
    text: Text
    """What followed, or did not, without a full stop."""
    citation: Citation

    @property
    def clause(self) -> Text:
        """The one sentence of it, as a part of another: when, by which document, and what followed."""
        return _CLOSED.fill(
            day=f"{self.day:%d/%m/%Y}",
            document=self.citation.document,
            date=f"{self.citation.date:%d/%m/%Y}",
            text=self.text,
        )

    @property
    def sentence(self) -> Text:
        """The same as a sentence of its own."""
        return self.clause.sentence()


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A document beside the one a file holds: guidance on it, or what it rests on. No clause comes from it."""

    document: str
    date: date
    text: Text
    """What it is, and what of it was read."""
    address: str = ""

    def __str__(self) -> str:
        return f"{self.document} ({self.date:%d/%m/%Y})"


_CLOSED: Final = Text(
    "đã tổng kết ngày {day} ({document}, {date}): {text}", "summed up on {day} ({document}, {date}): {text}"
)


class ClauseKind(StrEnum):
    """What a clause is for, with a number or without."""

    CRITERION = "criterion"
    """`[[rule]]`: a path to an award; a unit that meets any path of its subject meets the criterion (`eligible`)."""
    TARGET = "target"
    """`[[target]]`: an aim of a plan; each stands for itself and is judged at its own year-ends (`targets`)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One quantitative clause: a path of a criterion, or a target."""

    id: str
    title: Text
    subject: Subject
    test: Test
    measure: Measure
    comparison: Comparison
    threshold: Decimal
    unit: ThresholdUnit
    reading: Text
    """How the clause is understood; printed with every verdict."""
    citation: Citation
    verified: date
    """The day someone last compared this record with the text."""
    years: int | None = None
    """Length of the window in yearly falls; see `Test`."""
    baseline_year: int | None = None
    """Year-end the window starts from; see `Test`."""
    poverty_line: str = "2022-2025"
    """The poverty line all figures of the window must stand on."""
    kind: ClauseKind = ClauseKind.CRITERION
    upper: Decimal | None = None
    """Upper end of a range ("1-1,5%"): below `threshold` is below, above this is above; met from `threshold` on."""
    year_ends: tuple[int, ...] = ()
    """Year-ends at which a target is to be met, ascending; the last one is its deadline. Empty for a criterion."""
    period: Period | None = None
    """The days the clause holds; None only in clauses made by hand."""
    other_lines: tuple[str, ...] = ()
    """Poverty lines that may stand in place of `poverty_line`; never two in one window."""
    rounded_to: int | None = None
    """Decimals to which rates (of a fall of counts: the fall) are rounded, half up, before they are compared; None
    means unrounded values."""
    reading_id: str = ""
    reading_reason: Text | None = None
    """Why the clause is read so and not otherwise."""
    alternatives: tuple[Alternative, ...] = ()
    """Other plausible readings, each as the clause it would make."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plausible reading of a clause."""

    id: str
    reading: Text
    why: Text
    """What speaks for it, and why it is not the default."""
    changes: tuple[str, ...]
    """The fields of the clause that differ, as the file names them."""
    clause: Clause
    """The clause under this reading; it has no alternatives of its own."""

    def changed_values(self) -> tuple[tuple[str, object], ...]:
        """Return (field, value under this reading) for every field that differs."""
        subject = self.clause.subject
        return tuple(
            (name, subject.together if name == "together" else getattr(self.clause, name)) for name in self.changes
        )


@dataclass(frozen=True, slots=True)
class ClassExit:
    """A target that counts units: the share of the units of a class that have left it since a year-end.

    The units that had the class at the end of `baseline_year` are the whole; those of them that no longer have it at
    the year-end judged are the part.
    """

    id: str
    title: Text
    subject: Subject
    """The area (country, province …) whose units are counted."""
    class_token: str
    counted_level: Level
    """Level of the units counted."""
    comparison: Comparison
    threshold: Decimal
    """In percent of the units."""
    reading: Text
    citation: Citation
    verified: date
    baseline_year: int
    year_ends: tuple[int, ...]
    period: Period | None = None
    reading_id: str = ""
    reading_reason: Text | None = None

    @property
    def unit(self) -> ThresholdUnit:
        """Return the unit of measure: percent."""
        return ThresholdUnit.PERCENT


AnyClause: TypeAlias = Clause | ClassExit
"""A clause with a number, whatever it counts."""

SUBJECTS_WITHOUT_COUNTS: Final = ("organisation", "household", "official", "enterprise")
"""Subjects of criteria that are attested only: no table counts them."""


@dataclass(frozen=True, slots=True)
class AttestItem:
    """A criterion or target without a number: a person attests it, the program never computes it."""

    id: str
    subject: str
    """A level ("province" … "village") or one of the subjects without counts: "organisation", "household",
    "official", "enterprise"."""
    text: Text
    citation: Citation
    kind: ClauseKind = ClauseKind.CRITERION
    types: tuple[str, ...] = ()
    """Type words of the units asked; empty means any."""
    within: tuple[str, ...] = ()
    """Codes of the places it is asked of, with all that lies in them; empty means everywhere."""
    year_ends: tuple[int, ...] = ()
    """Year-ends it is asked at; empty means whenever the dossier is made."""
    verified: date | None = None
    """The day someone last compared this record with the text, where the file says it."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One rule file, with what it takes over from the file it extends."""

    id: str
    title: Text
    version: str
    citation: Citation
    clauses: tuple[Clause, ...]
    """The criteria."""
    attest: tuple[AttestItem, ...]
    path: str = ""
    """Where the file was read from; empty for a bundled one."""
    targets: tuple[Clause, ...] = ()
    class_exits: tuple[ClassExit, ...] = ()
    extends: str = ""
    """Id of the file this one builds on; empty where it stands alone."""
    overrides: tuple[str, ...] = ()
    """Ids of the clauses taken over from there whose figures this file replaces."""
    within: tuple[str, ...] = ()
    """Codes of the places the whole file speaks of; empty means everywhere."""
    completeness: Text | None = None
    """What of the document the file holds and what not, where it does not hold all."""
    extended_paths: tuple[str, ...] = ()
    """Where the files were read from that this one builds on, those that ship left out."""
    closing: Closing | None = None
    """That the movement of the file was summed up; None where nothing of the kind is known."""
    related: tuple[RelatedDocument, ...] = ()
    """Documents beside it, those of the extended file left out."""
    is_part: bool = False
    """An example that ships: only a part of its document could be cited."""
    class_at_start: bool = False
    """Classes are read as they were at the start of the period (`class_reading`); no key of a file says this."""

    def closed_at(self, year: int) -> Closing | None:
        """Return what is said of a year-end after the summing-up; None of an earlier one."""
        return self.closing if self.closing is not None and self.closing.day < year_end(year) else None

    def attest_for(self, level: Level) -> tuple[AttestItem, ...]:
        """Return the criteria without numbers for units of `level`; aims of a plan are not among them."""
        return tuple(item for item in self.attest if item.subject == level and item.kind is ClauseKind.CRITERION)
