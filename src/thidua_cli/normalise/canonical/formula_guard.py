"""The apostrophe that keeps spreadsheets from running a text of CSV as a formula: put before it, and taken off again.

Programs with Vietnamese settings take a semicolon for the end of a cell where others take a comma, and some take a line
for a row although it stands in quotes: a formula may begin at the start of a text and after any of these.
"""

from __future__ import annotations

from typing import Final

from thidua_cli.late_pattern import late_pattern

_FORMULA: Final = "[ '\"\u00a0\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]*[=+\\-−@＝＋－＠]"
"""A sign that begins a formula, behind blanks that some programs pass over, and quotes that some take off."""
_START: Final = r"(?:^|(?<=[;,\t\r\n]))"
"""Where a program may take a cell to begin."""
_UNGUARDED: Final = late_pattern(f"{_START}(?={_FORMULA})")
_GUARD: Final = late_pattern(f"{_START}'(?={_FORMULA})")


def guarded(text: str) -> str:
    """Return a text as CSV holds it: what a spreadsheet would run as a formula gets one more apostrophe.

    Reading a canonical table takes it off again; apostrophes of the text's own before such a sign stay.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("Ia H'Drai"), guarded("-2;+3"), guarded(' ＝1')
    ("'=1+1", "''=1+1", "Ia H'Drai", "'-2;'+3", "' ＝1")
    """
    if text[:1].isalnum() and text.isprintable() and ";" not in text and "," not in text:
        return text  # nearly every text
    return _UNGUARDED.sub("'", text)


def unguarded(text: str) -> str:
    """Return a text of a CSV file without the apostrophes that `guarded` put there.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("Ia H'Drai"), unguarded("'-2;'+3")
    ('=1+1', "'=1+1", "Ia H'Drai", '-2;+3')
    """
    return _GUARD.sub("", text)
