"""Why a figure cannot be used, as a clause of a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from thidua_cli.judge.clause.figures import Figure, Missing, Why
from thidua_cli.language import Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import Series, YearFigures
from thidua_cli.rulebook.lines import poverty_lines
from thidua_cli.rulebook.schema import TEST_FORM, Clause

_SHOWN_CHILDREN: Final = 5
"""A roll-up names at most so many missing children in a sentence."""


def open_text(figure: Figure | Missing, series: Series, clause: Clause) -> Text | None:
    """Say why a figure cannot be used, or between which numbers it lies; None of one that is known exactly.

    What a divided unit leaves open, and a rounded rate, is told elsewhere (`words.division`, `words.clause`).
    """
    if isinstance(figure, Missing):
        return missing_text(figure)
    figures = series.years[figure.year]
    if figure.value.exact is not None or not figures.bounds or figures.divided:
        return None
    names = (*clause.measure.parts, *((clause.measure.whole,) if TEST_FORM[clause.test].of_rates else ()))
    text = Text("cuối năm {year} chỉ biết {counts}", "for the end of {year} it is only known that {counts}")
    counts = [
        _BOUNDED.fill(count=column_text(name), low=low, high=high)
        for name in names
        if name in figures.bounds
        for low, high in [figures.bounds[name]]
    ]
    return text.fill(year=str(figure.year), counts=Text.joined(", ", counts))


_BOUNDED: Final = Text("{count} từ {low} đến {high}", "{count} lie between {low} and {high}")


def missing_text(missing: Missing) -> Text:
    """Say why a figure cannot be used."""
    figures, counts = missing.figures, [column_text(name) for name in missing.counts]
    if figures is not None and missing.why is Why.UNITS_LACKING:
        return _incomplete(figures)
    day = (figures.superseded_on or figures.formed_on) if figures is not None else None
    return _TEXT[missing.why].fill(
        year=str(missing.year),
        day="" if day is None else f"{day:%d/%m/%Y}",
        found=(figures.poverty_line if figures is not None else "") or Text("không rõ", "unknown"),
        wanted=missing.line,
        counts=Text.joined(", ", counts),
    )


_TEXT: Final = {
    Why.NO_FIGURES: Text("thiếu số liệu cuối năm {year}", "no figures for the end of {year}"),
    Why.CONFLICTING: Text("cuối năm {year} có hai số liệu khác nhau", "two figures for the end of {year} disagree"),
    Why.EARLIER_AREA: Text(
        "số liệu cuối năm {year} theo địa giới trước ngày {day}, chưa quy được về địa giới của năm xét",
        "the figures for the end of {year} stand on the boundaries before {day} not on those of the judged year",
    ),
    Why.LATER_AREA: Text(
        "số liệu cuối năm {year} theo địa giới từ ngày {day}, không chia ngược về địa giới đang xét được",
        "the figures for the end of {year} stand on the boundaries since {day} and cannot be taken back",
    ),
    Why.OTHER_LINE: Text(
        "số liệu được lấy của cuối năm {year} theo chuẩn nghèo {found}, không phải {wanted}",
        "the figures taken for the end of {year} stand on the poverty line {found}, not {wanted}",
    ),
    Why.COUNT_LACKING: Text("cuối năm {year} thiếu {counts}", "missing at the end of {year}: {counts}"),
    Why.NO_HOUSEHOLDS: Text(
        "cuối năm {year} {counts} bằng 0 nên không có tỷ lệ", "no rate at the end of {year}: {counts} are zero"
    ),
}


def line_mends(missing: Iterable[Missing]) -> list[Text]:
    """Say what to type where files do not say their poverty line, and the clause needs another than was assumed.

    A file that says its line is right or is to be mended: no option goes against it.
    """
    of_silent = [each for each in missing if each.why is Why.OTHER_LINE and _is_assumed(each)]
    return [_mend(line) for line in dict.fromkeys(each.line for each in of_silent)]


def _is_assumed(missing: Missing) -> bool:
    return missing.figures is not None and missing.figures.line_is_assumed


def _mend(line: str) -> Text:
    if line in poverty_lines():
        text = Text(
            "tệp không ghi chuẩn nghèo; nếu số liệu theo chuẩn này, thêm --poverty-line {line}",
            "the files do not say their poverty line; if the figures stand on this one, add --poverty-line {line}",
        )
    else:
        text = Text(
            "tệp không ghi chuẩn nghèo; nếu số liệu theo chuẩn này, ghi {line} vào cột poverty_line của bảng chuẩn",
            "the files do not say their poverty line; if the figures stand on this one, write {line} into the column "
            "poverty_line of a canonical table",
        )
    return text.fill(line=line)


def _incomplete(figures: YearFigures) -> Text:
    by_rate = {part.unit_code: part for part in figures.known_by_rate}
    lacking = [code for code in figures.missing_children if code not in by_rate]
    reasons: list[Text] = []
    if lacking:
        text = Text(
            "số tổng hợp cuối năm {year} thiếu đơn vị {listed}",
            "the roll-up for the end of {year} lacks the units {listed}",
        )
        reasons.append(text.fill(year=str(figures.year), listed=Text.and_more(lacking, _SHOWN_CHILDREN)))
    if by_rate:
        text = Text(
            "cuối năm {year} chỉ có tỷ lệ của {listed}, không gộp được khi chưa có số hộ",
            "for the end of {year} only rates are known of {listed}, which cannot be joined without the counts",
        )
        named = [f"{part.unit_name} ({code})" for code, part in by_rate.items()]
        reasons.append(text.fill(year=str(figures.year), listed=Text.and_more(named, _SHOWN_CHILDREN)))
    return Text.each_once("; ", reasons)
