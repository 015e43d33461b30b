"""The canonical table as CSV or workbook: one row per unit and year-end, columns named as `CANONICAL_COLUMNS`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from thidua_cli.model import CANONICAL_COLUMNS

Row = Mapping[str, str | int | None]
"""Column name → value; a column that is absent or None is missing."""


def write_csv(path: Path, rows: Iterable[Row], columns: Sequence[str] = CANONICAL_COLUMNS) -> None:
    """Write rows as CSV (UTF-8, comma, missing values empty), one line per row below the column names."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(row.get(column)) for column in columns] for row in rows)


def write_xlsx(path: Path, rows: Iterable[Row], columns: Sequence[str] = CANONICAL_COLUMNS) -> None:
    """Write rows as a workbook, row by row: texts as text cells (codes keep their zeros), counts as numbers."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": datetime(2025, 1, 1), "author": "thidua"})
        sheet = workbook.add_worksheet("thidua")
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(columns):
                value = row.get(column)
                if isinstance(value, str):
                    sheet.write_string(number, position, value)
                elif value is not None:
                    sheet.write_number(number, position, value)


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
