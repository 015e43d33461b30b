"""Rates and falls for programs: the document "thidua.rates/1" and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.language import Language
from thidua_cli.measure.published import PublishedYear
from thidua_cli.measure.rates import RateRow, RateTable, RateYear
from thidua_cli.present.config.record import config_field
from thidua_cli.present.doubts.records import doubt_records, doubts_field
from thidua_cli.present.doubts.words import doubts_of_year
from thidua_cli.present.rates.boundary_records import boundaries_record, codes, ground_record
from thidua_cli.present.rates.published import BESIDE_FIELDS, published_beside, published_records
from thidua_cli.present.toolkit.document import FieldValue, Records, RowsInTurn, truth_field
from thidua_cli.present.toolkit.figures import exact_text, rounded_number
from thidua_cli.results import RatesResult

CSV_FIELDS: Final = (
    *("unit_code", "unit_name", "level", "parent_code", "year", "households", "count", "rate_percent", "fall_points"),
    *("fall_percent", "basis", "status", "poverty_line", "fall_points_total", "fall_percent_total", "baseline_year"),
    *("merged", "divided", "doubts"),
)


def rates_document(result: RatesResult, language: Language = Language.VI) -> dict[str, object]:
    """Return the document "thidua.rates/1"; `published` only where that was asked, with notes in `language`."""
    table = result.table
    published = result.published
    return {
        "schema": "thidua.rates/1",
        "measure": table.measure.value,
        "boundaries": boundaries_record(result.boundaries),
        "rows": RowsInTurn(table.rows, _row_record),
        **({} if published is None else {"published": published_records(published, language)}),
        **config_field(result.config),
    }


def _row_record(row: RateRow) -> dict[str, object]:
    return {
        "unit_code": row.unit_code,
        "unit_name": row.unit_name,
        "level": row.level.value,
        "parent_code": row.parent_code,
        "poverty_line": row.poverty_line,
        "years": [_year_record(year) for year in row.years],
        "fall_points_total": rounded_number(row.fall_total),
        "fall_percent_total": rounded_number(row.fall_of_count_total),
        "baseline_year": row.baseline_year,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "doubts": doubt_records(row.doubts),
    }


def _year_record(year: RateYear) -> dict[str, object]:
    figures = year.figures
    return {
        "year": year.year,
        "households": year.households,
        "count": year.count,
        "rate_percent": rounded_number(year.rate),
        "fall_points": rounded_number(year.fall),
        "fall_percent": rounded_number(year.fall_of_count),
        "fall_points_exact": exact_text(year.fall),
        "basis": figures.basis.value if figures else None,
        "status": figures.status.value if figures else None,
        "poverty_line": figures.poverty_line if figures else None,
        "assumed_complete": bool(figures and figures.assumed_complete),
        "conflicting": bool(figures and figures.conflicting),
        "missing_children": list(figures.missing_children) if figures else [],
        **ground_record(figures),
        **({"rate_printed": True} if year.rate_printed else {}),
    }


def rate_rows(table: RateTable, published: Sequence[PublishedYear] | None = None) -> Records:
    """Return one row per unit, year-end and poverty line; whether a rate is a printed one only where some is."""
    any_printed = any(year.rate_printed for row in table.rows for year in row.years)
    fields = (*CSV_FIELDS, "rate_printed") if any_printed else CSV_FIELDS
    rows = (of_year for row in table.rows for of_year in _rows_of_unit(row, any_printed=any_printed))
    if published is None:
        return Records(fields, rows)
    years = ((row, year) for row in table.rows for year in row.years)
    beside = (
        published_beside(
            published, row.unit_code, year.year, year.figures.poverty_line if year.figures else None, table.measure
        )
        for row, year in years
    )
    return Records((*fields, *BESIDE_FIELDS), ([*own, *more] for own, more in zip(rows, beside, strict=True)))


def _rows_of_unit(row: RateRow, *, any_printed: bool) -> Iterator[list[FieldValue]]:
    """Return the rows of one unit; what is the same on all of them is taken once."""
    unit = (row.unit_code, row.unit_name, row.level.value, row.parent_code)
    totals = (rounded_number(row.fall_total), rounded_number(row.fall_of_count_total), row.baseline_year)
    for year in row.years:
        figures = year.figures
        yield [
            *unit,
            year.year,
            year.households,
            year.count,
            rounded_number(year.rate),
            rounded_number(year.fall),
            rounded_number(year.fall_of_count),
            figures.basis.value if figures else None,
            figures.status.value if figures else None,
            figures.poverty_line if figures else row.line_beside or None,
            *totals,
            codes(figures.merged) if figures else None,
            codes([part.unit for part in figures.divided]) if figures else None,
            doubts_field(doubts_of_year(row.doubts, year.year)) if row.doubts else "",
            *([truth_field(year.rate_printed)] if any_printed else ()),
        ]
