"""The layout of a sheet by an officer's mapping, or why the sheet does not fit it."""

from __future__ import annotations

from thidua_cli.language import Text
from thidua_cli.model import COUNTS
from thidua_cli.normalise.mapping import RATES, FormMapping, letters_of
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.heading_table import HeadingReading, measured
from thidua_cli.normalise.sheet.heading_words import heading_key, heading_words
from thidua_cli.normalise.sheet.headings import Column, Layout
from thidua_cli.normalise.sheet.layout import heading_path, title_above


def mapped_layout(cells: Cells, mapping: FormMapping, sheet: str) -> Layout | Text:
    """Return where a mapping says that things are; the reason where this sheet cannot be the form it describes."""
    columns: list[Column] = []
    for meaning, place in mapping.columns.items():
        places = _places(cells, mapping, place)
        if len(places) != 1:
            return _misfit(sheet, mapping, place, len(places))
        path = heading_path(cells, mapping.header_top, mapping.header_bottom, places[0])
        # the officer says what the column is; in what it is counted is still the heading's to say
        unit = next((unit for segment in reversed(path) if (unit := heading_words(segment).unit) is not None), None)
        reading = measured(meaning, unit) if meaning in COUNTS else HeadingReading(meaning, unit)
        columns.append(Column(places[0], path or (place,), reading.meaning, unit=unit, refused=reading.refused))
    columns.sort(key=lambda column: column.index)
    title = title_above(cells, 0, max(mapping.header_top, 0))
    layout = Layout(title, max(mapping.header_top, 0), mapping.header_bottom, tuple(columns))
    if not _has_rows(cells, layout):
        row = mapping.header_bottom + 2
        return Text(f"“{sheet}”: từ dòng {row} không có số liệu", f"“{sheet}”: no figures from row {row} on")
    return layout


def _places(cells: Cells, mapping: FormMapping, place: str) -> list[int]:
    """Return the columns that letters or a heading name: the last part of it, or the whole path with › between."""
    index = letters_of(place)
    if index is not None:
        return [index] if cells.first_column <= index < cells.width else []
    wanted = heading_key(place)
    paths = {
        column: heading_path(cells, mapping.header_top, mapping.header_bottom, column)
        for column in range(cells.first_column, cells.width)
    }
    whole = [column for column, path in paths.items() if path and heading_key(" ".join(path)) == wanted]
    return whole or [column for column, path in paths.items() if path and heading_key(path[-1]) == wanted]


def _misfit(sheet: str, mapping: FormMapping, place: str, count: int) -> Text:
    rows = f"{mapping.header_top + 1}–{mapping.header_bottom + 1}"
    if letters_of(place) is not None:
        return Text(f"“{sheet}” không có cột {place}", f"“{sheet}” has no column {place}")
    if count:
        return Text(
            f"“{sheet}”: {count} cột cùng có tiêu đề “{place}”; hãy nêu chữ cái của cột",
            f"“{sheet}”: {count} columns are headed “{place}”; give the letters of the column",
        )
    return Text(
        f"“{sheet}”: dòng tiêu đề {rows} không có “{place}”",
        f"“{sheet}”: the header rows {rows} hold no “{place}”",
    )


def _has_rows(cells: Cells, layout: Layout) -> bool:
    names = [column.index for column in layout.columns if column.meaning in ("unit_name", "unit_code")]
    counts = [column.index for column in layout.columns if column.meaning in COUNTS or column.meaning in RATES.values()]
    return any(
        any(cells.text(row, at) for at in names) and any(cells.text(row, at)[:1].isdigit() for at in counts)
        for row in range(layout.header_bottom + 1, len(cells.rows))
    )
