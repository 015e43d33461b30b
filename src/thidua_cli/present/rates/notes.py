"""What stands under a table of rates: what was measured, on which line, and which figures to take with care."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import RATE_FORMULAS
from thidua_cli.measure.rates import BASELINE_YEAR, RateRow, RateTable
from thidua_cli.model import Basis, Status, YearFigures
from thidua_cli.present.doubts.words import DOUBT_MARK, doubt_notes
from thidua_cli.present.rates.boundary_notes import REBASED_MARK, division_notes, ground_notes, is_summed, shown_rates
from thidua_cli.present.toolkit.figures import MISSING_MARK, year_list
from thidua_cli.results import RatesResult

SUMMED_MARK: Final = " (*)"
ASSUMED_MARK: Final = " (**)"


def unit_mark(row: RateRow) -> str:
    """Return what stands behind a unit's name: the line, where the unit has several rows, and its marks.

    These are: summed from all its children or from those there are, merged, in doubt.
    """
    line = f" · {row.line_beside}" if row.line_beside else ""
    return line + _marks_of(row)


def _marks_of(row: RateRow) -> str:
    figures = [year.figures for year in row.years if year.figures is not None]
    others = (REBASED_MARK if any(map(is_summed, figures)) else "") + (DOUBT_MARK if row.doubts else "")
    if any(year_end.assumed_complete for year_end in figures):
        return ASSUMED_MARK + others
    return (SUMMED_MARK if any(year_end.basis is Basis.ROLLED_UP for year_end in figures) else "") + others


def rate_notes(result: RatesResult, language: Language) -> list[str]:
    """Return the notes, one sentence each; only those that apply."""
    table = result.table
    shown = shown_rates(table)
    notes = [*basis_notes(table), *_care_texts(result, language)]
    ground = [*ground_notes(result.boundaries, shown, language), *division_notes(shown, language)]
    return [*(note.pick(language) for note in notes), *ground, *doubt_notes(_doubts(table), language)]


def basis_notes(table: RateTable) -> list[Text]:
    """Return what every table of rates has to say: what was measured, on which line, since when."""
    return [
        Text("Chỉ tiêu: {rate}.", "Measure: {rate}.").fill(rate=RATE_FORMULAS[table.measure]),
        Text(
            "Mức giảm tính trên số chưa làm tròn; số âm là tăng.",
            "Falls are taken on unrounded values; a negative fall is a rise.",
        ),
        *_poverty_lines(table),
        *_baselines(table),
    ]


def care_notes(result: RatesResult, language: Language) -> list[str]:
    """Return what is to be taken with care in a table, but for its boundaries and doubts."""
    return [note.pick(language) for note in _care_texts(result, language)]


def _care_texts(result: RatesResult, language: Language) -> list[Text]:
    table = result.table
    return [
        *_marks(table),
        *_incomplete(result, language),
        *_areas(table),
        *_conflicts(table),
        *_printed(table),
        *_preliminary(table),
    ]


def _doubts(table: RateTable) -> Iterator[Doubt]:
    return (doubt for row in table.rows for doubt in row.doubts)


def _poverty_lines(table: RateTable) -> Iterator[Text]:
    lines: dict[str, set[int]] = {}
    for row in table.rows:
        for year in row.years:
            if year.figures is not None and year.figures.poverty_line:
                lines.setdefault(year.figures.poverty_line, set()).add(year.year)
    if len(lines) == 1:
        yield Text("Chuẩn nghèo: {line}.", "Poverty line: {line}.").fill(line=next(iter(lines)))
    elif lines:
        listed = "; ".join(f"{name} ({year_list(years)})" for name, years in sorted(lines.items()))
        yield Text(
            "Chuẩn nghèo: {listed}. Không tính mức giảm giữa hai chuẩn.",
            "Poverty lines: {listed}. No fall is taken from one line to another.",
        ).fill(listed=listed)


def _baselines(table: RateTable) -> Iterator[Text]:
    units: dict[int, list[str]] = {}
    for row in table.rows:
        if row.baseline_year is not None:
            units.setdefault(row.baseline_year, []).append(row.unit_name)
    if BASELINE_YEAR in units or len(units) == 1:
        usual = BASELINE_YEAR if BASELINE_YEAR in units else next(iter(units))
        yield Text("Đầu kỳ: cuối năm {year}.", "Baseline: end of {year}.").fill(year=str(usual))
        del units[usual]
    for year, names in sorted(units.items()):
        yield Text("Đầu kỳ là cuối năm {year}: {names}.", "Baseline is the end of {year}: {names}.").fill(
            year=str(year), names=Text.and_more(names)
        )


def _marks(table: RateTable) -> Iterator[Text]:
    marks = "".join({unit_mark(row) for row in table.rows})
    if SUMMED_MARK in marks:
        yield Text(
            "(*) Cộng từ các đơn vị cấp dưới; chỉ cộng khi có đủ.",
            "(*) Summed from the units below; only where all of them are present.",
        )
    if ASSUMED_MARK in marks:
        yield Text(
            "(**) Cộng từ các đơn vị có trong tệp; không có danh mục để kiểm tra đã đủ hay chưa.",
            "(**) Summed from the units in the files; no list exists to show that none is missing.",
        )


def _incomplete(result: RatesResult, language: Language) -> Iterator[Text]:
    for row in result.table.rows:
        lacking: dict[tuple[str, ...], list[int]] = {}
        by_rate = {part.unit_code for year in row.years if year.figures for part in year.figures.known_by_rate}
        for year in row.years:
            if year.figures is not None and year.figures.missing_children:
                lacking.setdefault(year.figures.missing_children, []).append(year.year)
        for codes, years in lacking.items():
            names = [f"{result.names[code]} ({code})" if code in result.names else code for code in codes]
            rate_only = Text(": chỉ có tỷ lệ", ": rates only").pick(language)
            names = [name + rate_only * (code in by_rate) for name, code in zip(names, codes, strict=True)]
            yield Text(
                "{unit}, {years}: chưa cộng được vì thiếu {names}.", "{unit}, {years}: no sum, lacking {names}."
            ).fill(unit=row.unit_name, years=year_list(years), names=Text.and_more(names))


def _areas(table: RateTable) -> Iterator[Text]:
    changed: list[str] = []
    for row in table.rows:
        if row.ended_on is not None:
            continue
        since = sorted({year.figures.area_since for year in row.years if year.figures and year.figures.area_since})
        if len(since) > 1:
            changed.append(f"{row.unit_name} ({since[-1]:%d/%m/%Y})")
    if changed:
        yield Text(
            "Địa giới thay đổi nên không tính mức giảm qua mốc này: {names}.",
            "Another area since the day named, so no fall is taken across it: {names}.",
        ).fill(names=Text.and_more(changed))


def _conflicts(table: RateTable) -> Iterator[Text]:
    names = _named(table, lambda figures: figures.conflicting)
    if names:
        yield Text(
            "Số liệu trái nhau nên không dùng: {names}.", "Figures that contradict each other are not used: {names}."
        ).fill(names=Text.and_more(names))


def _printed(table: RateTable) -> Iterator[Text]:
    names = []
    for row in table.rows:
        years = [year.year for year in row.years if year.rate_printed]
        if years:
            names.append(f"{row.unit_name} ({year_list(years)})")
    if names:
        yield Text(
            "Tỷ lệ lấy theo nguồn, đã làm tròn, vì thiếu số hộ; mức giảm từ đó cũng là số làm tròn: {names}.",
            "Rates as printed by the source, rounded, for want of counts; so are falls taken from them: {names}.",
        ).fill(names=Text.and_more(names))


def _preliminary(table: RateTable) -> Iterator[Text]:
    names = _named(table, lambda figures: figures.status is Status.PRELIMINARY)
    if names:
        yield Text("Số liệu sơ bộ: {names}.", "Preliminary figures: {names}.").fill(names=Text.and_more(names))


def _named(table: RateTable, holds: Callable[[YearFigures], bool]) -> list[str]:
    """Return "unit (years)" for the units of which `holds` is true in some year."""
    named = []
    for row in table.rows:
        years = [year.year for year in row.years if year.figures is not None and holds(year.figures)]
        if years:
            named.append(f"{row.unit_name} ({year_list(years) or MISSING_MARK})")
    return named
