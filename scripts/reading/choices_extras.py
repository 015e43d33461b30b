"""Columns and rows beside the counts, layouts, and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from reading import layouts
from reading.choice import Change, Choice, both, may_refuse, sets
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft, Layout, Row, rate
from reading.meaning import Book, Cell, Merge, Value
from reading.places import QUANG_NAM
from reading.writing import WRITERS

NONE: Final = frozenset[str]()
ROWS: Final = frozenset({"plain rows"})
Fill = Callable[[Row], Value]


def _share(number: int) -> Fill:
    return lambda row: row.counts[POOR] // number


OTHER_COLUMNS: Final[dict[str, Fill]] = {
    "Hộ nghèo có chủ hộ là nữ": _share(3),
    "Nguyên nhân tăng, giảm": lambda row: "Do tách hộ",
    "Diễn biến so với năm trước": lambda row: -7,
    "Ghi chú": lambda row: "",
    "Ghi chú (số hộ)": lambda row: 5,
    "Kế hoạch giảm hộ nghèo": _share(5),
    "Hộ nghèo theo kế hoạch": _share(2),
    "Thiếu hụt về nhà ở": _share(4),
    "Số khẩu nghèo": lambda row: row.counts[POOR] * 4,
    "Nhân khẩu": lambda row: row.counts[HOUSEHOLDS] * 4,
    "Tăng/giảm": lambda row: "-5",
    "Hộ thoát nghèo": _share(6),
    "Hộ nghèo phát sinh": _share(9),
    "Chủ hộ": lambda row: "",
    "Họ và tên cán bộ phụ trách": lambda row: "Nguyễn Văn An",
    "Hộ nghèo được vay vốn": _share(2),
    "Chỉ tiêu giao năm {y+1}": _share(5),
    "Dự kiến hộ nghèo năm {y+1}": _share(2),
    "Hộ nghèo không có khả năng lao động": _share(7),
    "Hộ nghèo dân tộc Cơ Tu": _share(2),
    "Ước thực hiện": _share(2),
    "Số hộ làm nông nghiệp có mức sống trung bình": _share(2),
    "Hộ nghèo là người có công": lambda row: "",
    "Mã bưu chính": lambda row: "550000",
    "Diện tích (km2)": lambda row: 97.5,
    "Kiểm tra": lambda row: 0,
}
RIGHT_RATES: Final[dict[str, Fill]] = {
    "a number of percent": lambda row: round(100 * rate(row, POOR), 2),
    "a fraction": lambda row: rate(row, POOR),
    "text with a comma": lambda row: f"{100 * rate(row, POOR):.2f}".replace(".", ","),
    "text with a sign": lambda row: f"{100 * rate(row, POOR):.2f}%",
}
WRONG_RATES: Final[dict[str, Fill]] = {
    "14;69": lambda row: "14;69",
    "abc": lambda row: "abc",
    "of others": lambda row: 88.8,
    "a day": lambda row: "04/06/2024",
}


def columns() -> Iterator[Choice]:
    """Yield columns beside the counts."""
    for heading, fill in OTHER_COLUMNS.items():
        yield Choice("column", f"behind: {heading}", both(_column(heading, fill), _allow("H002")))
    for heading in ("Hộ nghèo có chủ hộ là nữ", "Nguyên nhân nghèo", "Kế hoạch giảm hộ nghèo", "Hộ nghèo năm trước"):
        yield Choice("column", f"between: {heading}", both(_column(heading, _share(3), place=1), _allow("H002")))
    for name, fill in RIGHT_RATES.items():
        yield Choice("column", f"rate, {name}", _column("Tỷ lệ hộ nghèo (%)", fill, place=2))
    for name, fill in WRONG_RATES.items():
        change = both(_column("Tỷ lệ hộ nghèo (%)", fill, place=2), _allow("V006", "V008", "V009", "V010", "V011"))
        yield Choice("column", f"rate, {name}", change)
    sums = _column("Tổng hộ nghèo, cận nghèo", lambda row: row.counts[POOR] + row.counts[NEAR])
    yield Choice("column", "sum of poor and near-poor", both(sums, _allow("H002")))
    yield Choice("column", "minority", _counted("Hộ nghèo DTTS", "minority_poor_households"))
    yield Choice(
        "column", "poor twice", both(_counted_again("Hộ nghèo"), may_refuse), needs=frozenset({"plain columns"})
    )
    yield Choice("column", "codes before", _codes)
    yield Choice(
        "column", "last year", both(_last_year, _allow("H002")), needs=frozenset({"free year", "plain columns"})
    )


def _column(heading: str, fill: Fill, place: int | None = None) -> Change:
    def change(draft: Draft) -> None:
        words = heading.replace("{y+1}", str(draft.year + 1))
        column = Column(words, NONE, group=words, fill=fill)
        draft.columns.insert(len(draft.columns) if place is None else place, column)

    return change


def _allow(*codes: str) -> Change:
    return lambda draft: draft.allowed.update(codes)


def _counted(heading: str, meaning: str) -> Change:
    """Add a count of its own: a third of the poor."""

    def change(draft: Draft) -> None:
        for row in draft.rows:
            row.counts[meaning], row.before[meaning] = row.counts[POOR] // 3, row.before[POOR] // 3
        draft.columns.append(Column(heading, frozenset({meaning}), meaning, heading))

    return change


def _counted_again(heading: str) -> Change:
    """Add a second column of the same heading with other figures: nobody knows which is meant."""

    def change(draft: Draft) -> None:
        for column in draft.columns:
            if column.source == POOR:
                column.meaning = NONE
        for row in draft.rows:
            row.counts["again"], row.before["again"] = row.counts[POOR] - 9, row.before[POOR] - 9
        draft.columns.append(Column(heading, NONE, "again", heading))

    return change


def _codes(draft: Draft) -> None:
    codes = {row.name: row.code for row in draft.rows}
    draft.columns.insert(0, Column("Mã đơn vị", NONE, group="Mã đơn vị", fill=lambda row: codes.get(row.name)))


def _last_year(draft: Draft) -> None:
    """The poor of the year before stand before those of this year."""
    for row in draft.rows:
        row.counts["last"], row.before["last"] = row.before[POOR], row.before[POOR]
    heading = f"Hộ nghèo năm {draft.year - 1}"
    column = Column(
        heading, frozenset({POOR}), "last", heading, years=lambda year: frozenset({year - 1}), is_figure=True
    )
    draft.columns.insert(1, column)
    draft.may_refuse = True


def _cells(*cells: Value) -> Callable[[Draft], list[Value]]:
    return lambda draft: list(cells)


def _of_columns(*first: Value, fill: Callable[[Column], Value]) -> Callable[[Draft], list[Value]]:
    return lambda draft: [*first, *(fill(column) for column in draft.columns)]


def _average(column: Column) -> Value:
    return 63 if column.source else None


ROWS_BELOW: Final[dict[str, tuple[Callable[[Draft], list[Value]], ...]]] = {
    "notes": (_cells(), _cells("Ghi chú: Số liệu có 3 hộ chuyển đi trong năm 2019.")),
    "note with figures": (_cells(), _cells(None, "Trong đó: hộ nghèo DTTS", None, 33, 12)),
    "an average": (_of_columns(None, "Bình quân", fill=_average),),
    "last year": (_of_columns(None, "Năm trước", fill=_average),),
    "a difference": (_of_columns(None, "Tăng, giảm so với năm trước", fill=_average),),
    "a plan": (_of_columns(None, "Kế hoạch", fill=_average),),
    "signature": (
        _cells(),
        _cells("Người lập biểu", None, "CHỦ TỊCH UBND"),
        _cells("Nguyễn Văn An", None, "Trần Văn Bình"),
    ),
    "a rate": (_of_columns(None, "Tỷ lệ (%)", fill=_average),),
    "of those": (_of_columns(None, "Trong đó: DTTS", fill=_average),),
}
ROWS_ABOVE: Final[dict[str, tuple[Callable[[Draft], list[Value]], ...]]] = {
    "column numbers": (lambda draft: ["A", "B", *range(1, len(draft.columns) + 1)],),
    "(1) (2) (3)": (lambda draft: [f"({at})" for at in range(1, len(draft.columns) + 3)],),
    "(hộ)": (_of_columns(None, None, fill=lambda column: "(hộ)" if column.source else None),),
    "blank": (_cells(),),
    "a section without figures": (_cells("I", "Khu vực nông thôn"),),
}


def rows() -> Iterator[Choice]:
    """Yield rows below and above the units."""
    for name, made in ROWS_BELOW.items():
        yield Choice("rows", f"below: {name}", both(_rows_below(made), _allow("U002", "U012", "H002")), needs=ROWS)
    for name, made in ROWS_ABOVE.items():
        yield Choice("rows", f"above: {name}", sets(rows_above=list(made)), needs=ROWS)
    yield Choice("rows", "no total", sets(with_total=False), needs=ROWS)
    for name in TOTALS:
        yield Choice("rows", f"total: {name}", sets(total_name=name), needs=ROWS)
    yield Choice("rows", "first unit like column numbers", _like_column_numbers, needs=ROWS)
    yield Choice("rows", "a unit without households", _without_households, needs=ROWS)
    yield Choice("rows", "a unit twice", both(_twice, may_refuse), needs=ROWS)
    yield Choice("rows", "a unit of persons in %", both(_row_of_measure("(%)"), may_refuse), needs=ROWS)
    yield Choice("rows", "a row of measures: người", both(_row_of_measure("(người)"), may_refuse), needs=ROWS)


TOTALS: Final = (
    *("Cộng", "TỔNG CỘNG", "Tổng số", "Toàn huyện", "Tổng", "Cộng toàn huyện", "TỔNG", "Tổng cộng:", "Tổng toàn huyện"),
    *("Tổng cộng toàn huyện", "Tổng hợp", "Tong cong"),
)


def _like_column_numbers(draft: Draft) -> None:
    """The first unit has few households: its row looks like one of column numbers."""
    draft.rows[0].counts.update({HOUSEHOLDS: 3, POOR: 1, NEAR: 2})
    draft.rows[0].before.update({HOUSEHOLDS: 3, POOR: 1, NEAR: 2})


def _without_households(draft: Draft) -> None:
    draft.rows[2].counts.update(dict.fromkeys(draft.rows[2].counts, 0))


def _rows_below(made: tuple[Callable[[Draft], list[Value]], ...]) -> Change:
    return sets(rows_below=list(made))


def _twice(draft: Draft) -> None:
    """One unit stands in two rows with other figures: neither may be taken."""
    first = draft.rows[2]
    second = Row(first.code, first.name, {key: value + 4 for key, value in first.counts.items()}, dict(first.before))
    draft.rows.insert(3, second)
    draft.with_total = False
    for row in (first, second):
        row.is_usable = False


def _row_of_measure(words: str) -> Change:
    def change(draft: Draft) -> None:
        draft.rows_above = [_of_columns(None, None, fill=lambda column: words if column.source else None)]
        draft.is_usable = False

    return change


LAYOUTS: Final[tuple[tuple[str, Layout, str], ...]] = (
    ("title in one cell", layouts.title_in_one_cell, "merges"),
    ("beside the motto", layouts.beside_the_motto, ""),
    ("official form", layouts.stacked, "merges"),
    ("by area", layouts.sections, ""),
    ("numbered", layouts.numbered, ""),
    ("second table below", layouts.second_table_below, "two years"),
    ("second table below, unknown heading", layouts.second_table_of_unknown_heading, "two years"),
    ("second sheet", layouts.second_sheet, "two years sheets"),
    ("second sheet, unknown heading", layouts.second_sheet_of_unknown_heading, "two years sheets"),
    ("same figures of another year", layouts.same_figures_another_year, "two years sheets"),
    ("same figures, preliminary and final", layouts.same_figures_preliminary, "two years sheets"),
    ("continued sheet without header", layouts.continued_without_header, "sheets"),
    ("continued sheet with header", layouts.continued_with_header, "sheets"),
    ("below the signature", layouts.below_the_signature, ""),
    ("row index before", layouts.row_index_before, ""),
    ("side by side", layouts.side_by_side, ""),
    ("total above", layouts.total_above, ""),
    ("blank rows between, blank column before", layouts.blank_rows_and_columns, ""),
    ("years in groups", layouts.years_in_groups, "merges years"),
    ("years above counts", layouts.years_above_counts, "merges years"),
    ("rows per year", layouts.rows_per_year, "merges years"),
    ("reported year first", layouts.reported_year_first, "years"),
    ("households and persons in rows", layouts.households_and_persons, "merges"),
    ("indicators in rows", layouts.indicators_in_rows, "years no rows"),
)
MAY_BE_REFUSED: Final = frozenset(
    {"side by side", "second table below, unknown heading", "second sheet, unknown heading", "row index before"}
    | {
        "continued sheet without header",
        "continued sheet with header",
        "below the signature",
        "blank rows between, blank column before",
    }
)
_LACKS: Final = {
    "years": frozenset({"free year", "rows"}),
    "two years": frozenset({"free year", "one table"}),
    "sheets": frozenset({"whole table"}),
    "no rows": frozenset({"rows"}),
}


def all_layouts() -> Iterator[Choice]:
    """Yield layouts."""
    for name, layout, words in LAYOUTS:
        needs = frozenset({"merges"} & set(words.split())) | frozenset({"sheets"} & set(words.split()))
        lacks = frozenset[str]().union(*(kept for key, kept in _LACKS.items() if key in words))
        change = sets(layout=layout)
        if name in MAY_BE_REFUSED:
            change = both(change, may_refuse)
        if "years" in words and "two" not in words:
            change = both(change, sets(time=""))
        yield Choice("layout", name, change, needs=needs, lacks=lacks | _lacks_of(layout))
    area = Choice("layout", "a unit in both areas", sets(layout=layouts.unit_in_both_areas), place=QUANG_NAM)
    yield Choice(area.dimension, area.name, area.change, lacks=_lacks_of(layouts.stacked) | {"odd"}, place=area.place)
    yield from _hidden_under_merges()
    yield from _ragged_rows()
    for name in ("a second sheet that is hidden",):
        yield Choice("layout", name, both(sets(layout=layouts.second_sheet), _hide_second, _allow("F007"), may_refuse),
                     needs=frozenset({"sheets"}), lacks=_LACKS["two years"])  # fmt: skip


def _lacks_of(layout: Layout) -> frozenset[str]:
    """Only some layouts show the further rows, or the heading of the column of units."""
    simple = (layouts.flat, layouts.title_in_one_cell, layouts.beside_the_motto, layouts.blank_rows_and_columns)
    return frozenset[str]() if layout in simple else frozenset({"plain rows"})


def _hidden_under_merges() -> Iterator[Choice]:
    needs = frozenset({"format", "merges", "plain rows"})
    under = both(sets(format="xlsx (xlsxwriter)"), _finishes(_figure_under_merge), may_refuse)
    yield Choice("layout", "a figure under a merge", under, needs=needs)
    over = both(_finishes(_merged_over_two_units), may_refuse)
    yield Choice("layout", "a figure merged over two units", over, needs=frozenset({"merges", "plain rows"}))


def _ragged_rows() -> Iterator[Choice]:
    """Yield text tables with a row that is longer or shorter than its header: nobody knows which figure is which."""
    needs = frozenset({"format", "plain rows", "one table", "column", "all households"})
    rows: tuple[tuple[str, Callable[[list[Cell]], list[Cell]]], ...] = (
        ("a thousand divided by its comma", lambda row: [*row[:2], Cell("1"), Cell("234"), *row[3:]]),
        ("a cell more at its beginning", lambda row: [Cell(""), *row]),
        ("a cell less in its middle", lambda row: [*row[:2], *row[3:]]),
        ("a name divided by its comma", lambda row: [row[0], Cell("Xã Tà"), Cell("Lu"), *row[2:]]),
    )
    for name, spoilt in rows:
        change = both(
            sets(format="csv (comma)", with_total=False), _finishes(_ragged(spoilt)), may_refuse, _allow("U008")
        )
        yield Choice("layout", f"text table, {name}", change, needs=needs)


def _ragged(spoilt: Callable[[list[Cell]], list[Cell]]) -> Callable[[Draft, Book], None]:
    def change(draft: Draft, book: Book) -> None:
        sheet = book.sheets[0]
        at = next(at for at, row in enumerate(sheet.rows) if any(cell.meant for cell in row)) + 1
        row = spoilt(sheet.rows[at])
        for column in range(len(row)):
            _spoil(row, column)
        sheet.rows[at] = row

    return change


def _finishes(change: Callable[[Draft, Book], None]) -> Change:
    return lambda draft: draft.finish.append(change)


def _hide_second(draft: Draft) -> None:
    def hide(draft: Draft, book: Book) -> None:
        book.sheets[1].hidden = True

    draft.finish.append(hide)


def _place_of_poor(draft: Draft) -> int:
    return 2 + next(at for at, column in enumerate(draft.columns) if column.source == POOR)


def _figure_under_merge(draft: Draft, book: Book) -> None:
    """The poor of two units are merged: what is seen may be taken as that of its own row."""
    sheet = book.sheets[0]
    column, rows = _place_of_poor(draft), [at for at, row in enumerate(sheet.rows) if any(cell.meant for cell in row)]
    sheet.merges.append(Merge(rows[1], column, rows[2], column))
    _spoil(sheet.rows[rows[2]], column)


def _merged_over_two_units(draft: Draft, book: Book) -> None:
    """One figure is merged over two units: the second has none."""
    _figure_under_merge(draft, book)
    sheet = book.sheets[0]
    column, at = _place_of_poor(draft), sheet.merges[-1].bottom
    sheet.rows[at][column] = Cell(None, sheet.rows[at][column].meant)


def _spoil(row: list[Cell], column: int) -> None:
    cell = row[column]
    if cell.meant is not None:
        row[column] = replace(cell, meant=replace(cell.meant, values=frozenset(), also=None))


_LACKS_OF_FORMATS: Final = {
    "csv": frozenset({"merges", "looks", "formats", "sheets", "numbers", "sheet names", "format"}),
    "txt": frozenset({"merges", "looks", "formats", "sheets", "numbers", "sheet names", "format"}),
    "html": frozenset({"formats", "sheets", "numbers", "sheet names", "format"}),
    "xml": frozenset({"merges", "looks", "formats", "format"}),
    "ods": frozenset({"formats", "format"}),
    "xlsb": frozenset({"looks", "formats", "format"}),
    "xlsx (in": frozenset({"merges", "format"}),
    "xls": frozenset({"format"}),
}


def formats() -> Iterator[Choice]:
    """Yield formats."""
    for name in WRITERS:
        lacks = next(kept for start, kept in _LACKS_OF_FORMATS.items() if name.startswith(start))
        may_be_unread = name in ("html as .xls", "xml 2003 as .xls")
        change = both(sets(format=name), may_refuse) if may_be_unread else sets(format=name)
        yield Choice("format", name, change, lacks=lacks)
