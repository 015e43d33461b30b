"""From a file to observations: decide what kind of table each sheet holds and have it read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.canonical.header import canonical_header
from thidua_cli.normalise.empty_form import SheetTables, told_once
from thidua_cli.normalise.forms.mau_09_10 import find_movements, read_movements
from thidua_cli.normalise.forms.read_form import read_form
from thidua_cli.normalise.forms.register import MAPPED, ReportForm, forms, named_form, results_form
from thidua_cli.normalise.forms.rows_of_each_unit import of_whole_units
from thidua_cli.normalise.forms.upper_units import with_upper_names
from thidua_cli.normalise.left_out import Stretch, findings_of_file, gaps, stretches
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.other_tables import other_sheet, other_table, own_result
from thidua_cli.normalise.persons.household_list import LIST
from thidua_cli.normalise.persons.tables import above_persons, persons_of, persons_on
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.sheet.almost_tables import header_without_units
from thidua_cli.normalise.sheet.cell_faults import faults_beside, hidden_sheet_unused
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.fonts import readable
from thidua_cli.normalise.sheet.frame_marks import without_frame_marks
from thidua_cli.normalise.sheet.headings import Layout, segments_of
from thidua_cli.normalise.sheet.layout import find_layout
from thidua_cli.normalise.sheet.subject import TableSubject, TableWords, table_subject
from thidua_cli.normalise.sheet.table_units import with_stated_units, with_units
from thidua_cli.normalise.sheet.title import status_of_name, years_mentioned
from thidua_cli.normalise.sheet.uneven_rows import F012
from thidua_cli.normalise.sheet.years_beside import by_years, years_of_every_figure
from thidua_cli.normalise.table_reading import BlockReading, FileReading, SheetPart, TableReading
from thidua_cli.quoting import Telling
from thidua_cli.read.faults import F003, F008
from thidua_cli.read.grid import Grid, Row
from thidua_cli.read.limits import TABLES
from thidua_cli.read.opening import CutShortError
from thidua_cli.read.same_files import same_files
from thidua_cli.read.source import Source, open_source
from thidua_cli.read.vietnamese import spoilt_text
from thidua_cli.units.finder import UnitFinder

if TYPE_CHECKING:
    from thidua_cli.normalise.indicators.rows import IndicatorTable
    from thidua_cli.normalise.mapping import FormMapping


HEAD_ROWS: Final = 10
"""In which a canonical table has its header."""
_OTHER_SUBJECT: Final = Text("không phải kết quả rà soát cuối năm", "no results of a review of a year-end")
_ROWS_FOR_LETTERS: Final = 60
"""In which a table without its Vietnamese letters shows it."""


class SheetReading(NamedTuple):
    """What was read of one sheet."""

    parts: Sequence[SheetPart]
    has_table: bool
    """There was a table, read, or known and refused."""
    left_out: Sequence[Stretch] = ()
    """Rows of figures that stand in none of its tables."""
    almost: Finding | None = None
    """Why what looks like a table is none (F003)."""


def read_sheet(grid: Grid, options: ReadingOptions, finder: UnitFinder) -> SheetReading:
    """Return every table of one sheet, in its order."""
    grid, converted = readable(grid)
    parts = [_alone(TableReading(converted))] if converted else []
    mapping = options.mapping
    # what an officer taught goes before recognition: a form of one's own may look like Mẫu 08 and mean something else
    if mapping is not None and mapping.is_for(grid.sheet):
        mapped = _read_mapped(with_cells(grid, options, finder), mapping)
        parts += mapped.parts
        if mapped.has_table:
            return SheetReading(parts, has_table=True)
    # asked first, from a few rows: half a million of them are never held as cells
    head = list(islice(grid.open_rows(), HEAD_ROWS))
    header_row = canonical_header(head)
    if header_row is not None and (result := own_result(head[header_row])) is not None:
        return SheetReading([*parts, _refused(grid, result)], has_table=True)
    if header_row is not None:
        from thidua_cli.normalise.canonical.table import read_canonical  # late, as indicators: most sheets are forms

        return SheetReading(
            [*parts, _alone(read_canonical(SheetContext(grid, options, finder), header_row))], has_table=True
        )
    sheet = with_cells(grid, options, finder)
    forms = _read_forms(sheet)
    if not forms.has_table:
        parts.append(_alone(TableReading(list(hidden_sheet_unused(grid)))))
        forms = forms._replace(almost=header_without_units(grid, sheet.cells, sheet.headings))
    return forms._replace(parts=[*parts, *forms.parts])


def with_cells(grid: Grid, options: ReadingOptions, finder: UnitFinder) -> SheetContext:
    """Return a sheet with its rows held as cells."""
    stored = grid.open_rows() if grid.is_text else map(_without_end, grid.open_rows())
    rows, taken_off = without_frame_marks(list(stored))
    return SheetContext(grid, options, finder, Cells(rows, grid.first_column + taken_off, grid.merged))


def _without_end(row: Row) -> Row:
    """Return a row up to its last filled cell: the one cell that stands farthest right makes all rows as long.

    Rows of a text file are left as they are, whose number of cells tells whether a figure was cut in two.
    """
    if not row or row[-1] not in ("", None):
        return row
    filled = len(row) - 1
    while filled and row[filled - 1] in ("", None):
        filled -= 1
    return row[:filled]


def _alone(table: TableReading) -> SheetPart:
    return SheetPart((table,))


def _read_mapped(sheet: SheetContext, mapping: FormMapping) -> SheetReading:
    """Read a sheet as the user's own form, if it fits. Names of people are refused even so."""
    from thidua_cli.normalise.sheet.mapped_layout import mapped_layout  # late: few officers have a form of their own

    grid, options = sheet.grid, sheet.options
    layout = mapped_layout(sheet.cells, mapping, grid.sheet or grid.file)
    if isinstance(layout, Text):
        return SheetReading([_alone(TableReading(misfit=layout))], has_table=False)
    if (persons := persons_of(sheet, layout)) is not None:
        return SheetReading([_list_refused(grid, persons.finding)], has_table=True)
    stated = replace(options, year=options.year or mapping.year)
    if options.unit is None and mapping.scope is not None:
        stated = replace(stated, unit=mapping.scope, unit_option=f"{Path(mapping.file).name}: scope =")
    sheet = replace(sheet, options=stated)
    subject = _subject(sheet, layout)
    parts = _of_subject(grid, subject)
    if subject.is_refused:
        return SheetReading(parts, has_table=True)
    by_unit = with_units(with_stated_units(sheet, layout.header_top, layout.header_bottom), layout)
    told = _alone(TableReading(by_unit.findings))
    if not by_unit.has_figures:
        return SheetReading([*parts, told, _no_households(grid)], has_table=True)
    layout = by_unit.layout
    block = read_form(with_upper_names(sheet, layout), layout, forms()[MAPPED])
    return SheetReading([*parts, told, *block.parts, _beside(grid, block.used)], has_table=True)


