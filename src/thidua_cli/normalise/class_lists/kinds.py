"""What can be wrong in a list of classes: family C. Every kind is about the list; the figures stand as they are."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Kind, Severity, Standing
from thidua_cli.language import Text

C001: Final = Kind(
    code="C001",
    name="unknown-class",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    quotes=("value",),
    names=("offered",),
    title=Text("Không hiểu phân loại", "The class is not understood"),
    message=Text(
        "Không hiểu phân loại “{value}”{more}; ghi một trong: {offered}",
        "The class “{value}” is not understood{more}; write one of: {offered}",
    ),
    what=Text(
        "Ô phân loại có chữ không chỉ đúng một loại: chữ lạ, số La Mã không nói là khu vực, “xã đặc biệt khó khăn” mà "
        "không nói bãi ngang hay khu vực III, hoặc dấu lạ ở cột đánh dấu.",
        "The cell names no class that is known, or more than one: an odd word, a Roman numeral that does not say that "
        "it is an area, “xã đặc biệt khó khăn” without bãi ngang or khu vực III, or an odd mark in a column of marks.",
    ),
    why=Text(
        "Hiểu nhầm loại thì đơn vị được xét theo tiêu chí của loại khác; chương trình không đoán.",
        "With another class the unit would be judged by other criteria; the program does not guess.",
    ),
    example=Text(
        "Cột Phân loại ghi “III”: có thể là khu vực III, cũng có thể là đơn vị hành chính loại III.",
        "A column “Phân loại” holds “III”: area III, or an administrative unit of type III.",
    ),
    mend=Text(
        "Ghi đủ chữ: xã khu vực III, huyện nghèo, xã bãi ngang ven biển và hải đảo, không thuộc khu vực I, II, III …; "
        "hoặc lập mẫu có danh sách chọn bằng thidua classes new.",
        "Write it in full: xã khu vực III, huyện nghèo, xã bãi ngang ven biển và hải đảo, không thuộc khu vực I, II, "
        "III …; or make a workbook with lists to choose from: thidua classes new.",
    ),
)
C002: Final = Kind(
    code="C002",
    name="unit-of-list-unclear",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Không rõ đơn vị nào", "It is not clear which unit is meant"),
    message=Text("Không rõ đơn vị “{value}”: {reason}", "Unit “{value}” is not clear: {reason}"),
    what=Text(
        "Tên không có trong danh mục hoặc là tên của nhiều đơn vị, mã không có hoặc thiếu chữ số, mã và tên là của hai "
        "đơn vị, hoặc đơn vị không thuộc cấp có loại đó.",
        "No unit bears the name, or several do; the code is unknown or lacks digits; code and name are of two units; "
        "or units of that level have no such class.",
    ),
    why=Text(
        "Chọn nhầm thì phân loại của đơn vị này tính cho đơn vị khác. Có đơn vị trùng tên thì hỏi lại, không tự chọn.",
        "A wrong choice would give one unit's class to another. Of units of one name none is chosen.",
    ),
    example=Text(
        "Excel bỏ số 0 ở đầu nên mã 00429 còn 429, là mã của một huyện.",
        "Excel drops leading zeros: of the code 00429 it makes 429, which is that of a district.",
    ),
    mend=Text(
        "Ghi đủ mã (định dạng ô là Văn bản để giữ số 0), hoặc ghi tên đầy đủ kèm cột Huyện, cột Tỉnh; tên trùng thì "
        "thêm --within với mã tỉnh, huyện. Tìm mã bằng thidua units find.",
        "Write the whole code (in a cell of the format Text, which keeps zeros), or the full name with columns Huyện "
        "and Tỉnh; for names of several units add --within. thidua units find looks codes up.",
    ),
)
C003: Final = Kind(
    code="C003",
    name="rows-contradict",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    names=("unit", "value", "other", "place"),
    title=Text("Hai dòng trái nhau", "Two rows contradict each other"),
    message=Text(
        "{unit}: “{value}” trái với “{other}” ở {place}",
        "{unit}: “{value}” contradicts “{other}” at {place}",
    ),
    what=Text(
        "Cùng một đơn vị, cùng một ngày, hai dòng nói hai điều không thể cùng đúng: thuộc và không thuộc một loại, "
        "hoặc thuộc hai khu vực.",
        "Of one unit on one day two rows say what cannot both be true: inside and outside a class, or in two areas.",
    ),
    why=Text(
        "Chương trình không biết dòng nào đúng, nên không dùng dòng nào.",
        "Nothing tells which one is right, so neither is used.",
    ),
    example=Text(
        "Xã Ga Ri ở dòng 12 là xã khu vực III, ở dòng 80 là xã khu vực II, không ghi từ ngày nào.",
        "Xã Ga Ri is a commune of area III in row 12 and of area II in row 80, and no row says from which day.",
    ),
    mend=Text(
        "Xóa dòng sai; nếu đơn vị đổi loại thì ghi “đến ngày” ở dòng cũ và “từ ngày” ở dòng mới.",
        "Delete the wrong row; where the class changed, write its last day (“đến ngày”) and the first of the new one.",
    ),
)
C004: Final = Kind(
    code="C004",
    name="day-of-class-unclear",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    quotes=("value",),
    title=Text("Ngày của phân loại không rõ", "The days of a class are not clear"),
    message=Text("Thời gian không rõ: {reason}", "The days are not clear: {reason}"),
    what=Text(
        "Ô từ ngày, đến ngày không phải ngày, ngày kết thúc trước ngày bắt đầu; hoặc (cảnh báo) không có từ ngày, mà "
        "trước và sau lần sắp xếp mã của dòng là của hai đơn vị khác địa bàn.",
        "A day is none, or the last one lies before the first; or (a warning) there is no first day, and the code is "
        "that of one unit before it was reorganised and of another since.",
    ),
    why=Text(
        "Phân loại chỉ có giá trị trong thời gian của danh mục. Đơn vị sáp nhập năm 2025 là đơn vị khác với đơn vị "
        "mang mã đó trước đây.",
        "A class holds for the days of its list. A unit that was merged in 2025 is another one than that which had its "
        "code before.",
    ),
    example=Text(
        "Ô “từ ngày” ghi 31/02/2026; hoặc danh sách xã năm 2026 không ghi từ ngày nào.",
        "“Từ ngày” holds 31/02/2026; or a list of communes of 2026 says no first day.",
    ),
    mend=Text(
        "Ghi ngày/tháng/năm ở cột “Từ ngày”, “Đến ngày”, hoặc ghi giai đoạn ở tiêu đề (giai đoạn 2026-2030).",
        "Write day/month/year in the columns “Từ ngày” and “Đến ngày”, or the years in the title (giai đoạn "
        "2026-2030).",
    ),
)
C005: Final = Kind(
    code="C005",
    name="rows-without-class",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("units",),
    title=Text("Dòng chưa có phân loại", "Rows without a class"),
    message=Text(
        "{count} dòng chưa ghi phân loại nên chưa biết: {units}",
        "{count} rows have no class, which stays unknown: {units}",
    ),
    what=Text(
        "Dòng có tên hoặc mã đơn vị nhưng ô phân loại để trống.",
        "A row names a unit, and its class is left empty.",
    ),
    why=Text(
        "Ô trống là chưa biết, không phải là “không thuộc”.",
        "An empty cell says that the class is not known, not that there is none.",
    ),
    example=Text(
        "Mẫu do thidua classes new lập còn 12 xã chưa chọn phân loại.",
        "Of a workbook that thidua classes new made 12 communes are not filled in.",
    ),
    mend=Text(
        "Biết thì chọn loại, hoặc chọn “không thuộc …”; chưa biết thì để trống.",
        "Choose the class, or “không thuộc …” where there is none; leave it empty while it is not known.",
    ),
)
C006: Final = Kind(
    code="C006",
    name="row-contradicts-bundled-list",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("unit", "value", "other", "source"),
    title=Text("Khác với danh mục có sẵn", "The bundled list says otherwise"),
    message=Text(
        "{unit}: tệp ghi “{value}”, danh mục có sẵn ghi “{other}” ({source}); dùng dòng của tệp",
        "{unit}: the file says “{value}”, the bundled list “{other}” ({source}); the file's row is used",
    ),
    what=Text(
        "Dòng của tệp trái với một dòng của danh mục kèm theo chương trình trong cùng thời gian.",
        "A row of the file contradicts a row of the lists that come with the program, for the same days.",
    ),
    why=Text(
        "Tệp của bạn được dùng trước; nhưng nên biết vì có thể là gõ nhầm.",
        "Your file goes first; but it may be a slip.",
    ),
    example=Text(
        "Tệp ghi Xã Ga Ri thuộc khu vực II; danh mục có sẵn theo QĐ 861/QĐ-TTg ghi khu vực III.",
        "The file puts Xã Ga Ri into area II, the bundled list by QĐ 861/QĐ-TTg into area III.",
    ),
    mend=Text(
        "Đối chiếu với quyết định; nếu loại đã đổi thì ghi từ ngày đổi.",
        "Look at the decision; where the class has changed, write from which day.",
    ),
)
