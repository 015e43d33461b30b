"""The row that heads a canonical table: asked of every sheet, before anything else is loaded for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.model import COUNTS, PRINTED_RATES
from thidua_cli.read.grid import Cell, Row

_SEARCH_ROWS: Final = 10
_FIGURES: Final = frozenset({*COUNTS, *PRINTED_RATES})
UNIT_COLUMNS: Final = ("unit_code", "unit_name")


def canonical_header(head: Sequence[Row]) -> int | None:
    """Return the 0-based row that heads a canonical table, or None where there is none among the first rows.

    It names the unit, and the year or at least two counts or rates.
    """
    for number, row in enumerate(head[:_SEARCH_ROWS]):
        names = {_name_in_text(cell) for cell in row if isinstance(cell, str)}
        if names.intersection(UNIT_COLUMNS) and ("year" in names or len(names.intersection(_FIGURES)) > 1):
            return number
    return None


def name_in(cell: Cell) -> str:
    """Return the name of a column as canonical tables are headed; empty of what is no text."""
    return _name_in_text(cell) if isinstance(cell, str) else ""


@lru_cache(maxsize=1024)
def _name_in_text(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().lower()
