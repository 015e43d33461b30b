"""Charts of a workbook: drawn by the program that opens it, of the cells of the table above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from thidua_cli.model import column_letters
from thidua_cli.present.paper import measures
from thidua_cli.present.sheets import limits
from thidua_cli.present.sheets.formulas import quoted
from thidua_cli.present.sheets.pen import DEFAULT_HEIGHT, SheetPen
from thidua_cli.present.sheets.table import PlacedTable
from thidua_cli.present.toolkit.document import Chart, ChartSeries, Value
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.series_looks import series_grey, series_marker

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_HEIGHT: Final = 140.0
"""In points, of the printed page."""
_LEAST_HEIGHT: Final = 110.0
"""Of a picture that takes what is left of a page, rather than a page of its own."""
_MOST_WIDTH: Final = 520.0
_FONT: Final = {"name": measures.FONT, "size": 10, "color": "black"}
_PIXELS: Final = 4 / 3
_MOST_LABELS: Final = 12
"""Values written beside their points or bars; more would stand on each other."""
_MOST_ACROSS: Final = 8
"""Names of categories that stand level; more are turned, and many bars lie."""
_MOST_BARS: Final = 30
"""Bars of one chart; more are further charts."""
_LINES_AROUND: Final = 6
"""Title, axis and legend of a chart whose bars lie, in lines."""
_PATTERNS: Final = (None, "wide_upward_diagonal", "percent_20", "dark_horizontal")
_EVEN_LINES: Final = {"color": "#D9D9D9", "width": 0.5}


def draw_chart(pen: SheetPen, book: Workbook, chart: Chart, placed: PlacedTable | None) -> None:
    """Write a chart below what stands on the sheet, with room kept free for it; one of many bars is several."""
    for part in _parts(chart):
        kind, lying = _kind(part)
        lines = len(part.categories) + _LINES_AROUND if lying else 0
        height = lines * DEFAULT_HEIGHT if lying else _height(pen)
        width = min(sum(pen.widths), _MOST_WIDTH / pen.scale)
        pen.keep_together(height + DEFAULT_HEIGHT)
        pen.skip(DEFAULT_HEIGHT / 2)
        drawn = _chart(book, kind, part, _ChartCells(pen, part, placed), pen)
        drawn.set_size({"width": round(width * _PIXELS), "height": round(height * _PIXELS)})
        told = visible(chart.description or chart.title)
        # Moves with its row and keeps its size: a row that grows must not pull it.
        pen.sheet.insert_chart(pen.row, 0, drawn, {"description": told, "object_position": 2, "x_offset": 4})
        for _ in range(ceil(height / DEFAULT_HEIGHT) + 1):
            pen.next_row()


def _height(pen: SheetPen) -> float:
    """Return how high a chart is drawn: lower where it then stands on the page of its table."""
    left = pen.left - 3 * DEFAULT_HEIGHT
    return left if _LEAST_HEIGHT <= left * pen.scale < _HEIGHT else _HEIGHT / pen.scale


def _parts(chart: Chart) -> Iterator[Chart]:
    """Yield a chart in parts that are read: bars stand below each other, as many as a page holds."""
    if not chart.is_bars or len(chart.categories) <= _MOST_BARS:
        yield chart
        return
    for first in range(0, len(chart.categories), _MOST_BARS):
        shown = slice(first, first + _MOST_BARS)
        series = [each._replace(values=each.values[shown]) for each in chart.series]
        yield chart._replace(categories=chart.categories[shown], series=series)


def _kind(chart: Chart) -> tuple[str, bool]:
    """Return how a chart is drawn, and whether its bars lie: many names are read only beside each other's bars."""
    if not chart.is_bars:
        return "line", False
    lying = len(chart.categories) > _MOST_ACROSS and not any(series.is_asked for series in chart.series)
    return ("bar", True) if lying else ("column", False)


def _chart(book: Workbook, kind: str, chart: Chart, cells: _ChartCells, pen: SheetPen) -> Any:
    counted = [series for series in chart.series if not series.is_asked][: limits.SERIES]
    asked = [series for series in chart.series if series.is_asked][: limits.SERIES]
    drawn: Any = book.add_chart({"type": kind})
    number_format = pen.styles.number_format(chart.value_type)
    for number, series in enumerate(counted):
        look = _bar(number) if chart.is_bars else _line(number)
        labels = _labels(series, chart, number_format) if number == 0 else {}
        _add(drawn, series, cells, look | labels)
    # Bars and a line are two charts upon each other to Excel.
    upon: Any = book.add_chart({"type": "line"}) if chart.is_bars and asked else drawn
    for number, series in enumerate(asked):
        _add(upon, series, cells, _asked(number))
    if upon is not drawn:
        drawn.combine(upon)
    _words(drawn, kind, chart, number_format)
    return drawn


_DASHES: Final = ("dash", "round_dot", "long_dash_dot", "square_dot")


def _asked(number: int) -> dict[str, Any]:
    dashes = _DASHES[number % len(_DASHES)]
    return {"line": {"color": "#000000", "width": 1.5, "dash_type": dashes}, "marker": {"type": "none"}}


def _line(number: int) -> dict[str, Any]:
    color, marker = f"#{series_grey(number)}", series_marker(number)
    marked = {"type": marker, "size": 6, "border": {"color": color}, "fill": {"color": color}}
    return {"line": {"color": color, "width": 2}, "marker": marked}


