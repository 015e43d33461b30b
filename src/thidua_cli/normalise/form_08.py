"""Mẫu 08 (Thông tư 07/2021/TT-BLĐTBXH, Phụ lục VII) → observations, in both of its arrangements.

By area: sections I and II, their units, a total; on a province's form one district stands in both sections and its
figure is the sum of its rows. By numbering: "1" a unit in bold above its parts "1.1", "1.2", holding their sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Measure, Origin, Unit
from thidua_cli.normalise.faults import H004, H005, H006, U002, U003, V005
from thidua_cli.normalise.form_rows import REQUIRED, Area, FormRow, FormTable, Role, is_roman, read_rows, sum_columns
from thidua_cli.normalise.headings import Headings, column_text
from thidua_cli.normalise.layout import Cells, Layout
from thidua_cli.normalise.numbers import read_count, read_rate
from thidua_cli.normalise.reading import (
    NO_TEXT,
    PrintedRate,
    PrintedSum,
    Reading,
    ReadingOptions,
    RowCounts,
    TableRead,
    Total,
)
from thidua_cli.normalise.title import (
    YearMention,
    is_plausible_year,
    poverty_line_of,
    scope_of,
    status_of,
    years_mentioned,
)
from thidua_cli.normalise.unit_names import UnitFinder, best_scope, boundary_day, candidates_text
from thidua_cli.observations import Observation, TableOrigin
from thidua_cli.read.grid import Grid, cell_name

FORM: Final = "mau-08"
_URBAN: Final = frozenset({"phường", "thị trấn"})
_RURAL: Final = frozenset({"xã"})
_RATES: Final = {
    "rate:poor": Measure.POOR,
    "rate:near_poor": Measure.NEAR_POOR,
    "rate:multidimensional": Measure.MULTIDIMENSIONAL,
}


def read_form(
    grid: Grid,
    cells: Cells,
    layout: Layout,
    headings: Headings,
    reading: Reading,
    options: ReadingOptions,
    finder: UnitFinder,
) -> FormTable:
    """Add one Mẫu 08 to `reading`; what cannot be used becomes a finding. Returns the rows as read."""
    table = read_rows(grid, cells, layout, headings)
    context = _Context(grid, cells, layout, table, reading, options, finder)
    context.year = _year(context)
    if context.year:
        context.scope = _scope(context)
    for finding in table.findings:
        reading.findings.append(_with_year(finding, context.year))
    if context.year and context.scope:
        _take(context, context.scope)
    return table


def _with_year(finding: Finding, year: int) -> Finding:
    """Findings of cells are made before the year is known."""
    return replace(finding, year=year) if year and finding.unit_name is not None else finding


@dataclass(slots=True)
class _Context:
    grid: Grid
    cells: Cells
    layout: Layout
    table: FormTable
    reading: Reading
    options: ReadingOptions
    finder: UnitFinder
    year: int = 0
    scope: Unit | None = None
    placed: list[_Placed] = field(default_factory=list)

    def origin(self, row: int, meaning: str = "unit_name") -> Origin:
        column = self.table.columns.get(meaning) or self.table.columns.get("unit_code")
        cell = cell_name(row, column.index) if column else f"{row + 1}:{row + 1}"
        return Origin(self.grid.file, self.grid.sheet, cell)

    @property
    def words(self) -> tuple[str, ...]:
        """The title and the header, where the status and the poverty line may stand."""
        return self.layout.title + tuple(segment for column in self.layout.columns for segment in column.path)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A unit row whose unit is known."""

    row: FormRow
    unit: Unit


# Year and scope ---------------------------------------------------------------------------------------------------


def _year(context: _Context) -> int:
    """Return the year-end of the table, 0 where it cannot be known; says so (H004, H005)."""
    if context.options.year:
        return context.options.year
    mentions = years_mentioned(context.layout.title, context.grid.sheet, context.grid.file)
    origin = Origin(context.grid.file, context.grid.sheet)
    plausible = [mention for mention in mentions if is_plausible_year(mention.year)]
    if not plausible:
        context.reading.findings.append(Finding(H004, origin, details={"reason": _no_year(mentions)}))
        return 0
    strongest = [mention for mention in plausible if mention.where == plausible[0].where]
    if len(strongest) > 1:
        found = ", ".join(str(mention.year) for mention in strongest)
        reason = Text(
            f"{strongest[0].where.vi} nêu nhiều năm: {found}", f"{strongest[0].where.en} names several: {found}"
        )
        context.reading.findings.append(Finding(H004, origin, value=found, details={"reason": reason}))
        return 0
    used = plausible[0]
    for other in plausible[1:]:
        if other.year != used.year:
            details = {
                "used": str(used.year),
                "other": str(other.year),
                "where_used": used.where,
                "where_other": other.where,
            }
            context.reading.findings.append(
                Finding(H005, origin, year=used.year, value=str(other.year), details=details)
            )
    return used.year


