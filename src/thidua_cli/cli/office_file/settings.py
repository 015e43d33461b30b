"""What the file of an office may set: each key with what it is for, as it is written into a new file."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple

DEFAULTS: Final = "defaults"
OFFICE: Final = "office"


class FileSetting(NamedTuple):
    """One key of a table. Beside the annotation of an option it says that the option takes its default from there."""

    key: str
    about: Text
    example: str
    """A value as TOML writes it."""
    table: str = DEFAULTS

    @property
    def option(self) -> str:
        """As the option is typed: "--poverty-line"."""
        return f"--{self.key.replace('_', '-')}"


RULES: Final = FileSetting(
    "rules",
    Text("Bộ tiêu chí: mã (xem “thidua rules list”) hoặc tệp .toml.", "Rule file: an id or a .toml path."),
    '"qd-666-ttg"',
)
AS_OF: Final = FileSetting("as_of", Text("Năm rà soát cuối cùng được xét.", "The last year-end judged."), "2024")
CLASSES: Final = FileSetting(
    "classes", Text("Các tệp phân loại đơn vị.", "Files of units' classes."), '["phan-loai.xlsx"]'
)
WITHIN: Final = FileSetting(
    "within",
    Text("Mã tỉnh hoặc huyện có các xã, thôn trong biểu.", "Province or district of the communes and villages."),
    '"11"',
)
POVERTY_LINE: Final = FileSetting(
    "poverty_line",
    Text(
        "Chuẩn nghèo của biểu không ghi chuẩn (xem “thidua rules lines”).",
        "Poverty line of tables that do not say theirs (see “thidua rules lines”).",
    ),
    '"2022-2025"',
)
WAIVE: Final = FileSetting(
    "waive", Text("Tệp các phát hiện đã được chấp nhận.", "File of accepted findings."), '"chap-nhan.toml"'
)
ATTEST: Final = FileSetting(
    "attest", Text("Phiếu xác nhận đã điền.", "The filled-in attestation sheet."), '"phieu-xac-nhan.xlsx"'
)
READING: Final = FileSetting(
    "reading",
    Text("Các cách hiểu khác của bộ tiêu chí (xem “thidua rules show”).", "Other readings of the rule file."),
    '["average"]',
)
BOUNDARIES: Final = FileSetting(
    "boundaries",
    Text("Địa giới của kết quả: as-of, as-reported hoặc một ngày.", "Boundaries: as-of, as-reported or a day."),
    '"as-of"',
)
SHARES: Final = FileSetting(
    "shares", Text("Các tệp số hộ của đơn vị bị chia tách.", "Files of divided units' households."), '["chia-tach.csv"]'
)
UNITS: Final = FileSetting("units", Text("Các tệp thôn của mình.", "Files of your villages."), '["thon.csv"]')
PLAN: Final = FileSetting("plan", Text("Các tệp kế hoạch năm.", "Files of yearly plans."), '["ke-hoach.csv"]')
MAPPING: Final = FileSetting(
    "mapping", Text("Tệp mô tả biểu riêng.", "Description of a form of your own."), '"bieu-rieng.toml"'
)
FAIL_ON: Final = FileSetting(
    "fail_on",
    Text("Mức phát hiện khiến mã kết thúc là 1: error, warning, note, never.", "Findings that make the exit status 1."),
    '"error"',
)
LANG: Final = FileSetting("lang", Text("Ngôn ngữ: vi hoặc en.", "Language: vi or en."), '"vi"')
NO_COLOR: Final = FileSetting("no_color", Text("Không tô màu.", "No colours."), "true")
SETTINGS: Final = (
    *(RULES, AS_OF, CLASSES, WITHIN, POVERTY_LINE, WAIVE, ATTEST, READING, BOUNDARIES, SHARES, UNITS, PLAN, MAPPING),
    *(FAIL_ON, LANG, NO_COLOR),
)
"""What `[defaults]` may hold, each key called as its option is.

Left out is what belongs to one question or one table (--level, --unit, --each, --year, --format, -o), and what must not
become a habit (--force, --quiet, --show-values).
"""

DATE: Final = FileSetting(
    "date",
    Text("Ngày ban hành (ghi như 30/06/2025 hoặc 2025-06-30).", "Day of issue (30/06/2025 or 2025-06-30)."),
    "2025-06-30",
    OFFICE,
)
OFFICE_PARTS: Final = (
    FileSetting("superior", Text("Cơ quan cấp trên.", "The agency above."), '"UBND TỈNH ĐIỆN BIÊN"', OFFICE),
    FileSetting(
        "agency", Text("Cơ quan ban hành.", "The agency that issues."), '"SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"', OFFICE
    ),
    FileSetting("place", Text("Địa danh.", "Place of issue."), '"Điện Biên"', OFFICE),
    FileSetting("number", Text("Số, ký hiệu.", "Number and symbol."), '"12/BC-SNNMT"', OFFICE),
    DATE,
    FileSetting(
        "signer_title",
        Text("Quyền hạn, chức vụ người ký; \\n để xuống dòng.", "Office of the signer; \\n begins a line."),
        '"KT. GIÁM ĐỐC\\nPHÓ GIÁM ĐỐC"',
        OFFICE,
    ),
    FileSetting("signer", Text("Họ tên người ký.", "Name of the signer."), '"Nguyễn Văn A"', OFFICE),
    FileSetting("prepared_by", Text("Người lập biểu.", "Who made the table."), '"Trần Thị B"', OFFICE),
    FileSetting("recipients", Text("Nơi nhận, mỗi nơi một dòng.", "Recipients."), '["Như trên", "Lưu: VT"]', OFFICE),
)
"""What `[office]` may hold; what is left blank is printed as a dotted line."""