def _beside(grid: Grid, used: Set[tuple[int, int]]) -> SheetPart:
    return _alone(TableReading(list(faults_beside(grid, used))))


def _read_forms(sheet: SheetContext) -> SheetReading:
    grid, cells = sheet.grid, sheet.cells
    parts: list[SheetPart] = []
    blocks: list[BlockReading] = []
    rows: list[range] = []
    """Of every table, read or refused."""
    start, refused = 0, False
    while (layout := find_layout(cells, sheet.headings, start)) is not None and len(rows) < TABLES:
        sheet = with_stated_units(sheet, layout.header_top, layout.header_bottom, start)
        start = layout.header_bottom + 1
        headings = segments_of(layout.columns)
        # a list of households may bear every column of a form: it is refused, and nothing of it is shown
        if (persons := persons_of(sheet, layout)) is not None:
            parts.append(_list_refused(grid, persons.finding))
            refused = True
            rows.append(range(persons.first_row, persons.end))
            if persons.first_row <= layout.header_bottom:
                start = persons.end
                continue
            sheet = above_persons(sheet, persons)
            cells = sheet.cells
        form = named_form(headings, layout.title)
        movements = [] if form is not None else find_movements(cells, layout)
        # another form above a sound one in the same sheet must not hide it: the search goes on below
        what = None if movements or form is not None else other_table(layout)
        if what is not None:
            parts.append(_refused(grid, what))
            refused = True
            rows.append(range(layout.header_top, _end_of(cells, layout)))
            continue
        subject = _subject(sheet, layout, is_movement=bool(movements))
        parts += _of_subject(grid, subject)
        if subject.is_refused:
            sheet = replace(sheet, title=sheet.title or layout.title)
            refused = True
            rows.append(range(layout.header_top, len(cells.rows)))
            continue
        by_unit = [with_units(sheet, each) for each in [movement.layout for movement in movements] or [layout]]
        parts.append(_alone(TableReading([finding for each in by_unit for finding in each.findings])))
        sheet = replace(sheet, title=sheet.title or layout.title)
        if not any(each.has_figures for each in by_unit):
            parts.append(_no_households(grid))
            refused = True
            rows.append(range(layout.header_top, len(cells.rows)))
            continue
        movements = [replace(movement, layout=each.layout) for movement, each in zip(movements, by_unit, strict=False)]
        results = by_unit[0].layout, form or results_form()
        blocks.append(read_movements(sheet, movements) if movements else _read_years(sheet, *results))
        parts += blocks[-1].parts
        start = max(blocks[-1].end, start)
        # of a table that gave nothing the header says why
        rows.append(range(layout.header_top, start if blocks[-1].used else _end_of(cells, layout)))
    if layout is not None:
        rows.append(range(layout.header_top, len(cells.rows)))
        parts.append(_beyond_limit(grid, rows[-1]))
    lists = [(gap, told) for gap in gaps(rows, len(cells.rows)) if (told := persons_on(sheet, gap)) is not None]
    parts += [_list_refused(grid, told) for _, told in lists]
    rows += [gap for gap, _ in lists]
    if not blocks and not refused and not lists:
        return _read_others(sheet, parts)
    if blocks:
        parts.append(_beside(grid, set().union(*(block.used for block in blocks))))
    return SheetReading(parts, has_table=True, left_out=stretches(sheet, rows))