def _no_year(mentions: Sequence[YearMention]) -> Text:
    if mentions:
        year = mentions[0].year
        return Text(f"“{year}” không phải là năm rà soát hợp lệ", f"“{year}” is no year of a review")
    return Text(
        "tiêu đề, tên trang tính và tên tệp đều không nêu năm",
        "neither the title nor the names of sheet and file state it",
    )


def _scope(context: _Context) -> Unit | None:
    """Return the unit the table is of, None where it cannot be known; says so (H006, U003)."""
    origin = Origin(context.grid.file, context.grid.sheet)
    if context.options.unit:
        return _stated_scope(context, context.options.unit, origin)
    on = boundary_day(context.year)
    for lines in (context.layout.title, (context.grid.sheet,), (context.grid.file,)):
        found = scope_of(lines, on, context.finder.tables)
        if len(found) == 1:
            return found[0]
        if found:
            details = {"parent": "Việt Nam", "candidates": candidates_text(found[:8], as_question=False)}
            name = ", ".join(dict.fromkeys(unit.name for unit in found))
            context.reading.findings.append(Finding(U003, origin, year=context.year, value=name, details=details))
            return None
    names = [row.name for row in context.table.rows if row.role is Role.UNIT]
    offered = best_scope(names, context.year, context.finder.tables)
    suggestion = NO_TEXT
    if offered is not None:
        suggestion = Text(
            f" Mọi tên trong biểu khớp với {offered.name}: thêm --unit {offered.code}.",
            f" Every name in it is of {offered.name}: add --unit {offered.code}.",
        )
    finding = Finding(H006, origin, year=context.year, details={"suggestion": suggestion})
    context.reading.findings.append(finding)
    return None


def _stated_scope(context: _Context, code: str, origin: Origin) -> Unit | None:
    """Return the unit the user gave, if it stands at the year-end of the table."""
    unit = context.finder.unit(code, context.year)
    if unit is None:
        suggestion = Text(
            f" Mã {code} (--unit) không tồn tại vào cuối năm {context.year}.",
            f" The code {code} (--unit) does not stand at the end of {context.year}.",
        )
        context.reading.findings.append(Finding(H006, origin, year=context.year, details={"suggestion": suggestion}))
    return unit


# Rows → units -----------------------------------------------------------------------------------------------------


def _take(context: _Context, scope: Unit) -> None:
    _place_rows(context, scope)
    letters = {meaning: column.letters for meaning, column in context.table.columns.items()}
    table = context.reading.observations.add_table(TableOrigin(context.grid.file, context.grid.sheet, FORM, letters))
    before = len(context.reading.observations)
    for rows in _groups(context.placed):
        _add(context, table, rows)
    own_total = _own_total(context, table, scope)
    _totals(context, table)
    rows_added = len(context.reading.observations) - before
    context.reading.tables.append(TableRead(table, FORM, context.year, scope, before, rows_added, own_total))


def _place_rows(context: _Context, scope: Unit) -> None:
    """Find the unit of every unit row; rows "1.1" belong to the unit of the row "1" above them."""
    above: Unit | None = None
    roman_parents = any(is_roman(row.number) for row in context.table.rows if row.role is Role.UNIT)
    for row in context.table.rows:
        if row.role is not Role.UNIT:
            continue
        is_part = row.depth is not None and (row.depth > 1 or (roman_parents and above is not None))
        parent = above if is_part and above is not None else scope
        unit = _unit(context, row, parent, scope)
        if unit is not None:
            context.placed.append(_Placed(row, unit))
        if not is_part and unit is not None and unit.code != scope.code:
            above = unit
        elif not is_part:
            above = None


def _unit(context: _Context, row: FormRow, parent: Unit, scope: Unit) -> Unit | None:
    if row.code and (unit := context.finder.unit(row.code, context.year)) is not None:
        return unit
    types = _types(row, parent)
    match = context.finder.within(row.name, parent.code, context.year, types)
    if match.unit is None and types is not None:
        match = context.finder.within(row.name, parent.code, context.year)
    if match.unit is None and parent.code != scope.code:
        wider = context.finder.within(row.name, scope.code, context.year)
        match = wider if wider.unit is not None else match
    if match.unit is not None:
        return match.unit
    kind = U003 if match.how == "ambiguous" else U002
    details = {"parent": parent.name, "candidates": candidates_text(match.candidates, as_question=kind is U002)}
    origin = context.origin(row.row)
    finding = Finding(kind, origin, unit_name=row.name, year=context.year, value=row.name, details=details)
    context.reading.findings.append(finding)
    return None


def _types(row: FormRow, parent: Unit) -> frozenset[str] | None:
    """The section tells a township from the commune of the same name."""
    if parent.level is not Level.DISTRICT or row.area is None:
        return None
    return _URBAN if row.area is Area.URBAN else _RURAL


