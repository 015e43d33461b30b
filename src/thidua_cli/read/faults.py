"""Family F: what can be wrong with a file as such."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind, Severity
from thidua_cli.language import Text

F001: Final = Kind(
    code="F001",
    name="unreadable-file",
    severity=Severity.ERROR,
    title=Text("Không đọc được tệp", "File cannot be read"),
    message=Text("Không đọc được tệp: {reason}", "The file cannot be read: {reason}"),
    what=Text(
        "Tệp không tồn tại, rỗng, bị hỏng, có đuôi không đúng với nội dung hoặc không phải bảng tính.",
        "The file does not exist, is empty or damaged, has a name that does not fit its content, or is no spreadsheet.",
    ),
    why=Text(
        "Không có số liệu nào trong tệp được sử dụng; các tệp khác vẫn được xử lý và lệnh kết thúc với mã 3.",
        "Nothing in the file is used; the other files are processed all the same and the command ends with status 3.",
    ),
    example=Text(
        "Tệp bieu-08.xlsx chỉ tải về được một nửa nên không mở được.",
        "bieu-08.xlsx was downloaded only by half and does not open.",
    ),
    mend=Text(
        "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx; nếu không mở được thì xin lại tệp từ nơi gửi.",
        "Open the file in Excel or LibreOffice and save it as .xlsx; if it does not open, ask the sender for it again.",
    ),
)

F002: Final = Kind(
    code="F002",
    name="encrypted-file",
    severity=Severity.ERROR,
    title=Text("Tệp có mật khẩu", "File is encrypted"),
    message=Text("Tệp được đặt mật khẩu nên không đọc được", "The file is protected by a password and cannot be read"),
    what=Text(
        "Sổ tính được mã hóa bằng mật khẩu mở tệp.",
        "The workbook is encrypted with a password to open it.",
    ),
    why=Text(
        "Chương trình không hỏi và không dò mật khẩu; số liệu trong tệp không được sử dụng.",
        "The program neither asks for passwords nor guesses them; nothing in the file is used.",
    ),
    example=Text(
        "Tệp của xã mở ra thì Excel hỏi mật khẩu.",
        "Excel asks for a password when the commune's file is opened.",
    ),
    mend=Text(
        "Mở tệp trong Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc, bỏ mật khẩu mở tệp rồi lưu lại.",
        "Open the file in Excel, go to File › Info › Protect Workbook, remove the password to open, and save.",
    ),
)

F003: Final = Kind(
    code="F003",
    name="no-table-found",
    severity=Severity.ERROR,
    title=Text("Không tìm thấy biểu", "No table found"),
    message=Text(
        "Không tìm thấy biểu tổng hợp hộ nghèo nào: {reason}",
        "No table of household counts found: {reason}",
    ),
    what=Text(
        "Tệp hoặc thư mục mở được nhưng không có biểu nào được nhận ra (Mẫu 08, hoặc bảng có cột unit_code và year).",
        "The file or folder opens but holds no table that is recognised (Mẫu 08, or columns unit_code and year).",
    ),
    why=Text(
        "Nếu bỏ qua, đơn vị trong tệp sẽ thiếu trong kết quả mà không ai biết.",
        "If it were passed over, the units in it would be missing from the results unnoticed.",
    ),
    example=Text(
        "Tệp CSV dùng dấu | để ngăn cột nên cả dòng tiêu đề thành một ô.",
        "A CSV file separates its columns with |, so that the whole header is one cell.",
    ),
    mend=Text(
        "Giữ nguyên các dòng tiêu đề của Mẫu 08; tệp CSV dùng dấu phẩy, chấm phẩy hoặc tab.",
        "Keep the header rows of Mẫu 08; separate the columns of a CSV file by comma, semicolon or tab.",
    ),
)

F004: Final = Kind(
    code="F004",
    name="formula-without-value",
    severity=Severity.ERROR,
    title=Text("Công thức chưa được tính", "Formula without a stored value"),
    message=Text(
        "Ô {cell} là công thức chưa được tính nên không có giá trị",
        "Cell {cell} is a formula that was never calculated and has no value",
    ),
    what=Text(
        "Ô được dùng chứa công thức nhưng tệp không lưu giá trị của nó (thường do phần mềm khác ghi ra).",
        "A cell that is used holds a formula, but the file stores no value for it (often written by other software).",
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

F008: Final = Kind(
    code="F008",
    name="read-twice",
    severity=Severity.WARNING,
    title=Text("Tệp hoặc biểu trùng", "Same file or table twice"),
    message=Text("Trùng hoàn toàn với {other}; chỉ dùng một bản", "The same as {other}; only one of them is used"),
    what=Text(
        "Hai tệp có nội dung giống hệt nhau, hoặc hai biểu có cùng đơn vị, năm và số liệu.",
        "Two files have the same content, or two tables have the same units, year and figures.",
    ),
    why=Text(
        "Tính cả hai sẽ cộng trùng; bản thứ hai được bỏ qua và được nêu ở đây.",
        "Using both would count twice; the second one is left out and named here.",
    ),
    example=Text(
        "Trong thư mục có cả bieu-2024.xlsx và bản sao bieu-2024 (1).xlsx.",
        "The folder holds bieu-2024.xlsx and a copy named bieu-2024 (1).xlsx.",
    ),
    mend=Text(
        "Chuyển bản thừa ra khỏi thư mục; nếu là hai xã khác nhau thì một tệp đã bị chép nhầm số liệu.",
        "Move the spare copy away; if they should be two communes, one file holds the other's figures by mistake.",
    ),
)

KINDS: Final = (F001, F002, F003, F004, F005, F008)
