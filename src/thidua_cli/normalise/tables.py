"""From a grid to observations: decide what kind of table each sheet holds and have it read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.model import REQUIRED_COUNTS
from thidua_cli.normalise.canonical.header import canonical_header, read_canonical
from thidua_cli.normalise.copies import Mark, drop_copy
from thidua_cli.normalise.files_read import FilesRead, ReadingOptions
from thidua_cli.normalise.forms.mau_09_10 import find_movements, read_movements
from thidua_cli.normalise.forms.register import MAPPED, ReportForm, forms, named_form, results_form
from thidua_cli.normalise.forms.rows import read_rows
from thidua_cli.normalise.forms.table import Form, FormTable
from thidua_cli.normalise.forms.take import take_form
from thidua_cli.normalise.forms.upper_units import CellsWithUpperNames, upper_columns
from thidua_cli.normalise.indicators.rows import find_indicators
from thidua_cli.normalise.indicators.table import read_indicators
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.sheet.cell_faults import faults_beside, hidden_sheet_unused
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.fonts import readable
from thidua_cli.normalise.sheet.headings import Headings, bundled_headings, fold
from thidua_cli.normalise.sheet.layout import Layout, find_layout
from thidua_cli.normalise.sheet.years_beside import by_years, said_once
from thidua_cli.normalise.unit_names import UnitFinder
from thidua_cli.read.faults import F003
from thidua_cli.read.grid import Grid, Row

if TYPE_CHECKING:
    from thidua_cli.normalise.mapping import FormMapping

_HEAD_ROWS: Final = 10
_OTHER_TABLES: Final = (
    (
        ("ho va ten", "chu ho", "ho ten", "ten ho", "cccd", "cmnd", "so dinh danh", "ngay sinh", "nam sinh"),
        Text("danh sách từng hộ (dữ liệu cá nhân)", "a list of households (personal data)"),
    ),
    (
        ("phan to", "dien bien"),
        Text(
            "biểu diễn biến thiếu cột đầu năm, cuối năm của Mẫu 09, 10",
            "a table of movement without the opening and closing columns of Mẫu 09, 10",
        ),
    ),
    (("thieu hut",), Text("biểu chỉ số thiếu hụt (Mẫu 11, 12)", "deprivation indicators (Mẫu 11, 12)")),
    (("tru dt kinh",), Text("biểu theo dân tộc (Mẫu 16)", "table by ethnic group (Mẫu 16)")),
    (("nguyen nhan",), Text("biểu nguyên nhân nghèo (Mẫu 17)", "causes of poverty (Mẫu 17)")),
)
"""Words in title or header that tell other tables from the totals of poor households: they are not read."""


def read_grid(grid: Grid, reading: FilesRead, options: ReadingOptions, finder: UnitFinder) -> bool:
    """Add every table of one sheet to `reading`; say whether there was one (read, or known and refused)."""
    grid, converted = readable(grid)
    reading.findings += converted
    mapping = options.mapping
    if mapping is not None and mapping.is_for(grid.sheet) and _read_mapped(grid, mapping, reading, options, finder):
        return True
    head = list(islice(grid.open_rows(), _HEAD_ROWS))
    header_row = canonical_header(head)
    mark = Mark.of(reading)
    if header_row is not None:
        read_canonical(grid, header_row, reading, options, finder)
        drop_copy(reading, mark)
        return True
    found = _read_forms(grid, list(grid.open_rows()), reading, options, finder)
    if not found:
        reading.findings.extend(hidden_sheet_unused(grid))
    return found


def _read_mapped(
    grid: Grid, mapping: FormMapping, reading: FilesRead, options: ReadingOptions, finder: UnitFinder
) -> bool:
    """Read a sheet as the user's own form; say whether it fits. Names of people are refused even so."""
    cells = Cells(list(grid.open_rows()), grid.first_column, grid.merged)
    from thidua_cli.normalise.sheet.mapped_layout import mapped_layout  # late: few officers have a form of their own

    layout = mapped_layout(cells, mapping, grid.sheet or grid.file)
    if isinstance(layout, Text):
        reading.misfits.append(layout)
        return False
    if _names_people(layout):
        _refuse(grid, _OTHER_TABLES[0][1], reading)
        return True
    stated = replace(options, year=options.year or mapping.year, unit=options.unit or mapping.scope)
    table = _read_rows(grid, cells, layout, bundled_headings(), reading, stated, finder, forms()[MAPPED])
    reading.findings.extend(faults_beside(grid, table.used))
    return True