def _read_others(sheet: SheetContext, parts: list[SheetPart]) -> SheetReading:
    """Read a sheet without a header of ours: one indicator per row, another form, or nothing that is known."""
    grid, other = sheet.grid, other_sheet(sheet.cells, sheet.grid.sheet)
    tables = list(_read_indicators(sheet))
    rows = [range(table.header_top, block.end) for table, block in tables]
    read = [part for _, block in tables for part in block.parts]
    if tables:
        read.append(_beside(grid, set().union(*(block.used for _, block in tables))))
    elif other is not None:
        read.append(_refused(grid, other))
        rows = [range(len(sheet.cells.rows))]
    return SheetReading([*parts, *read], bool(read), stretches(sheet, rows))


def _subject(sheet: SheetContext, layout: Layout, *, is_movement: bool = False) -> TableSubject:
    headings = segments_of(layout.columns)
    words = TableWords(layout.title, layout.header_top, headings, years_of_every_figure(layout), is_movement)
    return table_subject(sheet, words)


def _of_subject(grid: Grid, subject: TableSubject) -> list[SheetPart]:
    """Return what is said of the subject of a table, and the record of one that is refused for it."""
    if not subject.findings:
        return []
    record = LayoutRecord(grid.file, grid.sheet, refused=_OTHER_SUBJECT) if subject.is_refused else None
    return [_alone(TableReading(subject.findings, record=record))]


def _end_of(cells: Cells, layout: Layout) -> int:
    """Return the row after a table whose rows are not read: two blank rows end it."""
    blank = [not cells.first_text(row) for row in range(layout.header_bottom + 1, len(cells.rows))]
    pairs = (first and second for first, second in pairwise(blank))
    return layout.header_bottom + 1 + next((place for place, ends in enumerate(pairs) if ends), len(blank))


