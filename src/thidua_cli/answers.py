"""What the commands are asked for, each answer complete: made from a reading, by the stages of `pipeline`.

Values in, values out, as there; the answers are the values of `results`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from thidua_cli.criteria import Criteria, places, refuse_misfits, refuse_without_criteria, setting
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.record.unit_lists import unit_lists
from thidua_cli.normalise.unit_names import boundary_day
from thidua_cli.pipeline import judge, measure, on_ground
from thidua_cli.read.open_source import digest
from thidua_cli.read.source import Source, expand
from thidua_cli.units.names import clean
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from thidua_cli.attest.plan import AttestPlan
    from thidua_cli.judge.verdict import Verdict
    from thidua_cli.measure.ground import Ground
    from thidua_cli.model import Measure, Series
    from thidua_cli.results import CheckResult, EligibleResult, RatesResult, SourceFile, TargetsResult, UnitReport
    from thidua_cli.rulebook.plan_file import PlannedFall
    from thidua_cli.rulebook.schema import Rulebook
    from thidua_cli.verify.difference import VerifyResult


def summary(
    reading: FilesRead, findings: Sequence[Finding], previous: Mapping[str, object] | None = None
) -> CheckResult:
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
    reading: FilesRead, criteria: Criteria, as_of: int, level: str | None = None, ground: Ground | None = None
) -> EligibleResult:
    """Return the verdict of every unit of the reading, or of one tier, on the boundaries of `ground`.

    Raises:
        UsageError: The rule file has no criteria with numbers.
        InputError: The attestations do not fit: another year, a unit that nobody knows, a criterion of another level.
    """
    from thidua_cli.measure.ground import standing
    from thidua_cli.results import EligibleResult

    refuse_without_criteria(criteria)
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


def _judged(series: Sequence[Series], criteria: Criteria, as_of: int, day: date | None) -> list[Verdict]:
    """Return one verdict per series with what persons attested."""
    verdicts = judge(series, criteria.rulebook, as_of, criteria.classes, day)
    if criteria.attestations is None:
        return verdicts
    from thidua_cli.attest.apply import attested

    return attested(verdicts, criteria.attestations)


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


def targets(
    reading: FilesRead,
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


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything the workbook for submission shows."""

    eligible: EligibleResult
    rates: RatesResult
    check: CheckResult
    sources: tuple[SourceFile, ...]


def export_pack(
    reading: FilesRead, findings: Sequence[Finding], criteria: Criteria, as_of: int, ground: Ground | None = None
) -> Pack:
    """Return the content of the workbook for submission."""
    from thidua_cli.model import Measure

    result = eligible(reading, criteria, as_of, ground=ground)
    table = rates(result.series, Measure.MULTIDIMENSIONAL, as_of, ground=ground)
    return Pack(result, table, summary(reading, findings), tuple(result.sources))


UnitReports = Iterator["UnitReport"]


def unit_reports(
    reading: FilesRead,
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


def sources(reading: FilesRead, criteria: Criteria, ground: Ground | None = None) -> tuple[SourceFile, ...]:
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


def plan_attestation(rulebook: Rulebook, series: Sequence[Series], as_of: int, entries: int) -> AttestPlan:
    """Return what an attestation sheet asks of these units, and of `entries` subjects of each other kind.

    Raises:
        UsageError: There is nothing to attest, or too much for one file.
    """
    from thidua_cli.attest.plan import plan_attestation as plan

    return plan(rulebook, series, as_of, entries, places(as_of))


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
