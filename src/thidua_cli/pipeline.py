"""The six stages in order: read → normalise → check → measure → judge → present. Read this first.

Every function takes values and returns values; none prints, exits or looks at the clock. The command line calls them,
and so does `thidua_cli.notebook`, whose `read_observations`, `read_findings`, `rates`, `targets` and `eligible` give
DataFrames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Origin, year_end
from thidua_cli.normalise.beside import Helpers
from thidua_cli.normalise.files import read_source, take_in
from thidua_cli.normalise.reading import MAPPED, Reading, ReadingOptions
from thidua_cli.normalise.unit_lists import unit_lists
from thidua_cli.normalise.unit_names import UnitFinder, boundary_day
from thidua_cli.read.faults import F008
from thidua_cli.read.open_source import digest
from thidua_cli.read.source import Source, expand
from thidua_cli.units.names import clean
from thidua_cli.units.tables import UnitTables, bundled

if TYPE_CHECKING:
    from pathlib import Path

    from thidua_cli.attest.plan import AttestPlan
    from thidua_cli.attest.statements import Attestations
    from thidua_cli.judge.setting import Setting
    from thidua_cli.judge.verdict import Verdict
    from thidua_cli.measure.ground import Ground
    from thidua_cli.model import Measure, Series
    from thidua_cli.results import CheckResult, EligibleResult, RatesResult, SourceFile, TargetsResult, UnitReport
    from thidua_cli.rulebook.classes import ClassBook
    from thidua_cli.rulebook.plan_file import PlannedFall
    from thidua_cli.rulebook.schema import Rulebook
    from thidua_cli.units.place import Place
    from thidua_cli.verify.difference import VerifyResult

Progress = Callable[[int, int, str], None]
"""Called before each file: how many are done, how many there are, and the name of this one."""


def read(arguments: Sequence[str], options: ReadingOptions | None = None, progress: Progress | None = None) -> Reading:
    """Read and normalise files, folders and patterns ("-" is standard input).

    Whatever is wrong with a file or a cell is a finding; the other files are read all the same.

    Raises:
        UsageError: `options.unit` is no unit of the tables, or `options.mapping` fits no sheet.
    """
    options = options or ReadingOptions()
    tables = bundled()
    _refuse_unknown_unit(options, tables)
    reading, finder = Reading(), UnitFinder(tables)
    sources, findings = expand(arguments)
    reading.findings += findings
    reading.refused += len(findings)
    copies = _copies(sources)
    with Helpers([source for source in sources if source not in copies], options) as helpers:
        for done, source in enumerate(sources):
            if progress is not None:
                progress(done, len(sources), source.name)
            reading.files += 1
            if source in copies:
                other = copies[source].name
                reading.findings.append(Finding(F008, Origin(source.name), value=other, details={"other": other}))
                continue
            read_apart = helpers.reading_of(source)
            if read_apart is None or not take_in(reading, read_apart):
                read_source(source, reading, options, finder)
    _refuse_useless_mapping(reading, options)
    return reading


def check(reading: Reading) -> list[Finding]:
    """Return all findings: those of reading, and those of the checks over everything read together."""
    from thidua_cli.check.catalogue import run_checks
    from thidua_cli.check.context import CheckContext

    return reading.findings + run_checks(CheckContext(reading, bundled()))


def measure(reading: Reading) -> list[Series]:
    """Return one series of yearly figures per unit, parents before their children, rolled up where complete.

    Of a code that is in no list (U001) it is not known whose figures they are: they are left out.
    """
    from thidua_cli.measure.series import measure as measure_observations

    tables = bundled()
    series = measure_observations(reading.observations, tables)
    listed = {code for code in {_listed_code(one) for one in series} if code == COUNTRY_CODE or tables.periods(code)}
    return [one for one in series if _listed_code(one) in listed]


def _listed_code(series: Series) -> str:
    """Return the code a unit is known by in the official lists: its own, for a village that of its commune."""
    return series.parent_code if series.level is Level.VILLAGE and series.parent_code else series.unit_code


def load_ground(boundaries: str, share_files: Sequence[Path] = (), unit_files: Sequence[Path] = ()) -> Ground:
    """Return the boundaries written "as-of", "as-reported" or as a day, with the user's files about units.

    Raises:
        UsageError: `boundaries` is none of these.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.measure.boundaries import boundaries_of
    from thidua_cli.measure.ground import load_ground as load

    return load(boundaries_of(boundaries), share_files, unit_files)


