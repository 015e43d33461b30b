"""What answers are taken by beside the tables: rules, classes, boundaries with shares and units, plans, attestations.

Everything a user names is read here, before the first table is: what is wrong with it is told at once, and not after
minutes of work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.read.source import Source, digest
from thidua_cli.results import Limits, SettingsUsed, SourceFile, SourceRole
from thidua_cli.rulebook.lines import refuse_unknown_line
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from thidua_cli.attest.statements import Attestations
    from thidua_cli.check.compare import FindingsSince
    from thidua_cli.check.waivers import WaivedFindings, Waiver
    from thidua_cli.findings import Finding
    from thidua_cli.measure.ground import BoundaryChoice
    from thidua_cli.model import Series
    from thidua_cli.normalise.files_read import FilesRead
    from thidua_cli.rulebook.classes import ClassBook
    from thidua_cli.rulebook.plan_file import PlannedFall
    from thidua_cli.rulebook.schema import AnyClause, Rulebook


@dataclass(frozen=True, slots=True)
class Accepted:
    """Findings that somebody answers for, with who, why and until when."""

    file: str
    waivers: Sequence[Waiver]
    day: date
    """The day on which they are asked for."""

    def applied(self, findings: Sequence[Finding]) -> WaivedFindings:
        """Return the findings with accepted ones as notes."""
        from thidua_cli.check.waivers import apply

        return apply(findings, self.waivers, self.day)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What verdicts are taken by."""

    rulebook: Rulebook
    classes: ClassBook
    boundaries: BoundaryChoice
    """What the figures are brought to before they are judged."""
    attestations: Attestations | None = None
    """What persons said of the criteria without a number; without it all of them are open."""
    plans: Sequence[PlannedFall] = ()
    """Yearly figures of the units' own, held against what was done."""
    class_files: Sequence[Path] = ()
    plan_files: Sequence[Path] = ()
    readings: Sequence[str] = ()
    accepted: Accepted | None = None
    """What was accepted of the findings that an answer is taken with."""
    class_warnings: Sequence[Finding] = ()
    """What a person must look at in the class files before relying on them."""
    config: SettingsUsed | None = None
    """What the file of the office set of all this; None where it set nothing."""

    def refuse_without_criteria(self, as_of: int | None = None) -> None:
        """Refuse a rule file without any clause on counts: its verdicts would seem to say that nothing is asked.

        Where persons attested its other criteria, verdicts tell of those. Nor is anything asked at a year-end `as_of`
        at which no clause holds.

        Raises:
            UsageError: The file has targets only, or criteria that are attested and no attestations; none at `as_of`.
        """
        if not self.rulebook.clauses and self.attestations is None:
            name = self.rulebook.id
            raise UsageError(
                Text(
                    f"bộ quy tắc {name} không có tiêu chí có số để xét; chỉ tiêu thì dùng “thidua targets”",
                    f"the rule file {name} has no criteria with numbers; for targets use “thidua targets”",
                )
            )
        _refuse_year(as_of, self.rulebook, self.rulebook.clauses)

    def refuse_without_targets(self, as_of: int | None = None) -> None:
        """Refuse rules that a plan's figures cannot be held against, at the year-end `as_of` or at all.

        Raises:
            UsageError: The rule file has no targets, or none at `as_of`, and there are no plans beside it.
        """
        book = self.rulebook
        if not (book.targets or book.class_exits or self.plans):
            raise UsageError(
                Text(
                    f"bộ quy tắc {book.id} không có chỉ tiêu nào có số; dùng “thidua eligible”, hoặc thêm --plan TỆP",
                    f"the rule file {book.id} has no target with a figure; use “thidua eligible”, or add --plan FILE",
                )
            )
        _refuse_year(as_of, book, () if self.plans else (*book.targets, *book.class_exits))

    def has_targets(self, as_of: int) -> bool:
        """Say whether there is anything that the figures of a year-end are held against beside the criteria."""
        from thidua_cli.judge.years import holds_at

        clauses: list[AnyClause] = [*self.rulebook.targets, *self.rulebook.class_exits]
        return bool(self.plans) or any(holds_at(as_of, clause) for clause in clauses)

    def attested_elsewhere(self, as_of: int, series: Sequence[Series]) -> list[str]:
        """Return the codes of attested units that are among the lists and not among the figures.

        Raises:
            InputError: Attestations are not of these units, this year or these levels; with the cell of each.
        """
        if self.attestations is None:
            return []
        from thidua_cli.attest.statements import refuse_misfits

        levels = {unit.unit_code: unit.level for unit in series}
        refuse_misfits(self.attestations, as_of, levels, lambda code: bool(bundled().periods(code)))
        return [code for code in self.attestations.units if code not in levels]

    def sources(self, reading: FilesRead) -> tuple[SourceFile, ...]:
        """Return the files an answer rests on, each with its SHA-256, the tables first."""
        tables = {table.file: SourceRole.OBSERVATIONS for table in reading.observations.tables}
        read = {source.name: source for source in reading.sources}
        files = [(read.get(name) or Source(name, Path(name)), role) for name, role in tables.items()]
        files += [(Source(name, Path(name)), role) for name, role in self._files_beside(reading)]
        return tuple(SourceFile(source.name, digest(source), role) for source, role in files)

    def rules_sha256(self) -> str:
        """Return the SHA-256 of the rule file, one that ships as well."""
        from thidua_cli.rulebook.load import rule_file

        file = rule_file(self.rulebook.path or self.rulebook.id)
        return digest(Source(str(file), file))

    def _files_beside(self, reading: FilesRead) -> list[tuple[str, SourceRole]]:
        limits, rules = self.limits(reading), self.rulebook
        # none for rules that ship: their version says which they are
        rule_files = [(name, SourceRole.RULES) for name in (rules.path, *rules.extended_paths) if name]
        return [
            *((name, SourceRole.CLASSES) for name in limits.classes),
            *((name, SourceRole.SHARES) for name in limits.shares),
            *((name, SourceRole.UNITS) for name in limits.units),
            *rule_files,
            *((name, SourceRole.ATTESTATIONS) for name in (limits.attestations,) if name),
            *((name, SourceRole.PLANS) for name in limits.plans),
            *((name, SourceRole.MAPPING) for name in (limits.mapping,) if name),
            *((name, SourceRole.WAIVERS) for name in (limits.waivers,) if name),
        ]

    def limits(self, reading: FilesRead, level: str | None = None) -> Limits:
        """Return everything that was asked of an answer on these tables, so that it can be taken again."""
        asked, ground, accepted = reading.options, self.boundaries, self.accepted
        return Limits(
            rules=self.rulebook.path or self.rulebook.id,
            level=level,
            year=asked.year,
            unit=asked.unit,
            within=asked.within,
            poverty_line=asked.poverty_line,
            readings=tuple(self.readings),
            boundaries=ground.boundaries.written,
            mapping=None if asked.mapping is None else asked.mapping.file,
            classes=_names(self.class_files),
            attestations=None if self.attestations is None else self.attestations.file,
            shares=_names(ground.share_files),
            units=_names(ground.unit_files),
            plans=_names(self.plan_files),
            waivers=None if accepted is None else accepted.file,
            waived_on=None if accepted is None else accepted.day,
            config=self.config,
        )


