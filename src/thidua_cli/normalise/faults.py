"""Families H, V and part of U: what can be wrong with a table's header, values and unit names."""

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

KINDS: Final = (H001, H002, H003, H004, H005, H006, V001, V002, V003, V004, V005, V007, V008, U002, U003)