def on_ground(series: Sequence[Series], ground: Ground | None = None, last_year: int | None = None) -> list[Series]:
    """Return the series brought to the boundaries of `ground`: those of the last year-end unless it says otherwise.

    Raises:
        InputError: The user's shares or villages do not fit the units or the figures.
    """
    from thidua_cli.measure.ground import Ground

    return (ground or Ground()).brought(series, bundled(), last_year)


def judge(
    series: Sequence[Series], rulebook: Rulebook, as_of: int, classes: ClassBook, day: date | None = None
) -> list[Verdict]:
    """Return one verdict per series, in their order, as of the year-end `as_of`.

    `day` is the day whose boundaries the series were brought to; without it figures of another area are set aside.
    """
    from thidua_cli.judge.judge import judge as judge_series
    from thidua_cli.measure.boundaries import on_boundaries_of

    stands = series if day is not None else on_boundaries_of(series, as_of)
    of = setting(series, as_of, classes, day)
    return judge_series(stands, rulebook, as_of, classes, of.province_of, of.as_listed, of.place_of, of.parts_of)


def setting(series: Sequence[Series], as_of: int, classes: ClassBook, day: date | None = None) -> Setting:
    """Return what a judge must know of the units beside their figures, from the tables of units and classes.

    `day` is the day whose boundaries the series were brought to, by default the as-of year-end.
    """
    from functools import partial

    from thidua_cli.judge.setting import Setting
    from thidua_cli.units.changes import bundled_changes
    from thidua_cli.units.class_parts import listed_parts
    from thidua_cli.units.lineage import Lineage
    from thidua_cli.units.place import place_of, units_within
    from thidua_cli.units.province import is_as_on_class_lists

    tables, on = bundled(), day or year_end(as_of)
    lineage = Lineage(tables, bundled_changes())
    return Setting(
        as_of=as_of,
        classes=classes,
        province_of=province_of(series),
        as_listed=lambda code: is_as_on_class_lists(code, on, tables),
        place_of=lambda one: place_of(one.unit_code, one.parent_code, on, tables),
        parts_of=lambda code: listed_parts(code, on, tables, lineage),
        units_within=partial(units_within, tables=tables),
        stands=lambda code, day: tables.get(code, day) is not None,
    )


def _places(as_of: int) -> Callable[[Series], Place]:
    """Return the function that says where a unit stands at a year-end."""
    from thidua_cli.units.place import place_of

    return lambda one: place_of(one.unit_code, one.parent_code, year_end(as_of), bundled())


def plan_attestation(rulebook: Rulebook, series: Sequence[Series], as_of: int, entries: int) -> AttestPlan:
    """Return what an attestation sheet asks of these units, and of `entries` subjects of each other kind.

    Raises:
        UsageError: There is nothing to attest, or too much for one file.
    """
    from thidua_cli.attest.plan import plan_attestation as plan

    return plan(rulebook, series, as_of, entries, _places(as_of))


@dataclass(frozen=True, slots=True)
class Criteria:
    """What verdicts are taken by."""

    rulebook: Rulebook
    classes: ClassBook
    class_files: tuple[Path, ...] = ()
    attestations: Attestations | None = None
    """What persons said of the criteria without a number; without it all of them are open."""