def _names(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(map(str, paths))


def refuse_attesting_at(as_of: int | None, rulebook: Rulebook) -> None:
    """Refuse a year-end at which nothing of a rule file holds, before persons sign for it.

    Raises:
        UsageError: It is such a year-end, or there are no lists of units of it.
    """
    _refuse_year(as_of, rulebook, (*rulebook.clauses, *rulebook.targets, *rulebook.class_exits))


def _refuse_year(as_of: int | None, rulebook: Rulebook, clauses: Sequence[AnyClause]) -> None:
    from thidua_cli.judge.years import refuse_year

    if as_of is not None:
        refuse_year(as_of, rulebook.id, clauses, rulebook.path, rulebook.closing)


def load_inputs(
    rules: str,
    class_files: Sequence[Path] = (),
    attestation_file: Path | None = None,
    readings: Sequence[str] = (),
    plan_files: Sequence[Path] = (),
    boundaries: BoundaryChoice | None = None,
    accepted: Accepted | None = None,
    within: str | None = None,
) -> Inputs:
    """Return a rule file by id or path with the bundled classes completed by `class_files`, and all that goes with it.

    Clauses that know one of `readings` are read so. Without `boundaries` those of the last year-end are meant. Names
    in the class files are looked up in the province or district `within`, where one is stated.

    Raises:
        UsageError: There is no bundled rule file of that id, or it knows no such reading.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.rulebook.plan_file import read_plans

    rulebook, attestations = load_rules(rules, readings), None
    if attestation_file is not None:
        from thidua_cli.attest.read_back import load_attestations

        attestations = load_attestations(Source(str(attestation_file), attestation_file), rulebook)
    (classes, warnings), plans = _class_book(class_files, within), read_plans(plan_files)
    files = tuple(class_files), tuple(plan_files)
    ground = boundaries or load_boundaries()
    return Inputs(
        rulebook, classes, ground, attestations, plans, *files, tuple(readings), accepted, class_warnings=warnings
    )


def load_class_book(class_files: Sequence[Path] = (), within: str | None = None) -> ClassBook:
    """Return the bundled classes completed by the user's workbooks and CSV files.

    Raises:
        InputError: A file cannot be read, or something in it is wrong; all of it is told, each with its cell.
    """
    return _class_book(class_files, within)[0]


def _class_book(class_files: Sequence[Path], within: str | None) -> tuple[ClassBook, list[Finding]]:
    from thidua_cli.rulebook.classes import load_classes

    if not class_files:
        return load_classes(), []
    from thidua_cli.normalise.class_lists.reading import read_classes  # late: most answers stand on the bundled lists

    rows, warnings = read_classes(class_files, within)
    return load_classes(rows=rows), warnings


def load_rules(rules: str, readings: Sequence[str] = ()) -> Rulebook:
    """Return a rule file by id or path; its clauses that know one of `readings` are read so.

    Raises:
        UsageError: There is no bundled rule file of that id, or it knows no such reading.
        InputError: The file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.rulebook.load import load_rulebook

    rulebook = load_rulebook(rules)
    if not readings:
        return rulebook
    from thidua_cli.judge.readings import read_as

    return read_as(rulebook, readings)


def load_boundaries(
    boundaries: str = "as-of", share_files: Sequence[Path] = (), unit_files: Sequence[Path] = ()
) -> BoundaryChoice:
    """Return the boundaries written "as-of", "as-reported" or as a day, with the user's files about units.

    Raises:
        UsageError: `boundaries` is none of these.
        InputError: A file cannot be read, or says something that is not allowed.
    """
    from thidua_cli.measure.ground import boundaries_of, load_ground

    return load_ground(boundaries_of(boundaries), share_files, unit_files)


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """What findings are held against."""

    previous: Mapping[str, object] | None = None
    """The document of an earlier `check`."""
    accepted: Accepted | None = None

    def compared(self, findings: Sequence[Finding]) -> FindingsSince | None:
        """Return what is new and gone since the earlier run; None where there is none."""
        if self.previous is None:
            return None
        from thidua_cli.check.compare import compare

        return compare(self.previous, findings)


def load_check_inputs(since: Path | None, waive: Path | None, day: date) -> CheckInputs:
    """Return the earlier run and the waivers, as they are on a day.

    Raises:
        InputError: A file cannot be read, or is not what it should be.
    """
    previous = None
    if since is not None:
        from thidua_cli.check.compare import load_previous

        previous = load_previous(since)
    return CheckInputs(previous, load_accepted(waive, day))


def load_accepted(path: Path | None, day: date) -> Accepted | None:
    """Return the waivers of a file as they are on a day; None without a file.

    Raises:
        InputError: The file cannot be read, or is not what it should be.
    """
    if path is None:
        return None
    from thidua_cli.check.waivers import load_waivers

    return Accepted(str(path), load_waivers(path), day)


def reading_options(
    year: int | None = None,
    unit: str | None = None,
    mapping: Path | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    unit_option: str = "--unit",
) -> ReadingOptions:
    """Return what the user says of the tables, with the description of a form of their own.

    `unit_option` is what the command calls the option for `unit`.

    Raises:
        UsageError: There is no such poverty line.
        InputError: The description cannot be read, or says something that is not allowed.
    """
    refuse_unknown_line(poverty_line)
    if mapping is None:
        return ReadingOptions(year, unit, within=within, poverty_line=poverty_line, unit_option=unit_option)
    from thidua_cli.normalise.mapping import load_mapping

    return ReadingOptions(
        year, unit, load_mapping(mapping), within=within, poverty_line=poverty_line, unit_option=unit_option
    )
