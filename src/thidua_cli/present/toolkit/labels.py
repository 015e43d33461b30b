"""The words for tokens: levels, classes, counts, measures, severities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Measure

MISSING_MARK: Final = "–"
"""Stands for a missing value wherever people read; machine formats leave the field empty or null."""

MEASURE_TEXT: Final = {
    Measure.MULTIDIMENSIONAL: Text("hộ nghèo và hộ cận nghèo", "poor and near-poor households"),
    Measure.POOR: Text("hộ nghèo", "poor households"),
    Measure.NEAR_POOR: Text("hộ cận nghèo", "near-poor households"),
    Measure.MINORITY_POOR: Text("hộ nghèo dân tộc thiểu số", "poor ethnic-minority households"),
    Measure.MERIT_POOR: Text("hộ nghèo có người có công", "poor households with a person of merit"),
    Measure.RELAPSED: Text("hộ tái nghèo trong năm", "households that fell back into poverty in the year"),
}

RATE_TEXT: Final = {
    Measure.MULTIDIMENSIONAL: Text(
        "tỷ lệ nghèo đa chiều = (hộ nghèo + hộ cận nghèo) / tổng số hộ",
        "multidimensional poverty rate = (poor + near-poor households) / all households",
    ),
    Measure.POOR: Text("tỷ lệ hộ nghèo = hộ nghèo / tổng số hộ", "poor rate = poor households / all households"),
    Measure.NEAR_POOR: Text(
        "tỷ lệ hộ cận nghèo = hộ cận nghèo / tổng số hộ", "near-poor rate = near-poor households / all households"
    ),
    Measure.MINORITY_POOR: Text(
        "tỷ lệ hộ nghèo dân tộc thiểu số = hộ nghèo dân tộc thiểu số / tổng số hộ dân tộc thiểu số",
        "ethnic-minority poor rate = poor ethnic-minority households / all ethnic-minority households",
    ),
    Measure.MERIT_POOR: Text(
        "tỷ lệ hộ nghèo có người có công = hộ nghèo có người có công / tổng số hộ",
        "share of poor households with a person of merit = those households / all households",
    ),
    Measure.RELAPSED: Text(
        "tỷ lệ hộ tái nghèo = hộ tái nghèo trong năm / tổng số hộ",
        "share of households that fell back = households that fell back in the year / all households",
    ),
}

COUNT_TEXT: Final = {
    "households": Text("Tổng số hộ", "Households"),
    "poor_households": Text("Hộ nghèo", "Poor households"),
    "near_poor_households": Text("Hộ cận nghèo", "Near-poor households"),
    "poor_rate_percent": Text("Tỷ lệ hộ nghèo theo nguồn", "Poor rate as printed"),
    "near_poor_rate_percent": Text("Tỷ lệ hộ cận nghèo theo nguồn", "Near-poor rate as printed"),
    "multidimensional_rate_percent": Text("Tỷ lệ nghèo đa chiều theo nguồn", "Multidimensional rate as printed"),
    "minority_households": Text("Hộ dân tộc thiểu số", "Ethnic-minority households"),
    "minority_poor_households": Text("Hộ nghèo dân tộc thiểu số", "Poor ethnic-minority households"),
    "minority_near_poor_households": Text("Hộ cận nghèo dân tộc thiểu số", "Near-poor ethnic-minority households"),
    "merit_poor_households": Text("Hộ nghèo có người có công", "Poor households with a person of merit"),
    "poor_opening": Text("Hộ nghèo đầu năm", "Poor households at the opening"),
    "poor_to_near_poor": Text("Hộ nghèo trở thành hộ cận nghèo", "Poor turned near-poor"),
    "poor_to_non_poor": Text("Hộ nghèo vượt chuẩn cận nghèo", "Poor risen above the near-poor line"),
    "poor_decrease_other": Text("Hộ nghèo giảm do nguyên nhân khác", "Other decrease of the poor"),
    "poor_from_near_poor": Text("Hộ cận nghèo trở thành hộ nghèo", "Near-poor turned poor"),
    "poor_relapsed": Text("Hộ tái nghèo", "Fallen back into poverty"),
    "poor_new": Text("Hộ nghèo phát sinh mới", "Newly poor"),
    "poor_increase_other": Text("Hộ nghèo tăng do nguyên nhân khác", "Other increase of the poor"),
    "near_poor_opening": Text("Hộ cận nghèo đầu năm", "Near-poor households at the opening"),
    "near_poor_to_poor": Text("Hộ cận nghèo trở thành hộ nghèo (Mẫu 10)", "Near-poor turned poor (form 10)"),
    "near_poor_to_non_poor": Text("Hộ thoát cận nghèo", "Near-poor risen above the line"),
    "near_poor_decrease_other": Text("Hộ cận nghèo giảm do nguyên nhân khác", "Other decrease of the near-poor"),
    "near_poor_from_poor": Text("Hộ nghèo trở thành hộ cận nghèo (Mẫu 10)", "Poor turned near-poor (form 10)"),
    "near_poor_relapsed": Text("Hộ tái cận nghèo", "Fallen back into near-poverty"),
    "near_poor_new": Text("Hộ cận nghèo phát sinh mới", "Newly near-poor"),
    "near_poor_increase_other": Text("Hộ cận nghèo tăng do nguyên nhân khác", "Other increase of the near-poor"),
}

_OUTSIDE: Final = "not_"
"""Begins the token of a class that a unit is known not to be in."""


def class_list(tokens: Sequence[str], language: Language) -> str:
    """Return the words for a unit's classes; the lists it is known to be outside of only where it is on none.

    A user's own token stands for itself.

    >>> class_list(["area_1", "not_poor_district"], Language.VI), class_list(["not_poor_district"], Language.VI)
    ('xã khu vực I', 'không thuộc: huyện nghèo')
    """
    inside = [token for token in tokens if not token.startswith(_OUTSIDE)]
    if inside:
        return ", ".join(class_label(token, language) for token in inside)
    names = ", ".join(class_label(token.removeprefix(_OUTSIDE), language) for token in tokens)
    return Text("không thuộc: {names}", "not in: {names}").fill(names=names).pick(language) if names else MISSING_MARK


def class_label(token: str, language: Language) -> str:
    """Return the words for a class token; a user's own token stands for itself.

    >>> class_label("not_poor_district", Language.VI)
    'không phải huyện nghèo'
    """
    known = CLASS_WORDS.get(token)
    if known is not None:
        return known.short.pick(language)
    outside = CLASS_WORDS.get(token.removeprefix(_OUTSIDE))
    if outside is None:
        return token
    return Text("không phải {name}", "not in: {name}").fill(name=outside.short).pick(language)


def count_label(column: str, language: Language) -> str:
    """Return the words for a canonical column, count or not; a heading as printed stands for itself."""
    known = COUNT_TEXT.get(column)
    if known is not None:
        return known.pick(language)
    from thidua_cli.normalise.sheet.headings import column_text  # late: tables of units and rules have no such columns

    text = column_text(column).pick(language)
    return text if text == column else text[0].upper() + text[1:]


def year_list(years: Iterable[int]) -> str:
    """Write years, runs as ranges.

    >>> year_list([2021, 2022, 2023, 2025])
    '2021–2023, 2025'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def name_list(names: Iterable[str], language: Language, limit: int = 5) -> str:
    """Write names, the first `limit` of them and how many more.

    >>> name_list(["Xã A", "Xã B", "Xã C"], Language.VI, limit=2)
    'Xã A, Xã B và 1 đơn vị khác'
    """
    known = list(names)
    if len(known) <= limit:
        return ", ".join(known)
    more = Text(" và {count} đơn vị khác", " and {count} other units").pick(language)
    return ", ".join(known[:limit]) + more.format(count=format_count(len(known) - limit, language))
