"""One function per answer, its stages in its body: read → normalise → check → measure → judge. Read this first.

`read` reads and normalises; every answer takes what was read, with what was loaded beside it (`inputs`), and returns
one of `results`, complete, which `present` shows. Nothing here prints, exits or looks at the clock. The commands call
these functions; `thidua_cli.notebook` gives the same as DataFrames.

Stages are imported where an answer comes to them: a command that only checks never pays for measuring and judging.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import InputError, UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.model import Measure, Series, year_end
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions, refuse_unknown_unit, refuse_useless_mapping
from thidua_cli.normalise.record.unit_lists import unit_lists, units_and_years
from thidua_cli.read.source import Source, expand
from thidua_cli.read_many.in_order import Progress, read_together
from thidua_cli.results import (
    CheckResult,
    EligibleResult,
    MadeWhenTaken,
    NewMapping,
    Overview,
    Pack,
    PublishedResult,
    RatesResult,
    ReportsResult,
    TargetsResult,
    UnitReport,
    unit_asked_for,
)
from thidua_cli.rulebook.lines import refuse_unknown_line
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from datetime import date

    from thidua_cli.attest.plan import AttestPlan
    from thidua_cli.doubt.of_files import DisputedFigures
    from thidua_cli.inputs import CheckInputs, Inputs
    from thidua_cli.judge.classes.class_sheets import ClassSheets
    from thidua_cli.judge.classes.unit_classes import UnitClasses
    from thidua_cli.judge.verdict import Verdict
    from thidua_cli.measure.ground import Boundaries, BoundaryChoice
    from thidua_cli.measure.published import PublishedQuestion
    from thidua_cli.normalise.class_lists.reading import ListedClasses
    from thidua_cli.rulebook.classes import ClassBook
    from thidua_cli.rulebook.schema import Clause, Rulebook
    from thidua_cli.verify.difference import VerifyResult


def read(
    arguments: Sequence[str], options: ReadingOptions | None = None, progress: Progress | None = None
) -> FilesRead:
    """Read and normalise files, folders and patterns ("-" is standard input).

    Whatever is wrong with a file or a cell is a finding; the other files are read all the same.

    Raises:
        UsageError: `options.unit` is no unit of the tables, `options.within` no province or district,
            `options.poverty_line` no line, or `options.mapping` fits no sheet.
    """
    sources, unreadable = expand(arguments)
    return read_sources(sources, options, progress, unreadable)


def read_sources(
    sources: Sequence[Source],
    options: ReadingOptions | None = None,
    progress: Progress | None = None,
    unreadable: Sequence[Finding] = (),
) -> FilesRead:
    """Read and normalise files as `read` does, under names that need not be those of where they are."""
    options = options or ReadingOptions()
    reading = FilesRead(options=options, sources=sources)
    refuse_unknown_unit(options, bundled())
    refuse_unknown_line(options.poverty_line)
    reading.refuse(unreadable)
    for file in read_together(sources, options, progress):
        reading.add(file)
    reading.finish()
    refuse_useless_mapping(options, reading.layouts, reading.misfits)
    return reading


def new_mapping(file: str, sheet: str | None, output: str, language: Language) -> NewMapping:
    """Return a mapping to begin with for one sheet of a file; `output` is the name it will bear.

    Raises:
        UsageError: As `draft_mapping`, or `file` is not one file.
        InputError: As `draft_mapping`.
    """
    from thidua_cli.normalise.mapping_draft import draft_mapping
    from thidua_cli.normalise.mapping_words import mapping_text, missing_keys

    if Path(file).is_dir():
        raise UsageError(_ONE_FILE.fill(file=file))
    sources, unreadable = expand([file])
    if unreadable:
        raise InputError(unreadable[0].told)
    if len(sources) != 1:
        raise UsageError(_ONE_FILE.fill(file=file))
    draft = draft_mapping(sources[0], sheet, bundled())
    return NewMapping(mapping_text(draft, file, output, language), missing_keys(draft))


_ONE_FILE: Final = Text("{file}: nêu đúng một tệp", "{file}: name one file")


def check(reading: FilesRead) -> list[Finding]:
    """Return all findings: those of reading, and those of the checks over everything read together."""
    from thidua_cli.check.catalogue import run_checks
    from thidua_cli.check.context import context_of

    context = context_of(reading, bundled())
    findings = reading.findings + run_checks(context)
    if any(finding.kind.code in _MAY_BE_ECHOES for finding in findings):
        from thidua_cli.doubt.causes import with_causes

        findings = with_causes(context, findings)
    if reading.options.show_values:
        return [replace(finding, shows_values=True) for finding in findings]
    return findings


_MAY_BE_ECHOES: Final = frozenset(
    {"S001", "S002", "S003", "T001", "T003", "V006", "L001", "L002", "L003", "L004", "F004"}
)
"""Kinds that one fault elsewhere may have caused; sound files do not pay for looking."""


def disputed(reading: FilesRead, findings: Sequence[Finding] | None = None) -> DisputedFigures:
    """Return what findings leave possible of the figures: a sum that fails leaves its total or one part in doubt.

    Without `findings` the figures are checked here: no answer is taken without the doubts on its figures.
    """
    from thidua_cli.doubt.of_files import disputed_figures

    return disputed_figures(reading, bundled(), check(reading) if findings is None else findings)


def summary(reading: FilesRead, findings: Sequence[Finding], held_against: CheckInputs | None = None) -> CheckResult:
    """Return findings with what was looked at, and what is new and gone since the document of an earlier run."""
    rows, lists = reading.observations, unit_lists(reading, bundled())
    units, years = units_and_years(rows)
    comparison = held_against.compared(findings) if held_against is not None else None
    return CheckResult(findings, reading.files, units, years, len(rows), comparison, lists)


def rates(
    reading: FilesRead,
    choice: BoundaryChoice | None = None,
    kind: Measure = Measure.MULTIDIMENSIONAL,
    last_year: int | None = None,
    level: str | None = None,
    findings: Sequence[Finding] | None = None,
) -> RatesResult:
    """Return counts, rates and falls of every unit, or of one tier.

    `findings`, here as in every answer, are those of `check`, waived or not; without them see `disputed`.
    """
    series, boundaries = _on_every_line(reading, choice, last_year)
    doubted = disputed(reading, findings)
    return _rates(_of_level(series, level), boundaries, kind, last_year, doubted)


def published(asked: PublishedQuestion) -> PublishedResult:
    """Return what was published of the country and of provinces; no file is read for it.

    Raises:
        UsageError: A unit that is asked for is neither a province nor the country.
    """
    from thidua_cli.measure.published import published_years

    return PublishedResult(asked.measure, published_years(asked, bundled()))


def with_published(result: RatesResult) -> RatesResult:
    """Return rates with what was published of their units, at the year-ends that they show."""
    from thidua_cli.measure.published import PublishedQuestion

    table = result.table
    codes = {row.unit_code for row in table.rows}
    everything = published(PublishedQuestion(table.measure)).rows
    shown = [row for row in everything if row.publication.unit_code in codes and row.publication.year in table.years]
    return replace(result, published=shown)


def eligible(
    reading: FilesRead,
    inputs: Inputs,
    as_of: int,
    level: str | None = None,
    findings: Sequence[Finding] | None = None,
) -> EligibleResult:
    """Return the verdict of every unit, or of one tier.

    Raises:
        UsageError: The rule file has no criteria with numbers, or none that holds at `as_of`.
        InputError: The attestations do not fit: another year, a unit that nobody knows, a criterion of another level.
    """
    inputs.refuse_without_criteria(as_of)
    return _judged(reading, measure(reading, inputs.rulebook.clauses, as_of), inputs, as_of, level, findings)


def _judged(
    reading: FilesRead,
    measured: Sequence[Series],
    inputs: Inputs,
    as_of: int,
    level: str | None,
    findings: Sequence[Finding] | None,
) -> EligibleResult:
    """Return the verdicts on figures that are measured already."""
    series, boundaries = rebase(measured, inputs.boundaries, as_of)
    elsewhere = inputs.attested_elsewhere(as_of, series)
    judged = _of_level(series, level)
    doubted = disputed(reading, findings)
    return EligibleResult(
        rulebook=inputs.rulebook,
        as_of=as_of,
        verdicts=judge(judged, inputs, as_of, boundaries.day, doubted),
        observations=reading.observations,
        series=judged,
        attested_elsewhere=elsewhere,
        subjects=inputs.attestations.subjects if inputs.attestations else (),
        sources=inputs.sources(reading),
        boundaries=boundaries,
        disputed=doubted,
        limits=inputs.limits(reading, level),
    )


def targets(
    reading: FilesRead,
    inputs: Inputs,
    as_of: int | None = None,
    level: str | None = None,
    findings: Sequence[Finding] | None = None,
) -> TargetsResult:
    """Return what was reached of a plan's targets, for every unit or for one tier; by default up to the newest year.

    Raises:
        UsageError: The rule file has no targets, or none at `as_of`, and there are no plans; or there are no figures.
    """
    from thidua_cli.judge.plans import judge_plans
    from thidua_cli.judge.setting import setting_of
    from thidua_cli.judge.targets import heirs_named, judge_targets
    from thidua_cli.measure.series import newest_year

    inputs.refuse_without_targets()
    measured = measure(reading, inputs.rulebook.targets, as_of)
    last = newest_year(measured) if as_of is None else as_of
    inputs.refuse_without_targets(last)
    series, boundaries = rebase(measured, inputs.boundaries, last)
    doubted = disputed(reading, findings)
    setting = setting_of(series, last, inputs.classes, boundaries.day, doubted)
    of_plans = judge_plans(series, inputs.plans, setting)
    rows = [*judge_targets(series, inputs.rulebook, setting), *of_plans]
    codes = {unit.unit_code for unit in series} | {row.unit_code for row in of_plans}
    left_out = [plan for plan in inputs.plans if plan.unit_code not in codes]
    return TargetsResult(
        rulebook=inputs.rulebook,
        as_of=last,
        rows=[row for row in rows if level is None or row.level == level],
        series=series,
        plans_left_out=left_out,
        heirs_left_out={plan.unit_code: heirs_named(plan.unit_code, setting) for plan in left_out},
        observations=reading.observations,
        sources=inputs.sources(reading),
        boundaries=boundaries,
        limits=inputs.limits(reading, level),
    )


def report(
    reading: FilesRead,
    findings: Sequence[Finding],
    inputs: Inputs,
    as_of: int | None = None,
    unit: str | None = None,
    level: str | None = None,
) -> ReportsResult:
    """Return one report per unit of this code or name, or of this tier, each made from that unit alone.

    Raises:
        UsageError: The rule file has no criteria with numbers, or none at `as_of`; or no such unit, or several.
        InputError: As in `eligible`.
    """
    from thidua_cli.check.of_unit import FindingsOfUnits
    from thidua_cli.measure.parents import names_of_parents
    from thidua_cli.measure.rates import rate_table
    from thidua_cli.measure.series import newest_year

    inputs.refuse_without_criteria()
    series, boundaries = rebase(measure(reading, inputs.rulebook.clauses, as_of), inputs.boundaries, as_of)
    wanted = [unit_asked_for(series, unit)] if unit is not None else _some_of_level(series, level)
    last = as_of or newest_year(series)
    inputs.refuse_without_criteria(last)
    # Against all units of the files, not the reported ones: a report of one commune is no reason to refuse the others.
    elsewhere = inputs.attested_elsewhere(last, series)
    doubted = disputed(reading, findings)
    verdicts = judge(wanted, inputs, last, boundaries.day, doubted)
    concerning = FindingsOfUnits(findings, series, reading)
    above = names_of_parents(wanted, series, bundled(), boundaries.day or year_end(last))

    def made(place: int) -> UnitReport:
        figures = wanted[place]
        return UnitReport(
            rates=rate_table([figures], Measure.MULTIDIMENSIONAL, last, disputed=doubted),
            series=figures,
            verdict=verdicts[place],
            rulebook=inputs.rulebook,
            as_of=last,
            findings=concerning.of(figures),
            observations=reading.observations,
            boundaries=boundaries,
            parent_name=above.get(figures.parent_code, ""),
        )

    return ReportsResult(
        units=wanted,
        reports=MadeWhenTaken(made, len(wanted)),
        verdicts=verdicts,
        attested_elsewhere=elsewhere,
        as_of=last,
        sources=inputs.sources(reading),
        limits=inputs.limits(reading, level),
    )


def export(reading: FilesRead, findings: Sequence[Finding], inputs: Inputs, as_of: int) -> Pack:
    """Return the content of the workbook for submission; errors as in `eligible`."""
    verdicts = eligible(reading, inputs, as_of, findings=findings)
    # Of the same series: one workbook must not hold two measurings.
    table = _rates(verdicts.series, verdicts.boundaries, Measure.MULTIDIMENSIONAL, as_of, verdicts.disputed)
    reached = targets(reading, inputs, as_of, findings=findings) if inputs.has_targets(as_of) else None
    return Pack(verdicts, table, summary(reading, findings), reached)


def overview(reading: FilesRead, findings: Sequence[Finding], inputs: Inputs, as_of: int | None = None) -> Overview:
    """Return the content of the page of all units; by default up to the newest year-end.

    Raises:
        UsageError: As in `report`.
        InputError: As in `eligible`.
    """
    from thidua_cli.check.of_unit import FindingsOfUnits
    from thidua_cli.measure.series import newest_year

    inputs.refuse_without_criteria()
    measured = measure(reading, inputs.rulebook.clauses, as_of)
    last = as_of or newest_year(measured)
    inputs.refuse_without_criteria(last)
    verdicts = _judged(reading, measured, inputs, last, None, findings)
    table = _rates(verdicts.series, verdicts.boundaries, Measure.MULTIDIMENSIONAL, last, verdicts.disputed)
    concerning = FindingsOfUnits(findings, verdicts.series, reading)
    return Overview(verdicts, table, map(concerning.of, verdicts.series))


def attestation_plan(
    reading: FilesRead, rulebook: Rulebook, entries: int, as_of: int | None = None, level: str | None = None
) -> AttestPlan:
    """Return what an attestation sheet asks of the units, or of one tier, and of `entries` subjects of each other kind.

    Raises:
        UsageError: There is nothing to attest, at that year-end or at all, or too much for one file.
    """
    from thidua_cli.attest.plan import plan_attestation
    from thidua_cli.inputs import refuse_attesting_at
    from thidua_cli.measure.series import newest_year

    measured = measure(reading)
    last = as_of or newest_year(measured)
    refuse_attesting_at(last, rulebook)
    series, _ = rebase(measured, last_year=last)
    return plan_attestation(rulebook, _of_level(series, level), last, entries)


def verify(result: Path, files: Sequence[str]) -> VerifyResult:
    """Return what differs between the result in a file (of `eligible` or `targets`) and the files it rests on.

    A second implementation takes it again, in which nothing of `measure` and `judge` is used; and the question it
    answers is put again, with all that limited it.

    Raises:
        InputError: The result cannot be read or is none.
    """
    from thidua_cli.anew import made_anew
    from thidua_cli.verify.again import taken_again
    from thidua_cli.verify.result_file import load_result

    (sources, _), stated = expand(files), load_result(result)
    return taken_again(stated, sources, made_anew(stated, sources))


def check_classes(file: Path, within: str | None = None) -> ListedClasses:
    """Return what a list of classes says, with all that is wrong with it and where the bundled lists say otherwise.

    Names are looked up `within` a province or district, where one is stated.

    Raises:
        InputError: The file is none that can be read as a list.
    """
    from thidua_cli.normalise.class_lists.reading import against_bundled, read_class_list, with_findings
    from thidua_cli.rulebook.classes import load_classes

    read = read_class_list(file, within)
    listed = [row for rows in load_classes().bundled.values() for row in rows]
    wrong = {finding.origin for finding in read.errors}
    sound = [row for row in read.rows if row.cell not in wrong]
    return with_findings(read, list(against_bundled(sound, listed)))


def classes_of_unit(text: str, day: date | None, classes: ClassBook) -> UnitClasses:
    """Return the classes of a unit, named by code or name, on a day; else at the year-ends that the lists reach.

    Raises:
        UsageError: There is no such unit, it does not stand then, or several bear the name.
    """
    from thidua_cli.judge.classes.unit_classes import unit_classes, year_ends_of_lists
    from thidua_cli.units.named_unit import unit_named

    unit = unit_named(text, day, bundled())
    days = year_ends_of_lists(unit, classes, bundled()) if day is None else [day]
    return unit_classes(unit.code, days, classes, bundled())


def class_sheets(text: str, day: date, classes: ClassBook) -> ClassSheets:
    """Return what a list of classes to fill in asks of a place, named by code or name, and of the units below it.

    Raises:
        UsageError: As in `classes_of_unit`.
    """
    from thidua_cli.judge.classes.class_sheets import plan_class_sheets
    from thidua_cli.units.named_unit import unit_named

    return plan_class_sheets(unit_named(text, day, bundled()), day, classes, bundled())


def measure(reading: FilesRead, clauses: Sequence[Clause] = (), last_year: int | None = None) -> list[Series]:
    """Return one series of yearly figures per unit, parents before their children, summed where these are complete.

    Of a year-end that a unit has on two poverty lines, the figures on that of `clauses` are taken; where these take
    several lines, those on the line of the unit's newest year-end up to `last_year`.
    """
    from thidua_cli.measure.lines import lines_of_clauses, rows_on_other_lines
    from thidua_cli.measure.series import listed
    from thidua_cli.measure.series import measure as measure_rows

    rows = reading.observations
    aside = rows_on_other_lines(rows, lines_of_clauses(clauses), last_year)
    return listed(measure_rows(rows, bundled(), aside), bundled())


def _on_every_line(
    reading: FilesRead, choice: BoundaryChoice | None, last_year: int | None
) -> tuple[list[Series], Boundaries]:
    """Return the series on the boundaries of `choice`: one per unit, or per unit and line where lines meet."""
    from thidua_cli.measure.lines import in_one_order, lines_side_by_side, rows_but_on
    from thidua_cli.measure.series import listed
    from thidua_cli.measure.series import measure as measure_rows

    rows = reading.observations
    lines = lines_side_by_side(rows)
    if not lines:
        return rebase(measure(reading), choice, last_year)
    last = max(rows.year) if last_year is None else last_year
    of_lines = {line: listed(measure_rows(rows, bundled(), rows_but_on(rows, line)), bundled()) for line in lines}
    brought = {line: rebase(series, choice, last) for line, series in of_lines.items()}
    return in_one_order({line: series for line, (series, _) in brought.items()}), brought[lines[-1]][1]


def rebase(
    series: Sequence[Series], choice: BoundaryChoice | None = None, last_year: int | None = None
) -> tuple[list[Series], Boundaries]:
    """Return the series on the boundaries of `choice`, and which these are; without it those of the last year-end.

    Without `last_year` the newest year-end of the figures is the last.

    Raises:
        InputError: The user's shares or villages do not fit the units or the figures.
    """
    from thidua_cli.measure.ground import BoundaryChoice, standing

    choice = choice or BoundaryChoice()
    brought = choice.brought(series, bundled(), last_year)
    return brought, standing(choice, brought, last_year)


def judge(
    series: Sequence[Series],
    inputs: Inputs,
    as_of: int,
    day: date | None = None,
    disputed: DisputedFigures | None = None,
) -> list[Verdict]:
    """Return one verdict per series, in their order, as of the year-end `as_of`, with what persons attested.

    `day` is the day whose boundaries the series were brought to; without it figures of another area are set aside.
    Without `disputed` every figure stands as printed.
    """
    from thidua_cli.attest.statements import attested
    from thidua_cli.judge.setting import setting_of
    from thidua_cli.judge.verdicts import judge as judge_series
    from thidua_cli.measure.ground import on_boundaries_of

    stands = series if day is not None else on_boundaries_of(series, as_of)
    setting = setting_of(series, as_of, inputs.classes, day, disputed)
    verdicts = judge_series(stands, inputs.rulebook, setting)
    return verdicts if inputs.attestations is None else attested(verdicts, inputs.attestations)


def _of_level(series: Sequence[Series], level: str | None) -> list[Series]:
    return [unit for unit in series if level is None or unit.level == level]


def _some_of_level(series: Sequence[Series], level: str | None) -> list[Series]:
    """Return the units of a tier, of which there must be one."""
    units = _of_level(series, level)
    if not units:
        missing = Text("trong số liệu không có đơn vị nào: {level}", "the figures hold no such unit: {level}")
        raise UsageError(missing.fill(level=LEVEL_WORDS[level or ""].long))
    return units


def _rates(
    series: Sequence[Series],
    boundaries: Boundaries | None,
    kind: Measure,
    last_year: int | None,
    disputed: DisputedFigures | None,
) -> RatesResult:
    from thidua_cli.measure.rates import names_of_missing, rate_table

    return RatesResult(
        rate_table(series, kind, last_year, disputed=disputed), names_of_missing(series, bundled()), boundaries
    )
