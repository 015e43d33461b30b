"""`thidua units history` and `thidua units diff`: what became of units between days, and the options of `units`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from thidua_cli.cli.commands import grouped
from thidua_cli.cli.declared import argument, option
from thidua_cli.cli.options import LIST_FORMATS, ListFormat
from thidua_cli.cli.output import Destination, Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.errors import UsageError
from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.model import Unit, written_day
from thidua_cli.present.diagnostics import Diagnostics
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.units.view import day_text, day_words, found_view, period_text
from thidua_cli.units.history import Historian
from thidua_cli.units.lookup import MAX_CANDIDATES, Found, edit_distance, find
from thidua_cli.units.reach import beyond_the_lists
from thidua_cli.units.tables import TABLES_START, UnitTables, bundled

NOTHING_FOUND: Final = Text("Không tìm thấy đơn vị nào cho “{text}”.", "No unit found for “{text}”.")
_UNKNOWN_CODE: Final = Text(
    "không có đơn vị nào mang mã {code}.{candidates}", "no unit has the code {code}.{candidates}"
)
_NEAREST: Final = Text(" Mã gần nhất: {units}.", " Nearest: {units}.")
_BAD_DAY: Final = Text(
    "“{text}” không phải là ngày; hãy viết 31/12/2024 hoặc 2024-12-31.",
    "“{text}” is not a day; write 2024-12-31 or 31/12/2024.",
)
_OF_OTHER_DAYS: Final = Text(
    "Chỉ mang tên này vào ngày khác, không phải ngày {day}: {units}.",
    "Of this name on other days than {day} only: {units}.",
)
_NOT_STANDING: Final = Text(
    "Mã {code} không tồn tại vào ngày {day}. Các giai đoạn tồn tại: {periods}.",
    "The code {code} does not stand on {day}. It stood: {periods}.",
)

On = Annotated[
    str,
    option(
        "--on",
        metavar="DATE",
        help=said("Ngày cần xem: 31/12/2024 hoặc 2024-12-31.", "The day to look at: 2024-12-31 or 31/12/2024."),
    ),
]
Within = Annotated[
    str,
    option(
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


def note_beyond(day: date | None, diagnostics: Diagnostics) -> None:
    """Say how far the lists reach, of a day on which they are not known to be complete."""
    beyond = beyond_the_lists(day) if day is not None else NO_TEXT
    if beyond.vi:
        diagnostics.note(Text(beyond.vi.strip(), beyond.en.strip()))


def of_other_days(units: Sequence[Unit], day: date) -> Text:
    """Say that units of a name do not stand on a day, and when they do."""
    names = [
        Text(*(f"{unit.name} ({unit.code}), {period_text(unit, language)}" for language in (Language.VI, Language.EN)))
        for unit in units
    ]
    return _OF_OTHER_DAYS.fill(day=day_words(day), units=Text.and_more(names, MAX_CANDIDATES, "; "))


HISTORY_HELP: Final = said(
    """Ví dụ:

    \b
    thidua units history "Phường Sài Gòn"
    thidua units history 26740 --on 31/12/2024     đơn vị mang mã này vào ngày đó
    thidua units history "Trà Don, Quảng Nam"
    thidua units history 26740 --format json       cho chương trình khác đọc

    Xem một đơn vị được lập từ những đơn vị nào, về sau thuộc đơn vị nào: ngày, số hộ đi theo, căn cứ.""",
    """Examples:

    \b
    thidua units history "Phường Sài Gòn"
    thidua units history 26740 --on 2024-12-31     the unit of this code on that day
    thidua units history "Trà Don, Quảng Nam"
    thidua units history 26740 --format json       for programs

    Show what a unit was made of and what became of it: days, households, evidence.""",
)
DIFF_HELP: Final = said(
    """Ví dụ:

    \b
    thidua units diff 31/12/2024 01/07/2025 --within 79
    thidua units diff 2022-12-31 2024-12-31 --within 44 -o thay-doi.csv
    thidua units diff 31/12/2022 31/12/2024              cả nước

    So danh mục của hai ngày: số đơn vị từng cấp, rồi đơn vị nào sáp nhập, chia tách, đổi tên, đổi loại, đổi huyện.""",
    """Examples:

    \b
    thidua units diff 2024-12-31 2025-07-01 --within 79
    thidua units diff 2022-12-31 2024-12-31 --within 44 -o changes.csv
    thidua units diff 2022-12-31 2024-12-31              the whole country

    Compare the lists of two days: units per tier, then what was merged, divided, renamed, retyped or moved.""",
)
_SEVERAL: Final = Text(
    "“{text}” có thể là {count} đơn vị; gõ lại lệnh với mã của đơn vị cần xem.",
    "“{text}” may mean {count} units; give the code of the one you mean.",
)
_SIMILAR: Final = Text(
    "Không có đơn vị nào tên “{text}”; đây là các tên gần giống.", "No unit is called “{text}”; these are similar."
)
_TWO_DAYS: Final = Text("cần hai ngày, ví dụ 31/12/2024 01/07/2025", "two days are needed: 2024-12-31 2025-07-01")
_TOO_EARLY: Final = Text("danh mục chỉ có từ ngày {start}", "the tables begin on {start}")


@grouped
def unit_history(
    *,
    text: Annotated[str, argument(metavar="CODE|NAME", help=said("Mã hoặc tên đơn vị.", "Code or name."))],
    on: On = "",
    layout: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print the tree of one unit; of a name that several units bear, the list of them."""
    tables, diagnostics, day = bundled(), run.diagnostics, day_given(on)
    note_beyond(day, diagnostics)
    place = to.destination(layout, Offer.of(LIST_FORMATS))
    matches = _found(text, day, tables, diagnostics)
    if len(matches) != 1 or matches[0].how == "similar":
        holds = counted(len(matches), "đơn vị", "unit")
        run.show(found_view(matches, Historian(tables)), place, holds, 80, color=False)
        return
    from thidua_cli.present.units.history import history_view

    tree = Historian(tables).history(matches[0].unit)
    unit = matches[0].unit
    holds = Text("lịch sử của {unit}", "the history of {unit}").fill(unit=unit.name)
    run.show(history_view(tree, tables), place, holds, _width(place))


