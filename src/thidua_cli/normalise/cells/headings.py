"""Headings of columns, or of rows with one indicator each: missing, unknown, or claiming what another claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import Origin

H001: Final = Kind(
    code="H001",
    name="required-column-missing",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Thiếu cột bắt buộc", "Required column missing"),
    message=Text("Biểu không có cột “{column_text}”{instead}", "The table has no column “{column_text}”{instead}"),
    what=Text(
        "Biểu được nhận ra nhưng thiếu một cột không thể thay bằng cột khác, như tên đơn vị hay tổng số hộ.",
        "The table is recognised but lacks a column that no other can replace, such as unit name or households.",
    ),
    why=Text(
        "Không có cột này thì không tính được tỷ lệ hoặc không biết số liệu của đơn vị nào.",
        "Without it no rate can be taken, or nobody knows which unit the figures belong to.",
    ),
    example=Text(
        "Biểu chỉ có cột “Tỷ lệ hộ nghèo” mà không có cột “Số hộ nghèo”.",
        "The table has a column “Tỷ lệ hộ nghèo” (rate) but none for “Số hộ nghèo” (count).",
    ),
    mend=Text(
        "Bổ sung cột còn thiếu; nếu đã có cột thì sửa tiêu đề đúng như Mẫu 08 (xem thêm các cảnh báo H002, H003).",
        "Add the column; if it is there, write its heading as in Mẫu 08 (see also the findings H002 and H003).",
    ),
)


def missing_headings(required: Iterable[str], known: Collection[str | None], origin: Origin) -> list[Finding]:
    """Return H001 for every required name that nothing in a table's header means; `origin` is the header."""
    return [
        Finding(H001, origin, column=name, details={"column_text": column_text(name)})
        for name in required
        if name not in known
    ]


H002: Final = Kind(
    code="H002",
    name="column-not-recognised",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    quotes=("heading", "value"),
    title=Text("Không nhận ra tiêu đề cột", "Column not recognised"),
    message=Text(
        "Không nhận ra tiêu đề “{heading}” nên không dùng cột này{suggestion}",
        "The heading “{heading}” is not known and its column is not used{suggestion}",
    ),
    what=Text(
        "Tiêu đề của cột không có trong bảng tiêu đề mà chương trình biết.",
        "The heading of the column is not in the table of headings that the program knows.",
    ),
    why=Text(
        "Chương trình không đoán ý nghĩa của cột; nếu đó là cột số hộ cần dùng thì số liệu sẽ thiếu.",
        "The program does not guess what a column means; if it holds a needed count, the figures will be missing.",
    ),
    example=Text(
        "Tiêu đề ghi “Số hộ ngheo đói” thay vì “Số hộ nghèo”.",
        "The heading says “Số hộ ngheo đói” in place of “Số hộ nghèo”.",
    ),
    mend=Text(
        "Nếu cần dùng cột này thì sửa tiêu đề đúng như Mẫu 08; nếu không thì không phải làm gì.",
        "If the column is needed, write its heading as in Mẫu 08; if not, nothing has to be done.",
    ),
)


def unknown_heading(origin: Origin, heading: str, suggestion: Text) -> Finding:
    """Return H002; `suggestion` follows its sentence."""
    details = {"heading": heading, "suggestion": suggestion}
    return Finding(H002, origin, column=heading, value=heading, details=details)


def close_to(name: str | None) -> Text:
    """Return the known name most like an unknown one as a suggestion; empty where none is near."""
    return Text(f" (gần giống “{name}”)", f" (close to “{name}”)") if name else NO_TEXT


H003: Final = Kind(
    code="H003",
    name="two-columns-claim-one-meaning",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    names=("columns",),
    title=Text("Hai cột cùng một nội dung", "Two columns claim one meaning"),
    message=Text(
        "Các cột {columns} cùng được hiểu là “{column_text}” nên không dùng cột nào",
        "Columns {columns} all read as “{column_text}”; none of them is used",
    ),
    what=Text(
        "Từ hai cột trở lên trong một biểu có tiêu đề cùng chỉ một số liệu.",
        "Two or more columns of one table have headings that name the same figure.",
    ),
    why=Text(
        "Không biết cột nào là số liệu đúng; chọn bừa một cột có thể làm sai kết quả xét.",
        "It is not known which column is right; taking either could make the verdict wrong.",
    ),
    example=Text(
        "Cột E và cột G đều ghi “Số hộ nghèo”: một cột là số năm trước chép sang để so sánh.",
        "Columns E and G both say “Số hộ nghèo”: one holds last year's figures, copied for comparison.",
    ),
    mend=Text(
        "Ghi rõ tiêu đề để phân biệt (ví dụ thêm năm của từng cột), hoặc xóa cột không dùng.",
        "Word the headings so that they differ (for instance, add the year of each), or delete the spare column.",
    ),
)


def claimed_twice(meaning: str, places: Sequence[str], origin: Origin) -> Iterator[Finding]:
    """Yield H003 where several places claim one meaning: nobody can tell which holds the figures."""
    if len(places) > 1:
        names = ", ".join(places)
        details = {"columns": names, "column_text": column_text(meaning)}
        yield Finding(H003, origin, column=meaning, value=names, details=details)