def _read_years(sheet: SheetContext, layout: Layout, form: ReportForm) -> BlockReading:
    """Read a table with one unit per row, once per year that its headings name; shared faults are told once."""
    layout, breakdown = of_whole_units(sheet.cells, layout)
    by_year = by_years(sheet.grid, layout, sheet.options)
    blocks = [
        read_form(with_upper_names(replace(sheet, options=stated), of_year), of_year, form, breakdown)
        for of_year, stated in by_year.tables
    ]
    tables = tuple(table for block in blocks for part in block.parts for table in part.tables)
    parts = (_alone(TableReading(by_year.findings)), SheetPart(tables, share_cells=len(blocks) > 1))
    return BlockReading(parts, set().union(*(block.used for block in blocks)), max(block.end for block in blocks))


def _read_indicators(sheet: SheetContext) -> Iterator[tuple[IndicatorTable, BlockReading]]:
    """Yield every table with one indicator per row."""
    from thidua_cli.normalise.indicators.rows import find_indicators
    from thidua_cli.normalise.indicators.table import read_indicators

    start = 0
    while (table := find_indicators(sheet.cells, sheet.headings, start)) is not None:
        sheet = with_stated_units(sheet, table.header_top, table.header_bottom, start)
        labels = tuple(indicator.label for indicator in table.indicators)
        subject = table_subject(sheet, TableWords(table.title, table.header_top, labels, table.years))
        parts = tuple(_of_subject(sheet.grid, subject))
        block = BlockReading((), end=table.end) if subject.is_refused else read_indicators(sheet, table)
        yield table, replace(block, parts=(*parts, *block.parts))
        start = table.end


def _beyond_limit(grid: Grid, rest: range) -> SheetPart:
    """Return F012 of the rows from the first table of a sheet that is one too many."""
    place = grid.origin(rest.start)._replace(last_row=rest.stop)
    what = Text(f"Từ dòng {rest.start + 1} trở đi", f"The rows from {rest.start + 1} on are")
    reason = Text(
        f"trang tính có quá {TABLES} biểu; hãy chia thành nhiều trang",
        f"the sheet has more than {TABLES} tables; split it into several sheets",
    )
    finding = Finding(F012, place, details={"what": what, "reason": reason}, severity_here=Severity.ERROR)
    return _alone(TableReading([finding]))


def _refused(grid: Grid, name: Text) -> SheetPart:
    return _alone(TableReading([_not_ours(grid, name)], record=LayoutRecord(grid.file, grid.sheet, refused=name)))


def _list_refused(grid: Grid, finding: Finding) -> SheetPart:
    return _alone(TableReading([finding], record=LayoutRecord(grid.file, grid.sheet, refused=LIST)))


def _no_households(grid: Grid) -> SheetPart:
    """Return the record of a table that holds no count of households: why is said by H013."""
    reason = Text("số liệu không tính bằng hộ (H013)", "the figures are not counted in households (H013)")
    return _alone(TableReading(record=LayoutRecord(grid.file, grid.sheet, refused=reason)))


def _not_ours(grid: Grid, name: Text) -> Finding:
    reason = Text(f"đây là {name.vi}, không được đọc", f"this is {name.en}; it is not read")
    return Finding(F003, grid.origin(), details={"reason": reason}, severity_here=Severity.NOTE)


_NO_TABLE = Text(
    "không nhận ra dòng tiêu đề của Mẫu 08, 09, 10 hay các cột unit_code, year; tệp CSV phải ngăn cột bằng dấu "
    "phẩy, chấm phẩy hoặc tab; biểu riêng thì mô tả bằng --mapping",
    "no header of Mẫu 08, 09 or 10 and no columns unit_code, year; CSV columns are separated by comma, "
    "semicolon or tab; a form of your own is described by --mapping",
)


_LETTERS_LOST: Final = Text(
    "chữ tiếng Việt trong tệp đã mất (“{text}”) vì tệp được lưu dạng không chứa được chữ đó (CSV kiểu cũ, Excel 5.0/95 "
    "trở về trước); hãy mở tệp gốc rồi lưu dạng .xlsx hoặc “CSV UTF-8”",
    "its Vietnamese letters are lost (“{text}”): it was saved in a format without them (CSV of the old kind, Excel 5.0 "
    "or 95 or older); open the original and save it as .xlsx or “CSV UTF-8”",
)


