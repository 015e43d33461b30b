"""For people: on which boundaries figures stand, and what was merged and divided on the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.measure.ground import Boundaries, Mode
from thidua_cli.measure.rates import RateTable
from thidua_cli.model import Basis, Level, Part, Series, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.figures import year_list
from thidua_cli.units.tables import REFORM_DAY

REBASED_MARK: Final = " (+)"
_SHOWN_UNITS: Final = 5
_SHOWN_PARTS: Final = 12
"""A merger is shown with so many of its parts."""


class Shown(NamedTuple):
    """One unit that is shown, with the figures of its shown year-ends."""

    unit_name: str
    level: Level
    ended_on: date | None
    figures: Sequence[YearFigures]


def shown_rates(table: RateTable) -> list[Shown]:
    """Return the units of a table of rates."""
    return [
        Shown(row.unit_name, row.level, row.ended_on, [year.figures for year in row.years if year.figures is not None])
        for row in table.rows
    ]


def shown_series(series: Iterable[Series], last_year: int) -> list[Shown]:
    """Return the units of series, with their figures up to a year-end."""
    return [
        Shown(
            unit.unit_name, unit.level, unit.ended_on, [each for each in unit.years.values() if each.year <= last_year]
        )
        for unit in series
    ]


def ground_notes(boundaries: Boundaries | None, shown: Sequence[Shown], language: Language) -> list[str]:
    """Return the notes on boundaries, one sentence each; only those that apply."""
    notes = [*_boundaries(boundaries, shown), *_merged(shown, language), *_given(shown)]
    ended = list(_ended(shown)) or list(_without_districts(boundaries, shown))
    return [note.pick(language) for note in (*notes, *ended, *_not_taken_back(shown))]


def division_notes(shown: Sequence[Shown], language: Language) -> list[str]:
    """Return the notes on what is not certain: divided units, and mergers whose wording was not read."""
    return [note.pick(language) for note in (*_divided(shown, language), *_presumed(shown))]


def is_summed(figures: YearFigures) -> bool:
    """Say whether figures are known sums of earlier units."""
    return figures.basis is Basis.REBASED and bool(figures.counts)


def _boundaries(boundaries: Boundaries | None, shown: Sequence[Shown]) -> Iterator[Text]:
    if boundaries is None:
        return
    if boundaries.mode is Mode.AS_REPORTED:
        yield Text(
            "Địa giới: như từng năm báo cáo; số liệu của địa bàn khác không nối theo mã.",
            "Boundaries: as reported each year; figures of another area are not joined by code.",
        )
    elif boundaries.day is not None:
        brought = any(figures.basis is Basis.REBASED for unit in shown for figures in unit.figures)
        text = Text("Địa giới: ngày {day}.", "Boundaries: {day}.")
        if brought:
            text = Text(
                "Địa giới: ngày {day}; số liệu theo địa giới cũ đã quy về địa giới này.",
                "Boundaries: {day}; figures on earlier boundaries are brought to them.",
            )
        yield text.fill(day=f"{boundaries.day:%d/%m/%Y}")


def _merged(shown: Sequence[Shown], language: Language) -> Iterator[Text]:
    units = []
    for unit in shown:
        years: dict[tuple[Part, ...], list[int]] = {}
        for figures in unit.figures:
            if is_summed(figures):
                years.setdefault(figures.merged, []).append(figures.year)
        for parts, year_ends in years.items():
            names = Text.and_more([f"{part.unit_name} ({part.unit_code})" for part in parts], _SHOWN_PARTS).pick(
                language
            )
            units.append(f"{unit.unit_name} ({year_list(year_ends)}) ← {names}")
    if units:
        text = Text("(+) Gộp từ các đơn vị cũ: {units}.", "(+) Summed from earlier units: {units}.")
        yield text.fill(units=Text.and_more(units, _SHOWN_UNITS, "; "))


def _given(shown: Sequence[Shown]) -> Iterator[Text]:
    """One sentence per source: which unit has which part, and whether it was counted."""
    sources: dict[tuple[str, bool], dict[tuple[str, str], list[int]]] = {}
    for unit in shown:
        for figures in unit.figures:
            for part in figures.given:
                years = sources.setdefault((part.source, part.estimated), {})
                years.setdefault((part.unit.unit_name, unit.unit_name), []).append(figures.year)
    for (source, estimated), parts in sources.items():
        units = [f"{start} → {end} ({year_list(years)})" for (start, end), years in parts.items()]
        text = Text(
            "Phần hộ chia theo số đã cho: {units}; nguồn: {source}.",
            "Households divided as given: {units}; source: {source}.",
        )
        if estimated:
            text = Text(
                "Phần hộ chia theo tỷ lệ, là số ước tính: {units}; nguồn: {source}.",
                "Households divided by a share, an estimate: {units}; source: {source}.",
            )
        yield text.fill(units=Text.and_more(units, _SHOWN_UNITS, "; "), source=source)


def _divided(shown: Sequence[Shown], language: Language) -> Iterator[Text]:
    divisions = dict.fromkeys(
        (part.unit, part.successors, part.on, part.evidence)
        for unit in shown
        for figures in unit.figures
        for part in figures.divided
    )
    units = [_division(*division, language) for division in divisions]
    if units:
        text = Text(
            "Chưa biết phần hộ về từng đơn vị nên chưa tính được: {units}. Bổ sung bằng --shares TỆP.",
            "Not computed, because it is not known who got how many households: {units}. Supply it with --shares FILE.",
        )
        yield text.fill(units=Text.and_more(units, _SHOWN_UNITS, "; "))


def _division(unit: Part, successors: Sequence[Part], on: date, evidence: str, language: Language) -> str:
    text = Text(
        "{unit} ({code}) chia ngày {day} cho {successors} ({evidence})",
        "{unit} ({code}) was divided on {day} among {successors} ({evidence})",
    )
    into = Text.and_more([part.unit_name for part in successors])
    day = f"{on:%d/%m/%Y}"
    filled = text.fill(unit=unit.unit_name, code=unit.unit_code, day=day, successors=into, evidence=evidence)
    return filled.pick(language)


def _presumed(shown: Sequence[Shown]) -> Iterator[Text]:
    names = [unit.unit_name for unit in shown if any(figures.presumed for figures in unit.figures)]
    if names:
        yield Text(
            "Coi như nhập trọn, chưa đọc lời văn của nghị quyết: {names}.",
            "Taken to have merged as a whole, the wording of the resolution not read: {names}.",
        ).fill(names=Text.and_more(names, _SHOWN_UNITS, "; "))


def _not_taken_back(shown: Sequence[Shown]) -> Iterator[Text]:
    years: dict[tuple[int, date], list[str]] = {}
    for unit in shown:
        for figures in unit.figures:
            if figures.formed_on is not None:
                years.setdefault((figures.year, figures.formed_on), []).append(unit.unit_name)
    for (year, day), names in sorted(years.items()):
        text = Text(
            "Số liệu cuối năm {year} theo địa giới từ ngày {day}, không chia ngược về địa giới cũ được: {names}.",
            "Figures for the end of {year} stand on the boundaries since {day} and cannot be taken back: {names}.",
        )
        yield text.fill(year=str(year), day=f"{day:%d/%m/%Y}", names=Text.and_more(names))


def _ended(shown: Sequence[Shown]) -> Iterator[Text]:
    days: dict[tuple[date, bool], list[str]] = {}
    for unit in shown:
        if unit.ended_on is not None:
            days.setdefault((unit.ended_on, unit.level is Level.DISTRICT), []).append(unit.unit_name)
    for (day, tier), names in sorted(days.items()):
        text = Text(
            "Không còn từ ngày {day}, số liệu để nguyên như báo cáo: {names}.",
            "No longer standing since {day}, figures as reported: {names}.",
        )
        if tier:
            text = Text(
                "Không còn cấp huyện từ ngày {day}, số liệu để nguyên như báo cáo: {names}. Để xét cấp huyện dùng "
                "--boundaries 2025-06-30 --as-of 2024.",
                "No districts since {day}, figures as reported: {names}. To judge districts use --boundaries "
                "2025-06-30 --as-of 2024.",
            )
        yield text.fill(day=f"{day:%d/%m/%Y}", names=Text.and_more(names))


def _without_districts(boundaries: Boundaries | None, shown: Sequence[Shown]) -> Iterator[Text]:
    """Say where districts are to be found whose communes have figures on the boundaries before the reform."""
    day = boundaries.day if boundaries is not None else None
    earlier = any(figures.year < REFORM_DAY.year for unit in shown for figures in unit.figures)
    districts = any(unit.level is Level.DISTRICT for unit in shown)
    if day is not None and day >= REFORM_DAY and earlier and len(shown) > 1 and not districts:
        yield Text(
            "Không còn cấp huyện từ ngày 01/07/2025. Để xét cấp huyện dùng --boundaries 2025-06-30 --as-of 2024.",
            "No districts since 2025-07-01. To judge districts use --boundaries 2025-06-30 --as-of 2024.",
        )
