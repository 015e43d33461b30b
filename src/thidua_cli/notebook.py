"""What the commands give, as DataFrames: `import thidua_cli` in a notebook.

    import thidua_cli

    thidua_cli.read_findings("dong-giang/")
    thidua_cli.rates("dong-giang/*.xlsx", measure="poor")
    thidua_cli.eligible("dong-giang/*.xlsx", rules="qd-666-ttg", as_of=2024)
    thidua_cli.targets("ha-noi/*.xlsx", rules="ha-noi-251")

Files are named as on the command line: files, folders, patterns. Whatever is wrong in them is a row of
`read_findings`; the other functions leave out what cannot be used, so look there first. Missing values are `pd.NA` or
None, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli import pipeline
from thidua_cli.inputs import load_boundaries, load_inputs
from thidua_cli.language import Language, Text
from thidua_cli.model import CANONICAL_COLUMNS, PRINTED_RATES, Measure
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions

if TYPE_CHECKING:
    import pandas as pd

    from thidua_cli.doubt.doubts import Doubt
    from thidua_cli.judge.target_verdict import TargetVerdict
    from thidua_cli.judge.verdict import ClauseAnswer, Verdict

File = str | PathLike[str]

ELIGIBLE_COLUMNS: Final = (
    "unit_code",
    "unit_name",
    "level",
    "parent_code",
    "classes",
    "unknown_classes",
    "verdict",
    "reason",
    "margin_households",
    "rules",
    "margin_is_bound",
    "doubts",
)


def read_observations(
    *files: File,
    year: int | None = None,
    unit: str | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
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
        within: Code of the province or district in which the names of the tables are looked up.
        poverty_line: Id of the poverty line of tables that do not say theirs: "ha-noi-2022-2025".

    Raises:
        UsageError: `unit` is no unit of the tables, `within` no province or district, or there is no such poverty line.
    """
    from thidua_cli.measure.frame import observation_frame

    observations = _read(files, year, unit, within, poverty_line).observations
    frame = observation_frame(observations)[list(CANONICAL_COLUMNS)]
    for name, printed in ((name, observations.rates[name]) for name in PRINTED_RATES if observations.rates.get(name)):
        frame[name] = [printed.get(row) for row in range(len(observations))]
    tables = [observations.tables[index] for index in observations.table]
    return frame.assign(
        file=[table.file for table in tables],
        sheet=[table.sheet for table in tables],
        sheet_row=list(observations.row_number),
    )


