"""What is said of a table whose title speaks of another time than a year-end, or of no result of the whole."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.normalise.sheet.other_figures import OtherFigures, OtherSense

H014: Final = Kind(
    code="H014",
    name="not-of-a-year-end",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    title=Text("Số liệu không phải của cuối năm", "Figures of another time than a year-end"),
    message=Text(
        "{where} ghi “{value}”, không phải thời điểm cuối năm; biểu không được đọc",
        "{where} says “{value}”, which is no year-end; the table is not read",
    ),
    what=Text(
        "Tiêu đề, tên trang tính hoặc ghi chú dưới biểu nêu quý, tháng, “giữa năm”, “sơ kết” hay một ngày khác ngày 31 "
        "tháng 12.",
        "The title, the name of the sheet or a note below the table names a quarter, a month, the middle of the year, "
        "or a day that is not 31 December.",
    ),
    why=Text(
        "Mức giảm được tính giữa hai thời điểm cuối năm. Số giữa năm đứng vào chỗ số cuối năm thì không gì trong biểu "
        "cho thấy là sai.",
        "Falls are taken between year-ends. Where figures of the middle of the year stand in their place, nothing in "
        "the table shows that they are wrong.",
    ),
    example=Text(
        "Tiêu đề ghi “TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO 6 THÁNG ĐẦU NĂM 2024”.",
        "The title says “TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO 6 THÁNG ĐẦU NĂM 2024”.",
    ),
    mend=Text(
        "Dùng biểu cuối năm. Nếu đây đúng là số cuối năm thì sửa tiêu đề (“NĂM 2024”), hoặc thêm --year 2024 vào lệnh: "
        "khi đó biểu được đọc và có cảnh báo H005.",
        "Use the table of the year-end. If the figures are of a year-end, mend the title (“NĂM 2024”), or add --year "
        "2024 to the command: then the table is read, with a warning (H005).",
    ),
)
H015: Final = Kind(
    code="H015",
    name="no-result-of-the-whole",
    severity=Severity.WARNING,
    standing=Standing.VOID,
    quotes=("value",),
    title=Text("Không phải kết quả của toàn bộ hộ nghèo", "No result of all poor households"),
    message=Text(
        "{where} ghi “{value}”: {what}; biểu không được đọc",
        "{where} says “{value}”: {what}; the table is not read",
    ),
    what=Text(
        "Tiêu đề, tên trang tính hoặc tên tệp cho biết số liệu là kế hoạch, chỉ tiêu giao, ước thực hiện, dự kiến, "
        "đăng ký; hoặc chỉ là một phần hộ nghèo (một dân tộc, hộ do phụ nữ làm chủ, hộ vay vốn, hộ thoát nghèo …).",
        "The title, the name of the sheet or that of the file says that the figures are a plan, a target, an estimate "
        "or a registration; or that they are some of the poor only (one ethnic group, households headed by women, "
        "those with loans, those who left poverty …).",
    ),
    why=Text(
        "Đọc như kết quả rà soát thì tỷ lệ nghèo và mức giảm sai mà không ô nào cho thấy.",
        "Read as results of the review they give wrong rates and falls, and no cell shows it.",
    ),
    example=Text(
        "Trang tính thứ hai có tiêu đề “KẾ HOẠCH GIẢM HỘ NGHÈO NĂM 2025”, các cột như Mẫu 08.",
        "The second sheet is entitled “KẾ HOẠCH GIẢM HỘ NGHÈO NĂM 2025” and has the columns of Mẫu 08.",
    ),
    mend=Text(
        "Không cần làm gì nếu đúng là kế hoạch hoặc số của một phần hộ nghèo. Nếu là kết quả rà soát toàn bộ thì sửa "
        "tiêu đề, tên trang tính hoặc tên tệp (“KẾT QUẢ RÀ SOÁT … NĂM 2024”).",
        "Nothing if it is a plan, or counts of some of the poor. If it is the result of the whole review, mend the "
        "title, the name of the sheet or that of the file (“KẾT QUẢ RÀ SOÁT … NĂM 2024”).",
    ),
)
_WHAT: Final = {
    OtherSense.PLAN: Text(
        "đây là kế hoạch, chỉ tiêu hoặc số ước tính, không phải kết quả rà soát",
        "this is a plan, a target or an estimate, no result of a review",
    ),
    OtherSense.PART: Text(
        "đây là số của một phần hộ nghèo, không phải toàn bộ", "these are some of the poor households, not all"
    ),
}


def not_of_a_year_end(origin: Origin, where: Text, words: str) -> Finding:
    """Return H014 for a table whose title or sheet names another time."""
    return Finding(H014, origin, value=words, details={"where": where.capitalised()})


def no_result(origin: Origin, where: Text, figures: OtherFigures) -> Finding:
    """Return H015 for a table whose title, or a name around it, says that its figures are something else."""
    details = {"where": where.capitalised(), "what": _WHAT[figures.sense]}
    return Finding(H015, origin, value=figures.words, details=details)
