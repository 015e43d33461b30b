"""Layouts, what is done to finished sheets, and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from reading import layouts, layouts_several
from reading.choice import Change, Choice, both, may_refuse, sets
from reading.draft import POOR, Draft, Layout
from reading.meaning import Book, Cell, Merge
from reading.places import QUANG_NAM
from reading.writing import WRITERS


def _allow(*codes: str) -> Change:
    return lambda draft: draft.allowed.update(codes)


LAYOUTS: Final[tuple[tuple[str, Layout, str], ...]] = (
    ("title in one cell", layouts.title_in_one_cell, "merges"),
    ("beside the motto", layouts.beside_the_motto, ""),
    ("official form", layouts.stacked, "merges"),
    ("by area", layouts.sections, ""),
    ("numbered", layouts.numbered, ""),
    ("second table below", layouts_several.second_table_below, "two years"),
    ("second table below, unknown heading", layouts_several.second_table_of_unknown_heading, "two years"),
    ("second sheet", layouts_several.second_sheet, "two years sheets"),
    ("second sheet, unknown heading", layouts_several.second_sheet_of_unknown_heading, "two years sheets"),
    ("same figures of another year", layouts_several.same_figures_another_year, "two years sheets"),
    ("same figures, preliminary and final", layouts_several.same_figures_preliminary, "two years sheets"),
    ("continued sheet without header", layouts_several.continued_without_header, "sheets"),
    ("continued sheet with header", layouts_several.continued_with_header, "sheets"),
    ("below the signature", layouts_several.below_the_signature, ""),
    ("row index before", layouts.row_index_before, ""),
    ("side by side", layouts.side_by_side, ""),
    ("total above", layouts.total_above, ""),
    ("blank rows between, blank column before", layouts.blank_rows_and_columns, ""),
    ("years in groups", layouts_several.years_in_groups, "merges years"),
    ("years above counts", layouts_several.years_above_counts, "merges years"),
    ("rows per year", layouts_several.rows_per_year, "merges years"),
    ("reported year first", layouts_several.reported_year_first, "years"),
    ("households and persons in rows", layouts.households_and_persons, "merges"),
    ("indicators in rows", layouts_several.indicators_in_rows, "years no rows own measure"),
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
    "own measure": frozenset({"measure"}),
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
    hidden = both(sets(layout=layouts_several.second_sheet), _hide_second, _allow("F007"), may_refuse)
    name = "a second sheet that is hidden"
    yield Choice("layout", name, hidden, needs=frozenset({"sheets"}), lacks=_LACKS["two years"])


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
    lacks = _LACKS_OF_FORMATS["csv"] - {"format"}
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
        yield Choice("layout", f"text table, {name}", change, needs=needs, lacks=lacks)


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
