"""What several rows say word for word, told once below their table: a row keeps a few words and the note's number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.named_tuple import NamedTuple

_SEVERAL: Final = 3
"""Rows from which a text stands below the table: for two, a reader need not look elsewhere."""
_SAVED: Final = 20
"""Characters that must be saved."""


class CellWords(NamedTuple):
    """A text of a cell, and in few words what it says."""

    text: str
    short: str = ""
    """Stands in the rows in place of the text; empty for a text that is never moved."""


class NotesBelow:
    """The numbered notes of one table, by how often its cells say the same.

    >>> below = NotesBelow([CellWords("Chưa biết vì danh mục kèm theo chưa đủ.", "Chưa biết")] * 3)
    >>> below.cell([CellWords("Chưa biết vì danh mục kèm theo chưa đủ.", "Chưa biết"), CellWords("Xem ô B2.")])
    'Chưa biết (1). Xem ô B2.'
    >>> below.notes
    ['(1) Chưa biết vì danh mục kèm theo chưa đủ.']
    """

    def __init__(self, words: Iterable[CellWords]) -> None:
        times = Counter(words)
        moved = [each for each, count in times.items() if count >= _SEVERAL and _is_worth_it(each)]
        self._numbers = {each: number for number, each in enumerate(moved, start=1)}

    def cell(self, words: Sequence[CellWords]) -> str:
        """Return what stands in a cell: short words end as sentences where others follow."""
        last = len(words) - 1
        return " ".join(self._written(each, is_last=place == last) for place, each in enumerate(words))

    def _written(self, words: CellWords, *, is_last: bool) -> str:
        number = self._numbers.get(words)
        if number is None:
            return words.text
        return f"{words.short} ({number}){'' if is_last else '.'}"

    @property
    def notes(self) -> list[str]:
        """What stands below the table, in the order in which rows refer to it."""
        return [f"({number}) {words.text}" for words, number in self._numbers.items()]


def _is_worth_it(words: CellWords) -> bool:
    return bool(words.short) and len(words.text) - len(words.short) >= _SAVED
