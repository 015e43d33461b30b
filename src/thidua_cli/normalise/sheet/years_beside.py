"""Years side by side: one unit per row, "Số hộ nghèo › 2021 | 2022 | 2023". Each year is read as a table of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import column_text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.cells.headings import H001
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.headings import Column, Layout, is_figure
from thidua_cli.normalise.sheet.title import TITLE_ELSEWHERE, YearMention, is_plausible_year, years_mentioned
from thidua_cli.normalise.sheet.year_findings import YEAR_IN_HEADING, conflicting_years, no_year
from thidua_cli.read.grid import Grid

_HEADINGS: Final = Text("tiêu đề cột", "the column headings")


def heading_years(layout: Layout) -> list[int]:
    """Return the years that headings of figures name, in their order in time."""
    return sorted({column.year for column in layout.columns if column.year is not None})


def years_of_every_figure(layout: Layout) -> list[int]:
    """Return the years that headings name where every figure has its own; what has none is of the title's time."""
    has_own = all(column.year is not None for column in layout.columns if is_figure(column.meaning))
    return heading_years(layout) if has_own else []


class YearsBeside(NamedTuple):
    """The tables that stand side by side below one header, each with what is known of its year."""

    tables: Sequence[tuple[Layout, ReadingOptions]]
    findings: Sequence[Finding] = ()


def by_years(grid: Grid, layout: Layout, options: ReadingOptions) -> YearsBeside:
    """Return the table of each year that the headings name, or the table itself where they name none.

    A figure without a year in its heading belongs to the one year that the title names (or `options`); where it names
    none it is used for no year (H004).
    """
    years = heading_years(layout)
    if not years:
        return YearsBeside([(layout, options)])
    if len(years) == 1 and options.year:
        return YearsBeside([(_without_years(layout), options)])
    base = _year_around(grid, layout, options, years)
    loose = [column for column in layout.columns if column.year is None and is_figure(column.meaning)]
    findings = (
        list(
            conflicting_years(
                grid.origin(), YearMention(years[0], _HEADINGS), years_mentioned(layout.title, grid.sheet, grid.file)
            )
        )
        if len(years) == 1 and not loose
        else []
    )
    if base is None:
        findings += [_no_year(grid, layout, column) for column in loose]
    # figures without a year may be of a year that no other heading names
    wanted = sorted({*years, base}) if base is not None and loose else years
    tables: list[tuple[Layout, ReadingOptions]] = []
    for year in wanted:
        kept = [column for column in layout.columns if _belongs(column, year, base, is_first=year == wanted[0])]
        tables.append((replace(layout, columns=tuple(kept), year=year), replace(options, year=year)))
    return YearsBeside(tables, findings)


def _belongs(column: Column, year: int, base: int | None, *, is_first: bool) -> bool:
    """Say whether a column is one of the table of `year`; unknown headings are told once."""
    if column.year is not None:
        return column.year == year
    if is_figure(column.meaning):
        return base == year
    return is_first or column.meaning is not None


def _without_years(layout: Layout) -> Layout:
    return replace(layout, columns=tuple(replace(column, year=None) for column in layout.columns))


def _year_around(grid: Grid, layout: Layout, options: ReadingOptions, years: Sequence[int]) -> int | None:
    """Return the year of the figures whose headings name none."""
    if options.year:
        return options.year
    mentions = years_mentioned(layout.title, grid.sheet, grid.file)
    mentioned = {mention.year for mention in mentions if mention.is_year_end and mention.where is not TITLE_ELSEWHERE}
    plausible = [year for year in mentioned if is_plausible_year(year)]
    if not plausible and len(years) == 1:
        return years[0]
    return plausible[0] if len(plausible) == 1 else None


def _no_year(grid: Grid, layout: Layout, column: Column) -> Finding:
    origin = grid.origin(layout.header_top, column.index)
    reason = Text(
        f"các cột khác nêu năm, cột “{column.heading}” thì không",
        f"other columns name their year, “{column.heading}” does not",
    )
    return no_year(origin, reason, column.heading, column.heading, remedy=YEAR_IN_HEADING)


def said_once(by_year: Sequence[tuple[int | None, Sequence[Finding]]]) -> list[Finding]:
    """Return the findings of tables that share cells, each fault once: of an unknown unit, not once per year.

    A column that is missing in some of the years only is told of each of them.
    """
    kept: dict[tuple[object, ...], Finding] = {}
    for year, findings in by_year:
        for finding in findings:
            key = _fault(finding)
            is_everywhere = all(key in map(_fault, others) for _, others in by_year)
            if finding.kind is H001 and year is not None and not is_everywhere:
                finding, key = _of_year(finding, year), (*key, year)
            kept.setdefault(key, finding)
    return list(kept.values())


def _fault(finding: Finding) -> tuple[object, ...]:
    return finding.kind.code, finding.origin, finding.column, finding.value


def _of_year(finding: Finding, year: int) -> Finding:
    words = column_text(finding.column or "")
    details = {**finding.details, "column_text": Text(f"{words.vi} năm {year}", f"{words.en} {year}")}
    return replace(finding, year=year, details=details)
