"""Layouts: how a draft comes to stand in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from reading.draft import HOUSEHOLDS, Column, Draft, Layout, Row, rate
from reading.meaning import Cell, Meant, Merge, Sheet, Value

SIGNATURE = ("Người lập biểu", None, "CHỦ TỊCH UBND")


def titled(draft: Draft, name: str = "") -> Sheet:
    """Return a sheet with the lines above the headings."""
    sheet = Sheet(name or draft.sheet_name)
    for line in draft.title():
        sheet.add(line)
    if draft.measure_line:
        sheet.add(*[None] * (len(draft.columns) + 1), draft.measure_line)
    else:
        sheet.add()
    sheet.header = len(sheet.rows)
    return sheet


def flat(draft: Draft) -> list[Sheet]:
    """One row of headings, one row per unit."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, *(column.heading for column in draft.columns))
    _rows_above(sheet, draft)
    for number, row in enumerate(draft.all_rows(), start=1):
        sheet.add(*unit_row(draft, row, number))
    _rows_below(sheet, draft)
    return [sheet]


def _rows_above(sheet: Sheet, draft: Draft) -> None:
    for made in draft.rows_above:
        sheet.add(*made(draft))


def _rows_below(sheet: Sheet, draft: Draft) -> None:
    for made in draft.rows_below:
        sheet.add(*made(draft))


def unit_row(draft: Draft, row: Row, number: int | str) -> list[Cell]:
    """Return the cells of a unit: its number, its name, its figures."""
    first = Cell(None if row.is_total else number)
    return [first, draft.named(row), *(draft.cell(row, column) for column in draft.columns)]


def title_in_one_cell(draft: Draft) -> list[Sheet]:
    """All lines of the title in one cell, with line breaks, merged over the table."""
    (sheet,) = flat(draft)
    lines = [str(row[0].value) for row in sheet.rows[: sheet.header] if row and row[0].value]
    measure = [row for row in sheet.rows[: sheet.header] if row and row[0].value is None and row[-1].value]
    sheet.rows[: sheet.header] = [[Cell("\n".join(lines))], *measure]
    sheet.header = 1 + len(measure)
    sheet.merges.append(Merge(0, 0, 0, len(draft.columns) + 1))
    return [sheet]


