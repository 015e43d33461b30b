"""Poverty lines: what counts of poor households are taken by, from when to when, and by which text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from thidua_cli.errors import UsageError
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import dataclass

_TABLE: Final = Path(__file__).parent.parent / "data" / "lines" / "lines.toml"


@dataclass(frozen=True, slots=True)
class PovertyLine:
    """One line. Source: data/lines/SOURCE.md; what is not known is empty or None."""

    id: str
    """As in the column `poverty_line`: "2022-2025"."""
    title: Text
    document: str = ""
    """Number of the decision or decree: "07/2021/NĐ-CP"."""
    signed: date | None = None
    start: date | None = None
    """First day on which households are poor by it."""
    end: date | None = None
    """The last such day."""
    income_rural: int | None = None
    """VND a person and month."""
    income_urban: int | None = None
    address: str = ""
    first_review: int | None = None
    """The first year-end whose review stands on it where a table does not say; None of a line that is never assumed."""
    within: str = ""
    """Code of the province whose own line it is; empty for a national one."""

    def covers(self, year: int) -> bool:
        """Say whether a review of the end of `year` may stand on the line.

        The review of the year-end before it begins does as well: it is what the new period starts from.
        """
        begun = self.start is None or self.start.year - 1 <= year
        return begun and (self.end is None or year <= self.end.year)


@lru_cache(maxsize=1)
def poverty_lines() -> Mapping[str, PovertyLine]:
    """Return id → line, the oldest national one first, then those of provinces."""
    # Asked for where a line is stated or not clear only: tables that say theirs are read without this file.
    import tomllib

    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {entry["id"]: _line(entry) for entry in table["line"]}


def _line(entry: Mapping[str, Any]) -> PovertyLine:
    title = entry["title"]
    return PovertyLine(
        entry["id"],
        Text(title["vi"], title["en"]),
        entry.get("document", ""),
        entry.get("date"),
        entry.get("from"),
        entry.get("to"),
        entry.get("income_rural"),
        entry.get("income_urban"),
        entry.get("address", ""),
        entry.get("first_review"),
        entry.get("within", ""),
    )


def lines_of(year: int) -> tuple[PovertyLine, ...]:
    """Return the lines that a review of the end of `year` may stand on."""
    return tuple(line for line in poverty_lines().values() if line.covers(year))


def stand_side_by_side(line: str, other: str, year: int) -> bool:
    """Say whether figures of one unit may stand on both lines at a year-end, and neither is a mistake of the other.

    The general reviews of the ends of 2021 and 2026 have two results each; a city may count by its own line as well.
    """
    known = (poverty_lines().get(each) for each in (line, other))
    return line != other and all(each is None or each.covers(year) for each in known)


def refuse_unknown_line(line: str | None) -> None:
    """Refuse a line that is stated and is in no list.

    Raises:
        UsageError: There is no such line.
    """
    if line is None or line in poverty_lines():
        return
    from thidua_cli.likeness import KnownTexts

    near = KnownTexts({known: known for known in poverty_lines()}).close_to(line, 1, 60)
    text = Text(
        "--poverty-line {line}: không có chuẩn nghèo nào mang mã này{near}; có: {known} (xem “thidua rules lines”)",
        "--poverty-line {line}: no poverty line has this id{near}; there are: {known} (see “thidua rules lines”)",
    )
    hint = Text("; gần nhất: {near}", "; the nearest: {near}").fill(near=near[0]) if near else NO_TEXT
    raise UsageError(text.fill(line=line, near=hint, known=", ".join(poverty_lines())))


def line_options(lines: tuple[PovertyLine, ...]) -> Text:
    """Return what to type to state one of several lines: "--poverty-line 2022-2025 hoặc …"."""
    return Text.joined(Text(" hoặc ", " or "), [Text(*[f"--poverty-line {line.id}"] * 2) for line in lines])