def load_criteria(
    rules: str,
    class_files: Sequence[Path] = (),
    attestation_file: Path | None = None,
    readings: Sequence[str] = (),
) -> Criteria:
    """Return a rule file by id or path, with the bundled classes completed by `class_files`, and what was attested.

    Clauses that know one of `readings` are read so.

    Raises:
        UsageError: There is no bundled rule file of that id, or it knows no such reading.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.rulebook.classes import load_classes
    from thidua_cli.rulebook.load import load_rulebook

    rulebook = load_rulebook(rules)
    if readings:
        from thidua_cli.judge.readings import read_as

        rulebook = read_as(rulebook, readings)
    attestations = None
    if attestation_file is not None:
        from thidua_cli.attest.read_back import load_attestations

        attestations = load_attestations(attestation_file, rulebook)
    return Criteria(rulebook, load_classes(class_files), tuple(class_files), attestations)


def rates(
    series: Sequence[Series],
    measure: Measure,
    last_year: int | None = None,
    level: str | None = None,
    ground: Ground | None = None,
) -> RatesResult:
    """Return counts, rates and falls of every unit, or of one tier, of series that were brought to `ground`."""
    from thidua_cli.measure.ground import standing
    from thidua_cli.measure.rates import rate_table
    from thidua_cli.results import RatesResult

    shown = [one for one in series if level is None or one.level == level]
    table = rate_table(shown, measure, last_year)
    return RatesResult(table, _names_of_missing(shown), standing(ground, series, last_year))


def eligible(
    reading: Reading, criteria: Criteria, as_of: int, level: str | None = None, ground: Ground | None = None
) -> EligibleResult:
    """Return the verdict of every unit of the reading, or of one tier, on the boundaries of `ground`.

    Raises:
        InputError: The attestations do not fit: another year, a unit that nobody knows, a criterion of another level.
    """
    from thidua_cli.measure.ground import standing
    from thidua_cli.results import EligibleResult

    every = on_ground(measure(reading), ground, as_of)
    elsewhere = refuse_misfits(criteria, as_of, every)
    series = [one for one in every if level is None or one.level == level]
    stands = standing(ground, every, as_of)
    return EligibleResult(
        criteria.rulebook,
        as_of,
        _judged(series, criteria, as_of, stands.day),
        reading.observations,
        series,
        elsewhere,
        criteria.attestations.subjects if criteria.attestations else (),
        sources(reading, criteria, ground),
        stands,
    )


def load_plans(files: Sequence[Path]) -> list[PlannedFall]:
    """Return the yearly plans of `--plan` files.

    Raises:
        InputError: A file or a line cannot be read.
    """
    from thidua_cli.rulebook.plan_file import read_plans

    return read_plans(files)


def targets(
    reading: Reading,
    criteria: Criteria,
    as_of: int | None = None,
    level: str | None = None,
    plans: Sequence[PlannedFall] = (),
    ground: Ground | None = None,
) -> TargetsResult:
    """Return what was reached of a plan's targets, for every unit of the reading or of one tier.

    Without `as_of` up to the newest year-end of the figures. `plans` are yearly figures of the units' own, held against
    what was done.

    Raises:
        UsageError: The rule file has no targets, or there are no figures.
    """
    from thidua_cli.judge.plans import judge_plans
    from thidua_cli.judge.targets import judge_targets
    from thidua_cli.measure.ground import standing
    from thidua_cli.results import TargetsResult

    book = criteria.rulebook
    if not (book.targets or book.class_exits or plans):
        raise UsageError(
            Text(
                f"bộ quy tắc {book.id} không có chỉ tiêu nào có số; dùng “thidua eligible”, hoặc thêm --plan TỆP",
                f"the rule file {book.id} has no target with a figure; use “thidua eligible”, or add --plan FILE",
            )
        )
    measured = measure(reading)
    last = newest_year(measured) if as_of is None else as_of
    every = on_ground(measured, ground, last)
    stands = standing(ground, every, last)
    of = setting(every, last, criteria.classes, stands.day)
    rows = [*judge_targets(every, book, of), *judge_plans(every, plans, of)]
    shown = [row for row in rows if level is None or row.level == level]
    held = {one.unit_code for one in every}
    left_out = tuple(plan for plan in plans if plan.unit_code not in held)
    files = (*sources(reading, criteria, ground), *_plan_sources(plans))
    return TargetsResult(book, last, shown, every, left_out, reading.observations, files, stands)


def _plan_sources(plans: Sequence[PlannedFall]) -> list[SourceFile]:
    from pathlib import Path

    from thidua_cli.results import SourceFile, SourceRole

    names = dict.fromkeys(plan.file for plan in plans)
    return [SourceFile(name, digest(Source(name, Path(name))), SourceRole.PLANS) for name in names]


def newest_year(series: Sequence[Series]) -> int:
    """Return the newest year-end of the figures.

    Raises:
        UsageError: There are no figures at all.
    """
    years = [year for one in series for year in one.years]
    if not years:
        raise UsageError(
            Text(
                "không có số liệu nào dùng được; xem “thidua check”", "there are no usable figures; see “thidua check”"
            )
        )
    return max(years)


def only_unit(result: EligibleResult, unit: str) -> EligibleResult:
    """Return the result of one unit, given by code or by its whole name.

    Raises:
        UsageError: The result holds no such unit, or several of that name.
    """
    wanted = clean(unit).lower()
    found = [one for one in result.series if unit == one.unit_code or clean(one.unit_name).lower() == wanted]
    if len(found) != 1:
        codes = ", ".join(one.unit_code for one in found)
        several = Text(f"“{unit}” có {len(found)} đơn vị: {codes}", f"{len(found)} units are called “{unit}”: {codes}")
        none = Text(
            f"trong số liệu không có đơn vị nào: {unit}; ghi mã hoặc tên đầy đủ",
            f"the figures hold no such unit: {unit}; give its code or its full name",
        )
        raise UsageError(several if found else none)
    verdicts = [one for one in result.verdicts if one.unit_code == found[0].unit_code]
    return replace(result, verdicts=verdicts, series=found, subjects=())


def refuse_misfits(criteria: Criteria, as_of: int, series: Sequence[Series]) -> list[str]:
    """Refuse attestations that are not of these units, this year or these levels; worth asking before long work.

    Returns the codes of attested units that are among the lists and not among the figures.

    Raises:
        InputError: With the cell of each mistake.
    """
    if criteria.attestations is None:
        return []
    from thidua_cli.attest.apply import refuse_misfits

    levels = {one.unit_code: one.level for one in series}
    refuse_misfits(criteria.attestations, as_of, levels, lambda code: bool(bundled().periods(code)))
    return [code for code in criteria.attestations.units if code not in levels]


def _judged(series: Sequence[Series], criteria: Criteria, as_of: int, day: date | None) -> list[Verdict]:
    """Return one verdict per series with what persons attested."""
    verdicts = judge(series, criteria.rulebook, as_of, criteria.classes, day)
    if criteria.attestations is None:
        return verdicts
    from thidua_cli.attest.apply import attested

    return attested(verdicts, criteria.attestations)


def summary(reading: Reading, findings: Sequence[Finding], previous: Mapping[str, object] | None = None) -> CheckResult:
    """Return findings with what was looked at, and what is new and gone since the document of an earlier run."""
    from thidua_cli.results import CheckResult

    table = reading.observations
    years = tuple(sorted(set(table.year)))
    comparison = None
    if previous is not None:
        from thidua_cli.check.compare import compare

        comparison = compare(previous, findings)
    lists = unit_lists(reading, bundled())
    return CheckResult(findings, reading.files, len(set(table.unit_code)), years, len(table), comparison, lists)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the workbook for submission shows."""

    eligible: EligibleResult
    rates: RatesResult
    check: CheckResult
    sources: tuple[SourceFile, ...]


