"""Comma-separated values, for programs and for whoever opens them in Excel."""

from __future__ import annotations

from io import StringIO
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.present.toolkit.document import FieldValue, Records, View

_FORMULA_STARTS: Final = ("=", "+", "-", "−", "@", "\t", "\r")
_NOT_OFFERED: Final = Text("kết quả này không có dạng csv", "this result is not offered as csv")


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the rows for programs."""
    del width, color
    if view.rows is None:
        raise UsageError(_NOT_OFFERED)
    return csv_text(view.rows(language))


def csv_text(records: Records) -> str:
    r"""Return CSV with commas and "\n"; missing is empty; a text that a spreadsheet would run gets an apostrophe.

    >>> csv_text(Records(["a", "b"], [["=1+1", -2], [None, "x"]]))
    "a,b\n'=1+1,-2\n,x\n"
    """
    import csv

    stream = StringIO()
    # The module ends lines in "\r\n" on every system unless it is told otherwise.
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(records.fields)
    writer.writerows([[_inert(value) for value in row] for row in records.rows])
    return stream.getvalue()


def _inert(value: FieldValue) -> FieldValue:
    # Texts only: a negative number begins with a sign too, and an apostrophe would make a text of it.
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
