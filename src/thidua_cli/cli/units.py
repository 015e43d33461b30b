"""`thidua units`: which units stand when, by code or by name."""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from thidua_cli.cli.commands import CONTEXT, Command, Group
from thidua_cli.cli.options import Force, Lang, NoColor, Output, Quiet, Verbose, said
from thidua_cli.cli.output import target
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text
from thidua_cli.model import Level, Unit
from thidua_cli.present import terminal
from thidua_cli.present.diagnostics import Diagnostics
from thidua_cli.present.units_view import UnitsFormat, day_text, period_text, present_found, present_periods
from thidua_cli.units.lookup import MAX_CANDIDATES, edit_distance, find
from thidua_cli.units.tables import UnitTables, bundled

app = typer.Typer(
    cls=Group,
    help=said("Tra cứu đơn vị hành chính theo mã, tên và ngày.", "Look up administrative units by code, name and day."),
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    context_settings=CONTEXT,
)

_FIND_HELP = said(
    """Ví dụ:

    \b
    thidua units find "Trà Don, Nam Trà My, Quảng Nam"
    thidua units find "Trà Don"                 mọi giai đoạn
    thidua units find "Phường 1" --within 82    trong tỉnh mã 82
    thidua units find 26740 --on 31/12/2024     theo mã, vào một ngày

    Tìm đơn vị theo mã hoặc tên. Tên gần giống chỉ hiện khi không có tên nào khớp.""",
    """Examples:

    \b
    thidua units find "Trà Don, Nam Trà My, Quảng Nam"
    thidua units find "Trà Don"                 all periods
    thidua units find "Phường 1" --within 82    within the province 82
    thidua units find 26740 --on 2024-12-31     by code, on a day

    Find units by code or name. Similar names show only where none fits.""",
)
_SHOW_HELP = said(
    """Ví dụ:

    \b
    thidua units show 26740 --on 01/07/2025
    thidua units show 516                       mọi giai đoạn của một mã
    thidua units show 49 --format json          cho chương trình khác đọc

    Xem một đơn vị: cấp trên, thời gian tồn tại, số đơn vị trực thuộc theo loại.""",
    """Examples:

    \b
    thidua units show 26740 --on 2025-07-01
    thidua units show 516                       all periods of a code
    thidua units show 49 --format json          for programs

    Show one unit: the units above it, its period, the number of units below by type.""",
)
_UNKNOWN_CODE = Text("không có đơn vị nào mang mã {code}.{candidates}", "no unit has the code {code}.{candidates}")
_NEAREST = Text(" Mã gần nhất: {units}.", " Nearest: {units}.")
_BAD_DAY = Text(
    "“{text}” không phải là ngày; hãy viết 31/12/2024 hoặc 2024-12-31.",
    "“{text}” is not a day; write 2024-12-31 or 31/12/2024.",
)
_NOT_STANDING = Text(
    "Mã {code} không tồn tại vào ngày {day}. Các giai đoạn tồn tại: {periods}.",
    "The code {code} does not stand on {day}. It stood: {periods}.",
)
_NOTHING_FOUND = Text("Không tìm thấy đơn vị nào cho “{text}”.", "No unit found for “{text}”.")


class Tier(StrEnum):
    """The tiers with official codes."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


On = Annotated[
    str,
    typer.Option(
        "--on",
        metavar="DATE",
        help=said("Ngày cần xem: 31/12/2024 hoặc 2024-12-31.", "The day to look at: 2024-12-31 or 31/12/2024."),
    ),
]
Layout = Annotated[UnitsFormat, typer.Option("--format", "-f", help=said("Dạng kết quả.", "Format of the result."))]


@app.command(
    "find", cls=Command, help=_FIND_HELP, short_help=said("Tìm đơn vị theo mã hoặc tên.", "Find units by code or name.")
)
def find_units(
    text: Annotated[str, typer.Argument(metavar="TEXT", help=said("Mã hoặc tên đơn vị.", "Code or name."))],
    on: On = "",
    level: Annotated[Tier | None, typer.Option("--level", help=said("Chỉ một cấp.", "One tier only."))] = None,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="CODE",
            help=said("Trong tỉnh hoặc huyện có mã này.", "Within this province or district."),
        ),
    ] = "",
    layout: Layout = UnitsFormat.TABLE,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> None:
    """Print the units that a text may mean."""
    tables, diagnostics = bundled(), _diagnostics(lang, quiet, verbose, no_color)
    place = target(output, force)
    if within:
        _require_code(within, tables)
    found = find(text, _day(on), Level(level.value) if level else None, within or None, tables=tables)
    if not found:
        diagnostics.note(_NOTHING_FOUND.fill(text=text))
    place.write(present_found(found, layout, lang))


@app.command("show", cls=Command, help=_SHOW_HELP, short_help=said("Xem một đơn vị.", "Show one unit."))
def show_unit(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help=said("Mã có 2, 3 hoặc 5 chữ số.", "Code of 2, 3 or 5 digits."))
    ],
    on: On = "",
    layout: Layout = UnitsFormat.TABLE,
    output: Output = None,
    force: Force = False,
    lang: Lang = Language.VI,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_color: NoColor = False,
) -> None:
    """Print the periods of a code, or the one that stands on a day."""
    tables, diagnostics, day = bundled(), _diagnostics(lang, quiet, verbose, no_color), _day(on)
    place = target(output, force)
    periods = _require_code(code, tables)
    standing = tuple(unit for unit in periods if day is None or unit.stands_on(day))
    if day is not None and not standing:
        diagnostics.note(_not_standing(code, day, periods))
        standing, day = periods, None
    place.write(present_periods(standing, tables, day, layout, lang))


def _diagnostics(lang: Language, quiet: bool, verbose: bool, no_color: bool) -> Diagnostics:
    color = not no_color and terminal.shows_color(sys.stderr, os.environ)
    return Diagnostics(sys.stderr, lang, quiet, verbose, color)


def _day(text: str) -> date | None:
    """Read a day written as 2024-12-31 or 31/12/2024; empty is none."""
    if not text:
        return None
    parts = text.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(_BAD_DAY.fill(text=text)) from error


def _require_code(code: str, tables: UnitTables) -> tuple[Unit, ...]:
    """Return the periods of a code; an unknown one is a wrong use, with the nearest codes in the message."""
    periods = tables.periods(code)
    if periods:
        return periods
    names = "; ".join(f"{unit.code} {unit.name}" for unit in _nearest(code, tables))
    candidates = _NEAREST.fill(units=names) if names else Text("", "")
    raise UsageError(_UNKNOWN_CODE.fill(code=code, candidates=candidates))


def _nearest(code: str, tables: UnitTables) -> list[Unit]:
    """Return units whose code is one digit away, the closest number first; of a name, what it finds."""
    if not code.isdecimal():
        near = [found.unit for found in find(code, tables=tables)]
    else:
        rows = [row for row in tables.rows() if len(row.code) == len(code) and edit_distance(row.code, code, 1) == 1]
        near = sorted(rows, key=lambda row: abs(int(row.code) - int(code)))
    return list({unit.code: unit for unit in near}.values())[:MAX_CANDIDATES]


def _not_standing(code: str, day: date, periods: tuple[Unit, ...]) -> Text:
    written = [
        (day_text(day, language), "; ".join(f"{unit.name}, {period_text(unit, language)}" for unit in periods))
        for language in (Language.VI, Language.EN)
    ]
    return _NOT_STANDING.fill(code=code, day=Text(*[day for day, _ in written]), periods=Text(*[p for _, p in written]))
