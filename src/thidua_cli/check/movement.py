"""Family L, of the movement in the year: opening count, who left and who came, closing count (Mẫu 09 and 10)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import add, eq, mul, sub
from typing import Final

from thidua_cli.check.context import CheckContext, without_echoes
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Language, Text, format_count
from thidua_cli.late_dataclass import dataclass
from thidua_cli.lexicon import column_text
from thidua_cli.normalise.forms.register import ReportForm, forms, movement_forms
from thidua_cli.normalise.record.layout_record import ColumnRecord
from thidua_cli.normalise.sheet.poverty_line import OLD_LINE
from thidua_cli.observations import MISSING, Observations

L003: Final = Kind(
    code="L003",
    name="movement-does-not-balance",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    title=Text("Diễn biến trong năm không cân đối", "Movement does not balance"),
    message=Text(
        "{unit}, năm {year}: {column_text} cuối năm ghi {value}, nhưng số đầu năm trừ các cột giảm, cộng các cột tăng"
        " là {expected}, chênh lệch {difference}{cause}",
        "{unit}, year {year}: {column_text} at its end {value}; opening count and movements make {expected},"
        " difference {difference}{cause}",
    ),
    what=Text(
        "Số cuối năm không bằng số đầu năm trừ ba cột giảm, cộng bốn cột tăng (9 = 1 − 2 − 3 − 4 + 5 + 6 + 7"
        " + 8). Chỉ là cảnh báo khi cột “Nguyên nhân …” còn để trống có thể giải thích chênh lệch, hoặc biểu còn cột"
        " không nhận ra tiêu đề (H002) nên chưa được tính.",
        "The closing count is not the opening one less three decreases plus four increases (9 = 1 − 2 − 3 −"
        " 4 + 5 + 6 + 7 + 8). A warning only where an empty column “Nguyên nhân …” (other causes) would explain it, or"
        " where the table has a column whose heading is not known (H002) and which is not counted.",
    ),
    why=Text(
        "Đẳng thức này luôn đúng, nên có ít nhất một số sai hoặc thiếu; số thoát nghèo, tái nghèo chưa thể báo cáo.",
        "The identity always holds, so a figure is wrong or missing; those who left poverty cannot be reported yet.",
    ),
    example=Text(
        "Đầu năm 150 hộ, giảm 40, tăng 10, cuối năm ghi 115: thiếu 5 hộ chuyển đến ở cột 8 để trống.",
        "150 households at the start, 40 fewer, 10 more, 115 at the end: 5 that moved in are missing from column 8.",
    ),
    mend=Text(
        "Điền cột 4 và cột 8 (thay đổi nhân khẩu, chuyển đi, chuyển đến, tách, nhập hộ); xem công thức cột 9 có lấy đủ"
        " tám cột không.",
        "Fill in columns 4 and 8 (moved away, moved in, divided, joined …); see whether the formula in column 9 takes"
        " all eight columns.",
    ),
)

L005: Final = Kind(
    code="L005",
    name="movements-of-two-forms-differ",
    severity=Severity.WARNING,
    standing=Standing.DISPUTED,
    names=("other",),
    title=Text("Mẫu 09 và Mẫu 10 không khớp nhau", "Movements of the two forms differ"),
    message=Text(
        "{unit}, năm {year}: {column_text} là {value} ở biểu hộ nghèo (Mẫu 09), {expected} ở biểu hộ cận nghèo"
        " (Mẫu 10, {other})",
        "{unit}, year {year}: {column_text}: {value} by the table of the poor (Mẫu 09), {expected} by that of the"
        " near-poor (Mẫu 10, {other})",
    ),
    what=Text(
        "Số hộ chuyển từ nghèo sang cận nghèo, hoặc từ cận nghèo sang nghèo, ở hai biểu của cùng đơn vị khác nhau.",
        "The households that went from poor to near-poor, or back, are not as many on the one form as on the other.",
    ),
    why=Text(
        "Đó là cùng những hộ ấy: giảm ở biểu này thì tăng ở biểu kia. Một trong hai số sai.",
        "They are the same households, leaving one table and entering the other. One of the figures is wrong.",
    ),
    example=Text(
        "Mẫu 09 cột 2 ghi 12 hộ nghèo trở thành hộ cận nghèo, Mẫu 10 ghi 21 hộ.",
        "Mẫu 09, column 2, has 12 poor households that became near-poor; Mẫu 10 has 21.",
    ),
    mend=Text(
        "Đối chiếu hai biểu với danh sách hộ đã phê duyệt rồi sửa biểu sai.",
        "Compare both forms with the approved list of households and mend the wrong one.",
    ),
)

L006: Final = Kind(
    code="L006",
    name="forms-of-one-unit-differ",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    names=("other",),
    title=Text("Các biểu của một đơn vị khác nhau", "Forms of one unit differ"),
    message=Text(
        "{unit}, năm {year}: {column_text} là {value} ở đây nhưng {expected} ở {other}; số khác nhau không được dùng",
        "{unit}, year {year}: {column_text} is {value} here, {expected} at {other}; figures that differ are not used",
    ),
    what=Text(
        "Số hộ cuối năm ở biểu diễn biến (Mẫu 09, 10) khác số hộ ở biểu kết quả rà soát (Mẫu 08) của cùng năm.",
        "The closing count of the movement (Mẫu 09, 10) is not the count of the results (Mẫu 08) of the same year.",
    ),
    why=Text(
        "Không biết số nào đúng nên số liệu năm đó của đơn vị không được dùng để xét.",
        "It is not known which is right, so the figures of the unit for that year are not judged by.",
    ),
    example=Text(
        "Mẫu 08 ghi 63 hộ nghèo, Mẫu 09 của cùng xã, cùng năm ghi cuối năm 65 hộ.",
        "Mẫu 08 has 63 poor households; Mẫu 09 of the same commune and year closes with 65.",
    ),
    mend=Text(
        "Đối chiếu với quyết định phê duyệt, sửa biểu sai; biểu cũ hoặc sơ bộ thì chuyển ra khỏi thư mục.",
        "Compare with the approving decision and mend the wrong form; move an old or preliminary one away.",
    ),
)

CROSSINGS: Final = (("poor_to_near_poor", "near_poor_from_poor"), ("poor_from_near_poor", "near_poor_to_poor"))
"""The same households on Mẫu 09 and on Mẫu 10."""


@dataclass(frozen=True, slots=True)
class _Balance:
    """The movement of one unit in one year, with all that is known of it."""

    row: int
    """Row that speaks for the unit."""
    own: int
    """Row of the table that holds the movement."""
    column: str
    closing: int
    expected: int
    blank: tuple[str, ...]
    """Movements without a figure."""
    explaining: str | None
    """The empty column of other causes that would make it balance."""

    @property
    def difference(self) -> int:
        return self.closing - self.expected


def check_movement_balances(context: CheckContext) -> Iterator[Finding]:
    """Yield L003 where the closing count is not opening count − decreases + increases, for the poor and the near-poor.

    A movement without a figure counts as none: where only the columns of other causes are empty and could explain the
    difference, it is a warning. Of a parent whose units do not balance nothing is said.
    """
    for form in movement_forms():
        if form.opening not in context.observations.counts:
            continue
        unbalanced = {balance.row: balance for balance in _unbalanced(context, form)}
        for row in without_echoes(context.observations, unbalanced):
            yield _balance_finding(context, unbalanced[row])


def _unbalanced(context: CheckContext, form: ReportForm) -> Iterator[_Balance]:
    columns, closing = form.columns, form.closing
    signed = [(columns[abs(number) - 1].count, 1 if number > 0 else -1) for number in columns[-1].balance]
    fewer_otherwise, more_otherwise = (columns[number - 1].count for number in form.other_causes)
    table, read = context.observations, context.reading.observations
    for row in _rows_to_look_at(context, signed, closing):
        own = table.borrowed.get((row, form.opening), row)
        # the closing count of its own table: where Mẫu 08 says another, that is L006 and no imbalance
        closed = read.value(own, closing)
        closed = table.value(row, closing) if closed is None else closed
        values = {name: table.value(row, name) for name, _ in signed}
        if closed is None:
            continue
        blank = tuple(name for name, value in values.items() if value is None)
        if forms()[read.form(own)].part is not form.part and _is_no_movement(table.poverty_line[row], blank, signed):
            continue
        expected = sum((values[name] or 0) * sign for name, sign in signed)
        if expected != closed:
            explaining = more_otherwise if closed > expected else fewer_otherwise
            yield _Balance(row, own, closing, closed, expected, blank, explaining if explaining in blank else None)


def _is_no_movement(poverty_line: str, blank: Sequence[str], signed: Sequence[tuple[str, int]]) -> bool:
    """Say whether a row that is of no table of movement gives only its opening count, or what the old form 3 gives.

    The old form counts all who left in one sum, so that no column of decreases can be filled in from it.
    """
    if len(blank) == len(signed) - 1:
        return True
    return poverty_line == OLD_LINE and all(name in blank for name, sign in signed if sign < 0)


def _rows_to_look_at(context: CheckContext, signed: Sequence[tuple[str, int]], closing: str) -> Iterable[int]:
    """Return the rows that lack a figure, were joined or do not balance: sound ones must pass quickly."""
    if context.arrays is None:
        return _rows_not_balanced(context.observations, signed, closing)
    from thidua_cli.check.screens import rows_out_of_balance

    return rows_out_of_balance(context.observations, signed, closing)


def _rows_not_balanced(table: Observations, signed: Sequence[tuple[str, int]], closing: str) -> Iterator[int]:
    joined = {row for row, _ in table.borrowed}
    absent = array("q", [MISSING]) * len(table)
    columns = [table.counts.get(name, absent) for name, _ in signed]
    signs = [sign for _, sign in signed]
    if not joined and _all_balance(columns, signs, table.counts.get(closing, absent)):
        return
    for row, (closed, *values) in enumerate(zip(table.counts.get(closing, absent), *columns, strict=True)):
        if values[0] == MISSING:
            continue  # no opening count: no movement
        if row in joined or closed == MISSING or MISSING in values or sum(map(mul, values, signs)) != closed:
            yield row


def _all_balance(columns: Sequence[array[int]], signs: Sequence[int], closed: array[int]) -> bool:
    """Say whether every row has all its figures and balances."""
    if any(MISSING in column for column in (*columns, closed)):
        return False
    total: Iterable[int] = repeat(0, len(closed))
    for column, sign in zip(columns, signs, strict=True):
        total = map(add if sign > 0 else sub, total, column)
    return all(map(eq, total, closed))


def _balance_finding(context: CheckContext, balance: _Balance) -> Finding:
    _, code, name, year = context.finding_place(balance.row)
    unknown = _unknown_columns(context, balance)
    # a column that stands there unknown is no column left empty
    cause = _not_counted(unknown) if unknown else _cause(balance)
    details = {"column_text": column_text(balance.column), "cause": cause}
    return Finding(
        L003,
        context.reading.observations.origin(balance.own, balance.column),
        code,
        name,
        year,
        balance.column,
        balance.closing,
        balance.expected,
        balance.difference,
        details,
        severity_here=Severity.WARNING if balance.explaining or unknown else None,
    )


def _unknown_columns(context: CheckContext, balance: _Balance) -> list[ColumnRecord]:
    """Return the columns of the table of a movement whose headings nobody knows: what they count may be missing."""
    table = context.reading.observations.table[balance.own]
    records = (layout for layout in context.reading.layouts if layout.table == table)
    return [column for layout in records for column in layout.columns if column.meaning is None]


def _not_counted(columns: Sequence[ColumnRecord]) -> Text:
    named = ", ".join(f"“{column.path[-1]}” ({column.letters})" for column in columns)
    return Text(
        "; chưa tính cột không nhận ra tiêu đề: {columns}", "; not counted, their headings are not known: {columns}"
    ).fill(columns=named)


def _cause(balance: _Balance) -> Text:
    """Say which empty column would explain the difference, else which columns are empty."""
    if balance.explaining:
        column, missing = column_text(balance.explaining), abs(balance.difference)
        return Text(
            f"; cột “{column.vi}” để trống: khớp nếu là {format_count(missing)}",
            f"; the column “{column.en}” is empty: it balances if it is {format_count(missing, Language.EN)}",
        )
    if not balance.blank:
        return NO_TEXT
    columns = Text.joined(", ", [column_text(name) for name in balance.blank])
    return Text("; cột để trống: {columns}", "; empty columns: {columns}").fill(columns=columns)


def check_crossings(context: CheckContext) -> Iterator[Finding]:
    """Yield L005 where the forms of the poor and of the near-poor differ on who crossed from one to the other."""
    table = context.observations
    for poor, near_poor in CROSSINGS:
        if poor not in table.counts or near_poor not in table.counts:
            continue
        for row in without_echoes(table, _rows_that_differ(context, poor, near_poor)):
            origin, code, name, year = context.finding_place(row, poor)
            value, expected = table.counts[poor][row], table.counts[near_poor][row]
            details = {"column_text": column_text(poor), "other": _place(context, row, near_poor)}
            yield Finding(L005, origin, code, name, year, poor, value, expected, value - expected, details)


def _rows_that_differ(context: CheckContext, name: str, other: str) -> list[int]:
    table = context.observations
    if context.arrays is None:
        pairs = enumerate(zip(table.counts[name], table.counts[other], strict=True))
        return [row for row, (left, came) in pairs if left != came and MISSING not in (left, came)]
    from thidua_cli.check.screens import rows_that_differ

    return rows_that_differ(table, name, other)


def _place(context: CheckContext, row: int, column: str) -> str:
    return str(context.observations.origin(row, column))


def check_forms_agree(context: CheckContext) -> Iterator[Finding]:
    """Yield L006 where two forms of one unit and year-end hold different values of one count."""
    read = context.reading.observations
    for name in dict.fromkeys(name for _, _, name in context.differing):
        others = {row: compared for compared, row, column in context.differing if column == name}
        for row in without_echoes(read, others):
            compared = others[row]
            _, code, unit_name, year = context.finding_place(row)
            value, expected = read.counts[name][row], read.counts[name][compared]
            details = {"column_text": column_text(name), "other": str(read.origin(compared, name))}
            origin = read.origin(row, name)
            yield Finding(L006, origin, code, unit_name, year, name, value, expected, value - expected, details)