def _bar(number: int) -> dict[str, Any]:
    color, pattern = f"#{series_grey(number + 1)}", _PATTERNS[number % len(_PATTERNS)]
    border = {"border": {"color": "#000000"}, "gap": 60}
    if pattern is None:
        return {"fill": {"color": color}, **border}
    return {"pattern": {"pattern": pattern, "fg_color": "#000000", "bg_color": "#FFFFFF"}, **border}


def _labels(series: ChartSeries, chart: Chart, number_format: str) -> dict[str, Any]:
    if len(series.values) > _MOST_LABELS and not chart.is_bars:
        return {}
    position = "outside_end" if chart.is_bars else "above"
    return {"data_labels": {"value": True, "num_format": number_format, "font": _FONT, "position": position}}


def _words(drawn: Any, kind: str, chart: Chart, number_format: str) -> None:
    drawn.set_title({"name": _text(chart.title), "name_font": {**_FONT, "size": 11, "bold": True}, "overlay": False})
    level = {} if kind == "bar" or len(chart.categories) <= _MOST_ACROSS else {"rotation": -45}
    # Beside the bars, also of values below zero; and the first name above the others.
    order = {"reverse": True} if kind == "bar" else {}
    drawn.set_x_axis({"num_font": {**_FONT, **level}, "label_position": "low", "line": {"color": "black"}, **order})
    floor = {} if any(value is not None and value < 0 for each in chart.series for value in each.values) else {"min": 0}
    named = {"name": _text(chart.unit), "name_font": {**_FONT, "bold": False}} if chart.unit else {}
    lines = {"major_gridlines": {"visible": True, "line": _EVEN_LINES}, "line": {"color": "black"}}
    drawn.set_y_axis({"num_font": _FONT, "num_format": number_format, **named, **lines, **floor})
    legend = {"position": "bottom", "font": _FONT} if len(chart.series) > 1 else {"none": True}
    drawn.set_legend(legend)
    drawn.show_blanks_as("gap")
    drawn.set_chartarea({"border": {"none": True}, "fill": {"color": "white"}})


def _add(drawn: Any, series: ChartSeries, cells: _ChartCells, look: dict[str, Any]) -> None:
    cited = {"categories": cells.categories, "values": cells.values_of(series)}
    drawn.add_series({"name": _text(series.name), **cited, **look})


class _ChartCells:
    """The cells that a chart is drawn of: columns of the table, else cells behind the picture that hold the same."""

    def __init__(self, pen: SheetPen, chart: Chart, placed: PlacedTable | None) -> None:
        self._pen, self._placed = pen, placed
        self._free = 0
        self.categories = self._cells(chart.categories)

    def values_of(self, series: ChartSeries) -> str:
        """Return the cells of a series."""
        return self._cells(series.values)

    def _cells(self, values: Sequence[Value]) -> str:
        return next(_columns_holding(self._placed, values), "") or self._behind(values)

    def _behind(self, values: Sequence[Value]) -> str:
        pen, column = self._pen, self._free
        # Not seen beside the picture; a format that hides numbers would hide names on the axis too.
        style, names = pen.styles.get(num_format=";;;"), pen.styles.get(font_color="white", font_size=6)
        self._free += 1
        cells = _row_holding(self._placed, values)
        for row, value in enumerate(values, start=pen.row):
            if isinstance(value, str):
                pen.sheet.write_string(row, column, value, names)
            elif value is not None and cells:
                # Follows the table, whose figures may be formulas: they are not known before all sheets are drawn.
                pen.sheet.write_formula(row, column, f"={cells[row - pen.row]}", style, float(value))
            elif value is not None:
                pen.sheet.write_number(row, column, float(value), style)
        return _range(pen.sheet.name, column, pen.row, len(values))


def _row_holding(placed: PlacedTable | None, values: Sequence[Value]) -> list[str]:
    """Return the cells of the first row of the table that hold the values in their order; none where it does not."""
    if placed is None or not placed.table.rows or any(isinstance(value, str) for value in values):
        return []
    cells: list[str] = []
    position = -1
    for value in values:
        row = placed.table.rows[0]
        position = next((each for each in range(position + 1, len(row)) if row[each] == value), len(row))
        if position == len(row):
            return []
        cells.append(f"{column_letters(placed.spans[position][0])}{placed.parts[0].first_row + 1}")
    return cells


def _columns_holding(placed: PlacedTable | None, values: Sequence[Value]) -> Iterator[str]:
    if placed is None or len(placed.parts) != 1 or len(placed.table.rows) != len(values):
        return
    part = placed.parts[0]
    for position, (first, _) in enumerate(placed.spans):
        if all(_same(row[position], value) for row, value in zip(placed.table.rows, values, strict=True)):
            yield _range(part.sheet.name, first, part.first_row, len(values))


def _range(sheet: str, column: int, row: int, rows: int) -> str:
    letters = column_letters(column)
    return f"={quoted(sheet)}!${letters}${row + 1}:${letters}${row + rows}"


def _same(cell: Value, value: Value) -> bool:
    return cell == value or (isinstance(value, str) and str(cell) == value)


def _text(text: str) -> str:
    # XlsxWriter takes a name that holds "…!A1" for the address of a cell.
    return visible(text).replace("!", "! ")
