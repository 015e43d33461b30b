"""A chart as a drawing (SVG) that pages hold as it is: black and white, no style sheet, no script, nothing outside it.

Lines differ by dashes and marks, bars by how dark they are, so that a photocopy says the same. Colours are those of the
page (`currentColor`). One unit is one point where the drawing is as wide as the text. pygal was tried in its place:
it writes the day it ran into every file, lets labels run over the edge and over one another, has one mark for all
lines and needs a style sheet, and takes 3.5 ms and 14 KB where this takes 0.2 ms and 3 KB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from thidua_cli.language import Language, format_decimal
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.document import Chart, ChartSeries, ColumnType, cell_text
from thidua_cli.present.toolkit.html_text import escaped
from thidua_cli.present.toolkit.text_width import text_width

WIDTH: Final = 468.0
_LETTERS: Final = 10.0
_LINE: Final = 12.0
_PLOT_HEIGHT: Final = 112.0
_TOP: Final = 22.0
"""Room for the unit, and for the value of the topmost point."""
_FLOOR: Final = _TOP + _PLOT_HEIGHT + 1
"""Below it stand the categories."""
_DASHES: Final = ("", "7 3", "2 2", "7 3 2 3")
_ASKED_DASHES: Final = ("6 2 2 2", "4 3", "1.5 2.5")
_MARKS: Final = ("M{x} {y}m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", "M{x} {y}m-3-3h6v6h-6z", "M{x} {y}m-3.5 3h7l-3.5-6z")
_ASKED_MARKS: Final = ("M{x} {y}m-3.5 3h7l-3.5-6z", "M{x} {y}m-3.5 0l3.5-3.5 3.5 3.5-3.5 3.5z", "M{x} {y}m-3-3h6v6h-6z")
_SHADES: Final = (0.75, 0.4, 0.15)


class _Plot(NamedTuple):
    """Where values stand."""

    left: float
    low: Fraction
    high: Fraction
    places: int
    step: Fraction

    @property
    def slot(self) -> float:
        return (WIDTH - 6 - self.left) / self.places

    def x(self, index: int) -> float:
        return self.left + self.slot * (index + 0.5)

    def y(self, value: Fraction | int) -> float:
        return _TOP + _PLOT_HEIGHT * float((self.high - value) / (self.high - self.low))


def chart_svg(chart: Chart, language: Language) -> str:
    """Return the drawing; a chart without any value is an empty text."""
    values = [Fraction(value) for series in chart.series for value in series.values if value is not None]
    if not values or not chart.categories:
        return ""
    plot = _plot(chart, values, language)
    keys, height = _keys(chart.series, chart.is_bars)
    pieces = [
        f"<title>{escaped(chart.title)}</title><desc>{escaped(chart.description)}</desc>",
        *_frame(plot, chart, language),
        *(_bars(plot, chart.series) if chart.is_bars else _lines(plot, chart.series)),
        *_values(plot, chart, language),
        *keys,
    ]
    name = escaped(f"{chart.title}. {chart.description}" if chart.description else chart.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" role="img" aria-label="{name}" '
        f'font-family="Liberation Serif, Times New Roman, Tinos, serif" font-size="{_LETTERS:g}" fill="currentColor">'
        f"{''.join(pieces)}</svg>"
    )


def _plot(chart: Chart, values: Sequence[Fraction], language: Language) -> _Plot:
    """Return the scale: bars stand on 0; lines may leave it where the lowest is over half of the highest."""
    low, high = min(values), max(values)
    if chart.is_bars or low * 2 <= high or low == high:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    step = _step((high - low) or Fraction(1))
    low, high = low // step * step, -(-high // step) * step
    high = high if high > low else low + 5 * step
    if low and (min(values) - low) * 8 < high - low:
        low -= step  # room for the number below the lowest point, or below a bar that hangs
    widest = max(text_width(_tick(tick, step, language), _LETTERS) for tick in (low, high))
    return _Plot(widest + 8, low, high, len(chart.categories), step)


def _step(span: Fraction) -> Fraction:
    """Return the distance of two lines of the scale: 1, 2, 2.5 or 5 times a power of ten; three to five fit."""
    power = Fraction(1)
    while power * 10 * 4 <= span:
        power *= 10
    while power * 4 > span:
        power /= 10
    return next(
        power * times for times in (Fraction(1), Fraction(2), Fraction(5, 2), 5, 10) if power * times * 5 >= span
    )


def _tick(value: Fraction, step: Fraction, language: Language) -> str:
    places = next(places for places in range(12) if (step * 10**places).denominator == 1)
    return format_decimal(value, language, places) if places else cell_text(int(value), ColumnType.COUNT, language)


def _frame(plot: _Plot, chart: Chart, language: Language) -> Iterator[str]:
    """Yield the lines of the scale with their numbers, the unit above them, and the categories below."""
    for number in range(int((plot.high - plot.low) / plot.step) + 1):
        value = plot.low + number * plot.step
        y, is_base = plot.y(value), value == max(plot.low, Fraction(0))
        opacity = "" if is_base else ' stroke-opacity="0.25"'
        yield f'<path d="M{plot.left:g} {y:.1f}H{WIDTH - 6:g}" stroke="currentColor" stroke-width="0.6"{opacity}/>'
        yield _text(plot.left - 4, y + 3.5, _tick(value, plot.step, language), "end")
    if chart.unit:
        yield _text(plot.left - 4, _LETTERS, chart.unit, "end")
    widest = max(text_width(name, _LETTERS) for name in chart.categories) + 4
    for index, name in enumerate(chart.categories):
        if index % int(1 + widest // plot.slot) == 0:
            yield _text(_within(plot.x(index), name), _TOP + _PLOT_HEIGHT + _LINE + 2, name, "middle")


def _within(x: float, text: str) -> float:
    """Return where the middle of a text stands so that no end of it runs over the edge."""
    half = min(text_width(text, _LETTERS), WIDTH) / 2
    return min(max(x, half), WIDTH - half)


def _lines(plot: _Plot, series: Sequence[ChartSeries]) -> Iterator[str]:
    for number, line in enumerate(series):
        points = [None if value is None else (plot.x(i), plot.y(value)) for i, value in enumerate(line.values)]
        joined = "".join(
            f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"
            for a, b in pairwise(points)
            if a is not None and b is not None
        )
        yield _stroke(joined, _dashes(line, number)) if joined else ""
        yield "".join(_mark(line, number, *point) for point in points if point is not None)


def _dashes(series: ChartSeries, number: int) -> str:
    dashes = _ASKED_DASHES if series.is_asked else _DASHES
    return dashes[number % len(dashes)]


def _stroke(path: str, dashes: str) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.2"{dashed}/>'


def _mark(series: ChartSeries, number: int, x: float, y: float) -> str:
    marks = _ASKED_MARKS if series.is_asked else _MARKS
    shape = marks[number % len(marks)].format(x=f"{x:.1f}", y=f"{y:.1f}")
    return f'<path d="{shape}" stroke="currentColor"{_filling(0.0 if series.is_asked else 1.0)}/>'


def _filling(opacity: float) -> str:
    return ' fill="none"' if not opacity else "" if opacity == 1 else f' fill-opacity="{opacity:g}"'


def _bars(plot: _Plot, series: Sequence[ChartSeries]) -> Iterator[str]:
    base, width = plot.y(max(plot.low, Fraction(0))), plot.slot * 0.7 / len(series)
    for number, bars in enumerate(series):
        for index, value in enumerate(bars.values):
            if value is not None:
                x, y = _bar_left(plot, len(series), number, index), plot.y(value)
                yield _box(bars, number, x, min(y, base), width, abs(base - y))


def _bar_left(plot: _Plot, count: int, number: int, index: int) -> float:
    return plot.x(index) + plot.slot * 0.7 * (number / count - 0.5)


def _box(series: ChartSeries, number: int, x: float, y: float, width: float, height: float) -> str:
    dashed = f' stroke-dasharray="{_dashes(series, number)}"' if series.is_asked else ""
    shade = 0.0 if series.is_asked else _SHADES[number % len(_SHADES)]
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" stroke="currentColor" '
        f'stroke-width="0.6"{dashed}{_filling(shade)}/>'
    )


def _values(plot: _Plot, chart: Chart, language: Language) -> Iterator[str]:
    """Yield the numbers at points and bars, where there is room for them."""
    for index in range(plot.places):
        shown = [
            (plot.y(value), number, cell_text(value, ColumnType.COUNT, language))
            for number, series in enumerate(chart.series)
            if (value := series.values[index]) is not None
        ]
        if chart.is_bars:
            yield from _values_of_bars(plot, len(chart.series), index, shown)
        elif all(text_width(text, _LETTERS) < plot.slot for _, _, text in shown):
            yield from _values_of_points(plot, index, sorted(shown))


def _values_of_bars(plot: _Plot, count: int, index: int, shown: Sequence[tuple[float, int, str]]) -> Iterator[str]:
    width, base = plot.slot * 0.7 / count, plot.y(max(plot.low, Fraction(0)))
    for y, number, text in shown:
        if text_width(text, _LETTERS) < width * 1.15:
            x = _bar_left(plot, count, number, index) + width / 2
            yield _text(x, y - 3 if y <= base else y + _LETTERS, text, "middle")


def _values_of_points(plot: _Plot, index: int, shown: Sequence[tuple[float, int, str]]) -> Iterator[str]:
    """Yield the topmost number above its point, the others below theirs, each below the last, where there is room."""
    taken = 0.0
    for place, (y, _, text) in enumerate(shown):
        above, below = y - 5, max(y + _LETTERS + 3, taken + _LINE)
        is_above = place == 0 or (below > _FLOOR and above >= taken + _LINE)
        if is_above or below <= _FLOOR:
            taken = above if is_above else below
            yield _text(plot.x(index), taken, text, "middle")


def _keys(series: Sequence[ChartSeries], is_bars: bool) -> tuple[list[str], float]:
    """Return what says which line is which, below the plot, and the height of all."""
    pieces, x, y = [], 0.0, _TOP + _PLOT_HEIGHT + 2 * _LINE + 8
    for number, each in enumerate(series):
        width = 30 + text_width(each.name, _LETTERS) + 14
        if x and x + width > WIDTH:
            x, y = 0.0, y + _LINE + 2
        pieces.append(_key(each, number, is_bars, x, y))
        x += width
    return pieces, y + 5


def _key(series: ChartSeries, number: int, is_bars: bool, x: float, y: float) -> str:
    if is_bars:
        sample = _box(series, number, x + 8, y - 8, 14, 9)
    else:
        middle = y - 3.5
        sample = _stroke(f"M{x:g} {middle:g}H{x + 24:g}", _dashes(series, number)) + _mark(
            series, number, x + 12, middle
        )
    return sample + _text(x + 30, y, series.name, "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{anchored}>{escaped(text)}</text>'