def beside_the_motto(draft: Draft) -> list[Sheet]:
    """The agency left and the motto right, the title merged below, the signature with a date at the end."""
    (sheet,) = flat(draft)
    for line, words in enumerate(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")):
        while len(sheet.rows[line]) < 4:
            sheet.rows[line].append(Cell())
        if line < sheet.header and sheet.rows[line][3].value is None:
            sheet.rows[line][3] = Cell(words)
    sheet.add()
    sheet.add(None, None, None, f"Đông Giang, ngày 10 tháng 01 năm {draft.year + 1}")
    sheet.add(*SIGNATURE)
    return [sheet]


def stacked(draft: Draft) -> list[Sheet]:
    """Three rows of merged headings with persons and rates, and a row of column numbers: the official form."""
    sheet = titled(draft)
    top = sheet.header
    groups: list[tuple[str, list[tuple[str, Column | None]]]] = []
    for column in draft.columns:
        if column.source == HOUSEHOLDS:
            groups.append((column.group or column.heading, [("Số hộ", column), ("Nhân khẩu", None)]))
        else:
            groups.append((column.group or column.heading, [("Số hộ", column), ("Tỷ lệ", None)]))
    rows: list[list[Value]] = [["TT", draft.unit_heading], [None, None], [None, None]]
    for heading, leaves in groups:
        rows[0] += [heading if heading is groups[0][0] else draft.top_heading, None]
        rows[1] += [None if heading is groups[0][0] else heading, None]
        rows[2] += [leaf for leaf, _ in leaves]
    for row in rows:
        sheet.add(*row)
    _merge_stacked(sheet, top, len(groups))
    sheet.add("A", "B", *range(1, 2 * len(groups) + 1))
    for number, unit in enumerate(draft.all_rows(), start=1):
        cells: list[Cell] = []
        for column in draft.columns:
            cells += [draft.cell(unit, column), Cell(_beside(unit, column))]
        sheet.add(Cell(None if unit.is_total else number), draft.named(unit), *cells)
    _rows_below(sheet, draft)
    return [sheet]


def _beside(row: Row, column: Column) -> Value:
    if column.source == HOUSEHOLDS:
        return row.counts[HOUSEHOLDS] * 4
    return rate(row, column.source) if column.source else None


def _merge_stacked(sheet: Sheet, top: int, groups: int) -> None:
    sheet.merges += [Merge(top, column, top + 2, column) for column in (0, 1)]
    sheet.merges.append(Merge(top, 2, top + 1, 3))
    if groups > 1:
        sheet.rows[top][5:] = [Cell()] * (2 * groups - 3)
        sheet.merges.append(Merge(top, 4, top, 2 * groups + 1))
    sheet.merges += [Merge(top + 1, 2 + 2 * at, top + 1, 3 + 2 * at) for at in range(1, groups)]


def in_groups(draft: Draft) -> list[Sheet]:
    """Two rows of headings: columns that share a heading stand below it, the others are merged over both rows."""
    sheet = titled(draft)
    top = sheet.header
    sheet.add("TT", draft.unit_heading, *(column.above or column.heading for column in draft.columns))
    sheet.add(None, None, *(column.heading if column.above else None for column in draft.columns))
    sheet.merges += [Merge(top, 0, top + 1, 0), Merge(top, 1, top + 1, 1)]
    first = 2
    for above, columns in groupby(draft.columns, key=lambda column: column.above or column.heading):
        width = len(list(columns))
        is_shared = sheet.rows[top + 1][first].value is not None
        sheet.rows[top][first : first + width] = [Cell(above), *[Cell()] * (width - 1)]
        if width > 1 or not is_shared:
            sheet.merges.append(Merge(top, first, top + (not is_shared), first + width - 1))
        first += width
    for number, row in enumerate(draft.all_rows(), start=1):
        sheet.add(*unit_row(draft, row, number))
    return [sheet]


def written_out(draft: Draft) -> list[Sheet]:
    """The same, the heading of a group in each of its cells and nothing merged, as exports of merged cells leave it."""
    (sheet,) = in_groups(draft)
    for merge in sheet.merges:
        for row in range(merge.top, merge.bottom + 1):
            for column in range(merge.left, merge.right + 1):
                sheet.rows[row][column] = sheet.rows[merge.top][merge.left]
    sheet.merges = []
    return [sheet]


def joined(mark: str) -> Layout:
    """Return a layout of one heading row, in which a group and its column are joined with a mark."""

    def layout(draft: Draft) -> list[Sheet]:
        columns = [
            replace(column, heading=f"{column.above}{mark}{column.heading}") if column.above else column
            for column in draft.columns
        ]
        return flat(replace(draft, columns=columns))

    return layout


def sections(draft: Draft) -> list[Sheet]:
    """Units in two sections, urban and rural, each with its sum, and a total of both."""
    sheet = titled(draft)
    sheet.add("TT", "Khu vực/Địa bàn", *(column.heading for column in draft.columns))
    for number, name, part in (("I", "Khu vực thành thị", draft.rows[:1]), ("II", "Khu vực nông thôn", draft.rows[1:])):
        sums = {count: sum(row.counts[count] for row in part) for count in draft.rows[0].counts}
        sheet.add(number, name, *(sums.get(column.source) for column in draft.columns))
        for at, row in enumerate(part, start=1):
            sheet.add(*unit_row(draft, row, at))
    total = draft.total()
    sheet.add("III", "Tổng cộng (I + II)", *(draft.cell(total, column) for column in draft.columns))
    return [sheet]


def numbered(draft: Draft) -> list[Sheet]:
    """The unit above its parts, numbered "1", "1.1", "1.2" as text."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, *(column.heading for column in draft.columns))
    own = draft.total()
    sheet.add("1", draft.scope_name, *(draft.cell(own, each) for each in draft.columns))
    for number, row in enumerate(draft.rows, start=1):
        sheet.add(*unit_row(draft, row, f"1.{number}"))
    return [sheet]


def households_and_persons(draft: Draft) -> list[Sheet]:
    """Two rows per unit, of households and of persons, the unit's name merged over both."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, "Phân tổ", *(column.heading for column in draft.columns))
    for number, row in enumerate(draft.rows, start=1):
        at = sheet.add(number, draft.named(row), "Hộ", *(draft.cell(row, column) for column in draft.columns))
        sheet.add(None, None, "Nhân khẩu", *(row.counts.get(column.source, 0) * 4 + 1 for column in draft.columns))
        sheet.merges += [Merge(at, column, at + 1, column) for column in (0, 1)]
    return [sheet]


def row_index_before(draft: Draft) -> list[Sheet]:
    """A column of row numbers before the table and a row of column numbers above it, as pandas writes them."""
    sheets = stacked(draft)
    for sheet in sheets:
        width = max(map(len, sheet.rows))
        for at, row in enumerate(sheet.rows):
            row.insert(0, Cell(at))
        sheet.rows.insert(0, [Cell(), *map(Cell, range(width))])
        sheet.merges = []  # pandas writes values alone
        sheet.header += 1
    return sheets


def side_by_side(draft: Draft) -> list[Sheet]:
    """Half of the units left, the other half right of them, under headings of their own."""
    sheet = titled(draft)
    heads = ["TT", draft.unit_heading, *(column.heading for column in draft.columns)]
    sheet.add(*heads, None, *heads)
    half = (len(draft.rows) + 1) // 2
    for at in range(half):
        left = unit_row(draft, draft.rows[at], at + 1)
        right = unit_row(draft, draft.rows[half + at], half + at + 1) if half + at < len(draft.rows) else []
        sheet.add(*left, None, *right)
    return [sheet]


def total_above(draft: Draft) -> list[Sheet]:
    """The total before the units."""
    sheet = titled(draft)
    sheet.add("TT", draft.unit_heading, *(column.heading for column in draft.columns))
    sheet.add(*unit_row(draft, draft.total(), 0))
    for number, row in enumerate(draft.rows, start=1):
        sheet.add(*unit_row(draft, row, number))
    return [sheet]


def blank_rows_and_columns(draft: Draft) -> list[Sheet]:
    """A blank row between all rows, and a blank column before the table."""
    sheets = flat(draft)
    for sheet in sheets:
        spread: list[list[Cell]] = []
        for row in sheet.rows:
            spread += [[Cell(), *row], []]
        sheet.rows, sheet.header = spread, 2 * sheet.header
    return sheets


def canonical(draft: Draft) -> list[Sheet]:
    """The program's own table: codes, years, names of counts; a status where one is said."""
    sheet = Sheet(draft.sheet_name)
    status = draft.status_words
    sheet.add(
        "unit_code", "year", "unit_name", *(["status"] if status else []), *(each.source for each in draft.columns)
    )
    for row in draft.rows:
        first: tuple[Value, ...] = (row.code, draft.year, row.name, *([status] if status else []))
        sheet.add(*first, *(draft.cell(row, column) for column in draft.columns))
    return [sheet]


def summed_over_areas(rows: Sequence[tuple[int, int]], meant: Meant) -> Meant:
    """Return what a figure means whose unit stands in several rows."""
    return replace(meant, cells=tuple(rows))


def unit_in_both_areas(draft: Draft) -> list[Sheet]:
    """A unit stands in both sections, with its urban and its rural households: its figure is the sum."""
    sheet = titled(draft)
    sheet.add("TT", "Khu vực/Địa bàn", *(column.heading for column in draft.columns))
    shared, places = draft.rows[0], {}
    for number, name in (("I", "Khu vực thành thị"), ("II", "Khu vực nông thôn")):
        is_urban = number == "I"
        units = [shared] if is_urban else draft.rows
        counts = [[_half(row, shared, column, urban=is_urban) for column in draft.columns] for row in units]
        sheet.add(number, name, *(sum(each) for each in zip(*counts, strict=True)))
        for at, (row, numbers) in enumerate(zip(units, counts, strict=True), start=1):
            cells = [draft.cell(row, column) for column in draft.columns]
            if row is shared:
                cells = [replace(cell, value=value) for cell, value in zip(cells, numbers, strict=True)]
            place = sheet.add(at, draft.named(row), *cells)
            if row is shared:
                places[number] = place + 1
    for place in places.values():
        for column, cell in enumerate(sheet.rows[place - 1][2:], start=3):
            if cell.meant is not None:
                meant = summed_over_areas([(each, column) for each in places.values()], cell.meant)
                sheet.rows[place - 1][column - 1] = replace(cell, meant=meant)
    total = draft.total()
    sheet.add("III", "Tổng cộng (I + II)", *(draft.cell(total, column) for column in draft.columns))
    return [sheet]


def _half(row: Row, shared: Row, column: Column, *, urban: bool) -> int:
    number = row.counts.get(column.source, 0)
    if row is not shared:
        return number
    return number // 3 if urban else number - number // 3