def _read_forms(
    grid: Grid, rows: Sequence[Row], reading: FilesRead, options: ReadingOptions, finder: UnitFinder
) -> bool:
    cells = Cells(rows, grid.first_column, grid.merged)
    headings = bundled_headings()
    used: set[tuple[int, int]] = set()
    sheet_title: tuple[str, ...] = ()
    start, refused, read = 0, False, False
    while (layout := find_layout(cells, headings, start)) is not None:
        start = layout.header_bottom + 1
        headings_read = tuple(segment for column in layout.columns for segment in column.path)
        form = None if _names_people(layout) else named_form(headings_read, layout.title)
        movements = [] if form is not None or _names_people(layout) else find_movements(cells, layout)
        if movements:
            table = read_movements(grid, cells, movements, headings, reading, options, finder, sheet_title)
        elif form is None and (other := _other_table(layout)) is not None:
            _refuse(grid, other, reading)
            refused = True
            continue
        else:
            form = form or results_form()
            table = _read_years(grid, cells, layout, headings, reading, options, finder, form, sheet_title)
        sheet_title = sheet_title or layout.title
        used |= table.used
        start, read = max(table.end, start), True
    if not read and not refused and not _lists_people(cells):
        used, read = _read_indicators(grid, cells, headings, reading, options, finder)
    if read:
        reading.findings.extend(faults_beside(grid, used))
    elif not refused and (other := _other_text(cells)) is not None:
        _refuse(grid, other, reading)
        refused = True
    return read or refused


def _read_years(
    grid: Grid,
    cells: Cells,
    layout: Layout,
    headings: Headings,
    reading: FilesRead,
    options: ReadingOptions,
    finder: UnitFinder,
    form: ReportForm,
    sheet_title: tuple[str, ...],
) -> FormTable:
    """Read a table with one unit per row, once per year that its headings name; shared faults are told once."""
    before = len(reading.findings)
    tables: list[FormTable] = []
    found: list[tuple[int | None, Sequence[Finding]]] = []
    own: list[Finding] = []
    for of_year, stated in by_years(grid, layout, options, own):
        tables.append(_read_rows(grid, cells, of_year, headings, reading, stated, finder, form, sheet_title))
        found.append((of_year.year, reading.findings[before:]))
        del reading.findings[before:]
    reading.findings += own + said_once(found) if len(found) > 1 else own + list(found[0][1])
    return FormTable(used=set().union(*(table.used for table in tables)), end=max(table.end for table in tables))


def _read_rows(
    grid: Grid,
    cells: Cells,
    layout: Layout,
    headings: Headings,
    reading: FilesRead,
    options: ReadingOptions,
    finder: UnitFinder,
    form: ReportForm,
    title: tuple[str, ...] = (),
) -> FormTable:
    if upper_columns(layout):
        cells = CellsWithUpperNames(cells, layout)
    required = form.required_of({column.meaning for column in layout.columns})
    table = read_rows(grid, cells, layout, headings, required)
    return take_form(Form(grid, cells, layout, table, reading, options, finder, form.id, required, title), headings)


def _read_indicators(
    grid: Grid, cells: Cells, headings: Headings, reading: FilesRead, options: ReadingOptions, finder: UnitFinder
) -> tuple[set[tuple[int, int]], bool]:
    """Read every table with one indicator per row; return the cells used, and whether there was one."""
    used: set[tuple[int, int]] = set()
    start, read = 0, False
    while (table := find_indicators(cells, headings, start)) is not None:
        used |= read_indicators(grid, cells, table, headings, reading, options, finder)
        start, read = table.end, True
    return used, read


def _lists_people(cells: Cells) -> bool:
    return _other_text(cells) is _OTHER_TABLES[0][1]


def _names_people(layout: Layout) -> bool:
    return _other_words([segment for column in layout.columns for segment in column.path]) is _OTHER_TABLES[0][1]


def _other_table(layout: Layout) -> Text | None:
    """Name the table if it is not ours. A title may speak of causes and movement above a sound Mẫu 08."""
    header = [segment for column in layout.columns for segment in column.path]
    is_whole = all(layout.column(meaning) is not None for meaning in REQUIRED_COUNTS)
    return _other_words(header if is_whole else [*layout.title, *header])


def _other_text(cells: Cells) -> Text | None:
    return _other_words([text for row in range(min(len(cells.rows), 15)) for text in cells.texts(row)])


def _other_words(texts: Sequence[str]) -> Text | None:
    return _other_words_of(tuple(texts))


@lru_cache(maxsize=256)
def _other_words_of(texts: tuple[str, ...]) -> Text | None:
    folded = [fold(text) for text in texts]
    return next((name for words, name in _OTHER_TABLES if any(word in text for text in folded for word in words)), None)


def _refuse(grid: Grid, name: Text, reading: FilesRead) -> None:
    reading.findings.append(_not_ours(grid, name))
    reading.layouts.append(LayoutRecord(grid.file, grid.sheet, refused=name))


def _not_ours(grid: Grid, name: Text) -> Finding:
    reason = Text(f"đây là {name.vi}, không được đọc", f"this is {name.en}; it is not read")
    return Finding(F003, grid.origin(), details={"reason": reason}, severity_here=Severity.NOTE)
