"""From which cells the figures of a unit were read: one row per year-end, file and sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import column_heading
from thidua_cli.model import Measure, Origin, YearFigures
from thidua_cli.present.toolkit.cell_ranges import joined_ranges, used_origins
from thidua_cli.present.toolkit.document import ColumnType, Section, Table, TableColumn, Value
from thidua_cli.present.toolkit.figures import printed_percent
from thidua_cli.present.verdicts.trace_record import traced_rates
from thidua_cli.results import UnitReport


def sources_section(report: UnitReport, language: Language) -> Section:
    """Return the files, sheets and cells by year-end; the cells in the order of the counts above them."""
    (row,) = report.rates.rows
    measure = report.rates.measure
    years = [year.figures for year in row.years if year.figures is not None]
    places = [
        (figures.year, file, sheet, cells)
        for figures in years
        for file, sheet, cells in _places(report, figures, measure)
    ]
    names = _short_names(file for _, file, _, _ in places)
    rows: list[list[Value]] = [[year, names[file], sheet, cells] for year, file, sheet, cells in places]
    return Section(
        _HEADING.pick(language),
        table=Table(_columns(measure, language), rows),
        notes=[note.pick(language) for figures in years for note in _beside(report, figures, measure, language)],
    )


_HEADING: Final = Text("Nguồn số liệu", "Sources")


@lru_cache(maxsize=16)
def _columns(measure: Measure, language: Language) -> Sequence[TableColumn]:
    counts = ", ".join(column_heading(name).pick(language).lower() for name in (measure.whole, *measure.parts))
    heads = (
        (Text("Năm", "Year"), ColumnType.YEAR, 8),
        (Text("Tệp", "File"), ColumnType.TEXT, 34),
        (Text("Trang tính", "Sheet"), ColumnType.TEXT, 16),
        (Text("Ô ({counts})", "Cells ({counts})").fill(counts=counts), ColumnType.TEXT, 34),
    )
    return [TableColumn(text.pick(language), kind, width=width) for text, kind, width in heads]


def _places(report: UnitReport, figures: YearFigures, measure: Measure) -> list[tuple[str, str, str]]:
    """Return (file, sheet, cells) of the counts of a year-end, count after count."""
    cells: dict[tuple[str, str], list[str]] = {}
    for name in (measure.whole, *measure.parts):
        for place in joined_ranges(used_origins(report.observations, figures.rows, (name,))):
            cells.setdefault((place.file, place.sheet), []).append(place.cell)
    return [(file, sheet, "; ".join(dict.fromkeys(named))) for (file, sheet), named in cells.items()]


def _short_names(files: Iterable[str]) -> dict[str, str]:
    """Return each file → its name without folders, where that tells it from all the others."""
    bare: dict[str, set[str]] = {}
    for file in files:
        bare.setdefault(PurePath(file).name, set()).add(file)
    return {file: name if len(same) == 1 else file for name, same in bare.items() for file in same}


_RATE: Final = Text("Cuối năm {year}: {rate} {printed} ({cells}).", "End of {year}: {rate} {printed} ({cells}).")
_GIVEN: Final = Text(
    "Cuối năm {year}: phần của {unit} theo {source}.", "End of {year}: the part of {unit} by {source}."
)


def _beside(report: UnitReport, figures: YearFigures, measure: Measure, language: Language) -> Iterable[Text]:
    """Yield what no cell of a count says: rates as they were printed, and parts of divided units as they were given."""
    year = str(figures.year)
    for rate in traced_rates(measure, figures, report.observations):
        name = column_heading(rate.name)
        printed = printed_percent(rate.printed, language)
        yield _RATE.fill(year=year, rate=name, printed=printed, cells="; ".join(map(_place, rate.origins)))
    for part in figures.given:
        if any(name in part.counts for name in (measure.whole, *measure.parts)):
            yield _GIVEN.fill(year=year, unit=part.unit.unit_name, source=part.source)


def _place(origin: Origin) -> str:
    return str(origin)
