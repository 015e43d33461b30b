"""Changes of names and types that neither list shows: before the older list, and since the newer one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from thidua_cli.units.names import split_type
from unit_tables.days import eve, read_source
from unit_tables.lists import official
from unit_tables.rows import Row

_SOURCE: Final = "dated_changes.csv"


class StatedChange(NamedTuple):
    """A unit that went on over the same area under another name, type or both."""

    day: date
    code: str
    before: str
    after: str
    resolution: str


def stated_changes() -> list[StatedChange]:
    """Return what scripts/sources states, by day."""
    return sorted(
        StatedChange(
            date.fromisoformat(row["effective"]),
            row["code"],
            official(row["name_before"]),
            official(row["name_after"]),
            row["resolution"],
        )
        for row in read_source(_SOURCE)
    )


def with_stated_changes(rows: Iterable[Row], changes: Iterable[StatedChange]) -> Iterator[Row]:
    """Divide the rows in whose time a change falls: what stood before it, and what stands since."""
    of_code: dict[str, list[StatedChange]] = {}
    for change in changes:
        of_code.setdefault(change.code, []).append(change)
    for row in rows:
        last = row
        for change in of_code.get(row.code, ()):
            if last.valid_from < change.day and (last.valid_to is None or change.day <= last.valid_to):
                before, last = _divided(last, change)
                yield before
        yield last


def _divided(row: Row, change: StatedChange) -> tuple[Row, Row]:
    if row.name not in (change.before, change.after):
        raise ValueError(f"{row.code} is {row.name} on {change.day}: neither {change.before} nor {change.after}")
    before = row._replace(name=change.before, type=_type(change.before), valid_to=eve(change.day))
    after = row._replace(name=change.after, type=_type(change.after), valid_from=change.day)
    begins = "renamed" if before.type == after.type else "retyped"
    return before, after._replace(begins=begins, evidence=change.resolution)


def _type(name: str) -> str:
    return split_type(name)[0] or ""
