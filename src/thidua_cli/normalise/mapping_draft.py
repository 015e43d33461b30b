"""A mapping to begin with: what was recognised of one sheet, and which of its headings are to be filled in.

Where a sheet is read without a mapping, the one that is written reads it to the same observations, or none is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from thidua_cli.errors import InputError, UsageError
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS
from thidua_cli.normalise.canonical.header import canonical_header
from thidua_cli.normalise.forms.register import MAPPED
from thidua_cli.normalise.mapping import LABELS, RATES, FormMapping
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.persons.household_list import F017
from thidua_cli.normalise.persons.tables import persons_of
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.fonts import readable
from thidua_cli.normalise.sheet.headings import Column, Layout
from thidua_cli.normalise.sheet.layout import find_layout, heading_path, is_numbering, title_above
from thidua_cli.normalise.table_reading import TableReading
from thidua_cli.normalise.tables import HEAD_ROWS, SheetReading, read_sheet, with_cells
from thidua_cli.observations import Observation
from thidua_cli.read.grid import Grid
from thidua_cli.read.limits import HEADER_COLUMNS, HEADER_ROWS
from thidua_cli.read.opening import CutShortError
from thidua_cli.read.source import Source, open_source
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import UnitTables

MAPPABLE: Final = frozenset({*COUNTS, *RATES.values(), *LABELS.values(), "year"})
"""What a mapping may say that a column is."""
_CODE: Final = late_pattern(r"\d{2}|\d{3}|\d{5}")
"""What a column headed "Mã" holds where it is that of official codes; else it may number the rows."""
_SEARCH_ROWS: Final = 200
_FEWEST_FILLED: Final = 2


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """What is known of one sheet, as far as a mapping can say it."""

    sheet: str
    """Its name; empty for a text file."""
    is_chosen: bool
    """It is one of several sheets."""
    layout: Layout
    taken: tuple[Column, ...]
    """The columns that are known, each meaning once."""
    left: tuple[Column, ...]
    """The columns with headings that are to be filled in, or that a mapping has no word for."""
    examples: dict[int, tuple[int, str]]
    """Column → row (0-based) and number of its first figure: never a text, which may name somebody."""
    reading: TableReading | None
    """The first table that was read without a mapping; None where none was."""

    @property
    def mapping(self) -> FormMapping:
        """The mapping that says what is known."""
        columns = {column.meaning or "": column.letters for column in self.taken}
        return FormMapping("", None, self.layout.header_top, self.layout.header_bottom, columns, None, None)


def draft_mapping(source: Source, sheet: str | None, tables: UnitTables) -> MappingDraft:
    """Return what a mapping of one sheet of a file can say already.

    Raises:
        UsageError: There is no such sheet, or several to choose from; or the sheet needs no mapping, or one cannot say
            what it is.
        InputError: The file cannot be read, the sheet lists persons or single households, or holds no figures.
    """
    finder, grids = UnitFinder(tables), _sheets(source)
    grid = _chosen(source, grids, sheet)
    if canonical_header(list(islice(grid.open_rows(), HEAD_ROWS))) is not None:
        raise UsageError(_CANONICAL.fill(place=_place(grid)))
    reading = read_sheet(grid, ReadingOptions(), finder)
    _refuse_persons(_findings(reading))
    context = with_cells(readable(grid)[0], ReadingOptions(), finder)
    layout = find_layout(context.cells, context.headings) or _guessed(context)
    if layout is None:
        raise UsageError(_needs_none(grid)) if _observations(reading) else InputError(_no_figures(grid))
    _refuse_persons(_persons(context, layout))
    draft = _draft(context, layout, reading, is_chosen=len(grids) > 1)
    if draft.reading is not None and not _reads_the_same(grid, draft, reading, finder):
        raise UsageError(_needs_none(grid))
    return draft


def _needs_none(grid: Grid) -> Text:
    return _NEEDS_NONE.fill(place=_place(grid))


def _no_figures(grid: Grid) -> Text:
    return _NO_FIGURES.fill(place=_place(grid))


def _sheets(source: Source) -> list[Grid]:
    """Return the sheets that hold anything and are shown, their rows kept: whoever parses them may be gone later."""
    grids: list[Grid] = []
    try:
        for opened in open_source(source):
            if isinstance(opened, Finding):
                raise InputError(opened.told)
            rows = [] if opened.is_hidden else list(opened.open_rows())
            if any(cell not in ("", None) for row in rows for cell in row):
                grids.append(replace(opened, open_rows=rows.__iter__, open_columns=None, open_blocks=None))
    except CutShortError as error:
        raise InputError(error.finding.told) from error
    return grids


def _chosen(source: Source, grids: Sequence[Grid], sheet: str | None) -> Grid:
    names = ", ".join(f"“{grid.sheet}”" for grid in grids if grid.sheet)
    if sheet is not None:
        named = [grid for grid in grids if grid.sheet.casefold().strip() == sheet.casefold().strip()]
        if not named:
            raise UsageError(_NO_SHEET.fill(sheet=sheet, file=source.name, names=names or "–"))
        return named[0]
    if len(grids) > 1:
        raise UsageError(_SEVERAL.fill(file=source.name, names=names))
    if not grids:
        raise InputError(_NO_FIGURES.fill(place=source.name))
    return grids[0]


def _place(grid: Grid) -> str:
    return str(grid.origin())


def _findings(reading: SheetReading) -> list[Finding]:
    return [finding for part in reading.parts for table in part.tables for finding in table.findings]


def _refuse_persons(findings: Iterable[Finding]) -> None:
    """Refuse a sheet that lists persons, on whatever rows: nothing of it may come into the mapping."""
    listed = next((finding for finding in findings if finding.kind is F017), None)
    if listed is not None:
        raise InputError(listed.told)


def _persons(context: SheetContext, layout: Layout) -> list[Finding]:
    """Return F017 where the rows below a header list persons; in a guessed one unknown columns are names and counts."""
    first = layout.header_bottom + 1
    known = {column.meaning for column in layout.columns}
    guessed: list[Column] = []
    for column in layout.columns:
        is_number = _is_number(context.cells.text(first, column.index))
        meaning = column.meaning or ("households" if is_number else "unit_name")
        if column.meaning is None and meaning not in known:
            known.add(meaning)
            column = replace(column, meaning=meaning)
        guessed.append(column)
    persons = persons_of(context, layout) or persons_of(context, replace(layout, columns=tuple(guessed)))
    return [] if persons is None else [persons.finding]


def _guessed(context: SheetContext) -> Layout | None:
    """Return the header of a table none of whose headings need be known: the rows right above the first figures."""
    cells = context.cells
    first = next((row for row in range(min(len(cells.rows), _SEARCH_ROWS)) if _is_data(cells, row)), None)
    if first is None or cells.covered(first) > HEADER_COLUMNS:
        return None
    top = first
    while top > max(first - HEADER_ROWS, 0) and cells.covered(top - 1) >= _FEWEST_FILLED:
        top -= 1
    if top == first:
        return None  # without headings nobody could say which column is meant
    headed = [
        (index, path)
        for index in range(cells.first_column, cells.width)
        if (path := heading_path(cells, top, first - 1, index))
    ]
    columns = [Column(index, path, context.headings.meaning(path)) for index, path in headed]
    columns = [
        replace(column, meaning=None)
        if column.meaning == "unit_code" and not _CODE.fullmatch(cells.text(first, column.index))
        else column
        for column in columns
    ]
    return Layout(title_above(cells, 0, top), top, first - 1, tuple(columns))


def _is_data(cells: Cells, row: int) -> bool:
    """Say whether a row holds figures beside a name, and does not number the columns."""
    texts = cells.texts(row)
    figures = [text for text in texts if _is_number(text)]
    has_name = any(any(map(str.isalpha, text)) for text in texts)
    return len(figures) >= _FEWEST_FILLED and has_name and not is_numbering(cells, row)


def _is_number(text: str) -> bool:
    return text[:1].isdigit() and not any(map(str.isalpha, text))


def _draft(context: SheetContext, layout: Layout, reading: SheetReading, *, is_chosen: bool) -> MappingDraft:
    cells, meanings = context.cells, [column.meaning for column in layout.columns]
    taken = [
        column
        for column in layout.columns
        if column.meaning in MAPPABLE and meanings.count(column.meaning) == 1 and column.refused is None
    ]
    tables = [table for part in reading.parts for table in part.tables if table.rows is not None]
    read = tables[0] if tables else None
    return MappingDraft(
        context.grid.sheet,
        is_chosen,
        layout,
        tuple(taken),
        tuple(column for column in layout.columns if column not in taken),
        {column.index: example for column in layout.columns if (example := _example(cells, layout, column.index))},
        read,
    )


def _example(cells: Cells, layout: Layout, column: int) -> tuple[int, str] | None:
    rows = range(layout.header_bottom + 1, min(len(cells.rows), layout.header_bottom + _SEARCH_ROWS))
    return next(((row, text) for row in rows if _is_number(text := cells.text(row, column))), None)


def _reads_the_same(grid: Grid, draft: MappingDraft, without: SheetReading, finder: UnitFinder) -> bool:
    """Say whether the mapping reads the sheet to the observations that it gives without one."""
    mapped = read_sheet(grid, ReadingOptions(mapping=draft.mapping), finder)
    # a mapping that fits no sheet is not used at all, and the sheet is read as ever
    is_used = any(table.form == MAPPED for part in mapped.parts for table in part.tables)
    return is_used and _observations(mapped) == _observations(without)


def _observations(reading: SheetReading) -> list[Observation]:
    tables = (table.rows for part in reading.parts for table in part.tables)
    return [row for rows in tables if rows is not None for row in rows]


_CANONICAL: Final = Text(
    "{place}: đây là bảng chuẩn (cột unit_code, year), đọc được ngay, không cần --mapping",
    "{place}: this is a canonical table (columns unit_code, year); it is read as it is, without --mapping",
)
_NEEDS_NONE: Final = Text(
    "{place}: biểu này đọc được ngay, không cần --mapping; cách xếp của nó (nhiều năm, nhiều biểu cạnh nhau, mỗi dòng"
    " một chỉ tiêu, cột cấp trên …) tệp mô tả không diễn đạt được; xem: thidua import TỆP --show-layout",
    "{place}: this table is read as it is, without --mapping; what it is like (several years or tables side by side,"
    " one indicator per row, a column of upper units …) a mapping cannot say; see: thidua import FILE --show-layout",
)
_NO_SHEET: Final = Text(
    "--sheet {sheet}: {file} không có trang tính hiện nào tên này; có: {names}",
    "--sheet {sheet}: {file} has no visible sheet of this name; there are: {names}",
)
_SEVERAL: Final = Text(
    "{file} có nhiều trang tính: {names}; thêm --sheet TÊN",
    "{file} has several sheets: {names}; add --sheet NAME",
)
_NO_FIGURES: Final = Text(
    "{place}: không thấy dòng số liệu nào (tên đơn vị và ít nhất hai số) nằm dưới tiêu đề cột",
    "{place}: no row of figures (the name of a unit and two numbers at least) stands below headings",
)
