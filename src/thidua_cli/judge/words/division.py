"""What is said of units that were divided or merged on the way to the boundaries that are judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import DividedPart, Part, Series
from thidua_cli.named_tuple import NamedTuple

_SHOWN_UNITS: Final = 5
"""A sentence names at most so many units."""


class DivisionWords(NamedTuple):
    """What is said of the units that some figures are made of."""

    to_supply: list[Text]
    """What happened to the divided ones, and the lines of `--shares` that would settle it."""
    same_however: Text | None
    """That an answer holds for every possible share."""
    presumed: Text | None
    """Which ones are taken to have gone in whole."""


NOTHING_DIVIDED: Final = DivisionWords([], None, None)


def told(series: Series, years: Sequence[int]) -> DivisionWords:
    """Return what is to be said of divided and merged units; most figures are those of one unit, whole and its own."""
    known = [figures for year in years if (figures := series.years.get(year)) is not None]
    if not any(figures.divided or figures.presumed for figures in known):
        return NOTHING_DIVIDED
    return DivisionWords(
        _to_supply(series, years), _same_however_divided(series, years), _presumed_mergers(series, years)
    )


def _to_supply(series: Series, years: Sequence[int]) -> list[Text]:
    """Return what happened to the divided units, and the lines of `--shares` that would settle it.

    One sentence speaks of all units that leave the same year-ends open.
    """
    by_years: dict[tuple[int, ...], list[DividedPart]] = {}
    for part, known_years in _divided_units(series, years):
        by_years.setdefault(tuple(known_years), []).append(part)
    return [_left_open(series, parts, known_years) for known_years, parts in by_years.items()]


def _same_however_divided(series: Series, years: Sequence[int]) -> Text | None:
    """Say that the answer is the same for every possible share; None where no figure is a range."""
    units = [part for part, _ in _divided_units(series, years)]
    if not units:
        return None
    shares = [
        Text("hộ của {unit} (cho {successors})", "the households of {unit} (among {successors})").fill(
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
    return text.fill(shares=Text.joined(", ", shares))


def _presumed_mergers(series: Series, years: Iterable[int]) -> Text | None:
    """Name units that are taken to have gone in whole although the wording of the resolution was not read."""
    figures_of_years = (series.years.get(year) for year in years)
    names = dict.fromkeys(part for figures in figures_of_years if figures for part in figures.presumed)
    if not names:
        return None
    text = Text(
        "Coi như {units} nhập trọn vào {into}: chưa đọc được lời văn của nghị quyết.",
        "{units} are taken to have gone into {into} as a whole: the wording of the resolution was not read.",
    )
    return text.fill(units=_names(tuple(names)), into=series.unit_name)


def _divided_units(series: Series, years: Sequence[int]) -> list[tuple[DividedPart, list[int]]]:
    """Return each divided unit with the year-ends of which only a range is known, in order of mention."""
    units: dict[tuple[str, object], tuple[DividedPart, list[int]]] = {}
    for year in years:
        figures = series.years.get(year)
        for part in figures.divided if figures is not None else ():
            units.setdefault((part.unit.unit_code, part.on), (part, []))[1].append(year)
    return list(units.values())


def _left_open(series: Series, parts: Sequence[DividedPart], years: Sequence[int]) -> Text:
    text = Text(
        "{units}{rest} nên số liệu cuối năm {years} chỉ biết trong một khoảng; bổ sung bằng --shares TỆP, mỗi năm một "
        "dòng {lines}",
        "{units}{rest}: figures for the end of {years} are known as a range only; supply them with --shares FILE, one "
        "line a year {lines}",
    )
    shown = parts[:_SHOWN_UNITS]
    more = len(parts) - len(shown)
    return text.fill(
        units=Text.joined(", ", [_what_happened(part) for part in shown]),
        rest=Text(f" và {more} đơn vị khác cũng chia hộ", f" and {more} more units did so") if more else NO_TEXT,
        years=", ".join(map(str, years)),
        lines=Text.joined(", ", [_line(series, part, years[0]) for part in shown]),
    )


def _what_happened(part: DividedPart) -> Text:
    text = Text(
        "{unit} chia hộ cho {successors} ngày {day}", "{unit} divided its households among {successors} on {day}"
    )
    return text.fill(unit=part.unit.unit_name, successors=_names(part.successors), day=f"{part.on:%d/%m/%Y}")


def _line(series: Series, part: DividedPart, year: int) -> Text:
    start = f"{part.unit.unit_code},{series.unit_code},{year}"
    return Text(f"“{start},số hộ,hộ nghèo,hộ cận nghèo,nguồn”", f"“{start},households,poor,near_poor,source”")


def _names(parts: Sequence[Part]) -> Text:
    return Text.and_more([part.unit_name for part in parts], _SHOWN_UNITS)
