"""Family F: what can be wrong with a file as such, of the kinds that several modules make."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind, Severity, Standing
from thidua_cli.language import Text

F001: Final = Kind(
    code="F001",
    name="unreadable-file",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
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

F003: Final = Kind(
    code="F003",
    name="no-table-found",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Không tìm thấy biểu", "No table found"),
    message=Text(
        "Không tìm thấy biểu tổng hợp hộ nghèo nào: {reason}",
        "No table of household counts found: {reason}",
    ),
    what=Text(
        "Mở được tệp hoặc thư mục nhưng không nhận ra biểu nào (Mẫu 08, 09, 10, hoặc bảng có unit_code và year).",
        "The file or folder opens but holds no table that is recognised (Mẫu 08, 09, 10, or unit_code and year).",
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
        "Giữ nguyên các dòng tiêu đề của biểu mẫu; tệp CSV dùng dấu phẩy, chấm phẩy hoặc tab.",
        "Keep the header rows of the form; separate the columns of a CSV file by comma, semicolon or tab.",
    ),
)

F008: Final = Kind(
    code="F008",
    name="read-twice",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    names=("other", "value"),
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

F009: Final = Kind(
    code="F009",
    name="beyond-limits",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Tệp vượt giới hạn an toàn", "File beyond the limits"),
    message=Text("Không đọc vì vượt giới hạn an toàn: {reason}", "Not read, beyond the limits of safety: {reason}"),
    what=Text(
        "Tệp quá lớn, nén quá mức bình thường, có ô trải ra quá xa, quá nhiều ô gộp, hoặc khai nhiều trang, ô, chữ hơn "
        "những gì tệp chứa; tệp bị từ chối trước khi phân tích.",
        "The file is too large, compressed beyond measure, has cells spread too far or too many merged ranges, or "
        "claims more sheets, cells or texts than it holds; it is refused before parsing.",
    ),
    why=Text(
        "Tệp như vậy có thể chiếm hết bộ nhớ máy. "
        "Không có số liệu nào trong đó được sử dụng; các tệp khác vẫn được đọc.",
        "Such a file can take all memory of the machine. Nothing in it is used; the other files are read all the same.",
    ),
    example=Text(
        "Tệp 200 KB giải nén thành 78 MB; hoặc chỉ có ô A1 và ô XFD1048576 chứa dữ liệu.",
        "A file of 200 KB decompresses to 78 MB; or only A1 and XFD1048576 hold data.",
    ),
    mend=Text(
        "Mở bằng Excel, xóa dòng và cột thừa ngoài biểu (Ctrl+End cho biết ô cuối), lưu lại; tệp quá lớn thì chia nhỏ.",
        "Open it in Excel, delete rows and columns beyond the table (Ctrl+End shows the last cell), save; or split it.",
    ),
)

KINDS: Final = (F001, F003, F008, F009)