def export_pack(
    reading: Reading, findings: Sequence[Finding], criteria: Criteria, as_of: int, ground: Ground | None = None
) -> Pack:
    """Return the content of the workbook for submission."""
    from thidua_cli.model import Measure

    result = eligible(reading, criteria, as_of, ground=ground)
    table = rates(result.series, Measure.MULTIDIMENSIONAL, as_of, ground=ground)
    return Pack(result, table, summary(reading, findings), tuple(result.sources))


def sources(reading: Reading, criteria: Criteria, ground: Ground | None = None) -> tuple[SourceFile, ...]:
    """Return the files an answer rests on with their SHA-256: tables, classes, shares, units, rules, attestations."""
    from pathlib import Path

    from thidua_cli.results import SourceFile, SourceRole

    used = dict.fromkeys(table.file for table in reading.observations.tables)
    files = [(name, SourceRole.OBSERVATIONS) for name in used]
    files += [(str(path), SourceRole.CLASSES) for path in criteria.class_files]
    if ground is not None:
        files += [(str(path), SourceRole.SHARES) for path in ground.share_files]
        files += [(str(path), SourceRole.UNITS) for path in ground.unit_files]
    if criteria.rulebook.path:
        files.append((criteria.rulebook.path, SourceRole.RULES))
    if criteria.attestations is not None:
        files.append((criteria.attestations.file, SourceRole.ATTESTATIONS))
    return tuple(SourceFile(name, digest(Source(name, Path(name))), role) for name, role in files)


UnitReports = Iterator["UnitReport"]


def unit_reports(
    reading: Reading,
    findings: Sequence[Finding],
    series: Sequence[Series],
    criteria: Criteria,
    as_of: int,
    ground: Ground | None = None,
) -> UnitReports:
    """Yield one report per series that was brought to `ground`, each made from that unit alone."""
    from thidua_cli.measure.ground import standing
    from thidua_cli.measure.rates import rate_table
    from thidua_cli.model import Measure
    from thidua_cli.results import UnitReport

    by_unit: dict[str, list[Finding]] = {}
    for finding in findings:
        by_unit.setdefault(finding.unit_code or "", []).append(finding)
    stands = standing(ground, series, as_of)
    for one, verdict in zip(series, _judged(series, criteria, as_of, stands.day), strict=True):
        yield UnitReport(
            rate_table([one], Measure.MULTIDIMENSIONAL, as_of),
            one,
            verdict,
            criteria.rulebook,
            as_of,
            _findings_of(one, by_unit),
            reading.observations,
            stands,
        )