@grouped
def unit_differences(
    *,
    first: Annotated[str, argument(metavar="DATE", help=said("Ngày thứ nhất.", "The first day."))],
    second: Annotated[str, argument(metavar="DATE", help=said("Ngày thứ hai.", "The second day."))],
    within: Within = "",
    layout: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print what changed between the lists of two days, the earlier first."""
    from thidua_cli.present.units.differences import differences_view
    from thidua_cli.units.differences import differences

    tables, days = bundled(), sorted(filter(None, (day_given(first), day_given(second))))
    note_beyond(days[-1], run.diagnostics)
    if len(days) < 2:
        raise UsageError(_TWO_DAYS)
    if days[0] < TABLES_START:
        raise UsageError(_TOO_EARLY.fill(start=day_words(TABLES_START)))
    place = to.destination(layout, Offer.of(LIST_FORMATS))
    area = _area(within, days, tables) if within else None
    changes = differences(days[0], days[1], area, Historian(tables))
    holds = counted(len(changes.rows), "thay đổi", "change")
    run.show(differences_view(changes), place, holds, _width(place))


def _area(code: str, days: Sequence[date], tables: UnitTables) -> Unit:
    """Return the unit of a code as it stands on the later day, or else on the earlier one."""
    periods = periods_of(code, tables)
    standing = [unit for day in reversed(days) for unit in periods if unit.stands_on(day)]
    if not standing:
        raise UsageError(not_standing(code, days[0], periods))
    return standing[0]


def _found(text: str, day: date | None, tables: UnitTables, diagnostics: Diagnostics) -> list[Found]:
    """Return the one unit a text means, or the units to choose from, with a word on why."""
    if text.isdecimal():
        return [Found(_of_code(text, day, tables, diagnostics), (), "exact")]
    matches = find(text, day, tables=tables)
    if not matches:
        diagnostics.note(NOTHING_FOUND.fill(text=text))
        return []
    exact = [match for match in matches if match.how == "exact"] or matches
    latest = list({match.unit.code: match for match in exact}.values())
    if latest[0].how == "similar":
        diagnostics.note(_SIMILAR.fill(text=text))
        return matches
    if len(latest) > 1:
        diagnostics.note(_SEVERAL.fill(text=text, count=len(latest)))
        return exact
    return latest


def _of_code(code: str, day: date | None, tables: UnitTables, diagnostics: Diagnostics) -> Unit:
    """Return the unit of a code on a day; where it does not stand then, or no day is given, the latest."""
    periods = periods_of(code, tables)
    standing = [unit for unit in periods if day is None or unit.stands_on(day)]
    if day is not None and not standing:
        diagnostics.note(not_standing(code, day, periods))
    return (standing or periods)[-1]


def _width(place: Destination) -> int:
    """Return the columns to wrap to."""
    return terminal.width_of(sys.stderr if place.is_file else sys.stdout)
