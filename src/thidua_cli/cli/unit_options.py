"""What the commands of `thidua units` have in common: days, codes, formats."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

import typer

from thidua_cli.cli.options import Format
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.model import Unit, written_day
from thidua_cli.present.units.view import day_text, period_text
from thidua_cli.units.lookup import MAX_CANDIDATES, edit_distance, find
from thidua_cli.units.tables import UnitTables

NOTHING_FOUND: Final = Text("Không tìm thấy đơn vị nào cho “{text}”.", "No unit found for “{text}”.")
_UNKNOWN_CODE: Final = Text(
    "không có đơn vị nào mang mã {code}.{candidates}", "no unit has the code {code}.{candidates}"
)
_NEAREST: Final = Text(" Mã gần nhất: {units}.", " Nearest: {units}.")
_BAD_DAY: Final = Text(
    "“{text}” không phải là ngày; hãy viết 31/12/2024 hoặc 2024-12-31.",
    "“{text}” is not a day; write 2024-12-31 or 31/12/2024.",
)
_NOT_STANDING: Final = Text(
    "Mã {code} không tồn tại vào ngày {day}. Các giai đoạn tồn tại: {periods}.",
    "The code {code} does not stand on {day}. It stood: {periods}.",
)

On = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help=said("Ngày cần xem: 31/12/2024 hoặc 2024-12-31.", "The day to look at: 2024-12-31 or 31/12/2024."),
    ),
]
# An option of its own, not FORMAT: typing takes two Literals of the same values for equal, whatever their order, and
# would give `units` the order of the formats of `verify` if only that was imported first.
Layout = Annotated[
    Literal[Format.TABLE, Format.JSON, Format.CSV, Format.MARKDOWN],
    typer.Option("--format", "-f", help=said("Dạng kết quả.", "Format of the result.")),
]
Within = Annotated[
    str,
    typer.Option(
        "--within", metavar="CODE", help=said("Trong tỉnh hoặc huyện có mã này.", "Within this province or district.")
    ),
]


def day_given(text: str) -> date | None:
    """Read a day written as 2024-12-31 or 31/12/2024; empty is none.

    Raises:
        UsageError: The text is no day.
    """
    if not text:
        return None
    try:
        return written_day(text)
    except ValueError as error:
        raise UsageError(_BAD_DAY.fill(text=text)) from error


def periods_of(code: str, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the periods of a code.

    Raises:
        UsageError: No unit has the code; the nearest ones are named.
    """
    periods = tables.periods(code)
    if periods:
        return periods
    names = "; ".join(f"{unit.code} {unit.name}" for unit in _nearest(code, tables))
    candidates = _NEAREST.fill(units=names) if names else NO_TEXT
    raise UsageError(_UNKNOWN_CODE.fill(code=code, candidates=candidates))


def _nearest(code: str, tables: UnitTables) -> list[Unit]:
    """Return units whose code is one digit away, the closest number first; of a name, what it finds."""
    if not code.isdecimal():
        near = [match.unit for match in find(code, tables=tables)]
    else:
        rows = [row for row in tables.rows() if len(row.code) == len(code) and edit_distance(row.code, code, 1) == 1]
        near = sorted(rows, key=lambda row: abs(int(row.code) - int(code)))
    return list({unit.code: unit for unit in near}.values())[:MAX_CANDIDATES]


def not_standing(code: str, day: date, periods: tuple[Unit, ...]) -> Text:
    """Say that a code does not stand on a day, and when it does."""
    written = [
        (day_text(day, language), "; ".join(f"{unit.name}, {period_text(unit, language)}" for unit in periods))
        for language in (Language.VI, Language.EN)
    ]
    return _NOT_STANDING.fill(code=code, day=Text(*[day for day, _ in written]), periods=Text(*[p for _, p in written]))
