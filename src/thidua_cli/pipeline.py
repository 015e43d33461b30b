"""The six stages in order: read → normalise → check → measure → judge → present. Read this first.

Every function takes values and returns values; none prints, exits or looks at the clock. What the commands are asked
for is put together from them in `answers`; `thidua_cli.notebook` gives the same as DataFrames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from thidua_cli.criteria import setting
from thidua_cli.findings import Finding, Severity
from thidua_cli.model import COUNTRY_CODE, Level, Origin
from thidua_cli.normalise.files import read_source, take_in
from thidua_cli.normalise.files_read import FilesRead, ReadingOptions
from thidua_cli.normalise.option_faults import refuse_unknown_unit, refuse_useless_mapping
from thidua_cli.normalise.read_many.beside import Helpers
from thidua_cli.normalise.unit_names import UnitFinder
from thidua_cli.read.faults import F008
from thidua_cli.read.same_files import same_files
from thidua_cli.read.source import expand
from thidua_cli.units.tables import bundled

if TYPE_CHECKING:
    from thidua_cli.judge.verdict import Verdict
    from thidua_cli.measure.ground import Ground
    from thidua_cli.model import Series
    from thidua_cli.rulebook.classes import ClassBook
    from thidua_cli.rulebook.schema import Rulebook

Progress = Callable[[int, int, str], None]
"""Called before each file: how many are done, how many there are, and the name of this one."""


def read(
    arguments: Sequence[str], options: ReadingOptions | None = None, progress: Progress | None = None
) -> FilesRead:
    """Read and normalise files, folders and patterns ("-" is standard input).

    Whatever is wrong with a file or a cell is a finding; the other files are read all the same.

    Raises:
        UsageError: `options.unit` is no unit of the tables, or `options.mapping` fits no sheet.
    """
    options = options or ReadingOptions()
    tables = bundled()
    refuse_unknown_unit(options, tables)
    reading, finder = FilesRead(), UnitFinder(tables)
    sources, findings = expand(arguments)
    reading.findings += findings
    reading.refused += len(findings)
    copies = same_files(sources)
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
    refuse_useless_mapping(reading, options)
    return reading


def check(reading: FilesRead) -> list[Finding]:
    """Return all findings: those of reading, and those of the checks over everything read together."""
    from thidua_cli.check.catalogue import run_checks
    from thidua_cli.check.context import CheckContext

    return reading.findings + run_checks(CheckContext(reading, bundled()))


def measure(reading: FilesRead) -> list[Series]:
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
    from thidua_cli.judge.verdicts import judge as judge_series
    from thidua_cli.measure.boundaries import on_boundaries_of

    stands = series if day is not None else on_boundaries_of(series, as_of)
    of = setting(series, as_of, classes, day)
    return judge_series(stands, rulebook, as_of, classes, of.province_of, of.as_listed, of.place_of, of.parts_of)


def worst(findings: Sequence[Finding]) -> Severity | None:
    """Return the gravest severity among findings, None where there is none."""
    return min((finding.severity for finding in findings), key=lambda severity: severity.rank, default=None)
