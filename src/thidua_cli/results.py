"""What a command hands to the presenters: values, complete, with nothing left to compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar, overload

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.likeness import KnownTexts

if TYPE_CHECKING:
    from datetime import date

    from thidua_cli.attest.statements import AttestedSubject
    from thidua_cli.check.compare import FindingsSince
    from thidua_cli.check.of_unit import UnitFinding
    from thidua_cli.doubt.of_files import DisputedFigures
    from thidua_cli.findings import Finding
    from thidua_cli.judge.target_verdict import TargetVerdict
    from thidua_cli.judge.verdict import Verdict
    from thidua_cli.measure.ground import Boundaries
    from thidua_cli.measure.published import PublishedYear
    from thidua_cli.measure.rates import RateTable
    from thidua_cli.model import Measure, Series
    from thidua_cli.normalise.record.unit_lists import UnitList
    from thidua_cli.observations import Observations
    from thidua_cli.rulebook.plan_file import PlannedFall
    from thidua_cli.rulebook.schema import Rulebook

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Findings and what was looked at."""

    findings: Sequence[Finding]
    files: int
    units: int
    years: tuple[int, ...]
    observations: int
    """Number of rows of the observations."""
    comparison: FindingsSince | None = None
    """What is new and gone since an earlier run, where one was given."""
    unit_lists: Sequence[UnitList] = ()
    """Which list of units each table follows."""
    config: SettingsUsed | None = None
    """As in `RatesResult`."""


@dataclass(frozen=True, slots=True)
class RatesResult:
    """Rates and the names of units they speak of but do not list."""

    table: RateTable
    names: Mapping[str, str] = field(default_factory=dict)
    """Code → name of units without a row (children that an incomplete sum lacks); a code not listed is shown bare."""
    boundaries: Boundaries | None = None
    """The boundaries the figures stand on; None where that is not said."""
    published: Sequence[PublishedYear] | None = None
    """What was published of these units at these year-ends; None where that was not asked."""
    config: SettingsUsed | None = None
    """What the file of the office set of the question."""


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """What was published, of which falls are taken by one measure."""

    measure: Measure
    rows: Sequence[PublishedYear]


@dataclass(frozen=True, slots=True)
class NewMapping:
    """The description of a form of one's own to begin with."""

    text: str
    """TOML, with what is to be filled in as lines of comment."""
    missing: Sequence[Text]
    """What it must say before it can be used."""


@dataclass(frozen=True, slots=True)
class SettingsUsed:
    """What an answer was asked with that nobody typed: the file of the office said so."""

    file: str
    sha256: str
    options: Sequence[str]
    """Names of the options, with underscores: what they were set to is among the limits."""


class ValueOrigin(StrEnum):
    """Where the value of an option comes from that nobody types."""

    FILE = "file"
    ENVIRONMENT = "environment"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One key that the file of the office may hold, with its value as things stand."""

    table: str
    key: str
    value: str | int | bool | Sequence[str] | None
    """None where nothing sets it, and commands differ in what they do then."""
    origin: ValueOrigin
    line: int | None = None
    """Of the file."""
    variable: str | None = None
    """Of the environment."""
    commands: Sequence[str] = ()
    """Those that take it."""


@dataclass(frozen=True, slots=True)
class ConfigResult:
    """All that the file of the office may set."""

    file: str | None
    """None where there is no such file, or it is ignored."""
    sha256: str | None
    settings: Sequence[ShownSetting]


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything that was asked of an answer and changes it: with it and the files it can be taken again.

    Codes, names and files stand as they were given; the files are among the sources, with their SHA-256.
    """

    rules: str = ""
    """Id of a rule file that ships, else its path."""
    level: str | None = None
    trace: str | None = None
    """Code of the one unit that is shown."""
    year: int | None = None
    unit: str | None = None
    within: str | None = None
    poverty_line: str | None = None
    readings: Sequence[str] = ()
    boundaries: str = "as-of"
    mapping: str | None = None
    classes: Sequence[str] = ()
    attestations: str | None = None
    shares: Sequence[str] = ()
    units: Sequence[str] = ()
    plans: Sequence[str] = ()
    waivers: str | None = None
    waived_on: date | None = None
    """The day on which the waivers were asked for: each is over one day."""
    config: SettingsUsed | None = None


@dataclass(frozen=True, slots=True)
class EligibleResult:
    """Verdicts, the rules they follow and the figures they rest on."""

    rulebook: Rulebook
    as_of: int
    """The last year-end judged."""
    verdicts: Sequence[Verdict]
    observations: Observations
    series: Sequence[Series] = ()
    """Figures of the judged units; without them no source cells are shown."""
    attested_elsewhere: Sequence[str] = ()
    """Codes of attested units that the figures do not hold: no verdict shows what was said of them."""
    subjects: Sequence[AttestedSubject] = ()
    """Subjects that no table counts, as far as an attestation file speaks of them."""
    sources: Sequence[SourceFile] = ()
    """The files the verdicts rest on."""
    boundaries: Boundaries | None = None
    """As in `RatesResult`."""
    disputed: DisputedFigures | None = None
    """What findings leave possible of the figures; None where every figure stands as printed."""
    limits: Limits = Limits()

    def of_unit(self, unit: str) -> EligibleResult:
        """Return the result of one unit, given by code or by its whole name.

        Raises:
            UsageError: The result holds no such unit, or several of that name.
        """
        series = unit_asked_for(self.series, unit)
        verdicts = [verdict for verdict in self.verdicts if verdict.unit_code == series.unit_code]
        limits = replace(self.limits, trace=series.unit_code)
        return replace(self, verdicts=verdicts, series=[series], subjects=(), limits=limits)