def _groups(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Put the urban and the rural row of one unit together; two rows in one section stay two, to be found as double."""
    groups: list[list[_Placed]] = []
    open_groups: dict[str, list[_Placed]] = {}
    for one in placed:
        group = open_groups.get(one.unit.code)
        areas = {other.row.area for other in group or ()}
        if group is not None and one.row.area is not None and None not in areas and one.row.area not in areas:
            group.append(one)
        else:
            group = [one]
            groups.append(group)
            open_groups.setdefault(one.unit.code, group)
    return groups


# Units → observations ---------------------------------------------------------------------------------------------


def _add(context: _Context, table: int, group: list[_Placed]) -> None:
    unit = group[0].unit
    for one in group:
        _report_missing(context, one)
        _printed(context, one.row, unit)
    names = set.intersection(*(set(one.row.counts) for one in group))
    counts = {name: sum(one.row.counts[name] for one in group) for name in sorted(names)}
    numbers = tuple(one.row.row + 1 for one in group)
    context.reading.observations.append(table, numbers, _observation(context, unit, counts))


def _observation(context: _Context, unit: Unit, counts: dict[str, int]) -> Observation:
    words = context.words
    return Observation(
        unit.code,
        context.year,
        unit.name,
        unit.level,
        unit.parent_code,
        poverty_line_of(words, context.year),
        status_of(words),
        counts,
    )


def _report_missing(context: _Context, one: _Placed) -> None:
    for name in REQUIRED:
        if name in context.table.columns and name not in one.row.counts and name not in one.row.hidden_or_wrong:
            finding = Finding(
                V005,
                context.origin(one.row.row, name),
                one.unit.code,
                one.unit.name,
                context.year,
                name,
                details={"column_text": column_text(name)},
            )
            context.reading.findings.append(finding)


def _printed(context: _Context, row: FormRow, unit: Unit) -> None:
    """Keep the rates and sums printed in the row, for the checks to compare with its counts."""
    for meaning, measure in _RATES.items():
        column = context.table.columns.get(meaning)
        parts = [row.counts.get(part) for part in measure.parts]
        whole = row.counts.get(measure.whole)
        if column is None or whole is None or None in parts:
            continue
        cell = context.cells.value(row.row, column.index)
        rate = read_rate(cell)
        if rate is not None:
            part = sum(part for part in parts if part is not None)
            origin = context.origin(row.row, meaning)
            printed = PrintedRate(unit.code, unit.name, context.year, measure, rate, str(cell), part, whole, origin)
            context.reading.rates.append(printed)
    for meaning, column in sum_columns(context.table).items():
        count = read_count(context.cells.value(row.row, column.index))
        parts = [row.counts.get(part) for part in Measure.MULTIDIMENSIONAL.parts]
        if count.value is not None and None not in parts:
            expected = sum(part for part in parts if part is not None)
            origin = context.origin(row.row, meaning)
            context.reading.sums.append(PrintedSum(unit.code, unit.name, context.year, count.value, expected, origin))


# Totals -----------------------------------------------------------------------------------------------------------


def _own_total(context: _Context, table: int, scope: Unit) -> int | None:
    """Add the grand total as the scope's own figures, unless a row of its own stands for it already."""
    if scope.code == COUNTRY_CODE or any(one.unit.code == scope.code for one in context.placed):
        return None
    totals = [row for row in context.table.rows if row.role is Role.TOTAL and row.counts]
    if not totals:
        return None
    grand = totals[-1]
    return context.reading.observations.append(
        table, (grand.row + 1,), _observation(context, scope, dict(grand.counts))
    )


def _totals(context: _Context, table: int) -> None:
    """Keep every printed total with the rows it should be the sum of."""
    units = [(row, RowCounts(row.name, row.row + 1, row.counts)) for row in _top_rows(context)]
    sections = [row for row in context.table.rows if row.role is Role.SECTION]
    with_counts: list[RowCounts] = []
    for section in sections:
        if section.counts:
            parts = tuple(counts for row, counts in units if row.area is section.area)
            own = RowCounts(section.name or section.number, section.row + 1, section.counts)
            with_counts.append(own)
            context.reading.totals.append(Total(own, parts, table, context.year))
    for row in context.table.rows:
        if row.role is Role.TOTAL and row.counts:
            own = RowCounts(row.name or row.number, row.row + 1, row.counts)
            complete = bool(sections) and len(with_counts) == len(sections)
            parts = tuple(with_counts) if complete else tuple(counts for _, counts in units)
            context.reading.totals.append(Total(own, parts, table, context.year, of_sections=complete))


def _top_rows(context: _Context) -> list[FormRow]:
    """Unit rows that a grand total adds up: not the parts below them, not the scope's own row."""
    placed = {one.row.row: one.unit for one in context.placed}
    scope = context.scope
    rows = [row for row in context.table.rows if row.role is Role.UNIT]
    inside = {unit.code for unit in placed.values()}
    return [
        row
        for row in rows
        if (unit := placed.get(row.row)) is None
        or (scope is not None and unit.code != scope.code and unit.parent_code not in inside - {scope.code})
    ]
