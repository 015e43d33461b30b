"""What titles say of the status, the poverty line, and of whom the figures are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading.choice import Change, Choice, both, line_below, may_refuse, nothing, sets
from reading.draft import Draft
from reading.meaning import FINAL, PRELIMINARY

EITHER: Final = frozenset({FINAL, PRELIMINARY})
SHEET_NAMES: Final = frozenset({"sheet names"})
"""Two choices cannot both name the sheet."""

IS_PRELIMINARY: Final = (
    *("(SƠ BỘ)", "- SƠ BỘ", "(SỐ LIỆU SƠ BỘ)", "(KẾT QUẢ SƠ BỘ)", "SƠ BỘ", "(sơ bộ)", "(SƠ BỘ LẦN 1)", "[SƠ BỘ]"),
    *("(KẾT QUẢ RÀ SOÁT SƠ BỘ)", "(SO BO)"),
)
PRELIMINARY_OR_NOTHING: Final = (
    *(
        "(CHƯA CHÍNH THỨC)",
        "SỐ LIỆU CHƯA CHÍNH THỨC",
        "(DỰ THẢO)",
        "(TẠM TÍNH)",
        "(SỐ LIỆU BAN ĐẦU)",
        "(CHƯA PHÊ DUYỆT)",
    ),
    *("(SỐ LIỆU TẠM THỜI)", "(KHÔNG CHÍNH THỨC)", "(BẢN NHÁP)", "(ƯỚC)", "(TRƯỚC PHÚC TRA)"),
)
IS_FINAL: Final = ("(CHÍNH THỨC)", "- CHÍNH THỨC", "(SỐ LIỆU CHÍNH THỨC)", "(KẾT QUẢ CHÍNH THỨC)", "(ĐÃ PHÊ DUYỆT)")


def statuses() -> Iterator[Choice]:
    """Yield what is said of the status."""
    only = frozenset({PRELIMINARY})
    for words in IS_PRELIMINARY:
        yield Choice("status", words, both(sets(status_words=words, statuses=only)))
    for words in PRELIMINARY_OR_NOTHING:
        yield Choice("status", words, both(sets(status_words=words, statuses=only), may_refuse))
    for words in IS_FINAL:
        yield Choice("status", words, sets(status_words=words))
    yield Choice("status", "(SƠ BỘ/CHÍNH THỨC)", sets(status_words="(SƠ BỘ/CHÍNH THỨC)", statuses=EITHER))
    for words in ("Số liệu sơ bộ", "(Kết quả sơ bộ)", "Tình trạng: Sơ bộ"):
        yield Choice("status", f"below: {words}", both(line_below(words), sets(statuses=only)))
    yield Choice(
        "status",
        "in the sheet's name",
        both(sets(statuses=only), _sheet("Sơ bộ")),
        needs=SHEET_NAMES,
        lacks=SHEET_NAMES,
    )


def _sheet(name: str) -> Change:
    return sets(sheet_name=name)


OWN_LINES: Final = (
    *("THEO CHUẨN NGHÈO THÀNH PHỐ", "THEO CHUẨN NGHÈO CỦA TỈNH", "(CHUẨN NGHÈO THÀNH PHỐ)", "THEO CHUẨN THÀNH PHỐ"),
    *("THEO CHUẨN NGHÈO CỦA THÀNH PHỐ", "THEO CHUẨN NGHÈO THU NHẬP", "THEO TIÊU CHÍ THU NHẬP", "(THEO CHUẨN CỦA TỈNH)"),
    *("THEO CHUẨN NGHÈO ĐẶC THÙ CỦA THÀNH PHỐ", "THEO CHUẨN TP", "NGHÈO VỀ THU NHẬP", "THEO CHUẨN NGHÈO ĐỊA PHƯƠNG"),
    *("THEO CHUẨN NGHÈO RIÊNG CỦA TỈNH", "THEO CHUẨN NGHÈO GIAI ĐOẠN 2006-2010", "THEO CHUẨN NÂNG CAO"),
    *(
        "THEO CHUẨN NGHÈO CŨ",
        "(NGHÈO THU NHẬP)",
        "THEO CHUẨN NGHÈO CAO HƠN CỦA THÀNH PHỐ",
    ),
)
NATIONAL_LINES: Final = (
    *("THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN 2022-2025", "THEO CHUẨN NGHÈO QUỐC GIA", "THEO CHUẨN NGHÈO ĐA CHIỀU"),
    *("THEO CHUẨN NGHÈO TRUNG ƯƠNG", "(CHUẨN NGHÈO ĐA CHIỀU QUỐC GIA)", "THEO CHUẨN 2022-2025", "TIẾP CẬN ĐA CHIỀU"),
    *("THEO NGHỊ ĐỊNH 07/2021/NĐ-CP", "(THEO CHUẨN NGHÈO GIAI ĐOẠN 2022 - 2025)"),
)


def lines() -> Iterator[Choice]:
    """Yield what is said of the poverty line."""
    for words in OWN_LINES:
        yield Choice("line", words, both(sets(line_words=words, national=False), may_refuse))
    for words in NATIONAL_LINES:
        yield Choice("line", words, both(sets(line_words=words), _may_be_ambiguous))
    for words in ("(Theo chuẩn nghèo của Thành phố)", "Chuẩn nghèo: thành phố"):
        yield Choice("line", f"below: {words}", both(line_below(words), sets(national=False), may_refuse))


def _may_be_ambiguous(draft: Draft) -> None:
    draft.allowed.add("H012")


PARTS: Final = (
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO DO PHỤ NỮ LÀM CHỦ HỘ", "TỔNG HỢP HỘ NGHÈO CÓ CHỦ HỘ LÀ NỮ"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO DÂN TỘC CƠ TU", "HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC VAY VỐN", "KẾT QUẢ HỘ THOÁT NGHÈO"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO THOÁT NGHÈO", "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO PHÁT SINH MỚI"),
    *("TỔNG HỢP HỘ NGHÈO KHÔNG CÓ KHẢ NĂNG LAO ĐỘNG", "TỔNG HỢP HỘ NGHÈO, CẬN NGHÈO CÓ TRẺ EM DƯỚI 16 TUỔI"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO Ở NHÀ TẠM, NHÀ DỘT NÁT", "TỔNG HỢP HỘ NGHÈO THIẾU HỤT VỀ NHÀ Ở"),
    *("TỔNG HỢP HỘ TÁI NGHÈO, TÁI CẬN NGHÈO", "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO CHƯA CÓ THẺ BẢO HIỂM Y TẾ", "HỘ NGHÈO, HỘ CẬN NGHÈO LÀ NGƯỜI KINH"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO CÓ NGƯỜI KHUYẾT TẬT", "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO LÀ HỘI VIÊN PHỤ NỮ"),
    *("TỔNG HỢP HỘ NGHÈO THUỘC ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI", "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO DÂN TỘC THIỂU SỐ"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO CÓ NGƯỜI CÓ CÔNG", "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO LÀ HỘI VIÊN NÔNG DÂN"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO ĐƠN THÂN", "TỔNG HỢP HỘ MỚI THOÁT NGHÈO", "TỔNG HỢP HỘ NGHÈO GIẢM"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO TĂNG THÊM", "TỔNG HỢP TRẺ EM HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("TỔNG HỢP NGƯỜI CAO TUỔI THUỘC HỘ NGHÈO, HỘ CẬN NGHÈO", "HỌC SINH THUỘC HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO LÀ ĐỒNG BÀO CÔNG GIÁO", "HỘ NGHÈO, HỘ CẬN NGHÈO ĐĂNG KÝ THOÁT NGHÈO"),
)
PLANS: Final = (
    *("KẾ HOẠCH GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO", "GIAO CHỈ TIÊU HỘ NGHÈO, HỘ CẬN NGHÈO", "DỰ KIẾN HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("ƯỚC THỰC HIỆN HỘ NGHÈO, HỘ CẬN NGHÈO", "CHỈ TIÊU GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO", "DỰ BÁO HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("MỤC TIÊU GIẢM HỘ NGHÈO, CẬN NGHÈO", "PHẤN ĐẤU GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO", "PHÂN BỔ CHỈ TIÊU GIẢM HỘ NGHÈO"),
    *("ƯỚC TÍNH SỐ HỘ NGHÈO, HỘ CẬN NGHÈO", "ƯỚC HỘ NGHÈO, HỘ CẬN NGHÈO", "PHƯƠNG ÁN GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("BIỂU GIAO KẾ HOẠCH HỘ NGHÈO, HỘ CẬN NGHÈO", "NHU CẦU HỖ TRỢ HỘ NGHÈO, HỘ CẬN NGHÈO", "ĐĂNG KÝ GIẢM HỘ NGHÈO"),
    *("LỘ TRÌNH GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO", "DỰ KIẾN KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"),
)
WHOLES: Final = (
    *("KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", "BÁO CÁO KẾT QUẢ RÀ SOÁT HỘ NGHÈO, CẬN NGHÈO", "TỔNG HỢP HỘ NGHÈO"),
    *(
        "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO",
        "TÌNH HÌNH HỘ NGHÈO, HỘ CẬN NGHÈO",
        "SỐ HỘ NGHÈO, CẬN NGHÈO",
    ),
    *("KẾT QUẢ TỔNG ĐIỀU TRA, RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", "PHỤ LỤC 01: KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"),
    *("KẾT QUẢ THỰC HIỆN RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO SAU RÀ SOÁT"),
    *(
        "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO VÀ HỘ LÀM NÔNG NGHIỆP CÓ MỨC SỐNG TRUNG BÌNH",
        "THỐNG KÊ HỘ NGHÈO, CẬN NGHÈO",
    ),
    *("CÔNG NHẬN KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", "TỔNG HỢP SỐ LIỆU HỘ NGHÈO, HỘ CẬN NGHÈO TRÊN ĐỊA BÀN"),
)


def subjects() -> Iterator[Choice]:
    """Yield what titles say the figures are of: the whole, a part, or a plan."""
    for words in WHOLES:
        yield Choice("subject", words, sets(subject=words))
    for words in PARTS:
        yield Choice("subject", words, both(sets(subject=words), _a_part))
    for words in PLANS:
        yield Choice("subject", words, both(sets(subject=words), nothing), lacks=frozenset({"plain columns"}))
    for words in ("(Kế hoạch)", "(Dự kiến)", "(Chỉ tiêu giao)", "(Ước thực hiện)", "(Chỉ tính hộ có chủ hộ là nữ)"):
        yield Choice("subject", f"below: {words}", both(line_below(words), nothing))
    for name in ("Kế hoạch", "Dự kiến", "Chỉ tiêu giao"):
        yield Choice("subject", f"sheet {name}", both(_sheet(name), nothing), needs=SHEET_NAMES, lacks=SHEET_NAMES)


def _a_part(draft: Draft) -> None:
    """The total of all households may stand, where it is said to be that; nothing else is of the whole."""
    draft.may_refuse = True
    for column in draft.columns:
        if column.source == "households":
            continue
        part = _PART_COLUMNS.get(_words_of_part(draft.subject), frozenset[str]())
        column.meaning = frozenset(f"{part_name}_{column.source}" for part_name in part)


_PART_COLUMNS: Final = {"minority": frozenset({"minority"}), "merit": frozenset({"merit"})}


def _words_of_part(subject: str) -> str:
    if subject.endswith("DÂN TỘC THIỂU SỐ"):
        return "minority"
    return "merit" if subject.endswith("CÓ NGƯỜI CÓ CÔNG") else ""
