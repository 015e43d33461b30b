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
        "Ô được dùng chứa công thức nhưng tệp không lưu giá trị của nó (thường do phần mềm khác ghi ra). Tệp .xls và"
        " .xlsb luôn lưu một giá trị, kể cả số 0 của phần mềm không tính công thức, nên có khi không biết được.",
        "A cell that is used holds a formula, but the file stores no value for it (often written by other software). "
        "An .xls or .xlsb always stores one, be it the 0 of software that calculates nothing: not always to be known.",
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

F006: Final = Kind(
    code="F006",
    name="legacy-font-converted",
    severity=Severity.NOTE,
    title=Text("Đã chuyển phông chữ cũ sang Unicode", "Legacy font converted"),
    message=Text(
        "{count} ô gõ bằng bảng mã {encoding} đã được chuyển sang Unicode, từ ô {cell}; ví dụ “{before}” → “{after}”",
        "{count} cells typed in {encoding} were converted to Unicode, from {cell} on; such as “{before}” → “{after}”",
    ),
    what=Text(
        "Chữ trong trang tính gõ bằng phông TCVN3 (.VnTime) hoặc VNI (VNI-Times), không phải Unicode.",
        "The text of the sheet was typed for TCVN3 (.VnTime) or VNI (VNI-Times) fonts and is not Unicode.",
    ),
    why=Text(
        "Tiêu đề và tên đơn vị được đọc theo chữ đã chuyển. Chỉ chuyển khi cả trang tính cùng một bảng mã và đọc ra "
        "tiếng Việt; tệp gốc không bị thay đổi. Chữ hoa của phông .VnTimeH đọc thành chữ thường.",
        "Headings and unit names are read as converted. A sheet is converted only where all of it is of one encoding "
        "and becomes Vietnamese; the file itself stays as it is. Capitals of .VnTimeH fonts are read as small letters.",
    ),
    example=Text("Ô C5 lưu là “Hé nghÌo”, đọc là “Hộ nghèo”.", "C5 holds “Hé nghÌo”, which reads “Hộ nghèo”."),
    mend=Text(
        "Không bắt buộc. Muốn hết ghi chú, chuyển tệp sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi lưu.",
        "Nothing must be done. To be rid of the note, convert the file to Unicode with Unikey (Ctrl+Shift+F6).",
    ),
)

F007: Final = Kind(
    code="F007",
    name="hidden-parts-hold-data",
    severity=Severity.WARNING,
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

F009: Final = Kind(
    code="F009",
    name="beyond-limits",
    severity=Severity.ERROR,
    title=Text("Tệp vượt giới hạn an toàn", "File beyond the limits"),
    message=Text("Không đọc vì vượt giới hạn an toàn: {reason}", "Not read, beyond the limits of safety: {reason}"),
    what=Text(
        "Tệp quá lớn, nén quá mức bình thường, hoặc có ô trải ra quá xa; tệp bị từ chối trước khi phân tích.",
        "The file is too large, compressed beyond measure, or has cells spread too far; it is refused before parsing.",
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

F010: Final = Kind(
    code="F010",
    name="link-to-other-workbook",
    severity=Severity.NOTE,
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

KINDS: Final = (F001, F002, F003, F004, F005, F006, F007, F008, F009, F010)
