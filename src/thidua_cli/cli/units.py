"""`thidua units`: which units stand when, by code or by name."""

from __future__ import annotations

from typing import Annotated

from thidua_cli.cli.commands import Command, command_group, grouped
from thidua_cli.cli.declared import argument
from thidua_cli.cli.level_option import OfficialLevel
from thidua_cli.cli.options import LIST_FORMATS, ListFormat
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.cli.unit_changes import (
    DIFF_HELP,
    HISTORY_HELP,
    NOTHING_FOUND,
    On,
    Within,
    day_given,
    not_standing,
    note_beyond,
    of_other_days,
    periods_of,
    unit_differences,
    unit_history,
)
from thidua_cli.cli.unit_list import LIST_HELP, list_units
from thidua_cli.present.units.view import found_view, periods_view
from thidua_cli.units.history import Historian
from thidua_cli.units.lookup import find
from thidua_cli.units.reach import REACH
from thidua_cli.units.tables import bundled

app = command_group(
    said(
        f"Tra cứu đơn vị hành chính theo mã, tên và ngày. {REACH.vi}",
        f"Look up administrative units by code, name and day. {REACH.en}",
    )
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


@app.command(
    "find", cls=Command, help=_FIND_HELP, short_help=said("Tìm đơn vị theo mã hoặc tên.", "Find units by code or name.")
)
@grouped
def find_units(
    *,
    text: Annotated[str, argument(metavar="TEXT", help=said("Mã hoặc tên đơn vị.", "Code or name."))],
    on: On = "",
    level: OfficialLevel = None,
    within: Within = "",
    layout: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print the units that a text may mean."""
    tables, diagnostics, day = bundled(), run.diagnostics, day_given(on)
    place = to.destination(layout, Offer.of(LIST_FORMATS))
    if within:
        periods_of(within, tables)
    matches = find(text, day, level, within or None, tables=tables)
    if not matches:
        diagnostics.note(NOTHING_FOUND.fill(text=text))
    note_beyond(day, diagnostics)
    elsewhen = [match.unit for match in matches if day is not None and not match.unit.stands_on(day)]
    if day is not None and elsewhen:
        diagnostics.note(of_other_days(elsewhen, day))
    holds = counted(len(matches), "đơn vị", "unit")
    run.show(found_view(matches, Historian(tables)), place, holds, 80, color=False)


app.command(
    "list", cls=Command, help=LIST_HELP, short_help=said("Các đơn vị trực thuộc, kèm mã.", "The units below another.")
)(list_units)


@app.command("show", cls=Command, help=_SHOW_HELP, short_help=said("Xem một đơn vị.", "Show one unit."))
@grouped
def show_unit(
    *,
    code: Annotated[str, argument(metavar="CODE", help=said("Mã có 2, 3 hoặc 5 chữ số.", "Code of 2, 3 or 5 digits."))],
    on: On = "",
    layout: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print the periods of a code, or the one that stands on a day."""
    tables, diagnostics, day = bundled(), run.diagnostics, day_given(on)
    place = to.destination(layout, Offer.of(LIST_FORMATS))
    periods = periods_of(code, tables)
    standing = tuple(unit for unit in periods if day is None or unit.stands_on(day))
    if day is not None and not standing:
        diagnostics.note(not_standing(code, day, periods))
        standing, day = periods, None
    note_beyond(day, diagnostics)
    holds = counted(len(standing), "giai đoạn", "period")
    run.show(periods_view(standing, Historian(tables), day), place, holds, 80, color=False)


app.command(
    "history",
    cls=Command,
    help=HISTORY_HELP,
    short_help=said("Một đơn vị qua các lần sắp xếp.", "One unit through reorganisations."),
)(unit_history)
app.command(
    "diff",
    cls=Command,
    help=DIFF_HELP,
    short_help=said("Danh mục của hai ngày khác nhau ở đâu.", "What changed between two days."),
)(unit_differences)
