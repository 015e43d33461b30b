"""Comma-separated values, for programs and for whoever opens them in Excel."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.normalise.canonical.formula_guard import guarded
from thidua_cli.present.toolkit.document import Records, View
from thidua_cli.present.toolkit.foreign_text import UNUSUAL, visible

_NOT_OFFERED: Final = Text("kết quả này không có dạng csv", "this result is not offered as csv")


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the rows for programs."""
    del width, color
    if view.rows is None:
        raise UsageError(_NOT_OFFERED)
    return csv_text(view.rows(language))


def csv_text(records: Records) -> str:
    r"""Return CSV with commas and "\n"; missing is empty; a text that a spreadsheet would run gets an apostrophe.

    Characters without a shape are shown as everywhere: such a table is read by people too, in Excel or on a terminal.

    >>> csv_text(Records(["a", "b"], [["=1+1", -2], [None, "x"]]))
    "a,b\n'=1+1,-2\n,x\n"
    """
    import csv

    stream = StringIO()
    # The module ends lines in "\r\n" on every system unless it is told otherwise.
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(records.fields)
    left = iter(records.rows)
    while rows := list(islice(left, _ROWS_AT_ONCE)):
        # Texts only: a negative number begins with a sign too, and an apostrophe would make a text of it.
        texts = {value for row in rows for value in row if isinstance(value, str)}
        if not _are_harmless(texts):
            rows = [[_text(value) if isinstance(value, str) else value for value in row] for row in rows]
        writer.writerows(rows)
    return stream.getvalue()


_ROWS_AT_ONCE: Final = 500


def _are_harmless(texts: Iterable[str]) -> bool:
    """Say whether each of some texts is written as it is: to look at all of them takes no longer than at one."""
    # A semicolon is where a program may take a cell to begin, and a letter that shows as itself.
    every = ";".join(texts)
    return not UNUSUAL.search(every) and guarded(every) == every


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    """Return a text as a cell holds it; names, codes and tokens stand on row after row."""
    return guarded(visible(value))
