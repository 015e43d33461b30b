"""What normalising hands to the checks and to measuring: everything that came out of the files, put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level, Origin, Unit
from thidua_cli.normalise.forms.told_by_names import once_for_all_files
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.persons.household_list import F017
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.sheet.years_beside import said_once
from thidua_cli.normalise.table_reading import (
    FileReading,
    OutsideUnit,
    PrintedSum,
    RateBesideCounts,
    TableReading,
    Total,
    UnplacedRow,
)
from thidua_cli.normalise.villages import VillagesByName, told_apart, with_spelt_codes
from thidua_cli.observations import MISSING, Observations, TableOrigin
from thidua_cli.read.faults import F003, F008
from thidua_cli.read.source import Source
from thidua_cli.units.villages import spelling


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table that was recognised and used."""

    table: int
    """Index in `Observations.tables`."""
    form: str
    year: int | None
    """None where every row names its own year."""
    scope: Unit | None
    first_row: int
    """Row of `Observations` the table begins with."""
    rows: int
    own_total: int | None = None
    """Row of `Observations` that stands for the scope's printed total row, where there is one."""


Outline = tuple[str, int, str, str, int]
"""Form, rows, first and last unit and first year of a table: what it and its copy have in common for certain."""


@dataclass(slots=True)
class FilesRead:
    """Everything that came out of the files. `add`, `refuse` and `finish` alone write it."""

    observations: Observations = field(default_factory=Observations)
    rates: list[RateBesideCounts] = field(default_factory=list)
    sums: list[PrintedSum] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outside: list[OutsideUnit] = field(default_factory=list)
    unplaced: list[UnplacedRow] = field(default_factory=list)
    layouts: list[LayoutRecord] = field(default_factory=list)
    """What was recognised of each table, and why sheets were not read; in the order of reading."""
    misfits: list[Text] = field(default_factory=list)
    """Why the user's own form (`ReadingOptions.mapping`) does not fit sheets whose names it is for."""
    files: int = 0
    """Files that were opened, readable or not."""
    refused: int = 0
    """Files, folders or patterns that gave nothing because they cannot be read or hold no table."""
    options: ReadingOptions = field(default_factory=ReadingOptions)
    """What the user said of the files."""
    sources: Sequence[Source] = ()
    """The files that were to be read, in their order."""
    outlines: dict[Outline, list[TableRead]] = field(default_factory=dict, compare=False, repr=False)
    """The tables by their outline: only those of one outline are compared cell by cell."""
    shares_rows: bool = field(default=False, compare=False, repr=False)
    """`observations` are still those of the one table that was added."""

    arranged: object = field(default=None, init=False, compare=False, repr=False)
    """What the checks arranged of many rows, for those who ask after them."""
    villages: VillagesByName = field(default_factory=VillagesByName, compare=False, repr=False)

    def refuse(self, findings: Sequence[Finding]) -> None:
        """Take in what is wrong with arguments that name nothing to open."""
        self.findings += findings
        # files of other formats in a folder are told of, and are no argument of their own
        self.refused += sum(finding.severity is Severity.ERROR for finding in findings)

    def add(self, file: FileReading) -> None:
        """Take in what was read of one file; a table that repeats an earlier one is refused (F008)."""
        self.files += 1
        self.refused += file.is_refused
        for part in file.parts:
            told = [(table.heading_year, self._take(table)) for table in part.tables]
            self.findings += said_once(told) if part.share_cells else chain.from_iterable(few for _, few in told)

    def finish(self) -> None:
        """Say what only all files together tell: villages that are two, what many say alike, that nothing was read."""
        if not self.observations.has_figures:
            # a table refused for what it is (F003) is a note beside others, and all there is to say without them
            self.findings = [
                replace(finding, severity_here=None) if finding.kind in (F003, F017) else finding
                for finding in self.findings
            ]
        self._tell_villages_apart()
        self.findings = once_for_all_files(self.findings)

    def _tell_villages_apart(self) -> None:
        """Give villages whose names differ in accents alone codes of their own."""
        shared = self.villages.shared_codes()
        if not shared:
            return
        spelt, findings = told_apart(self.observations, shared)
        self._hold_own_rows()
        rows = self.observations
        rows.unit_code = [
            spelt.get((code, name), code) for code, name in zip(rows.unit_code, rows.unit_name, strict=True)
        ]
        self.rates = with_spelt_codes(self.rates, spelt)
        self.sums = with_spelt_codes(self.sums, spelt)
        self.findings = [*with_spelt_codes(self.findings, spelt), *findings]

    def _take(self, table: TableReading) -> Sequence[Finding]:
        """Take in all of a table but its findings, and return these; of a copy, the finding that it is one."""
        if table.misfit is not None:
            self.misfits.append(table.misfit)
        rows = table.rows
        # looked for before anything is added: what a copy says of its cells was said of the first one
        if rows is not None and (earlier := self._repeated(table.form, rows)) is not None:
            self._keep_record(None if table.record is None else table.record.as_copy(table.rows_of_copy))
            return [_copy_finding(rows, self.observations.tables[earlier.table])]
        self.outside += table.outside
        self.unplaced += table.unplaced
        if rows is not None:
            self._take_rows(table, rows)
        else:
            self._keep_record(table.record)
        return table.findings

    def _keep_record(self, record: LayoutRecord | None, table: int | None = None) -> None:
        if record is not None:
            self.layouts.append(record if table is None else replace(record, table=table))

    def _take_rows(self, table: TableReading, rows: Observations) -> None:
        index, first = len(self.observations.tables), len(self.observations)
        self._join(rows)
        own_total = None if table.own_total is None else table.own_total + first
        read = TableRead(index, table.form, table.year, table.scope, first, len(rows), own_total)
        self.tables.append(read)
        if len(rows):
            self.outlines.setdefault(_outline(table.form, rows), []).append(read)
        self.rates += table.rates
        self.sums += table.sums
        self.totals += [replace(total, table=index) for total in table.totals]
        self._keep_record(table.record, index)
        if table.names_villages:
            self.villages.add(rows)

    def _join(self, rows: Observations) -> None:
        """Hold the first table's rows as they are, copied once others follow: half a million must be held once."""
        if not self.observations.tables:
            self.observations, self.shares_rows = rows, True
            return
        self._hold_own_rows()
        self.observations.extend(rows)

    def _hold_own_rows(self) -> None:
        if self.shares_rows:
            own = Observations()
            own.extend(self.observations)
            self.observations, self.shares_rows = own, False

    def _repeated(self, form: str, rows: Observations) -> TableRead | None:
        """Return the first table with the same units, years, status, poverty lines, counts and rates, in order."""
        if not len(rows):
            return None
        alike = self.outlines.get(_outline(form, rows), ())
        return next((earlier for earlier in alike if _same(self.observations, earlier, rows)), None)


