"""What can be wrong with the head of a table: its columns, its year, whose it is (family H)."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind, Severity
from thidua_cli.language import Text

H001: Final = Kind(
    code="H001",
    name="required-column-missing",
    severity=Severity.ERROR,
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

H002: Final = Kind(
    code="H002",
    name="column-not-recognised",
    severity=Severity.WARNING,
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

H003: Final = Kind(
    code="H003",
    name="two-columns-claim-one-meaning",
    severity=Severity.ERROR,
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

H004: Final = Kind(
    code="H004",
    name="no-year",
    severity=Severity.ERROR,
    title=Text("Không rõ năm rà soát", "No year"),
    message=Text("Không rõ số liệu của năm nào: {reason}", "The year of the figures is not known: {reason}"),
    what=Text(
        "Không có năm hợp lệ trong tiêu đề biểu, tên trang tính, tên tệp hay cột năm.",
        "No plausible year stands in the title, the name of the sheet, the name of the file or a column.",
    ),
    why=Text(
        "Mức giảm được tính giữa các năm; số liệu không rõ năm thì không dùng được.",
        "Falls are taken between years; figures without a year cannot be used.",
    ),
    example=Text(
        "Tiêu đề ghi “Năm rà soát: ……” nhưng chưa điền năm, tệp tên là bieu-08.xlsx.",
        "The title says “Năm rà soát: ……” with no year filled in, and the file is named bieu-08.xlsx.",
    ),
    mend=Text(
        "Ghi “Năm rà soát: 2024” ở phần tiêu đề của biểu, hoặc thêm --year 2024 vào lệnh.",
        "Write “Năm rà soát: 2024” in the title of the table, or add --year 2024 to the command.",
    ),
)

H005: Final = Kind(
    code="H005",
    name="conflicting-years",
    severity=Severity.WARNING,
    title=Text("Năm không thống nhất", "Conflicting years"),
    message=Text(
        "Năm ở {where_used} là {used}, ở {where_other} là {other}; lấy năm {used}",
        "The year is {used} in {where_used} and {other} in {where_other}; {used} is taken",
    ),
    what=Text(
        "Tiêu đề biểu, tên trang tính, tên tệp hoặc cột năm ghi các năm khác nhau.",
        "The title, the name of the sheet, the name of the file or the column of years give different years.",
    ),
    why=Text(
        "Nếu lấy nhầm năm thì mức giảm của hai năm liền đều sai.",
        "If the wrong year is taken, the falls of two years running are wrong.",
    ),
    example=Text(
        "Biểu năm 2024 được làm từ tệp cũ, tiêu đề vẫn ghi “Năm rà soát: 2023”, tên tệp là bieu-2024.xlsx.",
        "The 2024 table was made from an old file: its title still says 2023 while the file is named bieu-2024.xlsx.",
    ),
    mend=Text(
        "Xem lại số liệu là của năm nào, sửa chỗ ghi sai, hoặc thêm --year 2024 vào lệnh.",
        "See which year the figures belong to and mend the wrong place, or add --year 2024 to the command.",
    ),
)

H006: Final = Kind(
    code="H006",
    name="scope-unknown",
    severity=Severity.ERROR,
    title=Text("Không rõ biểu của địa phương nào", "Scope unknown"),
    message=Text(
        "Biểu không ghi là của huyện hay tỉnh nào.{suggestion}",
        "The table does not say which district or province it is of.{suggestion}",
    ),
    what=Text(
        "Biểu chỉ có tên đơn vị, không có mã, và phần tiêu đề không ghi tên huyện hoặc tỉnh.",
        "The table has names of units without codes, and its title block names no district or province.",
    ),
    why=Text(
        "Nhiều xã ở các huyện, tỉnh khác nhau trùng tên; không rõ địa phương thì có thể nhận nhầm xã.",
        "Many communes of different districts and provinces share a name; a wrong one could be taken.",
    ),
    example=Text(
        "Phần đầu biểu ghi “UBND HUYỆN ……” nhưng chưa điền tên huyện.",
        "The head of the table says “UBND HUYỆN ……” with the name not filled in.",
    ),
    mend=Text(
        "Ghi “UBND HUYỆN …” và tên tỉnh ở phần tiêu đề, hoặc thêm --unit với mã đơn vị (ví dụ --unit 505).",
        "Write “UBND HUYỆN …” and the province in the title block, or add --unit with the code (such as --unit 505).",
    ),
)

KINDS: Final = (H001, H002, H003, H004, H005, H006)
