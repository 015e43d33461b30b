"""On which day each change stands, and by which resolution."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from unit_tables.lists import Lists

SOURCES = Path(__file__).resolve().parent.parent / "sources"
LIST_2022 = date(2022, 9, 17)
DISTRICT_TYPES_CHANGED = date(2023, 4, 10)
REFORM = date(2025, 7, 1)
HUE_A_CITY = (date(2025, 1, 1), "175/2024/QH15")


def eve(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def read_source(name: str) -> list[dict[str, str]]:
    """Read a table of scripts/sources."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Days:
    """From which day a change between the lists of 2022 and of mid-2025 stands, and by what resolution.

    That is the day of the official list, unless the resolution was in force before.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._single = {
            (row["unit"], row["change"]): (date.fromisoformat(row["listed_from"]), row["resolution"])
            for row in read_source("single_changes.csv")
        }
        self._reorganised = {**dict(self._read_reorganisations()), **dict(self._read_in_force())}

    @staticmethod
    def _read_reorganisations() -> Iterator[tuple[str, tuple[date, str]]]:
        """Give each province the day of its reorganisation of 2023–2025; nameless rows count where none is named."""
        named: dict[str, tuple[date, str]] = {}
        nameless: dict[str, tuple[date, str]] = {}
        for row in read_source("resolutions_2021_2025.csv"):
            day = date.fromisoformat(row["listed_from"])
            if day > LIST_2022:
                table = named if row["kind"].startswith("reorganisation") else nameless
                if row["resolution"] == "" or table is named:
                    table[row["province_code"]] = (day, row["resolution"])
        yield from {**nameless, **named}.items()

    @staticmethod
    def _read_in_force() -> Iterator[tuple[str, tuple[date, str]]]:
        """Give the provinces whose reorganisation was in force before the official list followed."""
        for row in read_source("in_force.csv"):
            yield row["province_code"], (date.fromisoformat(row["in_force_from"]), row["resolution"])

    def of(self, code: str, change: str, district: str = "") -> tuple[date, str]:
        """Return day and resolution of the `change` ("type", "name", "parent", "gone", "new") of a unit."""
        province = self._lists.old_province(code)
        for unit in (code, district, province):
            if (unit, change) in self._single:
                return self._single[unit, change]
        return self._reorganised[province]