def _spoilt(grid: Grid) -> str:
    rows = islice(grid.open_rows(), _ROWS_FOR_LETTERS)
    return spoilt_text(cell for row in rows for cell in row if isinstance(cell, str))


def read_source(source: Source, options: ReadingOptions, finder: UnitFinder) -> FileReading:
    """Return the tables of every sheet of one source; a source without any is told once, as a whole (F003)."""
    sheets: list[SheetTables] = []
    left_out: list[Sequence[Stretch]] = []
    almost: Finding | None = None
    has_table, is_broken = False, False
    spoilt = ""
    for opened in _read_sheets(source, options, finder):
        if isinstance(opened, Finding):
            sheets.append(SheetTables(opened.origin, [_alone(TableReading([opened]))]))
            left_out.append(())
            is_broken = True
        else:
            grid, sheet = opened
            sheets.append(SheetTables(grid.origin(), sheet.parts))
            left_out.append(sheet.left_out)
            has_table = has_table or sheet.has_table
            almost = almost or sheet.almost
            spoilt = spoilt or ("" if has_table else _spoilt(grid))
    # a file that cannot be opened says so itself; one reason for nothing is enough
    if not has_table and not is_broken:
        reason = _NO_TABLE if not spoilt else Telling(_LETTERS_LOST, {"text": spoilt})
        finding = almost or (None if spoilt else _without_header(left_out))
        finding = finding or Finding(F003, Origin(source.name), details={"reason": reason})
        sheets.append(SheetTables(finding.origin, [_alone(TableReading([finding]))]))
    if has_table:
        sheets = _with_left_out(sheets, left_out)
    return FileReading(tuple(told_once(sheets)), is_refused=is_broken or not has_table)


def _read_sheets(
    source: Source, options: ReadingOptions, finder: UnitFinder
) -> Iterator[Finding | tuple[Grid, SheetReading]]:
    """Yield every sheet with what was read of it, and what is wrong with the file."""
    try:
        for opened in open_source(source):
            yield opened if isinstance(opened, Finding) else (opened, read_sheet(opened, options, finder))
    except CutShortError as error:
        yield error.finding


def _without_header(left_out: Iterable[Sequence[Stretch]]) -> Finding | None:
    """Return F003 at the first rows that hold figures of units: what is known of them, and why they are not read."""
    sure = (stretch for of_sheet in left_out for stretch in of_sheet if stretch.is_sure)
    return next((Finding(F003, stretch.place, details={"reason": stretch.sentence()}) for stretch in sure), None)


def _with_left_out(sheets: Sequence[SheetTables], left_out: Sequence[Sequence[Stretch]]) -> list[SheetTables]:
    """Return the sheets of a file that has a table, each with what else it holds and nobody reads."""
    tables = [table for sheet in sheets for part in sheet.parts for table in part.tables]
    findings = findings_of_file(left_out, tables)
    told = (_alone(TableReading(of_sheet)) for of_sheet in findings)
    return [
        sheet._replace(parts=[*sheet.parts, part]) if part.tables[0].findings else sheet
        for sheet, part in zip(sheets, told, strict=True)
    ]


def repeated_files(sources: Sequence[Source]) -> dict[Source, Source]:
    """Return file → earlier file of the same content.

    Not one whose name says another status or year: the final figures of a review may well be the preliminary ones,
    saved again under another name, and where they are dropped nothing final is left.
    """
    same = same_files(sources)
    return {
        source: earlier
        for source, earlier in same.items()
        if status_of_name(source.name) is status_of_name(earlier.name) and _years_of(source) == _years_of(earlier)
    }


def _years_of(source: Source) -> set[int]:
    return {mention.year for mention in years_mentioned((), "", source.name)}


def repeated_file(source: Source, earlier: Source) -> FileReading:
    """Return what is said of a file whose content was read under another name (F008)."""
    finding = Finding(F008, Origin(source.name), value=earlier.name, details={"other": earlier.name})
    return FileReading((SheetPart((TableReading([finding]),)),))
