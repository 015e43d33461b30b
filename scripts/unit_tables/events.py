"""The table of events: what became of which unit, on which day, by what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from unit_tables.days import REFORM, eve
from unit_tables.rows import Row
from unit_tables.successors import Succession

COLUMNS = "date,kind,from_code,from_name,to_code,to_name,households,evidence"


class Event(NamedTuple):
    """One event; the names are those of the eve and of the day. One row per pair of units."""

    day: date
    kind: str
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    households: str
    evidence: str

    def __str__(self) -> str:
        if any("," in cell for cell in self[1:]):
            raise ValueError(f"a comma in {self}")
        return ",".join((self.day.isoformat(), *self[1:]))


def events(successions: Iterable[Succession], rows: Iterable[Row]) -> list[Event]:
    """Return the events by day: successions, new names and types, moves to another district."""
    periods: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.code, row.valid_from)):
        periods.setdefault(row.code, []).append(row)
    found = [_succession(one, periods) for one in successions]
    found += [event for own in periods.values() for event in _changes(own)]
    # Provinces, districts and communes have codes of two, three and five digits.
    return sorted(found, key=lambda event: (event.day, len(event.from_code), event[2], event.to_code, event.kind))


def _succession(one: Succession, periods: Mapping[str, Sequence[Row]]) -> Event:
    to_name = _name(periods[one.to_code], one.day) if one.to_code else ""
    from_name = _name(periods[one.from_code], eve(one.day))
    evidence = "; ".join(filter(None, (one.resolution, one.how)))
    return Event(one.day, one.kind, one.from_code, from_name, one.to_code, to_name, one.households, evidence)


def _name(rows: Sequence[Row], on: date) -> str:
    for row in rows:
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row.name
    raise ValueError(f"{rows[0].code} does not stand on {on}")


def _changes(rows: Sequence[Row]) -> Iterator[Event]:
    """Give what changed between the periods of one unit besides its area; of households these events say nothing.

    On the day of the reform everything is a succession.
    """
    for before, after in pairwise(rows):
        if after.valid_from == REFORM:
            continue
        units = (before.code, before.name, after.code, after.name)
        if after.name != before.name:
            kind = "retyped" if after.type != before.type else "renamed"
            yield Event(after.valid_from, kind, *units, "", after.evidence)
        if after.parent != before.parent:
            where = f"from district {before.parent} to {after.parent}"
            evidence = "; ".join(filter(None, (after.evidence, where)))
            yield Event(after.valid_from, "moved", *units, "", evidence)
