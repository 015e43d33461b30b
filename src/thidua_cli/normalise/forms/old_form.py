"""The old form 3 (Thông tư 17/2016/TT-BLĐTBXH, amended by 14/2018): households at the start and the end of a year.

It came in two halves, one for the poor and one for the near-poor, and stands on the poverty line of 2016–2020.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from thidua_cli.model import REQUIRED_COUNTS
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.normalise.sheet.layout import Layout

OLD_FORM: Final = "mau-03-2016"
_CHANGES: Final = re.compile(r"dien bien ho (?:can )?ngheo trong nam\b")
_TITLE: Final = re.compile(r"^(?:mau|bieu|phu luc)(?: so)? 0?3 ?(?:[a-d1-4])?\b.*|.*\b(?:17 2016|14 2018) tt\b")


def is_old_form(layout: Layout) -> bool:
    """Say whether a table is the old form 3: by its heading "Diễn biến hộ nghèo trong năm", or its title."""
    if _tells_changes(tuple(segment for column in layout.columns for segment in column.path)):
        return True
    lines = [fold(line) for line in layout.title]
    return any(_TITLE.match(line) for line in lines) and any("2016 2020" in line or "17 2016" in line for line in lines)


@lru_cache(maxsize=256)
def _tells_changes(headings: tuple[str, ...]) -> bool:
    return any(_CHANGES.match(fold(text)) for text in headings)


def required_counts(layout: Layout) -> tuple[str, ...]:
    """Return the counts that every row must have: those of the half that the table is, of all households either way."""
    found = {column.meaning for column in layout.columns}
    halves = [name for name in REQUIRED_COUNTS if name == "households" or name in found]
    return tuple(halves) if len(halves) > 1 else REQUIRED_COUNTS
