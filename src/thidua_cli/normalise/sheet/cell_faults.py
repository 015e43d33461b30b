"""What a sheet hides or takes from elsewhere, as findings: F004, F005, F007 and F010."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from itertools import groupby
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin, column_letters
from thidua_cli.normalise.sheet.unseen_cells import F013, F014, KIND_OF, marked_cells, not_used
from thidua_cli.read.grid import Cell, Fault, FaultyCell, Grid, IndexRange, Row, cell_name

F004: Final = Kind(
    code="F004",
    name="formula-without-value",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    names=("cell",),
    title=Text("Công thức chưa được tính", "Formula without a stored value"),
    message=Text(
        "Ô {cell} là công thức chưa được tính nên không có giá trị; mở tệp bằng Excel rồi lưu lại",
        "Cell {cell} is a formula that was never calculated and has no value; open the file in Excel and save it",
    ),
    what=Text(
        "Ô được dùng chứa công thức nhưng tệp không lưu giá trị của nó, hoặc chỉ lưu số 0 mà phần mềm (XlsxWriter,"
        " polars, Perl, Java) ghi ra thay cho kết quả. Công thức cộng, trừ, nhân, chia, SUM, ROUND được tính thử; công"
        " thức khác thì xem trong cột đã có công thức nào được tính chưa.",
        "A cell that is used holds a formula, but the file stores no value for it, or only the 0 that software "
        "(XlsxWriter, polars, Perl, Java) puts in place of a result. Sums, the four operations and ROUND are "
        "calculated to see; of other formulas it counts whether any in the column was ever calculated.",
    ),
    why=Text(
        "Ô trông như có số khi mở bằng Excel, nhưng trong tệp là ô trống; coi là 0 hay bỏ qua đều sai.",
        "In Excel the cell seems to hold a number, in the file it is empty; taking it as 0 or skipping it is wrong.",
    ),
    example=Text("Ô D20 có =SUM(D9:D19) nhưng không có giá trị.", "D20 holds =SUM(D9:D19) and no value."),
    mend=Text(
        "Mở tệp bằng Excel hoặc LibreOffice (công thức được tính lại) rồi lưu.",
        "Open the file in Excel or LibreOffice, which calculates the formulas, and save it.",
    ),
)

F005: Final = Kind(
    code="F005",
    name="excel-error-value",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    names=("error",),
    title=Text("Ô bị lỗi Excel", "Excel error value"),
    message=Text(
        "Ô {cell} là lỗi {error} nên không có số liệu", "Cell {cell} is the error {error} and holds no figure"
    ),
    what=Text(
        "Ô được dùng hiện #REF!, #VALUE!, #DIV/0!, #N/A, #NAME?, #NUM! hoặc #NULL!.",
        "A cell that is used shows #REF!, #VALUE!, #DIV/0!, #N/A, #NAME?, #NUM! or #NULL!.",
    ),
    why=Text(
        "Số liệu của ô không biết được; thường do xóa dòng hoặc liên kết tới tệp khác.",
        "The figure is not known; usually rows were deleted or a link to another file broke.",
    ),
    example=Text("Ô E12 là #REF! vì dòng được tham chiếu đã bị xóa.", "E12 is #REF! because the row it used is gone."),
    mend=Text(
        "Sửa công thức hoặc gõ lại số đã duyệt vào ô rồi lưu.",
        "Mend the formula or type the approved figure into the cell, and save.",
    ),
)

F007: Final = Kind(
    code="F007",
    name="hidden-parts-hold-data",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Phần bị ẩn có dữ liệu", "Hidden parts hold data"),
    message=Text("{parts} đang bị ẩn và có dữ liệu; {use}", "Hidden with data in them: {parts}; {use}"),
    what=Text(
        "Trang tính, dòng hoặc cột bị ẩn (kể cả do lọc) có dữ liệu.",
        "A sheet, rows or columns that are hidden (or filtered away) hold data.",
    ),
    why=Text(
        "Người xem bảng không thấy phần bị ẩn, nhưng số liệu ở đó vẫn được tính. "
        "Phần ẩn không được dùng thì chỉ ghi chú.",
        "Who looks at the sheet does not see them, but their figures count. Where they are not used it is only a note.",
    ),
    example=Text("Dòng 14–16 bị lọc đi nhưng vẫn nằm trong tổng.", "Rows 14–16 are filtered away but in the total."),
    mend=Text(
        "Bỏ lọc, bỏ ẩn (Unhide) để kiểm tra; xóa dòng, cột hoặc trang tính nếu không thuộc biểu.",
        "Clear the filter or unhide them and look; delete rows, columns or sheets that do not belong to the table.",
    ),
)

F010: Final = Kind(
    code="F010",
    name="link-to-other-workbook",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("cells",),
    title=Text("Lấy số từ sổ tính khác", "Link to another workbook"),
    message=Text(
        "{count} ô lấy giá trị từ sổ tính khác ({cells}); số lưu trong tệp có thể đã cũ",
        "{count} cells take their value from another workbook ({cells}); what the file holds may be out of date",
    ),
    what=Text(
        "Công thức trong ô dẫn tới một tệp khác, ví dụ ='[1]mẫu 08'!A11. Với tệp .xls và .xlsb không biết được.",
        "The formula of the cell leads to another file, such as ='[1]mẫu 08'!A11. Not known of .xls and .xlsb.",
    ),
    why=Text(
        "Giá trị được đọc là giá trị lúc lưu tệp lần cuối; tệp kia sửa sau đó thì số ở đây không đổi theo.",
        "What is read is the value at the last saving; if the other file changed later, this one does not follow.",
    ),
    example=Text("Cột C lấy tổng số hộ từ tệp của năm trước.", "Column C takes the households from last year's file."),
    mend=Text(
        "Trong Excel vào Dữ liệu › Sửa liên kết: cập nhật giá trị rồi ngắt liên kết, và lưu.",
        "In Excel go to Data › Edit Links: update the values, then break the links, and save.",
    ),
)
KINDS: Final = (F004, F005, F007, F010)

_TOLD_WHERE_USED: Final = (Fault.ZERO, Fault.WORDED, Fault.NOT_SHOWN)
_DIVIDED_BY_NOTHING: Final = "#DIV/0!"
_NOTHING: Final = frozenset({"0", "0.0", "-", "–"})
_LAST_ROW: Final = 1 << 31
_NAMED: Final = 5
"""Cells or stretches that one finding names; of the rest it says how many."""
_USED: Final = Text("số liệu ở đó được tính", "their figures count")
_NOT_USED: Final = Text("không được dùng", "they are not used")


def fault_finding(
    fault: FaultyCell,
    origin: Origin,
    *,
    unit_code: str | None = None,
    unit_name: str | None = None,
    year: int | None = None,
    column: str | None = None,
) -> Finding:
    """Return the error for a hidden cell whose figure is needed."""
    return Finding(
        _kind_of(fault),
        origin,
        unit_code,
        unit_name,
        year,
        column,
        value=fault.error or fault.shown or None,
        details=_details(fault, origin.cell),
    )


def _kind_of(fault: FaultyCell) -> Kind:
    return KIND_OF.get(fault.fault, F005 if fault.error else F004)


def _details(fault: FaultyCell, cell: str) -> dict[str, object]:
    what = not_used(fault, cell)
    return {"cell": cell, "error": fault.error, "merge": fault.merge, "what": what}


def faults_beside(grid: Grid, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is to be said of a sheet beyond the cells that are used: F004 and F005 as notes, F007, F010."""
    rows, columns = {row for row, _ in used}, {column for _, column in used}
    yield from _faults_unused(grid, {*used, *_rates_of_nothing(grid, columns)} if grid.faults else used)
    yield from _unseen(grid, rows, columns)


