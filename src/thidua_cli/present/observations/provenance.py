"""Where every number of a canonical table came from: the document "thidua.provenance/1".

Ranges instead of cells: an output row leads to a table and a sheet row, and the column's letters to the cell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from thidua_cli import __version__
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import column_letters
from thidua_cli.normalise.files_read import FilesRead, TableRead
from thidua_cli.normalise.forms.register import CANONICAL
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.observations import Observations, TableOrigin
from thidua_cli.present.formats.json_document import json_text
from thidua_cli.present.observations.canonical import CanonicalFormat, canonical_columns
from thidua_cli.present.observations.layout import heading_text
from thidua_cli.present.toolkit.cell_ranges import table_range

SUFFIX: Final = ".provenance.json"
"""Put after the whole name of the file it speaks of: data.csv.provenance.json."""
SCHEMA: Final = "thidua.provenance/1"
_HEADER_ROWS: Final = 1


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was asked to be read, whether or not anything was taken from it."""

    name: str
    """As given; "<stdin>" for standard input."""
    sha256: str
    """Empty where it is not known: standard input, or a file that cannot be read."""
    size: int | None
    """In bytes; None where it is not known."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """The canonical table that was written."""

    name: str
    """Without folders: the sidecar stands beside it."""
    format: CanonicalFormat
    content: bytes


def render_provenance(
    reading: FilesRead,
    options: ReadingOptions,
    inputs: Sequence[InputFile],
    output: OutputFile,
    layouts: Sequence[LayoutRecord] = (),
) -> bytes:
    """Return the sidecar as UTF-8 JSON; the same run over the same files gives the same bytes.

    `layouts` give the headings of the columns as printed; without them a form's headings are null.
    """
    document = provenance_document(reading, options, inputs, output, layouts)
    # A file name that is no valid UTF-8 becomes the JSON escape of its bytes.
    return json_text(document).encode("utf-8", "backslashreplace")


def provenance_document(
    reading: FilesRead,
    options: ReadingOptions,
    inputs: Sequence[InputFile],
    output: OutputFile,
    layouts: Sequence[LayoutRecord] = (),
) -> dict[str, object]:
    """Return the document "thidua.provenance/1"."""
    observations = reading.observations
    tables = _tables(reading)
    headings = {layout.table: layout for layout in layouts if layout.table is not None}
    return {
        "schema": SCHEMA,
        "program": {"name": "thidua", "version": __version__},
        "options": _options_record(options),
        "output": {
            "name": output.name,
            "format": output.format.value,
            "sha256": hashlib.sha256(output.content).hexdigest(),
            "size": len(output.content),
            "columns": list(canonical_columns(observations)),
            "rows": len(observations),
        },
        "inputs": [{"name": file.name, "sha256": file.sha256 or None, "size": file.size} for file in inputs],
        "tables": [_table_record(observations, table, headings.get(table.table)) for table in tables],
        "rows": [run for index, table in enumerate(tables) for run in _runs(observations, table, index)],
    }


def _options_record(options: ReadingOptions) -> dict[str, object]:
    stated = {"within": options.within, "poverty_line": options.poverty_line}
    given = {name: value for name, value in stated.items() if value is not None}
    return {"year": options.year, "unit": options.unit, **given}


def _tables(reading: FilesRead) -> list[TableRead]:
    """Return the tables that rows were taken from, in the order of the rows."""
    return sorted((table for table in reading.tables if table.rows), key=lambda table: table.first_row)


def _table_record(observations: Observations, table: TableRead, layout: LayoutRecord | None) -> dict[str, object]:
    origin = observations.tables[table.table]
    scope = table.scope
    return {
        "file": origin.file,
        "sheet": origin.sheet or None,
        "form": table.form,
        "year": table.year,
        "scope": None if scope is None else {"code": scope.code, "name": scope.name},
        "range": _data_range(observations, table, origin),
        "columns": {
            meaning: {"letters": letters, "heading": heading}
            for meaning, letters, heading in _columns(origin, table.form, layout)
        },
        "rows": table.rows,
    }


def _columns(origin: TableOrigin, form: str, layout: LayoutRecord | None) -> Iterator[tuple[str, str, str | None]]:
    """Yield meaning, letters and heading of each column, from left to right."""
    printed: Mapping[str, str] = (
        {} if layout is None else {record.letters: heading_text(record) for record in layout.columns}
    )
    for meaning, column in sorted(origin.columns.items(), key=itemgetter(1)):
        letters = column_letters(column - 1)
        # A canonical table is headed by the meanings themselves.
        yield meaning, letters, printed.get(letters, meaning if form == CANONICAL else None)


def _data_range(observations: Observations, table: TableRead, origin: TableOrigin) -> str:
    """Return the smallest cell range that holds all rows taken."""
    numbers = [
        number
        for row in range(table.first_row, table.first_row + table.rows)
        for number in observations.summed_rows.get(row, (observations.row_number[row],))
    ]
    numbers += origin.rows.values()
    return table_range(origin, min(numbers), max(numbers))


def _runs(observations: Observations, table: TableRead, index: int) -> Iterator[dict[str, object]]:
    """Yield runs of output rows: neighbours that come from neighbouring sheet rows one by one, or one summed row."""
    row, end = table.first_row, table.first_row + table.rows
    numbers, summed = observations.row_number, observations.summed_rows
    while row < end:
        first = row
        if first in summed:
            row += 1
            yield _run(first, row, index, summed_sheet_rows=list(summed[first]))
            continue
        row += 1
        while row < end and row not in summed and numbers[row] == numbers[row - 1] + 1:
            row += 1
        yield _run(first, row, index, first_sheet_row=numbers[first])


def _run(first: int, end: int, index: int, **where: object) -> dict[str, object]:
    """Rows of the output are counted as a spreadsheet counts them: its header is row 1."""
    offset = _HEADER_ROWS + 1
    return {"first": first + offset, "last": end - 1 + offset, "table": index, **where}
