"""From a grid to observations: decide what kind of table each sheet holds and have it read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.model import REQUIRED_COUNTS, Origin
from thidua_cli.normalise.canonical import canonical_header, read_canonical
from thidua_cli.normalise.cell_faults import faults_beside
from thidua_cli.normalise.copies import Mark, drop_copy
from thidua_cli.normalise.form_08 import read_form
from thidua_cli.normalise.headings import bundled_headings, fold
from thidua_cli.normalise.layout import Cells, Layout, find_layout
from thidua_cli.normalise.layout_record import LayoutRecord
from thidua_cli.normalise.reading import Reading, ReadingOptions
from thidua_cli.normalise.unit_names import UnitFinder
from thidua_cli.read.faults import F003
from thidua_cli.read.grid import Grid, Row

_HEAD_ROWS: Final = 10
_OTHER_TABLES: Final = (
    (
        ("ho va ten", "chu ho", "ho ten", "ten ho", "cccd", "cmnd", "so dinh danh", "ngay sinh", "nam sinh"),
        Text("danh sách từng hộ (dữ liệu cá nhân)", "a list of households (personal data)"),
    ),
    (("phan to", "dien bien"), Text("biểu diễn biến trong năm (Mẫu 09, 10)", "movement within the year (Mẫu 09, 10)")),
    (("thieu hut",), Text("biểu chỉ số thiếu hụt (Mẫu 11, 12)", "deprivation indicators (Mẫu 11, 12)")),
    (("tru dt kinh",), Text("biểu theo dân tộc (Mẫu 16)", "table by ethnic group (Mẫu 16)")),
    (("nguyen nhan",), Text("biểu nguyên nhân nghèo (Mẫu 17)", "causes of poverty (Mẫu 17)")),
)
"""Words in title or header that tell other tables from the totals of poor households: they are not read."""


def read_grid(grid: Grid, reading: Reading, options: ReadingOptions, finder: UnitFinder) -> bool:
    """Add every table of one sheet to `reading`; say whether there was one (read, or known and refused)."""
    head = list(islice(grid.open_rows(), _HEAD_ROWS))
    header_row = canonical_header(head)
    mark = Mark.of(reading)
    if header_row is not None:
        read_canonical(grid, header_row, reading, options, finder)
        drop_copy(reading, mark)
        return True
    return _read_forms(grid, list(grid.open_rows()), reading, options, finder)


def _read_forms(grid: Grid, rows: Sequence[Row], reading: Reading, options: ReadingOptions, finder: UnitFinder) -> bool:
    cells = Cells(rows, grid.first_column, grid.merged)
    headings = bundled_headings()
    used: set[tuple[int, int]] = set()
    sheet_title: tuple[str, ...] = ()
    start, refused, read = 0, False, False
    while (layout := find_layout(cells, headings, start)) is not None:
        start = layout.header_bottom + 1
        other = _other_table(layout)
        if other is not None:
            _refuse(grid, other, reading)
            refused = True
            continue
        table = read_form(grid, cells, layout, headings, reading, options, finder, sheet_title)
        sheet_title = sheet_title or layout.title
        used |= table.used
        start, read = max(table.end, start), True
    if read:
        reading.findings.extend(faults_beside(grid, used))
    elif not refused and (other := _other_text(cells)) is not None:
        _refuse(grid, other, reading)
        refused = True
    return read or refused


def _other_table(layout: Layout) -> Text | None:
    """Name the table if it is not ours. A title may speak of causes and movement above a sound Mẫu 08."""
    header = [segment for column in layout.columns for segment in column.path]
    is_whole = all(layout.column(meaning) is not None for meaning in REQUIRED_COUNTS)
    return _other_words(header if is_whole else [*layout.title, *header])


def _other_text(cells: Cells) -> Text | None:
    return _other_words([text for row in range(min(len(cells.rows), 15)) for text in cells.texts(row)])


def _other_words(texts: Sequence[str]) -> Text | None:
    folded = [fold(text) for text in texts]
    return next((name for words, name in _OTHER_TABLES if any(word in text for text in folded for word in words)), None)


def _refuse(grid: Grid, name: Text, reading: Reading) -> None:
    reading.findings.append(_not_ours(grid, name))
    reading.layouts.append(LayoutRecord(grid.file, grid.sheet, refused=name))


def _not_ours(grid: Grid, name: Text) -> Finding:
    reason = Text(f"đây là {name.vi}, không được đọc", f"this is {name.en}; it is not read")
    return Finding(F003, Origin(grid.file, grid.sheet), details={"reason": reason}, severity_here=Severity.NOTE)