def _outline(form: str, rows: Observations) -> Outline:
    return form, len(rows), rows.unit_code[0], rows.unit_code[-1], rows.year[0]


def _same(observations: Observations, earlier: TableRead, rows: Observations) -> bool:
    within = slice(earlier.first_row, earlier.first_row + earlier.rows)
    return (
        observations.unit_code[within] == rows.unit_code
        and observations.year[within] == rows.year
        and observations.status[within] == rows.status
        and observations.poverty_line[within] == rows.poverty_line
        and all(_counts_agree(observations, within, rows, name) for name in observations.counts.keys() | rows.counts)
        and _rates_from(observations, earlier.first_row, earlier.rows) == _rates_from(rows, 0, earlier.rows)
        and all(map(_are_one_name, observations.unit_name[within], rows.unit_name, rows.level))
    )


def _are_one_name(name: str, other: str, level: Level) -> bool:
    """Say whether two names under one code are one unit's: two villages may differ in accents alone."""
    return level is not Level.VILLAGE or name == other or spelling(name) == spelling(other)


def _counts_agree(observations: Observations, within: slice, rows: Observations, name: str) -> bool:
    """Compare a count's columns; one that a table does not have is missing throughout."""
    earlier, added = observations.counts.get(name), rows.counts.get(name)
    if earlier is not None and added is not None:
        return earlier[within] == added
    column = added if earlier is None else earlier[within]
    return column is None or column.count(MISSING) == len(column)


def _rates_from(observations: Observations, first: int, count: int) -> list[tuple[int, str, str]]:
    return [
        (row, name, printed)
        for row in range(count if observations.rates else 0)
        for name, printed in observations.rates_of(first + row).items()
    ]


def _copy_finding(rows: Observations, earlier: TableOrigin) -> Finding:
    own, first = (Origin(table.file, table.sheet) for table in (rows.tables[0], earlier))
    return Finding(F008, own, value=str(first), details={"other": str(first)})