def read_findings(
    *files: File,
    year: int | None = None,
    unit: str | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
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
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
        language: Of `message`: "vi" or "en".
    """
    import pandas as pd

    from thidua_cli.present.findings.records import FIELDS, finding_record

    wanted = Language(language)
    rows = [
        finding_record(finding, wanted) for finding in pipeline.check(_read(files, year, unit, within, poverty_line))
    ]
    frame = pd.DataFrame(rows, columns=list(FIELDS), dtype=object)
    return frame.astype({"year": "Int64", "difference": "Int64"})


def rates(
    *files: File,
    measure: str = Measure.MULTIDIMENSIONAL,
    as_of: int | None = None,
    level: str | None = None,
    boundaries: str = "as-of",
    shares: Sequence[File] = (),
    units: Sequence[File] = (),
    year: int | None = None,
    unit: str | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
) -> pd.DataFrame:
    """Return counts, rates and falls, as `thidua rates` does.

    One row per unit and shown year-end (keys `unit_code`, `year`), at most four year-ends; a year without figures has a
    row without values. `households` and `count` are Int64; columns that end in `_exact` hold `fractions.Fraction` or
    None: rates in percent, falls in percentage points or in percent of the count, never rounded. `doubts` is a list of
    what is disputed of the counts of that year-end, each as the JSON documents have it; empty where nothing is.

    Args:
        files: Files, folders and patterns.
        measure: "multidimensional", "poor", "near_poor" or "minority_poor".
        as_of: The last year-end; the newest of the data by default.
        level: "country", "province", "district", "commune" or "village"; all by default.
        boundaries: "as-of" brings every figure to the boundaries of the last year-end, "2025-06-30" to those of that
            day; "as-reported" joins by code and sets figures of another area aside.
        shares: CSV files that say how divided units' households were shared out.
        units: CSV files of the user's own villages and what became of them.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.
    """
    import pandas as pd

    from thidua_cli.measure.rates import rate_frame
    from thidua_cli.present.doubts.words import doubts_of_year

    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    reading = _read(files, year, unit, within, poverty_line)
    table = pipeline.rates(reading, ground, Measure(measure), as_of, level).table
    doubts = [_doubts(doubts_of_year(row.doubts, rate.year)) for row in table.rows for rate in row.years]
    return rate_frame(table).assign(doubts=pd.Series(doubts, dtype=object))


def eligible(
    *files: File,
    rules: File,
    as_of: int,
    classes: Sequence[File] = (),
    level: str | None = None,
    language: str = Language.VI,
    boundaries: str = "as-of",
    shares: Sequence[File] = (),
    units: Sequence[File] = (),
    year: int | None = None,
    unit: str | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
) -> pd.DataFrame:
    """Return verdicts, as `thidua eligible` does.

    One row per unit (key `unit_code`). `verdict` is "met", "not_met", "undetermined" or "no_criterion"; `reason` is a
    sentence or None; `margin_households` (Int64) is what is to spare where met (0 or more), or still missing (below 0),
    in households, `pd.NA` where no change of the last count alone decides; `classes`, `unknown_classes` and `rules` are
    tuples, the last of (rule, verdict, citation) for each clause that applies or may apply. `doubts` is a list of what
    is disputed of the figures, each as the JSON documents have it; with `margin_is_bound` the true margin may be
    greater in size.

    Args:
        files: Files, folders and patterns.
        rules: Id of a rule file that ships, or the path of one.
        as_of: The last year-end judged: 2024 looks at 2021–2024 for three yearly falls.
        classes: CSV files that complete the class lists that ship.
        level: As in `rates`.
        language: Of `reason`: "vi" or "en".
        boundaries: As in `rates`.
        shares: As in `rates`.
        units: As in `rates`.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.

    Raises:
        UsageError: There is no rule file of that id.
        InputError: A rule or class file cannot be read, or says something that is not allowed.
    """
    import pandas as pd

    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    inputs = load_inputs(fspath(rules), _paths(classes), boundaries=ground)
    result = pipeline.eligible(_read(files, year, unit, within, poverty_line), inputs, as_of, level)
    rows = [_verdict_row(verdict, Language(language)) for verdict in result.verdicts]
    return pd.DataFrame(rows, columns=list(ELIGIBLE_COLUMNS), dtype=object).astype({"margin_households": "Int64"})


TARGET_COLUMNS: Final = (
    *("unit_code", "unit_name", "level", "parent_code", "rule", "year", "is_due", "verdict", "reason"),
    *("threshold", "upper", "unit", "value_exact", "value_low_exact", "value_high_exact", "position"),
    *("attainment_percent_exact", "margin_households", "households_to_leave", "on_track", "citation"),
    *("margin_is_bound", "doubts"),
)


def targets(
    *files: File,
    rules: File,
    as_of: int | None = None,
    classes: Sequence[File] = (),
    plans: Sequence[File] = (),
    readings: Sequence[str] = (),
    level: str | None = None,
    language: str = Language.VI,
    boundaries: str = "as-of",
    shares: Sequence[File] = (),
    units: Sequence[File] = (),
    year: int | None = None,
    unit: str | None = None,
    within: str | None = None,
    poverty_line: str | None = None,
) -> pd.DataFrame:
    """Return what was reached of a plan's targets, as `thidua targets` does.

    One row per unit, target and year-end that is answered (keys `unit_code`, `rule`, `year`). `threshold` and `upper`
    are `decimal.Decimal` as the rule file writes them, in `unit`; columns that end in `_exact` hold
    `fractions.Fraction` or None, never rounded: `value_exact` is None for a range, whose ends stand beside.
    `margin_households` and `households_to_leave` are Int64; `on_track` is True, False or None. `doubts` and
    `margin_is_bound` are as in `eligible`.

    Args:
        files: Files, folders and patterns.
        rules: Id of a rule file that ships, or the path of one.
        as_of: The last year-end judged; the newest of the data by default.
        classes: As in `eligible`.
        plans: CSV files of yearly plans: unit_code, year, measure, planned, unit, source.
        readings: Other readings of the rule file to judge by.
        level: As in `rates`.
        language: Of `reason`: "vi" or "en".
        boundaries: As in `rates`.
        shares: As in `rates`.
        units: As in `rates`.
        year: As in `read_observations`.
        unit: As in `read_observations`.
        within: As in `read_observations`.
        poverty_line: As in `read_observations`.

    Raises:
        UsageError: There is no rule file of that id, it has no targets, or it knows no such reading.
        InputError: A rule, class or plan file cannot be read, or says something that is not allowed.
    """
    import pandas as pd

    ground = load_boundaries(boundaries, _paths(shares), _paths(units))
    inputs = load_inputs(fspath(rules), _paths(classes), None, readings, _paths(plans), ground)
    result = pipeline.targets(_read(files, year, unit, within, poverty_line), inputs, as_of, level)
    rows = [_target_row(row, Language(language)) for row in result.rows]
    whole = {"year": "Int64", "margin_households": "Int64", "households_to_leave": "Int64"}
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS), dtype=object).astype(whole)


def _target_row(row: TargetVerdict, language: Language) -> tuple[object, ...]:
    from thidua_cli.judge.words.targets import full_reason

    value, pace = row.value, row.pace
    return (
        *(row.unit_code, row.unit_name, row.level.value, row.parent_code),
        *(row.clause.id, row.year, row.is_due, row.state.value, _picked(full_reason(row), language)),
        *(row.clause.threshold, row.upper, row.clause.unit.value),
        *((value.value, value.low, value.high) if value is not None else (None, None, None)),
        None if row.position is None else row.position.value,
        row.attainment_percent,
        row.margin_households,
        None if pace is None else pace.to_leave,
        None if pace is None else pace.on_track,
        row.citation,
        row.margin_is_bound,
        _doubts(row.doubts),
    )


def _read(
    files: Sequence[File], year: int | None, unit: str | None, within: str | None, poverty_line: str | None
) -> FilesRead:
    options = ReadingOptions(year, unit, within=within, poverty_line=poverty_line)
    return pipeline.read([fspath(file) for file in files], options)


def _paths(files: Sequence[File]) -> list[Path]:
    return [Path(file) for file in files]


def _verdict_row(verdict: Verdict, language: Language) -> tuple[object, ...]:
    return (
        verdict.unit_code,
        verdict.unit_name,
        verdict.level.value,
        verdict.parent_code,
        verdict.classes,
        verdict.unknown_classes,
        verdict.state.value,
        _picked(verdict.reason, language),
        verdict.margin_households,
        tuple(map(_answer, verdict.clauses)),
        verdict.margin_is_bound,
        _doubts(verdict.doubts),
    )


def _doubts(doubts: Sequence[Doubt]) -> list[dict[str, object]]:
    from thidua_cli.present.doubts.records import doubt_records

    return doubt_records(doubts)


def _answer(answer: ClauseAnswer) -> tuple[str, str, str]:
    return answer.clause.id, answer.state.value, str(answer.clause.citation)


def _picked(text: Text | None, language: Language) -> str | None:
    return None if text is None else text.pick(language)
