"""What the commands give, as DataFrames: `import thidua_cli` in a notebook.

    import thidua_cli

    thidua_cli.read_findings("dong-giang/")
    thidua_cli.rates("dong-giang/*.xlsx", measure="poor")
    thidua_cli.eligible("dong-giang/*.xlsx", rules="qd-666-ttg", as_of=2024)
    thidua_cli.targets("ha-noi/*.xlsx", rules="ha-noi-251")

Files are named as on the command line: files, folders, patterns. Columns bear the names of the commands' CSV; floats
are rounded for reading, and columns that end in `_exact` hold what was compared. Where a command ends with status 2 or
3 a function raises: a wrong path is no empty frame. Whatever is wrong *in* the files is a row of `read_findings` and
stands in `frame.attrs["findings"]` of every frame. Missing values are `pd.NA` or None, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from thidua_cli import pipeline
from thidua_cli.errors import InputError, UsageError
from thidua_cli.findings import Finding
from thidua_cli.inputs import load_accepted, load_boundaries, load_class_book, load_inputs, reading_options
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import CANONICAL_COLUMNS, PRINTED_RATES, Level, Measure, written_day
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions

if TYPE_CHECKING:
    import pandas as pd


File = str | PathLike[str]
Files = File | Sequence[File]
"""One path, or several."""


def read_observations(
    *files: File,
    year: int | None = None,
    unit: str | None = None,
    mapping: File | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    waive: File | None = None,
    language: str = Language.VI,
) -> pd.DataFrame:
    """Return what was read, as it was read.

    One row per unit, year-end and status (keys `unit_code`, `year`), in the order of reading; a unit that two tables
    hold has two rows. The canonical columns, counts in households as Int64 with `pd.NA` for missing, then `file`,
    `sheet` and `sheet_row` (1-based), where the row stands. Columns of printed rates ("5.93", in percent, None where
    not printed) come last, where a table holds any.

    Args:
        files: Files, folders and patterns.
        year: Year-end of tables that do not state theirs; overrides what they state.
        unit: Code of the unit the tables are of, where they do not state it.
        mapping: A .toml that describes a form of one's own.
        within: Code of the province or district in which the names of the tables are looked up.
        poverty_line: Id of the poverty line of tables that do not say theirs: "ha-noi-2022-2025".
        waive: A .toml of accepted findings; of the functions, only this asks what day it is.
        language: Of the sentences: "vi" or "en".

    Raises:
        UsageError: An argument does not fit: `unit` is no unit of the tables, `within` no province or district, there
            is no such poverty line, `mapping` fits no sheet.
        InputError: A file cannot be read, or no file holds a figure.
    """
    from thidua_cli.measure.frame import observation_frame
    from thidua_cli.present.frames import with_evidence

    read = _read(files, waive, reading_options(year, unit, _path(mapping), within, poverty_line))
    observations = read.reading.observations
    frame = observation_frame(observations)[list(CANONICAL_COLUMNS)]
    for name, printed in ((name, observations.rates[name]) for name in PRINTED_RATES if observations.rates.get(name)):
        frame[name] = [printed.get(row) for row in range(len(observations))]
    tables = [observations.tables[index] for index in observations.table]
    placed = frame.assign(
        file=[table.file for table in tables],
        sheet=[table.sheet for table in tables],
        sheet_row=list(observations.row_number),
    )
    return with_evidence(placed, read.findings, _language(language))


def read_findings(
    *files: File,
    year: int | None = None,
    unit: str | None = None,
    mapping: File | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    waive: File | None = None,
    show_values: bool = False,
    language: str = Language.VI,
) -> pd.DataFrame:
    """Return what is wrong in the files, as `thidua check` does.

    One row per finding (no key: `code`, `file`, `sheet` and `cell` tell most of them apart), none where all is well.
    `year` and `difference` are Int64; `value` and `expected` are numbers or texts; what a finding does not have is
    `pd.NA` or None.

    Args:
        files: Files, folders and patterns.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        mapping: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
        waive: As in `read_observations`; what it accepts is a note.
        show_values: Texts of cells stand as they are in `message` and `value`: they may name persons.
        language: Of `message`: "vi" or "en".

    Raises:
        UsageError: As in `read_observations`.
        InputError: As in `read_observations`; the sentence says of each file why.
    """
    from thidua_cli.present.frames import findings_frame, with_evidence

    options = reading_options(year, unit, _path(mapping), within, poverty_line)
    read = _read(files, waive, replace(options, show_values=show_values))
    wanted = _language(language)
    return with_evidence(findings_frame(read.findings, wanted), read.findings, wanted)


def rates(
    *files: File,
    measure: str = Measure.MULTIDIMENSIONAL,
    as_of: int | None = None,
    level: str | None = None,
    boundaries: str = "as-of",
    shares: Files = (),
    units: Files = (),
    year: int | None = None,
    unit: str | None = None,
    mapping: File | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    waive: File | None = None,
    language: str = Language.VI,
) -> pd.DataFrame:
    """Return counts, rates and falls, as `thidua rates` does.

    One row per unit and shown year-end (keys `unit_code`, `year`), four of them, or from the end of 2021 on where that
    is earlier; a year without figures has a row without values. `households` and `count` are Int64; `rate_percent` and
    the falls are Float64, rounded, and the columns that end in `_exact` hold `fractions.Fraction` or None: rates in
    percent, falls in percentage points or in percent of the count. `doubts` is a list of what is disputed of the counts
    of that year-end, each as the JSON documents have it; empty where nothing is.

    Args:
        files: Files, folders and patterns.
        measure: "multidimensional", "poor", "near_poor" or "minority_poor".
        as_of: The last year-end; the newest of the data by default.
        level: "country", "province", "district", "commune" or "village"; all by default.
        boundaries: "as-of" brings every figure to the boundaries of the last year-end, "2025-06-30" to those of that
            day; "as-reported" joins by code and sets figures of another area aside.
        shares: CSV file or files that say how divided units' households were shared out.
        units: CSV file or files of the user's own villages and what became of them.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        mapping: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
        waive: As in `read_observations`; it lifts the doubt where a printed value stands.
        language: As in `read_observations`.

    Raises:
        UsageError: As in `read_observations`, or there is no such measure, level or day.
        InputError: As in `read_observations`, or of a file about units.
    """
    from thidua_cli.present.frames import rates_frame, with_evidence

    counted, tier, wanted = _one_of(Measure, measure, "measure"), _level(level), _language(language)
    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    read = _read(files, waive, reading_options(year, unit, _path(mapping), within, poverty_line))
    result = pipeline.rates(read.reading, ground, counted, as_of, tier, read.findings)
    doubts = [doubt for row in result.table.rows for doubt in row.doubts]
    return with_evidence(rates_frame(result), read.findings, wanted, doubts)


def published(
    *,
    unit: str | None = None,
    within: str | None = None,
    level: str | None = None,
    year: int | None = None,
    as_of: int | None = None,
    measure: str = Measure.MULTIDIMENSIONAL,
    language: str = Language.VI,
) -> pd.DataFrame:
    """Return what was published of the country and of provinces, as `thidua rates --published` does; it reads no file.

    One row per source of a unit, year-end and poverty line: sources that disagree are rows side by side. Counts are
    Int64, as printed; rates are texts in percent with the decimals that are printed ("5.0"); what is not printed is
    `pd.NA` or None. Falls are of `measure`, since the year-end before: `fall_households` (Int64), and the rate's, which
    lies from `fall_points_low_exact` to `fall_points_high_exact` (`fractions.Fraction` or None; rounded beside them).

    Args:
        unit: Code of a province, or "VN".
        within: As `unit`; with both, both are given.
        level: "country" or "province".
        year: One year-end.
        as_of: The last year-end.
        measure: As in `rates`.
        language: Of `note`.

    Raises:
        UsageError: `unit` is neither a province nor the country, or there is no such measure, level or language.
    """
    from thidua_cli.measure.published import PublishedQuestion
    from thidua_cli.present.frames import published_frame

    codes = frozenset(code for code in (unit, within) if code is not None)
    counted, tier, wanted = _one_of(Measure, measure, "measure"), _level(level), _language(language)
    result = pipeline.published(PublishedQuestion(counted, codes or None, tier, year, as_of))
    return published_frame(result, wanted)


def eligible(
    *files: File,
    rules: File,
    as_of: int,
    classes: Files = (),
    attest: File | None = None,
    readings: str | Sequence[str] = (),
    level: str | None = None,
    language: str = Language.VI,
    boundaries: str = "as-of",
    shares: Files = (),
    units: Files = (),
    year: int | None = None,
    unit: str | None = None,
    mapping: File | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    waive: File | None = None,
) -> pd.DataFrame:
    """Return verdicts, as `thidua eligible` does.

    One row per unit (key `unit_code`). `verdict` is "met", "not_met", "undetermined" or "no_criterion"; `reason` is a
    sentence or None; `margin_households` (Int64) is what is to spare where met (0 or more), or still missing (below 0),
    in households, `pd.NA` where no change of the last count alone decides; `classes`, `unknown_classes` and `rules` are
    tuples, the last of (rule, verdict, citation) for each clause that applies or may apply. A figure that clauses ask
    for has a column of its own ("fall_percent_2021_2024", Float64, rounded) and one with what was compared ("…_exact").
    `doubts` is a list of what is disputed of the figures, each as the JSON documents have it; with `margin_is_bound`
    the true margin may be greater in size.

    Args:
        files: Files, folders and patterns.
        rules: Id of a rule file that ships, or the path of one.
        as_of: The last year-end judged: 2024 looks at 2021–2024 for three yearly falls.
        classes: CSV file or files that complete the class lists that ship.
        attest: A filled-in attestation sheet.
        readings: Other reading or readings of the rule file to judge by.
        level: As in `rates`.
        language: Of `reason`: "vi" or "en".
        boundaries: As in `rates`.
        shares: As in `rates`.
        units: As in `rates`.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        mapping: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
        waive: As in `rates`.

    Raises:
        UsageError: As in `rates`; or there is no rule file of that id, it knows no such reading, or no clause of it
            holds at `as_of`.
        InputError: As in `rates`; or a rule, class or attestation file cannot be read, or says what is not allowed.
    """
    from thidua_cli.present.frames import eligible_frame, with_evidence

    tier, wanted = _level(level), _language(language)
    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    inputs = load_inputs(
        fspath(rules), _paths(classes), _path(attest), _names(readings), boundaries=ground, within=within
    )
    inputs.refuse_without_criteria(as_of)
    read = _read(files, waive, reading_options(year, unit, _path(mapping), within, poverty_line))
    result = pipeline.eligible(read.reading, inputs, as_of, tier, read.findings)
    doubts = [doubt for verdict in result.verdicts for doubt in verdict.doubts]
    return with_evidence(eligible_frame(result, wanted), read.findings, wanted, doubts)


def targets(
    *files: File,
    rules: File,
    as_of: int | None = None,
    classes: Files = (),
    plans: Files = (),
    readings: str | Sequence[str] = (),
    level: str | None = None,
    language: str = Language.VI,
    boundaries: str = "as-of",
    shares: Files = (),
    units: Files = (),
    year: int | None = None,
    unit: str | None = None,
    mapping: File | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
    waive: File | None = None,
) -> pd.DataFrame:
    """Return what was reached of a plan's targets, as `thidua targets` does.

    One row per unit, target and year-end that is answered (keys `unit_code`, `rule`, `year`). `threshold` and `upper`
    are `decimal.Decimal` as the rule file writes them, in `unit`; `value` and its like are Float64, rounded, and
    columns that end in `_exact` hold `fractions.Fraction` or None: `value_exact` is None for a range, whose ends stand
    beside.
    Households are Int64; `on_track` is True, False or None. `doubts` and `margin_is_bound` are as in `eligible`.

    Args:
        files: Files, folders and patterns.
        rules: Id of a rule file that ships, or the path of one.
        as_of: The last year-end judged; the newest of the data by default.
        classes: As in `eligible`.
        plans: CSV file or files of yearly plans: unit_code, year, measure, planned, unit, source.
        readings: As in `eligible`.
        level: As in `rates`.
        language: Of `reason`: "vi" or "en".
        boundaries: As in `rates`.
        shares: As in `rates`.
        units: As in `rates`.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        mapping: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
        waive: As in `rates`.

    Raises:
        UsageError: As in `rates`; or there is no rule file of that id, it knows no such reading, it has no targets, or
            none at `as_of`.
        InputError: As in `rates`; or a rule, class or plan file cannot be read, or says what is not allowed.
    """
    from thidua_cli.present.frames import targets_frame, with_evidence

    tier, wanted = _level(level), _language(language)
    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    inputs = load_inputs(fspath(rules), _paths(classes), None, _names(readings), _paths(plans), ground, within=within)
    inputs.refuse_without_targets(as_of)
    read = _read(files, waive, reading_options(year, unit, _path(mapping), within, poverty_line))
    result = pipeline.targets(read.reading, inputs, as_of, tier, read.findings)
    doubts = [doubt for row in result.rows for doubt in row.doubts]
    return with_evidence(targets_frame(result, wanted), read.findings, wanted, doubts)


def new_mapping(file: File, *, sheet: str | None = None, language: str = Language.VI) -> str:
    """Return a description of a form of one's own to begin with, as `thidua mapping new` writes it.

    TOML: what is recognised as keys, every heading that is not as a line of comment to be filled in. Written to a file
    it is what `mapping` takes in the other functions. No word of the rows of data is in it.

    Args:
        file: One file.
        sheet: Name of the sheet, of a file with several.
        language: Of the comments: "vi" or "en".

    Raises:
        UsageError: There is no such sheet, or there are several; or the table needs no mapping, or one cannot say what
            it is like.
        InputError: The file cannot be read, or lists persons or households.
    """
    return pipeline.new_mapping(fspath(file), sheet, "form.toml", _language(language)).text


def class_lists(*, classes: Files = (), within: str | None = None) -> pd.DataFrame:
    """Return which lists of classes ship and what is missing of them, as `thidua classes list` does.

    One row per list and class (keys `list`, `class`), then one per class of the user's files, whose `list` is None.
    `rows` are the units of which a source can be cited, `total` the number as the decision prints it, `missing` what is
    left; all Int64, `pd.NA` where it is not known.

    Args:
        classes: Workbook or workbooks, CSV file or files, as in `eligible`.
        within: Code of the province or district in which the names of these files are looked up.

    Raises:
        InputError: A class file cannot be read, or says what is not allowed.
    """
    from thidua_cli.present.classes.lists import coverage_records
    from thidua_cli.present.frames import records_frame

    return records_frame(coverage_records(load_class_book(_paths(classes), within)))


def classes_of(
    unit: str,
    *,
    on: str | date | None = None,
    classes: Files = (),
    within: str | None = None,
    language: str = Language.VI,
) -> pd.DataFrame:
    """Return the classes of a unit, as `thidua classes show` does.

    One row per day and class (keys `day`, `class`): `member` is "yes", "no" or "unknown", `list` the list that answers
    on that day, or None where there is none, and `reason` says by what, or why it is not known.

    Args:
        unit: Code or name ("Tây Giang, Quảng Nam").
        on: A day; else the year-ends that the lists reach.
        classes: As in `class_lists`.
        within: As in `class_lists`.
        language: Of `reason`.

    Raises:
        UsageError: There is no such unit or day, the unit does not stand then, or several bear the name.
        InputError: As in `class_lists`.
    """
    from thidua_cli.present.classes.unit import day_records
    from thidua_cli.present.frames import records_frame

    wanted, book = _language(language), load_class_book(_paths(classes), within)
    return records_frame(day_records(pipeline.classes_of_unit(unit, _day(on), book), wanted))


def class_findings(file: File, *, within: str | None = None, language: str = Language.VI) -> pd.DataFrame:
    """Return what is wrong with a list of classes, as `thidua classes check` does; none where it can be used.

    One row per finding, as in `read_findings`. `frame.attrs["rows"]` is what was recognised: a list of records, each
    with `unit_code`, `class`, `from`, `to`, `source` and the cell.

    Args:
        file: A workbook or CSV.
        within: As in `class_lists`.
        language: Of `message`.

    Raises:
        InputError: The file is none that can be read as a list.
    """
    from thidua_cli.present.classes.check import row_records
    from thidua_cli.present.frames import findings_frame, with_evidence

    wanted, read = _language(language), pipeline.check_classes(Path(file), within)
    frame = with_evidence(findings_frame(read.findings, wanted), read.findings, wanted)
    frame.attrs["rows"] = row_records(read)
    return frame


@dataclass(frozen=True, slots=True)
class _Read:
    """What came out of the files, and what is wrong in them."""

    reading: FilesRead
    findings: Sequence[Finding]


def _read(files: Sequence[File], waive: File | None, options: ReadingOptions) -> _Read:
    """Read and check files.

    Raises:
        UsageError: `options` do not fit the files.
        InputError: A file cannot be read, none holds a figure, or the waivers cannot be read.
    """
    from thidua_cli.check.nothing_read import why_files_were_refused, why_nothing_was_read

    _refuse_year_of_review(options.year)
    accepted = load_accepted(_path(waive), date.today())
    reading = pipeline.read([fspath(file) for file in files], options)
    told = pipeline.check(reading)
    findings = told if accepted is None else accepted.applied(told).findings
    reasons = why_nothing_was_read(reading, findings) or (why_files_were_refused(findings) if reading.refused else [])
    if reasons:
        raise InputError(Text.joined("; ", reasons))
    return _Read(reading, findings)


_FIRST_YEAR, _LAST_YEAR = 1993, 2099
"""Of the first national poverty line, and as on the command line."""


def _refuse_year_of_review(year: int | None) -> None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        span = f"{_FIRST_YEAR}–{_LAST_YEAR}"
        raise UsageError(Text(f"năm {year} nằm ngoài khoảng {span}", f"the year {year} is not in the range {span}"))


Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(choices: type[Choice], written: str, name: str) -> Choice:
    try:
        return choices(written)
    except ValueError:
        listed = ", ".join(choices)
        text = Text(f"{name}: “{written}” không nằm trong: {listed}", f"{name}: “{written}” is not one of: {listed}")
        raise UsageError(text) from None


def _language(language: str) -> Language:
    return _one_of(Language, language, "language")


def _level(level: str | None) -> Level | None:
    return None if level is None else _one_of(Level, level, "level")


def _day(day: str | date | None) -> date | None:
    if day is None or isinstance(day, date):
        return day
    try:
        return written_day(day)
    except ValueError:
        text = Text("“{day}” không phải là ngày", "“{day}” is not a day")
        raise UsageError(text.fill(day=day)) from None


def _path(file: File | None) -> Path | None:
    return None if file is None else Path(file)


def _paths(files: Files) -> list[Path]:
    return [Path(files)] if isinstance(files, (str, PathLike)) else [Path(file) for file in files]


def _names(names: str | Sequence[str]) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names
