"""What is said of units that were divided or merged on the way to the boundaries that are judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import DividedPart, Part, Series

_SHOWN_UNITS: Final = 5
"""A sentence names at most so many units."""


def is_divided(series: Series, years: Iterable[int]) -> bool:
    """Say whether figures of some of these year-ends are known as a range only."""
    return any(figures.divided for figures in (series.years.get(year) for year in years) if figures is not None)


def to_supply(series: Series, years: Sequence[int]) -> list[Text]:
    """Return one clause per divided unit: what happened to it, and the lines of `--shares` that would settle it."""
    return [_clause(series, part, at) for part, at in _divided_units(series, years)]


def same_however_divided(series: Series, years: Sequence[int]) -> Text | None:
    """Say that the answer is the same for every possible share; None where no figure is a range."""
    units = [part for part, _ in _divided_units(series, years)]
    if not units:
        return None
    shares = [
        Text("hộ của {unit} cho {successors}", "the households of {unit} among {successors}").fill(
            unit=part.unit.unit_name, successors=_names(part.successors)
        )
        for part in units[:_SHOWN_UNITS]
    ]
    more = len(units) - _SHOWN_UNITS
    if more > 0:
        shares.append(Text(f"hộ của {more} đơn vị khác", f"those of {more} more units"))
    text = Text(
        "Dù chia {shares} thế nào, kết quả vẫn như nhau.", "However {shares} are divided, the answer is the same."
    )
    return text.fill(shares=Text(", ".join(share.vi for share in shares), ", ".join(share.en for share in shares)))


def presumed_mergers(series: Series, years: Iterable[int]) -> Text | None:
    """Name units that are taken to have gone in whole although the wording of the resolution was not read."""
    found = (series.years.get(year) for year in years)
    names = dict.fromkeys(part for figures in found if figures and figures.presumed for part in figures.merged)
    if not names:
        return None
    text = Text(
        "Coi như {units} nhập trọn vào {into}: chưa đọc được lời văn của nghị quyết.",
        "{units} are taken to have gone into {into} as a whole: the wording of the resolution was not read.",
    )
    return text.fill(units=_names(tuple(names)), into=series.unit_name)


def _divided_units(series: Series, years: Sequence[int]) -> list[tuple[DividedPart, list[int]]]:
    """Return each divided unit with the year-ends of which only a range is known, in order of mention."""
    found: dict[tuple[str, object], tuple[DividedPart, list[int]]] = {}
    for year in years:
        figures = series.years.get(year)
        for part in figures.divided if figures is not None else ():
            found.setdefault((part.unit.unit_code, part.on), (part, []))[1].append(year)
    return list(found.values())


def _clause(series: Series, part: DividedPart, years: Sequence[int]) -> Text:
    text = Text(
        "{unit} chia hộ cho {successors} ngày {day} nên số liệu cuối năm {years} chỉ biết trong một khoảng; "
        "bổ sung bằng --shares TỆP, mỗi năm một dòng {line}",
        "{unit} divided its households among {successors} on {day}: figures for the end of {years} are known as a "
        "range only; supply them with --shares FILE, one line a year {line}",
    )
    start = f"{part.unit.unit_code},{series.unit_code},{years[0]}"
    line = Text(f"“{start},số hộ,hộ nghèo,hộ cận nghèo,nguồn”", f"“{start},households,poor,near_poor,source”")
    return text.fill(
        unit=part.unit.unit_name,
        successors=_names(part.successors),
        day=f"{part.on:%d/%m/%Y}",
        years=", ".join(map(str, years)),
        line=line,
    )


def _names(parts: Sequence[Part]) -> Text:
    names = ", ".join(part.unit_name for part in parts[:_SHOWN_UNITS])
    more = len(parts) - _SHOWN_UNITS
    if more <= 0:
        return Text(names, names)
    return Text(f"{names} và {more} đơn vị khác", f"{names} and {more} more")
