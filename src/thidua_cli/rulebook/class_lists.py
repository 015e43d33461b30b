"""Class lists: which decision put units into a class, on which days it answers, and how many it printed.

A list is one decision, for one period. Its rows stand in the CSV files beside `data/classes/lists.toml`: a row is one
unit that the list names in one class, and its first column, `list`, is the `id` of the list. A row without days holds
as long as its list; one with `to` left before the list ended. `completeness.csv` holds one row per list, class and
province, by the provinces of the day that the list's codes are of: whether every unit of it has its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.named_tuple import NamedTuple

LISTS_FILE: Final = Path(__file__).parent.parent / "data" / "classes" / "lists.toml"


class ReportedExits(NamedTuple):
    """How many units had left a list, as an authority reported it without naming them."""

    token: str
    year: int
    """By the end of it."""
    left: int
    of: int
    by: Text
    """Who reported it, and when."""
    address: str


@dataclass(frozen=True, slots=True)
class ClassList:
    """One list. Source: data/classes/SOURCE.md."""

    id: str
    """As in the column `list`: "areas-2021-2025"."""
    classes: tuple[str, ...]
    """The classes it puts units into; areas I, II and III are one list."""
    title: Text
    document: str
    """The decision: "Quyết định 861/QĐ-TTg"."""
    signed: date
    start: date
    """First day on which it answers."""
    end: date
    """The last such day."""
    codes: date
    """The day whose codes and provinces its rows and its completeness are written in."""
    totals: Mapping[str, int]
    """Class → number of units as printed, in the whole country; a class of which none was found has no entry."""
    address: str = ""
    note: Text = NO_TEXT
    """What a reader must know of it, amendments and doubts."""
    reported: tuple[ReportedExits, ...] = ()
    is_final: bool = True
    """Whether `totals` are all of the list; not where a later decision is known to add units to it."""

    def stands_on(self, day: date) -> bool:
        """Say whether the list answers on a day."""
        return self.start <= day <= self.end


@lru_cache(maxsize=1)
def class_lists() -> Mapping[str, ClassList]:
    """Return id → list, in the order of the file."""
    # Asked for with classes only: `check` never reads this file.
    import tomllib

    return {each.id: each for each in _lists(tomllib.loads(LISTS_FILE.read_text(encoding="utf-8")))}


def _lists(table: Mapping[str, Any]) -> Iterator[ClassList]:
    for entry in table["list"]:
        yield ClassList(
            entry["id"],
            tuple(entry["classes"]),
            _text(entry["title"]),
            entry["document"],
            entry["date"],
            entry["from"],
            entry["to"],
            entry["codes"],
            entry.get("totals", {}),
            entry.get("address", ""),
            _text(entry["note"]) if "note" in entry else NO_TEXT,
            tuple(map(_reported, entry.get("reported", ()))),
            entry.get("final", True),
        )


def _reported(entry: Mapping[str, Any]) -> ReportedExits:
    return ReportedExits(
        entry["class"], entry["year"], entry["left"], entry["of"], _text(entry["by"]), entry["address"]
    )


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["vi"], entry["en"])
