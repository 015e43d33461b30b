"""Drawings of charts: they say every figure, run over no edge, and hold no text as markup."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final
from xml.etree import ElementTree

import pytest

from tests.present.hostile import TEXTS
from thidua_cli.language import Language
from thidua_cli.present.toolkit.chart_svg import chart_svg
from thidua_cli.present.toolkit.document import Chart, ChartSeries
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.text_width import text_width

_SVG: Final = "{http://www.w3.org/2000/svg}"
YEARS: Final = ["2021", "2022", "2023", "2024"]
RATE: Final = ChartSeries("Tỷ lệ hộ nghèo", [Fraction(401, 10), Fraction(362, 10), Fraction(333, 10), Fraction(2, 3)])
ASKED: Final = ChartSeries(
    "Mức cao nhất", [None, Fraction(361, 10), Fraction(322, 10), Fraction(293, 10)], is_asked=True
)
LONG: Final = "Xã có một cái tên rất dài, dài hơn mọi tên khác của tỉnh"
CHARTS: Final = {
    "rates": Chart("Tỷ lệ", YEARS, [RATE, ASKED], "%", "Giảm từng năm"),
    "a gap": Chart("Số hộ", YEARS, [ChartSeries("Hộ nghèo", [1200, None, 900, 850])], "hộ"),
    "one point": Chart("Số hộ", ["2024"], [ChartSeries("Hộ nghèo", [12])], "hộ"),
    "nothing but zero": Chart("Số hộ", YEARS, [ChartSeries("Hộ nghèo", [0, 0, 0, 0])], "hộ"),
    "bars below zero": Chart("Mức dư", [LONG, "Xã B", LONG], [ChartSeries("Dư", [12, -40, -3])], "hộ", is_bars=True),
    "many bars": Chart("Mức dư", [f"Xã {n}" for n in range(46)], [ChartSeries(LONG, list(range(46)))], is_bars=True),
    "many lines": Chart("Hộ", YEARS, [ChartSeries(f"{LONG} {n}", [n, n * 2, n, 10**9]) for n in range(7)]),
}
each_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(chart: Chart, language: Language = Language.VI) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(chart, language))


def texts(drawing: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in drawing.iter(f"{_SVG}text")]


@each_chart
@pytest.mark.parametrize("language", Language)
def test_no_label_runs_over_the_edge(name: str, language: Language) -> None:
    drawing = drawn(CHARTS[name], language)
    _, _, width, height = map(float, drawing.attrib["viewBox"].split())
    labels = list(drawing.iter(f"{_SVG}text"))
    assert labels
    for label in labels:
        x, y, wide = float(label.attrib["x"]), float(label.attrib["y"]), text_width(label.text or "", 10)
        left = x - {"end": wide, "middle": wide / 2}.get(label.attrib.get("text-anchor", ""), 0)
        assert left >= -0.1, label.text
        assert left + wide <= width + 0.1 or wide > width - 40, label.text
        assert 8 <= y <= height


@pytest.mark.parametrize("name", ["rates", "bars below zero"])
def test_no_label_stands_on_another(name: str) -> None:
    boxes = []
    for label in drawn(CHARTS[name]).iter(f"{_SVG}text"):
        x, y, wide = float(label.attrib["x"]), float(label.attrib["y"]), text_width(label.text or "", 10) * 0.85
        left = x - {"end": wide, "middle": wide / 2}.get(label.attrib.get("text-anchor", ""), 0)
        boxes.append((left, left + wide, y - 7, y, label.text))
    assert len(boxes) > 8
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2], (one, other)


def test_points_carry_their_figures_as_the_language_writes_them() -> None:
    assert {"40,10", "36,20", "33,30", "0,67", "36,10"} <= set(texts(drawn(CHARTS["rates"])))
    assert {"40.10", "0.67"} <= set(texts(drawn(CHARTS["rates"], Language.EN)))
    assert "1.200" in texts(drawn(CHARTS["a gap"]))


def test_a_year_without_a_figure_breaks_the_line() -> None:
    whole = CHARTS["a gap"]._replace(series=[ChartSeries("Hộ nghèo", [1200, 1000, 900, 850])])
    lines = [
        [
            path.attrib["d"].count("L")
            for path in drawn(chart).iter(f"{_SVG}path")
            if path.attrib.get("stroke-width") == "1.2"
        ]
        for chart in (CHARTS["a gap"], whole)
    ]
    # the last is that of the key, which has no corner
    assert lines == [[1, 0], [3, 0]]


def test_what_a_clause_asks_is_dashed_and_what_was_counted_is_not() -> None:
    dashes = [path.attrib.get("stroke-dasharray") for path in drawn(CHARTS["rates"]).iter(f"{_SVG}path")]
    assert dashes.count("4 3") == 2  # the line and its key
    lone = CHARTS["rates"]._replace(series=[RATE])
    assert {path.attrib.get("stroke-dasharray") for path in drawn(lone).iter(f"{_SVG}path")} == {None}


@pytest.mark.parametrize(
    "chart",
    [
        Chart("Tỷ lệ", [], []),
        Chart("Tỷ lệ", YEARS, []),
        Chart("Tỷ lệ", YEARS, [ChartSeries("Hộ nghèo", [None] * 4)]),
    ],
    ids=["no year", "no series", "no figure"],
)
def test_a_chart_without_a_figure_is_not_drawn(chart: Chart) -> None:
    assert chart_svg(chart, Language.VI) == ""


@each_chart
def test_a_drawing_says_what_is_in_it_to_who_cannot_see_it(name: str) -> None:
    chart, drawing = CHARTS[name], drawn(CHARTS[name])
    assert drawing.attrib["role"] == "img"
    assert chart.title in drawing.attrib["aria-label"]
    assert chart.description in drawing.attrib["aria-label"]
    assert drawing.findtext(f"{_SVG}title") == chart.title


@each_chart
def test_a_drawing_holds_nothing_that_runs_or_is_fetched(name: str) -> None:
    svg = chart_svg(CHARTS[name], Language.VI)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"<(style|script|image|use|foreignObject)|style=|class=|\bid=|\bon\w+=|url\(", svg)


def test_a_text_in_a_drawing_is_a_text_and_no_markup() -> None:
    for text in TEXTS:
        chart = Chart(text, [text, text], [ChartSeries(text, [1, 2])], text, text)
        drawing = drawn(chart)
        assert {element.tag.removeprefix(_SVG) for element in drawing.iter()} == {
            "svg",
            "title",
            "desc",
            "path",
            "text",
        }
        assert visible(text) in texts(drawing)
