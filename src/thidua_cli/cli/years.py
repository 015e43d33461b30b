"""The years that the command line takes."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.model import written_day

FIRST_YEAR: Final = 1993
"""That of the first national poverty line."""
LAST_YEAR: Final = 2099


def day_of_issue(text: str) -> date | None:
    """Return the day that is written as people or as programs do; None where it is none a paper can bear."""
    try:
        day = written_day(text)
    except (ValueError, OverflowError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
