"""Sheets that hold a form and no figure: what they have to say is one thing, not one per cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.cells.headings import H001, H003
from thidua_cli.normalise.sheet.cell_faults import F004, F005
from thidua_cli.normalise.table_reading import SheetPart, TableReading

F011: Final = Kind(
    code="F011",
    name="empty-form",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Biểu chưa điền", "Form not filled in"),
    message=Text("Biểu chưa điền số liệu nào: {rows}", "Nothing is filled in on this form: {rows}"),
    what=Text(
        "Nhận ra biểu, nhưng không ô số liệu nào có số; dòng cộng nếu có thì bằng 0.",
        "The form is recognised, but no cell for a figure holds one; its sums, if any, are 0.",
    ),
    why=Text(
        "Các đơn vị của biểu không có số liệu, kết quả xét sẽ là “Chưa xác định”; nếu mọi tệp đều như vậy thì không "
        "có gì để xét, lệnh kết thúc với mã 3 và không ghi tệp nào.",
        "The units of the form have no figures and their verdicts stay “undetermined”; where all files are like that "
        "there is nothing to judge: the command ends with status 3 and writes no file.",
    ),
    example=Text(
        "Gửi nhầm biểu trống lập bằng “thidua template” thay cho bản đã điền.",
        "The empty form made by “thidua template” was sent in place of the one that was filled in.",
    ),
    mend=Text(
        "Gửi lại bản đã điền; trang tính không dùng thì xóa khỏi tệp.",
        "Send the form that was filled in; take a sheet that is not needed out of the file.",
    ),
)
_WITH_ROWS: Final = Text("{units} đơn vị đều để trống", "all {units} units are empty")
_WITHOUT_ROWS: Final = Text("không có dòng đơn vị nào", "there is no row of a unit")


class SheetTables(NamedTuple):
    """What was read of one sheet."""

    place: Origin
    parts: Sequence[SheetPart]


def told_once(sheets: Sequence[SheetTables]) -> list[SheetPart]:
    """Return the parts of all sheets of a file, those of an empty form with one finding in place of one per cell.

    A sheet that has not even rows of units is nothing to talk about beside others with figures.
    """
    has_figures = any(table.rows.has_figures for sheet in sheets for table in _tables(sheet) if table.rows is not None)
    return [part for sheet in sheets for part in _told(sheet, has_figures)]


def _told(sheet: SheetTables, has_figures: bool) -> Sequence[SheetPart]:
    if not _is_empty_form(sheet):
        return sheet.parts
    units = len({code for table in _tables(sheet) if table.rows is not None for code in table.rows.unit_code})
    if has_figures and not units:
        return sheet.parts
    rows = _WITH_ROWS.fill(units=units) if units else _WITHOUT_ROWS
    told = Finding(F011, sheet.place, details={"rows": rows})
    return [SheetPart((TableReading([told]),)), *map(_without_echoes, sheet.parts)]


def _is_empty_form(sheet: SheetTables) -> bool:
    tables = [table for table in _tables(sheet) if table.form or table.record is not None]
    return bool(tables) and all(table.is_blank for table in tables)


def _tables(sheet: SheetTables) -> list[TableReading]:
    return [table for part in sheet.parts for table in part.tables]


def _without_echoes(part: SheetPart) -> SheetPart:
    """Leave out what is said of cells, years and units; what is wrong with the header stays wrong once it is filled in.

    A sum over nothing may be a formula that divides by it (F005), which a rate beside the counts is too.
    """
    return replace(
        part, tables=tuple(replace(table, findings=list(filter(_stays, table.findings))) for table in part.tables)
    )


def _stays(finding: Finding) -> bool:
    if finding.severity is Severity.ERROR:
        return finding.kind in (H001, H003)
    return finding.kind not in (F004, F005)
