"""In what the figures of a table are counted: "Đơn vị tính: nghìn hộ" around it, or its headings ("Hộ nghèo (người)").

Only households are counts of households. Thousands are scaled where that is exact; the rest is refused with its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import IGNORED, RATE, SUM, Column, Layout, is_figure, kept_of_header
from thidua_cli.normalise.sheet.scaled_counts import decimals_written
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, UnitOfMeasure, is_label, unit_of_words, units_stated
from thidua_cli.read.grid import Grid

H013: Final = Kind(
    code="H013",
    name="not-counted-in-households",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    title=Text("Đơn vị tính không phải hộ", "Not counted in households"),
    message=Text(
        "“{value}”: {reason}; không dùng {columns}",
        "“{value}”: {reason}; {columns} not used",
    ),
    what=Text(
        "Dòng “Đơn vị tính” quanh biểu hoặc tiêu đề cột cho biết số liệu là số người, tỷ lệ %, tiền, hoặc nghìn hộ đã "
        "làm tròn.",
        "The line “Đơn vị tính” around the table, or the heading of the column, says that the figures are persons, "
        "percentages, money, or thousands of households that were rounded.",
    ),
    why=Text(
        "Đọc số người hay nghìn hộ thành số hộ thì mọi tỷ lệ và mức giảm đều sai.",
        "Persons or thousands read as households would make every rate and every fall wrong.",
    ),
    example=Text(
        "Trên biểu ghi “Đơn vị tính: người”, hoặc tiêu đề cột ghi “Hộ nghèo (khẩu)”.",
        "The line above the table says “Đơn vị tính: người” (persons), or a heading says “Hộ nghèo (khẩu)”.",
    ),
    mend=Text(
        "Nếu số liệu là số hộ thì sửa thành “Đơn vị tính: hộ” hoặc ghi “(hộ)” ở tiêu đề cột; nếu không thì thay bằng "
        "số hộ, ghi đến từng hộ. “Nghìn hộ” chỉ được nhân lên khi số ghi đủ ba chữ số thập phân (0,429 = 429 hộ).",
        "Where the figures are households, write “Đơn vị tính: hộ” or put “(hộ)” into the heading; else give counts, "
        "to the household. Thousands are scaled only where they have three decimals (0,429 = 429 households).",
    ),
)

_THOUSAND: Final = 1000
_DECIMALS: Final = 3
_ROWS_BELOW_HEADER: Final = 3
_LAST_ROWS: Final = 12
_MOST_TEXTS: Final = 3
"""A line with more texts is a row of a table."""
_PERSONS: Final = Text("đơn vị tính là người, không phải hộ", "these are persons, not households")
_PERCENT: Final = Text("đơn vị tính là %, không phải hộ", "these are percentages, not households")
_OTHER: Final = Text("đơn vị tính không phải hộ", "the unit of measure is not households")
_SEVERAL: Final = Text("nêu hai đơn vị tính khác nhau cho số hộ", "two different units are given for households")
_SCALED: Final = Text("số hộ không ghi từng hộ", "households are not counted one by one")
_ROUNDED: Final = Text(
    "số liệu không ghi đến từng hộ mà đã làm tròn", "the figures are rounded, not written to the household"
)


class StatedUnits(NamedTuple):
    """A line that states the unit of measure."""

    units: tuple[UnitOfMeasure, ...]
    text: str
    """As printed."""
    row: int
    column: int

    @property
    def factors(self) -> set[int]:
        """How many households a printed 1 may stand for; empty where nothing is counted in households."""
        return {unit.factor for unit in self.units if unit.counted_in is CountedIn.HOUSEHOLDS}

    @property
    def is_plain(self) -> bool:
        """Say whether counts are printed household by household."""
        return self.factors == {1}

    @property
    def allows_rates(self) -> bool:
        """Say whether rates beside the counts can be those of households."""
        return bool(self.factors) or any(unit.counted_in is CountedIn.PERCENT for unit in self.units)

    @property
    def reason(self) -> Text:
        """Why counts in it are not used."""
        if self.factors:
            return _SEVERAL if len(self.factors) > 1 else _SCALED
        kinds = {unit.counted_in for unit in self.units}
        return _reason(kinds.pop() if len(kinds) == 1 else CountedIn.OTHER)


def stated_around(cells: Cells, start: int, header_top: int, header_bottom: int) -> StatedUnits | None:
    """Return what is stated for a table whose title begins at row `start`: above its header, in it, or right below it.

    The line nearest to the figures counts; in the header only a line of its own, for others are of their column.
    """
    above = _lines(cells, range(start, header_top), most_texts=cells.width)
    inside = _lines(cells, range(header_top, header_bottom + 1 + _ROWS_BELOW_HEADER), most_texts=1)
    beside = _beside_headings(cells, range(header_top, header_bottom + 1))
    return next(iter([*inside, *beside, *reversed(list(above))]), None)


def _beside_headings(cells: Cells, rows: range) -> Iterator[StatedUnits]:
    """Yield what is stated in a header row over a column that has no heading: at the edge of the table."""
    for row in rows:
        for text in filter(units_stated, cells.texts(row)):
            if heading_key(text):
                continue  # "Hộ nghèo (ĐVT: người)" is the heading of its column
            column = _column_of(cells, row, text)
            if not any(cells.text(other, column) for other in rows if other != row):
                yield StatedUnits(units_stated(text), text, row, column)


def _stated_below(cells: Cells, header_bottom: int) -> StatedUnits | None:
    """Return what the last lines of a sheet state for a table that says nothing itself."""
    first = max(header_bottom + 1, len(cells.rows) - _LAST_ROWS)
    return next(_lines(cells, range(first, len(cells.rows)), _MOST_TEXTS), None)


def _lines(cells: Cells, rows: Iterable[int], most_texts: int) -> Iterator[StatedUnits]:
    for row in rows:
        if cells.filled(row) > max(most_texts, 2):
            continue  # most rows are those of units, with more cells than a line has
        texts = cells.texts(row)
        # a label and what stands in the cell beside it are one line
        if len(texts) > most_texts and not (len(texts) == 2 and is_label(texts[0])):
            continue
        for index, text in enumerate(texts):
            whole = f"{text} {texts[index + 1]}" if index + 1 < len(texts) and is_label(text) else text
            if units := units_stated(whole):
                yield StatedUnits(units, whole, row, _column_of(cells, row, text))


def _column_of(cells: Cells, row: int, text: str) -> int:
    return next(column for column in range(cells.first_column, cells.width) if cells.text(row, column) == text)


class MeasuredLayout(NamedTuple):
    """A layout whose columns say in what they are counted."""

    layout: Layout
    findings: tuple[Finding, ...] = ()
    """H013."""

    @property
    def has_figures(self) -> bool:
        """Say whether any column holds counts of households, or rates."""
        return any(is_figure(column.meaning) for column in self.layout.columns)


def with_stated_units(sheet: SheetContext, header_top: int, header_bottom: int, start: int = 0) -> SheetContext:
    """Return the sheet with what is stated for a table whose title begins at row `start`, or for one above it."""
    stated = stated_around(sheet.cells, start, header_top, header_bottom)
    return sheet if stated is None else replace(sheet, units=stated)


def _stated_by_rows(cells: Cells, layout: Layout) -> StatedUnits | None:
    """Return what a column "ĐVT" says in every row, where none of it is households; else the rows say what they are."""
    column = _unit_column(layout.columns)
    if column is None:
        return None
    rows = range(layout.header_bottom + 1, len(cells.rows))
    by_row = [(row, unit) for row in rows if (unit := unit_of_words(cells.text(row, column.index))) is not None]
    if not by_row or any(unit.is_plain for _, unit in by_row):
        return None
    row = by_row[0][0]
    return StatedUnits(tuple(unit for _, unit in by_row), cells.text(row, column.index), row, column.index)


@kept_of_header
def _unit_column(columns: tuple[Column, ...]) -> Column | None:
    return next(filter(_names_unit, columns), None)


@kept_of_header
def _are_plain(columns: tuple[Column, ...]) -> bool:
    return all(map(_is_plain, columns))


def _is_plain(column: Column) -> bool:
    return column.refused is None and column.factor == 1 and not _names_unit(column)


def _names_unit(column: Column) -> bool:
    return column.meaning is None and is_label(column.path[-1])


def units_for(sheet: SheetContext, header_bottom: int) -> StatedUnits | None:
    """Return what is stated for a table: around it or above, or else in the last lines of its sheet."""
    return sheet.units or _stated_below(sheet.cells, header_bottom)


def with_units(sheet: SheetContext, layout: Layout) -> MeasuredLayout:
    """Return a layout with the unit of measure of each count, and what is not used for its unit (H013)."""
    grid, cells = sheet.grid, sheet.cells
    stated = _stated_by_rows(cells, layout) or units_for(sheet, layout.header_bottom)
    if (stated is None or stated.is_plain) and _are_plain(layout.columns):
        return MeasuredLayout(layout)  # nearly every table
    columns = [column if stated is None else _by_table(column, stated) for column in layout.columns]
    # a column "ĐVT" was asked above what its rows are counted in, and is nothing that nobody knows
    columns = [replace(column, meaning=f"{IGNORED}note") if _names_unit(column) else column for column in columns]
    rounded = _rounded(cells, layout, columns)
    columns = [_refused(column) if column.index in rounded else column for column in columns]
    before = {column.index: column for column in layout.columns}
    by_table = {
        column.index
        for column in columns
        if column.unit != before[column.index].unit or (column.refused and column.unit is None)
    }
    findings: list[Finding] = []
    if stated is not None:
        told = [column for column in columns if column.refused and column.index in by_table]
        for is_rounded, reason in ((False, stated.reason), (True, _ROUNDED)):
            alike = [column for column in told if (column.index in rounded) is is_rounded]
            findings += [_finding(grid, stated, alike, reason)] if alike else []
    used = {column.meaning for column in columns}
    for column in columns:
        # "Hộ nghèo (người)" beside "Hộ nghèo (hộ)" is what it says, and nothing is missing
        if column.refused and column.refused not in used and column.index not in by_table:
            reason = _ROUNDED if column.index in rounded else _reason_of(column)
            heading = StatedUnits((), column.heading, layout.header_top, column.index)
            findings.append(_finding(grid, heading, [column], reason))
    measured = MeasuredLayout(replace(layout, columns=tuple(columns)), tuple(findings))
    if stated is not None and not findings and not measured.has_figures:
        # rates alone are told of by no column: "ĐVT: triệu đồng" leaves nothing of the table
        return MeasuredLayout(measured.layout, (refused_table(grid, stated),))
    return measured


def _by_table(column: Column, stated: StatedUnits) -> Column:
    """Return a column with the unit of its table, unless its heading gives one or it holds no counts."""
    meaning = column.meaning or ""
    if meaning.startswith(RATE) and not stated.allows_rates:
        return replace(column, meaning=f"{IGNORED}rate")
    if column.unit is not None or not (meaning in COUNTS or meaning.startswith(SUM)):
        return column
    if len(stated.factors) == 1:
        unit = next(unit for unit in stated.units if unit.counted_in is CountedIn.HOUSEHOLDS)
        return replace(column, unit=unit)
    return _refused(column)


def _refused(column: Column) -> Column:
    return replace(column, meaning=f"{IGNORED}unit_of_measure", refused=column.meaning)


def _rounded(cells: Cells, layout: Layout, columns: Sequence[Column]) -> frozenset[int]:
    """Return the columns in thousands of a table none of whose figures is written to the household."""
    scaled = [column for column in columns if column.factor > 1 and is_figure(column.meaning)]
    rows = range(layout.header_bottom + 1, len(cells.rows))
    is_exact = any(
        column.factor == _THOUSAND and decimals_written(cells.value(row, column.index)) >= _DECIMALS
        for column in scaled
        for row in rows
    )
    return frozenset() if is_exact else frozenset(column.index for column in scaled)


def _reason_of(column: Column) -> Text:
    return _OTHER if column.unit is None else _reason(column.unit.counted_in)


def _reason(counted_in: CountedIn) -> Text:
    return {CountedIn.PERSONS: _PERSONS, CountedIn.PERCENT: _PERCENT}.get(counted_in, _OTHER)


def refused_rows(grid: Grid, stated: StatedUnits, rows: Sequence[int]) -> Finding:
    """Return H013 for rows of indicators, 0-based, that are in another unit than households."""
    numbers = ", ".join(str(row + 1) for row in rows)
    details = {"reason": stated.reason, "columns": Text(f"dòng {numbers}", f"rows {numbers} are")}
    return Finding(H013, grid.origin(stated.row, stated.column), value=stated.text, details=details)


def refused_table(grid: Grid, stated: StatedUnits) -> Finding:
    """Return H013 for a table as a whole."""
    details = {"reason": stated.reason, "columns": Text("bảng này", "this table is")}
    return Finding(H013, grid.origin(stated.row, stated.column), value=stated.text, details=details)


def _finding(grid: Grid, stated: StatedUnits, columns: Sequence[Column], reason: Text) -> Finding:
    letters = ", ".join(column.letters for column in columns)
    named = Text(f"cột {letters}", f"column {letters} is" if len(columns) == 1 else f"columns {letters} are")
    details = {"reason": reason, "columns": named}
    is_needed = any(column.refused in REQUIRED_COUNTS for column in columns)
    severity = None if is_needed else Severity.WARNING
    name = columns[0].refused if len(columns) == 1 else None
    origin = grid.origin(stated.row, stated.column)
    return Finding(H013, origin, column=name, value=stated.text, details=details, severity_here=severity)
