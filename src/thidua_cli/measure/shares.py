"""What the user says of divided units, checked against what is known and shared out exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from thidua_cli.language import Language, Text, format_decimal
from thidua_cli.model import DividedPart, GivenPart
from thidua_cli.rulebook.unit_file import COUNT_OF_COLUMN, ShareRow
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage, Passage
from thidua_cli.units.tables import TABLES_START, UnitTables, boundary_day

_COLUMN_OF_COUNT: Final = {count: column for column, count in COUNT_OF_COLUMN.items()}

Shared = Mapping[str, GivenPart | DividedPart]
"""Successor → its part as the user says; a `DividedPart` holds what is left for successors nobody speaks of."""


class Shares:
    """The user's lines, asked unit by unit."""

    def __init__(self, rows: Sequence[ShareRow] = ()) -> None:
        self._rows: dict[str, list[ShareRow]] = {}
        for row in rows:
            self._rows.setdefault(row.from_code, []).append(row)

    def check_pairs(self, tables: UnitTables, lineage: Lineage, day: date) -> None:
        """Refuse lines that speak of no division on the way to the boundaries of `day`.

        Raises:
            InputError: A code is unknown, or the households of the unit were not divided, or not with that successor.
        """
        for row in (row for rows in self._rows.values() for row in rows):
            _check_pair(row, tables, lineage, day)

    def of(self, part: DividedPart, year: int) -> Shared:
        """Return what each successor has of a divided unit at a year-end; nothing where the user says nothing.

        Counts are taken as they are; a share is taken of every count of the unit by the largest remainder, so that the
        parts add up. One successor without a line has what the others leave.

        Raises:
            InputError: The lines of a unit and year do not add up to its figures.
        """
        rows = [row for row in self._rows.get(part.unit.unit_code, ()) if row.year in (None, year)]
        if not rows:
            return {}
        return _by_share(part, rows) if rows[0].share is not None else _by_counts(part, rows)


NO_SHARES: Final = Shares()


def _check_pair(row: ShareRow, tables: UnitTables, lineage: Lineage, day: date) -> None:
    for code in (row.from_code, row.to_code):
        if not tables.periods(code):
            raise row.refuse(Text(f"không có đơn vị nào mang mã {code}", f"no unit has the code {code}"))
    years = [row.year] if row.year is not None else list(range(TABLES_START.year, day.year + 1))
    ends: tuple[Passage, ...] = ()
    for year in years:
        on = boundary_day(year)
        ends = lineage.destinations(row.from_code, on, day) if on <= day else ()
        division = next((end for end in ends if end.code == row.to_code), None)
        if division is not None and division.extent in (Extent.PART, Extent.UNKNOWN):
            return
    raise row.refuse(_no_division(row, ends, tables, day))


def _no_division(row: ShareRow, ends: Iterable[Passage], tables: UnitTables, day: date) -> Text:
    known = [end.code for end in ends if end.extent is not Extent.NONE and end.code != NOWHERE]
    names = ", ".join(f"{unit.name} ({code})" for code in known if (unit := tables.get(code, day)) is not None)
    text = Text(
        "từ {start} đến {end} không có việc chia hộ nào theo địa giới ngày {day}",
        "no households of {start} were divided with {end} on the boundaries of {day}",
    ).fill(start=row.from_code, end=row.to_code, day=f"{day:%d/%m/%Y}")
    if not names:
        return text
    went = Text("; hộ của {start} về: {names}", "; those of {start} went to: {names}")
    more = went.fill(start=row.from_code, names=names)
    return Text(text.vi + more.vi, text.en + more.en)


def _by_counts(part: DividedPart, rows: Sequence[ShareRow]) -> Shared:
    given: dict[str, GivenPart | DividedPart] = {
        row.to_code: GivenPart(part.unit, row.counts, row.source) for row in rows
    }
    names = [name for name in part.counts if all(name in row.counts for row in rows)]
    left = {name: part.counts[name] - sum(row.counts[name] for row in rows) for name in names}
    open_successors = _without_line(part, rows)
    for name, rest in left.items():
        if rest < 0 or (rest > 0 and not open_successors):
            raise rows[-1].refuse(_not_the_sum(part, name, part.counts[name] - rest))
    return {**given, **_rest(part, open_successors, left, rows[0], estimated=False)}


def _by_share(part: DividedPart, rows: Sequence[ShareRow]) -> Shared:
    shares = {row.to_code: row.share or Fraction(0) for row in rows}
    total = sum(shares.values(), Fraction(0))
    open_successors = _without_line(part, rows)
    if total > 1 or (total < 1 and not open_successors):
        percent = Text(*(f"{format_decimal(100 * total, language)}%" for language in (Language.VI, Language.EN)))
        text = Text("{unit}: các tỷ lệ cộng lại {total}, phải là 100%", "{unit}: shares sum to {total}, not to 100%")
        raise rows[-1].refuse(text.fill(unit=part.unit.unit_name, total=percent))
    whole = {**shares, "": 1 - total}
    parts = {name: _largest_remainder(count, whole) for name, count in part.counts.items()}
    if not parts:
        return {}
    given = {
        row.to_code: GivenPart(
            part.unit, {name: counts[row.to_code] for name, counts in parts.items()}, row.source, estimated=True
        )
        for row in rows
    }
    left = {name: counts[""] for name, counts in parts.items()}
    return {**given, **_rest(part, open_successors, left, rows[0], estimated=True)}


def _rest(
    part: DividedPart, successors: Sequence[str], left: Mapping[str, int], row: ShareRow, *, estimated: bool
) -> dict[str, GivenPart | DividedPart]:
    """Return what the lines leave: to one successor all of it, to several anything between none and all."""
    if not left:
        return {}
    if len(successors) == 1:
        return {successors[0]: GivenPart(part.unit, left, row.source, estimated)}
    rest = DividedPart(part.unit, left, part.successors, part.on, part.evidence)
    return dict.fromkeys(successors, rest)


def _without_line(part: DividedPart, rows: Iterable[ShareRow]) -> list[str]:
    spoken = {row.to_code for row in rows}
    return [successor.unit_code for successor in part.successors if successor.unit_code not in spoken]


def _largest_remainder(count: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Share out whole households so that they add up: first the whole parts, then one each by the largest remainder.

    >>> _largest_remainder(10, {"a": Fraction(1, 3), "b": Fraction(2, 3)})
    {'a': 3, 'b': 7}
    """
    parts = {code: int(count * share) for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (parts[code] - count * shares[code], code))
    for code in by_remainder[: count - sum(parts.values())]:
        parts[code] += 1
    return parts


def _not_the_sum(part: DividedPart, name: str, total: int) -> Text:
    text = Text(
        "{unit}: các phần cộng lại {column} = {total}, số liệu của cả đơn vị là {whole}",
        "{unit}: the parts add up to {column} = {total}, the whole unit has {whole}",
    )
    column = _COLUMN_OF_COUNT.get(name, name)
    return text.fill(unit=part.unit.unit_name, column=column, total=str(total), whole=str(part.counts[name]))
