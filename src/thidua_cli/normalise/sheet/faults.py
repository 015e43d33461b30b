"""Families V and part of U: what can be wrong with the values and unit names of a table."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind, Severity
from thidua_cli.language import Text

V001: Final = Kind(
    code="V001",
    name="not-a-whole-number",
    severity=Severity.ERROR,
    title=Text("Không phải số nguyên", "Not a whole number"),
    message=Text(
        "“{value}” ở cột “{column_text}” không phải là số nguyên{hint}",
        "“{value}” in column “{column_text}” is not a whole number{hint}",
    ),
    what=Text(
        "Ô ghi số hộ nhưng chứa chữ, số lẻ, ngày tháng hoặc ký hiệu khác.",
        "A cell for a count of households holds words, a fraction, a date or other signs.",
    ),
    why=Text(
        "Số hộ luôn là số nguyên; ô này không được dùng và được coi là thiếu, không phải bằng 0.",
        "Households are counted in whole numbers; the cell is not used and counts as missing, not as 0.",
    ),
    example=Text(
        "Ô ghi “12,5”, “15 hộ” hoặc “chưa có” ở cột số hộ nghèo.",
        "A cell of the column of poor households says “12,5”, “15 hộ” or “chưa có”.",
    ),
    mend=Text(
        "Chỉ gõ số vào ô, phần ghi chú để ở cột khác; nếu chưa có số liệu thì để trống.",
        "Type the number alone and keep remarks in another column; leave the cell empty if there is no figure yet.",
    ),
)

V002: Final = Kind(
    code="V002",
    name="negative-count",
    severity=Severity.ERROR,
    title=Text("Số hộ âm", "Negative count"),
    message=Text(
        "Số âm {value} ở cột “{column_text}”",
        "Negative number {value} in column “{column_text}”",
    ),
    what=Text("Ô ghi số hộ có giá trị nhỏ hơn 0.", "A cell for a count of households holds less than 0."),
    why=Text(
        "Số hộ không thể âm; ô này không được dùng và được coi là thiếu.",
        "There cannot be fewer than no households; the cell is not used and counts as missing.",
    ),
    example=Text(
        "Cột “Số hộ nghèo” ghi -12: đó là số hộ giảm trong năm, không phải số hộ cuối năm.",
        "The column of poor households says -12: that is the change in the year, not the count at its end.",
    ),
    mend=Text(
        "Ghi số hộ tại thời điểm rà soát; nếu ô là công thức thì xem lại các ô mà công thức lấy số.",
        "Give the count at the time of the review; if the cell is a formula, look at the cells it uses.",
    ),
)

V003: Final = Kind(
    code="V003",
    name="number-stored-as-text",
    severity=Severity.NOTE,
    title=Text("Số được lưu dạng chữ", "Number stored as text"),
    message=Text(
        "Cột “{column_text}” có {count} ô lưu số dạng chữ (ô đầu tiên: “{value}”); đã đọc thành số",
        "Column “{column_text}” holds numbers as text (cells: {count}, the first: “{value}”); read as numbers",
    ),
    what=Text(
        "Số hộ được gõ hoặc xuất ra dưới dạng chữ, có thể kèm dấu chấm hàng nghìn hay dấu cách.",
        "Counts were typed or exported as text, perhaps with thousands separators or spaces.",
    ),
    why=Text(
        "Chương trình đọc được, nhưng hàm SUM của Excel bỏ qua các ô này nên tổng trong tệp có thể thiếu.",
        "The program reads them, but SUM in Excel skips such cells, so that totals in the file may fall short.",
    ),
    example=Text(
        "Ô ghi chữ “20.817” thay vì số 20817.",
        "A cell holds the text “20.817” in place of the number 20817.",
    ),
    mend=Text(
        "Không bắt buộc sửa. Trong Excel: chọn các ô, bấm dấu cảnh báo bên cạnh, chọn “Chuyển đổi thành số”.",
        "Nothing has to be done. In Excel: select the cells, click the warning sign, choose “Convert to Number”.",
    ),
)

V004: Final = Kind(
    code="V004",
    name="ambiguous-separator",
    severity=Severity.ERROR,
    title=Text("Dấu chấm, phẩy không rõ nghĩa", "Ambiguous separator"),
    message=Text(
        "“{value}” có thể là hàng nghìn hoặc số thập phân, vì cùng cột có “{other}” ghi phần thập phân",
        "“{value}” may have thousands or decimals, because “{other}” in the same column has decimals",
    ),
    what=Text(
        "Một số trong cột có dấu trước đúng ba chữ số, trong khi số khác của cột dùng dấu để ghi phần thập phân.",
        "A number has its mark before exactly three digits while another in the column uses a mark for decimals.",
    ),
    why=Text(
        "Hiểu nhầm thì số hộ sai một nghìn lần; ô này không được dùng cho đến khi rõ.",
        "Read the wrong way, the count is wrong by a factor of a thousand; it is not used until it is clear.",
    ),
    example=Text(
        "Cùng một cột có “20.000” và “412204.00”: “20.000” là hai mươi nghìn hay hai mươi?",
        "One column holds “20.000” and “412204.00”: is “20.000” twenty thousand or twenty?",
    ),
    mend=Text(
        "Định dạng cả cột là số (Number), không có phần thập phân, rồi gõ lại các ô dạng chữ.",
        "Format the whole column as Number without decimals and type the text cells anew.",
    ),
)

V005: Final = Kind(
    code="V005",
    name="required-count-missing",
    severity=Severity.ERROR,
    title=Text("Thiếu số liệu bắt buộc", "Required count missing"),
    message=Text(
        "{unit}: ô “{column_text}” để trống{instead}",
        "{unit}: “{column_text}” is empty{instead}",
    ),
    what=Text(
        "Dòng có tên đơn vị nhưng ô của một số liệu bắt buộc để trống hoặc chỉ có dấu gạch.",
        "The row names a unit, but the cell of a required count is empty or holds a dash only.",
    ),
    why=Text(
        "Ô trống là chưa có số liệu, không phải bằng 0; kết quả xét của đơn vị có thể là “Chưa xác định”.",
        "An empty cell means no figure, not 0; the verdict on the unit may stay “undetermined”.",
    ),
    example=Text(
        "Một phường không còn hộ nghèo nhưng ô “Số hộ nghèo” để trống thay vì ghi 0.",
        "A ward has no poor household left, and the cell was left empty in place of 0.",
    ),
    mend=Text(
        "Điền số đã được phê duyệt; nếu không có hộ nào thì ghi 0.",
        "Fill in the approved figure; if there is no such household, write 0.",
    ),
)

V007: Final = Kind(
    code="V007",
    name="unknown-word",
    severity=Severity.ERROR,
    title=Text("Giá trị không có trong danh sách", "Unknown word"),
    message=Text(
        "“{value}” ở cột {column} không thuộc các giá trị được dùng: {allowed}",
        "“{value}” in column {column} is not one of {allowed}",
    ),
    what=Text(
        "Một cột chỉ nhận một số từ nhất định: level, status của bảng chuẩn; “Phân tổ” (Hộ, Nhân khẩu) của Mẫu 09, 10.",
        "A column takes certain words only: level and status of a canonical table, “Phân tổ” of Mẫu 09 and 10.",
    ),
    why=Text(
        "Không hiểu giá trị thì không biết cấp của đơn vị, số liệu là sơ bộ hay chính thức, là số hộ hay số khẩu.",
        "Without it the tier, or whether figures are preliminary or final, of households or persons, is not known.",
    ),
    example=Text(
        "Cột status ghi “đã duyệt” thay vì final.",
        "The column status says “đã duyệt” (approved) in place of final.",
    ),
    mend=Text(
        "Thay bằng một trong các giá trị được nêu trong thông báo.",
        "Replace it by one of the words that the message lists.",
    ),
)

U002: Final = Kind(
    code="U002",
    name="unknown-name",
    severity=Severity.ERROR,
    title=Text("Không có đơn vị mang tên này", "Unknown name"),
    message=Text(
        "Không có đơn vị nào tên “{value}” thuộc {parent}.{candidates}",
        "No unit of {parent} is named “{value}”.{candidates}",
    ),
    what=Text(
        "Tên trong biểu không khớp với đơn vị nào của địa phương trong danh mục hành chính.",
        "The name fits no unit of the district or province in the official lists.",
    ),
    why=Text(
        "Chương trình không tự chọn tên gần giống; số liệu của dòng này không được dùng.",
        "The program does not choose a similar name by itself; the figures of the row are not used.",
    ),
    example=Text(
        "Biểu của Huyện Đông Giang ghi “Xã Sông Kông”; tên trong danh mục là Xã Sông Kôn.",
        "The table of Huyện Đông Giang says “Xã Sông Kông”; the official name is Xã Sông Kôn.",
    ),
    mend=Text(
        "Sửa tên theo danh mục hành chính (tìm bằng lệnh thidua units find) hoặc thêm cột mã đơn vị.",
        "Write the official name (thidua units find looks it up) or add a column with the codes of the units.",
    ),
)

U003: Final = Kind(
    code="U003",
    name="ambiguous-name",
    severity=Severity.ERROR,
    title=Text("Tên trùng với nhiều đơn vị", "Ambiguous name"),
    message=Text(
        "“{value}” khớp với nhiều đơn vị thuộc {parent}: {candidates}",
        "“{value}” fits several units of {parent}: {candidates}",
    ),
    what=Text(
        "Tên trong biểu khớp với từ hai đơn vị trở lên, vì thiếu chữ Xã, Phường, Thị trấn, thiếu dấu hoặc thiếu huyện.",
        "The name fits two units or more, for want of the word Xã, Phường or Thị trấn, of accents or of the district.",
    ),
    why=Text(
        "Chọn nhầm thì số liệu của đơn vị này tính cho đơn vị khác; dòng này không được dùng.",
        "A wrong choice would give the figures of one unit to another; the row is not used.",
    ),
    example=Text(
        "Biểu của Huyện Trạm Tấu ghi “Trạm Tấu”: huyện có cả Thị trấn Trạm Tấu và Xã Trạm Tấu.",
        "The table of Huyện Trạm Tấu says “Trạm Tấu”: there are Thị trấn Trạm Tấu and Xã Trạm Tấu.",
    ),
    mend=Text(
        "Ghi đầy đủ loại đơn vị và dấu của tên (ví dụ “Thị trấn Trạm Tấu”), xếp xã dưới dòng huyện của"
        " xã, hoặc thêm cột mã đơn vị.",
        "Write the full name with its type and accents (“Thị trấn Trạm Tấu”), put a commune below the row of its"
        " district, or add a column with the codes.",
    ),
)

V008: Final = Kind(
    code="V008",
    name="not-a-printed-rate",
    severity=Severity.ERROR,
    title=Text("Tỷ lệ không dùng được", "Not a rate"),
    message=Text(
        "{unit}, “{column_text}”: “{value}” không dùng được làm tỷ lệ %{hint}",
        "{unit}, “{column_text}”: “{value}” cannot be used as a rate in percent{hint}",
    ),
    what=Text(
        "Dòng không có số hộ và tỷ lệ ghi thay không phải một số từ 0 đến 100, hoặc không rõ 0,59 là 0,59% hay 59%.",
        "The row has no counts, and the rate in their place is no number from 0 to 100, or 0.59 may be 0.59% or 59%.",
    ),
    why=Text(
        "Không có số hộ thì tỷ lệ không kiểm tra lại được; hiểu sai một trăm lần là sai cả kết quả xét.",
        "Without counts a rate cannot be compared with anything; a hundredfold misreading would turn the verdict.",
    ),
    example=Text(
        "Biểu chỉ có cột “Tỷ lệ hộ nghèo” với các ô 0,0593 định dạng % của Excel.",
        "A table has only a column “Tỷ lệ hộ nghèo” whose cells are 0.0593 in Excel's format %.",
    ),
    mend=Text(
        "Ghi tỷ lệ kèm dấu % dạng chữ (“5,93%”), hoặc bổ sung số hộ.",
        "Write the rate as a text with its sign (“5,93%”), or add the counts.",
    ),
)

KINDS: Final = (V001, V002, V003, V004, V005, V007, V008, U002, U003)
