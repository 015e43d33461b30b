"""Charts of a Word document: drawn by Word itself (DrawingML) from figures that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from typing import Final

from thidua_cli.language import Language, round_half_up
from thidua_cli.present.docx.styles import TAGS, XML, R
from thidua_cli.present.paper import measures
from thidua_cli.present.toolkit.document import Chart, ChartSeries
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.number_formats import number_format
from thidua_cli.present.toolkit.series_looks import series_grey, series_marker
from thidua_cli.present.toolkit.xml_text import attribute, escaped

_SHEET: Final = "Sheet1"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU: Final = 36000
"""English metric units in a millimetre."""
_HEIGHT: Final = 62
"""Of a chart, in millimetres."""
_POINTS: Final = 10


def chart_drawing(chart: Chart, name: str, number: int, width: float) -> str:
    """Return the run that shows a chart in the text, `width` millimetres wide, with the words for who cannot see it."""
    extent = f'cx="{round(width * _EMU)}" cy="{_HEIGHT * _EMU}"'
    description = attribute(visible(chart.description or chart.title))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_PICTURE}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="{name}" descr={description}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" xmlns:r="{R}" r:id="{name}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_xml(chart: Chart, language: Language) -> str:
    """Return a chart as a part of its own; its figures stand in the workbook of `chart_workbook` as well."""
    format_ = number_format(chart.value_type, language)
    series = "".join(_series(chart, number, format_) for number in range(len(chart.series)))
    return (
        f'{XML}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{R}"><c:date1904 val="0"/>'
        f'<c:lang val="{TAGS[language]}"/><c:roundedCorners val="0"/><c:chart>{_title(chart.title, bold=True)}'
        f'<c:autoTitleDeleted val="{0 if chart.title else 1}"/><c:plotArea><c:layout/>{_plot(chart, series)}'
        f'{_axes(chart, format_)}</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>'
        f'</c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{_POINTS * 100}"><a:solidFill><a:srgbClr val="000000"/>'
        f'</a:solidFill><a:latin typeface="{measures.FONT}"/><a:cs typeface="{measures.FONT}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="{TAGS[language]}"/></a:p></c:txPr><c:externalData r:id="rId1">'
        '<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _plot(chart: Chart, series: str) -> str:
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if chart.is_bars:
        return (
            '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            f'{series}<c:gapWidth val="80"/>{axes}</c:barChart>'
        )
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{series}<c:marker val="1"/>{axes}</c:lineChart>'
    )


def _axes(chart: Chart, format_: str) -> str:
    line = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:ln></c:spPr>'
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line.format("000000")}<c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{line.format("D9D9D9")}'
        f'</c:majorGridlines>{_title(chart.unit)}<c:numFmt formatCode="{format_}" sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{line.format("000000")}<c:crossAx val="1"/></c:valAx>'
    )


def _title(text: str, *, bold: bool = False) -> str:
    if not text:
        return ""
    letters = f'sz="{_POINTS * 100}" b="{int(bold)}"'
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr><a:defRPr {letters}/></a:pPr><a:r>'
        f"<a:rPr {letters}/><a:t>{escaped(visible(text))}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _series(chart: Chart, number: int, format_: str) -> str:
    series, column, last = chart.series[number], chr(ord("B") + number), len(chart.categories) + 1
    name = _texts([series.name], f"{_SHEET}!${column}$1")
    categories = _texts(chart.categories, f"{_SHEET}!$A$2:$A${last}")
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>'
        f"{_bar(number) if chart.is_bars else _line(series, number)}{_labels(series, format_, is_bars=chart.is_bars)}"
        f"<c:cat>{categories}</c:cat><c:val>{_values(series, column, last, format_)}</c:val>"
        f"{'' if chart.is_bars else _STRAIGHT}</c:ser>"
    )


_STRAIGHT: Final = '<c:smooth val="0"/>'


def _bar(number: int) -> str:
    color = series_grey(number)
    return f'<c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'


def _line(series: ChartSeries, number: int) -> str:
    """Return how a line looks: what is asked is dashed and has no marks, so that it reads without a colour."""
    fill = f'<a:solidFill><a:srgbClr val="{series_grey(number)}"/></a:solidFill>'
    dash = '<a:prstDash val="dash"/>' if series.is_asked else ""
    line = f'<c:spPr><a:ln w="22225">{fill}{dash}</a:ln></c:spPr>'
    if series.is_asked:
        return f'{line}<c:marker><c:symbol val="none"/></c:marker>'
    symbol = series_marker(number)
    return f'{line}<c:marker><c:symbol val="{symbol}"/><c:size val="6"/><c:spPr>{fill}</c:spPr></c:marker>'


def _labels(series: ChartSeries, format_: str, *, is_bars: bool) -> str:
    """Return the figures beside the marks; what is asked is the same at each of them."""
    if series.is_asked:
        return ""
    return (
        f'<c:dLbls><c:numFmt formatCode="{format_}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        f'<c:dLblPos val="{"outEnd" if is_bars else "t"}"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _texts(texts: Sequence[str], place: str) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{escaped(visible(text))}</c:v></c:pt>' for number, text in enumerate(texts)
    )
    cache = f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>{place}</c:f>{cache}</c:strRef>"


def _values(series: ChartSeries, column: str, last: int, format_: str) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{_number(value)}</c:v></c:pt>'
        for number, value in enumerate(series.values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache><c:formatCode>{format_}"
        f'</c:formatCode><c:ptCount val="{len(series.values)}"/>{points}</c:numCache></c:numRef>'
    )


def _number(value: int | Fraction) -> int | float:
    return float(round_half_up(value)) if isinstance(value, Fraction) else value


def chart_workbook(chart: Chart) -> bytes:
    """Return the workbook that Word opens where the figures of a chart are to be edited."""
    from thidua_cli.present.toolkit.workbook_file import new_workbook

    stream = BytesIO()
    with new_workbook(stream) as book:
        sheet = book.add_worksheet(_SHEET)
        for row, category in enumerate(chart.categories, start=1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, _number(value))
    return stream.getvalue()