def _findings_of(series: Series, by_unit: Mapping[str, Sequence[Finding]]) -> list[Finding]:
    """Return the findings of a unit, and of the units its figures are made of in the years in which they are."""
    years: dict[str, set[int]] = {}
    for figures in series.years.values():
        divided = [part.unit for part in figures.divided] + [part.unit for part in figures.given]
        for part in (*figures.merged, *divided):
            years.setdefault(part.unit_code, set()).add(figures.year)
    others = {code: held for code, held in years.items() if code != series.unit_code}
    return [
        *by_unit.get(series.unit_code, ()),
        *(finding for code, held in others.items() for finding in by_unit.get(code, ()) if finding.year in held),
    ]


def _names_of_missing(series: Sequence[Series]) -> dict[str, str]:
    """Return the names of children that incomplete roll-ups lack."""
    tables = bundled()
    names: dict[str, str] = {}
    for one in series:
        for figures in one.years.values():
            for code in figures.missing_children:
                unit = tables.get(code, boundary_day(figures.year))
                names[code] = unit.name if unit else code
    return names


def province_of(series: Sequence[Series]) -> Callable[[str], str]:
    """Return the function that names the province of a unit as the class tables know it: on the list of 2022.

    A village has the province of its commune; an unknown unit has none.
    """
    from thidua_cli.units.province import province_on_class_list

    parents = {one.unit_code: one.parent_code for one in series}
    tables = bundled()

    def found(code: str) -> str:
        return province_on_class_list(code, tables) or province_on_class_list(parents.get(code, ""), tables)

    return found


def _copies(sources: Sequence[Source]) -> dict[Source, Source]:
    """Return file → earlier file with the same content. Only files of the same size are compared."""
    by_size: dict[int, list[Source]] = {}
    for source in sources:
        if source.path is not None and source.path.is_file():
            by_size.setdefault(source.path.stat().st_size, []).append(source)
    copies: dict[Source, Source] = {}
    for group in by_size.values():
        first: dict[str, Source] = {}
        for source in group if len(group) > 1 else ():
            content = digest(source)
            if content and first.setdefault(content, source) is not source:
                copies[source] = first[content]
    return copies


def _refuse_unknown_unit(options: ReadingOptions, tables: UnitTables) -> None:
    scope = options.mapping.scope if options.mapping is not None else None
    if scope and scope != COUNTRY_CODE and not tables.periods(scope):
        text = Text("{file}: scope: không có đơn vị nào mang mã {code}", "{file}: scope: no unit has the code {code}")
        raise UsageError(text.fill(file=options.mapping.file if options.mapping else "", code=scope))
    if options.unit and options.unit != COUNTRY_CODE and not tables.periods(options.unit):
        raise UsageError(
            Text(
                f"--unit {options.unit}: không có đơn vị nào mang mã này; tìm mã bằng “thidua units find TÊN”",
                f"--unit {options.unit}: no unit has this code; find it with “thidua units find NAME”",
            )
        )


def _refuse_useless_mapping(reading: Reading, options: ReadingOptions) -> None:
    """Refuse a form of the user's own that fits no sheet: what it says would be ignored."""
    mapping = options.mapping
    if mapping is None or any(one.form == MAPPED or one.refused for one in reading.layouts):
        return
    if reading.misfits:
        reason = reading.misfits[0]
    elif mapping.sheet is not None:
        reason = Text(
            f"không có trang tính nào tên như “{mapping.sheet}”", f"no sheet has a name like “{mapping.sheet}”"
        )
    else:
        reason = Text("không có trang tính nào để đọc", "there is no sheet to read")
    text = Text("--mapping {file}: không khớp trang tính nào: {reason}", "--mapping {file} fits no sheet: {reason}")
    raise UsageError(text.fill(file=mapping.file, reason=reason))


def verify(result: Path, files: Sequence[str]) -> VerifyResult:
    """Return what differs between the result in a file (of `eligible` or `targets`) and the files it rests on.

    A second implementation takes it again: nothing of `measure` and `judge` is used.

    Raises:
        InputError: The result cannot be read or is none.
    """
    from thidua_cli.verify.document import load_document
    from thidua_cli.verify.said import Document
    from thidua_cli.verify.targets import verify_targets
    from thidua_cli.verify.verify import verify as verify_document

    document, given = load_document(result), expand(files)[0]
    if isinstance(document, Document):
        return verify_document(str(result), document, given)
    return verify_targets(str(result), document, given)


def worst(findings: Sequence[Finding]) -> Severity | None:
    """Return the gravest severity among findings, None where there is none."""
    return min((finding.severity for finding in findings), key=lambda severity: severity.rank, default=None)