def unit_asked_for(series: Sequence[Series], unit: str) -> Series:
    """Return the figures of one unit, given by code or by its whole name.

    Raises:
        UsageError: There are no figures of such a unit, or of several of that name.
    """
    from thidua_cli.units.names import tone_key

    wanted = tone_key(unit)
    named = [figures for figures in series if unit == figures.unit_code or tone_key(figures.unit_name) == wanted]
    if len(named) != 1:
        raise UsageError(_not_one_unit(unit, [figures.unit_code for figures in named], series))
    return named[0]


def _not_one_unit(unit: str, codes: Sequence[str], series: Sequence[Series]) -> Text:
    if not codes:
        near = ", ".join(_named_like(unit, series))
        return Text(
            f"trong số liệu không có đơn vị nào: {unit}; "
            + (f"có phải là: {near}?" if near else "ghi mã hoặc tên đầy đủ"),
            f"the figures hold no such unit: {unit}; "
            + (f"is it: {near}?" if near else "give its code or its full name"),
        )
    listed = ", ".join(codes)
    return Text(f"“{unit}” có {len(codes)} đơn vị: {listed}", f"{len(codes)} units are called “{unit}”: {listed}")


def _named_like(unit: str, series: Sequence[Series]) -> list[str]:
    """Return up to three units whose names are near, or hold the words without the type of the unit."""
    from thidua_cli.units.names import accent_key

    wanted, known = accent_key(unit), {accent_key(figures.unit_name): figures for figures in series}
    holding = [key for key in known if wanted and wanted in key]
    keys = (holding or KnownTexts({key: key for key in known}).close_to(wanted, 3, 70))[:3]
    return [f"{known[key].unit_name} ({known[key].unit_code})" for key in keys]


@dataclass(frozen=True, slots=True)
class TargetsResult:
    """Answers about the targets of a plan, and the rules they follow."""

    rulebook: Rulebook
    as_of: int
    """The last year-end judged."""
    rows: Sequence[TargetVerdict]
    """One per unit and target, and per year-end of it that is answered."""
    series: Sequence[Series] = ()
    """Figures of the units looked at."""
    plans_left_out: Sequence[PlannedFall] = ()
    """Planned figures of units that the files do not hold."""
    heirs_left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Code of such a unit → names of the units that hold its households, where it ended with the reform of 2025."""
    observations: Observations | None = None
    """The rows the figures come from; without them no source cells are shown."""
    sources: Sequence[SourceFile] = ()
    """The files the answers rest on."""
    boundaries: Boundaries | None = None
    """The boundaries the figures stand on; None where that is not said."""
    limits: Limits = Limits()


class SourceRole(StrEnum):
    """What a file was read for."""

    OBSERVATIONS = "observations"
    CLASSES = "classes"
    RULES = "rules"
    ATTESTATIONS = "attestations"
    SHARES = "shares"
    UNITS = "units"
    PLANS = "plans"
    MAPPING = "mapping"
    WAIVERS = "waivers"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file an answer rests on."""

    file: str
    sha256: str
    role: SourceRole = SourceRole.OBSERVATIONS


@dataclass(frozen=True, slots=True)
class UnitReport:
    """Everything one unit's report says; made from that unit alone, so that it never hangs on what else was asked."""

    rates: RateTable
    """`rate_table([series], …)` of this one unit: exactly one row."""
    series: Series
    verdict: Verdict | None
    rulebook: Rulebook | None
    as_of: int
    findings: Sequence[UnitFinding]
    """Findings on this unit, on the sums it stands in, and on the units below it."""
    observations: Observations
    boundaries: Boundaries | None = None
    """As in `RatesResult`."""
    parent_name: str = ""
    """Name of the unit above; empty where there is none, or none is known."""


@dataclass(frozen=True, slots=True)
class ReportsResult:
    """The reports that were asked for, each made when it is taken."""

    units: Sequence[Series]
    """The units reported on, one report each."""
    reports: Sequence[UnitReport]
    """In the order of `units`; each is made when it is taken, so that thousands never stand in memory together."""
    verdicts: Sequence[Verdict] = ()
    """In the order of `units`."""
    attested_elsewhere: Sequence[str] = ()
    """As in `EligibleResult`."""
    as_of: int = 0
    """The last year-end judged."""
    sources: Sequence[SourceFile] = ()
    """The files the reports rest on."""
    limits: Limits = Limits()


class MadeWhenTaken(Sequence[T]):
    """A sequence each element of which is made anew whenever it is taken."""

    def __init__(self, make: Callable[[int], T], length: int) -> None:
        self._make, self._length = make, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        places = range(self._length)[index]
        return self._make(places) if isinstance(places, int) else [self._make(place) for place in places]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the workbook for submission shows."""

    eligible: EligibleResult
    """With the files all of it rests on."""
    rates: RatesResult
    check: CheckResult
    targets: TargetsResult | None = None
    """What was reached of the targets of the same rules and plans; None where they have none at that year-end."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of all units shows."""

    eligible: EligibleResult
    """Verdicts with the series they rest on, in one order."""
    rates: RatesResult
    """Of the same series."""
    findings: Iterable[Sequence[UnitFinding]]
    """Per verdict, in their order, what was found; to be taken once."""