def _rates_of_nothing(grid: Grid, columns: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the cells with #DIV/0! in rows without any household: a commune has no urban section, its rate no value."""
    divided = [place for place, fault in grid.faults.items() if fault.error == _DIVIDED_BY_NOTHING]
    if not divided:
        return
    without = {
        number
        for number, row in zip(range(max(row for row, _ in divided) + 1), grid.open_rows(), strict=False)
        if not any(_is_count(row, column - grid.first_column) for column in columns)
    }
    yield from (place for place in divided if place[0] in without and place[1] not in columns)


def _is_count(row: Row, place: int) -> bool:
    return 0 <= place < len(row) and not _is_blank(row[place]) and str(row[place]).strip() not in _NOTHING


def columns_beside(grid: Grid, first_row: int, columns: Container[int]) -> Iterator[Finding]:
    """Yield the same for a table whose figures are taken from whole columns, from a 0-based row on."""
    yield from _faults_unused(grid, {place for place in grid.faults if place[1] in columns})
    yield from _unseen(grid, range(first_row, _LAST_ROW), columns)


def _faults_unused(grid: Grid, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield one note per sheet and kind for the hidden cells that no figure is taken from."""
    # a 0 that nobody calculated, or words behind a number, are nothing to anybody where no count is taken
    beside = sorted(
        place for place, fault in grid.faults.items() if place not in used and fault.fault not in _TOLD_WHERE_USED
    )
    for kind in (F005, F004, F013, F014):
        cells = [place for place in beside if _kind_of(grid.faults[place]) is kind]
        if cells:
            origin, fault = grid.origin(*cells[0]), grid.faults[cells[0]]
            more = f" (+{len(cells) - 1})" if len(cells) > 1 else ""
            yield Finding(
                kind,
                origin,
                value=fault.error or fault.shown or None,
                details=_details(fault, origin.cell + more),
                severity_here=Severity.NOTE,
            )


def _unseen(grid: Grid, rows: Container[int], columns: Container[int]) -> Iterator[Finding]:
    """Yield F010 and F007 for a sheet that was read, its figures taken from `rows` and `columns` (0-based).

    One finding says what is hidden and used, another what is hidden and only stands beside the table.
    """
    facts = grid.facts
    yield from marked_cells(grid)
    if facts.links:
        names = _listed([cell_name(*place) for place in facts.links])
        origin = grid.origin(*facts.links[0])
        yield Finding(F010, origin, details={"count": len(facts.links), "cells": names})
    if grid.is_hidden:
        yield _hidden(grid.origin(), Text("trang tính này", "this sheet"), is_used=True)
    if facts.hidden_rows or facts.hidden_columns:
        filled_rows, filled_columns = _filled(grid)
        for is_used in (True, False):
            rows_there = [row for row in filled_rows if (row in rows) is is_used]
            beside = [column for column in filled_columns if (column in columns) is is_used]
            if rows_there or beside:
                yield _hidden(_first(grid, rows_there, beside), _parts(rows_there, beside), is_used=is_used)


def hidden_sheet_unused(grid: Grid) -> Iterator[Finding]:
    """Yield a note for a hidden sheet that holds cells and no table that is read."""
    if grid.is_hidden:
        yield _hidden(grid.origin(), Text("trang tính này", "this sheet"), is_used=False)


def _hidden(origin: Origin, parts: Text, *, is_used: bool) -> Finding:
    details = {"parts": parts, "use": _USED if is_used else _NOT_USED}
    severity = None if is_used else Severity.NOTE
    return Finding(F007, origin, details=details, severity_here=severity)


def _first(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Origin:
    return grid.origin(rows[0], grid.first_column) if rows else grid.origin(column=columns[0])


def _parts(rows: Sequence[int], columns: Sequence[int]) -> Text:
    """Name hidden rows and columns: "dòng 14–16, cột M"."""
    by_row = _listed([_span(span, lambda row: str(row + 1)) for span in _spans(rows)])
    by_column = _listed([_span(span, column_letters) for span in _spans(columns)])
    vi = [f"dòng {by_row}"] * bool(rows) + [f"cột {by_column}"] * bool(columns)
    en = [f"rows {by_row}"] * bool(rows) + [f"columns {by_column}"] * bool(columns)
    return Text(", ".join(vi), ", ".join(en))


def _filled(grid: Grid) -> tuple[list[int], list[int]]:
    """Return the hidden rows and columns that hold anything."""
    hidden_rows = {row for span in grid.facts.hidden_rows for row in range(span.first, span.last + 1)}
    rows: list[int] = []
    waiting: set[int] | None = None
    columns: set[int] = set()
    for number, row in enumerate(grid.open_rows()):
        if waiting is None:
            waiting = {
                place for place in range(len(row)) if _is_within(place + grid.first_column, grid.facts.hidden_columns)
            }
        if number in hidden_rows and not all(map(_is_blank, row)):
            rows.append(number)
        filled = {place for place in waiting if place < len(row) and not _is_blank(row[place])}
        waiting -= filled
        columns |= filled
    return rows, sorted(place + grid.first_column for place in columns)


def _is_within(number: int, spans: Sequence[IndexRange]) -> bool:
    return any(span.first <= number <= span.last for span in spans)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _spans(numbers: Sequence[int]) -> list[IndexRange]:
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda item: item[1] - item[0])]
    return [IndexRange(run[0], run[-1]) for run in runs]


def _span(span: IndexRange, name: Callable[[int], str]) -> str:
    return name(span.first) if span.first == span.last else f"{name(span.first)}–{name(span.last)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")
