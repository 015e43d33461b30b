"""Machine formats: JSON documents and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
"""Put before CSV that is written to a file: Excel reads UTF-8 only with it. Never on standard output."""

_FORMULA_STARTS = ("=", "+", "-", "−", "@", "\t", "\r")


def json_text(document: object) -> str:
    """Return a JSON document, UTF-8 as it is, two spaces deep, ending in a line break."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> str:
    r"""Return CSV with commas and "\n"; missing is empty; a text that a spreadsheet would run gets an apostrophe.

    >>> csv_text(["a", "b"], [["=1+1", -2], [None, "x"]])
    "a,b\n'=1+1,-2\n,x\n"
    """
    import csv

    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([[_inert(value) for value in row] for row in rows])
    return stream.getvalue()


def _inert(value: str | int | float | None) -> str | int | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
