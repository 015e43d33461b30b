"""What titles say of the time, the status, the poverty line, and of whom the figures are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading.choice import Change, Choice, Years, both, may_refuse, no_year, nothing, same_year, sets, year_before
from reading.draft import Draft
from reading.meaning import FINAL, PRELIMINARY

FREE: Final = frozenset({"free year"})
EITHER: Final = frozenset({FINAL, PRELIMINARY})

YEAR_ENDS: Final = (
    *("(NĂM {y})", "CUỐI NĂM {y}", "ĐẾN CUỐI NĂM {y}", "THỜI ĐIỂM 31/12/{y}", "ĐẾN NGÀY 31/12/{y}", "- NĂM {y}"),
    *("ĐẾN 31/12/{y}", "TÍNH ĐẾN NGÀY 31 THÁNG 12 NĂM {y}", "CUỐI KỲ NĂM {y}", "ĐỊNH KỲ NĂM {y}", "năm {y}", "{y}"),
    *("(THỜI ĐIỂM CUỐI NĂM {y})", "NĂM: {y}", "TRÊN ĐỊA BÀN HUYỆN NĂM {y}", "(TẠI THỜI ĐIỂM 31/12/{y})"),
)
OF_NO_YEAR_END: Final = (
    *("6 THÁNG ĐẦU NĂM {y}", "QUÝ I NĂM {y}", "QUÝ II/{y}", "QUÝ 3 NĂM {y}", "GIỮA NĂM {y}", "THÁNG 6 NĂM {y}"),
    *("THÁNG 6/{y}", "9 THÁNG NĂM {y}", "9 THÁNG ĐẦU NĂM {y}", "SÁU THÁNG ĐẦU NĂM {y}", "GIỮA KỲ NĂM {y}"),
    *("ĐẾN NGÀY 30/6/{y}", "TÍNH ĐẾN 30 THÁNG 6 NĂM {y}", "THỜI ĐIỂM 30/09/{y}", "THÁNG 01 NĂM {y}", "THÁNG 11/{y}"),
    *("(6 THÁNG ĐẦU NĂM {y})", "(QUÝ III/{y})", "6 THÁNG/{y}", "06 THÁNG ĐẦU NĂM {y}", "NỬA ĐẦU NĂM {y}"),
    *("(ĐẾN 30/6/{y})", "ĐẾN THÁNG 9 NĂM {y}", "QUÝ MỘT NĂM {y}", "Q1/{y}", "TỪ THÁNG 1 ĐẾN THÁNG 6 NĂM {y}"),
    *(
        *("ĐẾN NGÀY 30/11/{y}", "THÁNG 10/{y}", "10 THÁNG NĂM {y}", "11 THÁNG ĐẦU NĂM {y}", "3 QUÝ ĐẦU NĂM {y}"),
        *("TỪ 01/01/{y} ĐẾN 30/6/{y}", "HẾT QUÝ III NĂM {y}", "NĂM HỌC {y-1}-{y}", "BA THÁNG ĐẦU NĂM {y}", "H1/{y}"),
        "TUẦN 3 THÁNG 5 NĂM {y}",
        "SƠ KẾT 6 THÁNG NĂM {y}",
        "GIAI ĐOẠN {y-1}-{y}",
        "NĂM {y-1} VÀ NĂM {y}",
        "NĂM {y-1}-{y}",
    ),
)
AT_THE_BEGINNING: Final = (
    *("ĐẦU NĂM {y}", "ĐẦU KỲ NĂM {y}", "THỜI ĐIỂM 01/01/{y}", "(ĐẦU NĂM {y})", "ĐẾN NGÀY 1/1/{y}"),
    *("THỜI ĐIỂM ĐẦU NĂM {y}", "ĐẾN NGÀY 01 THÁNG 01 NĂM {y}", "ĐẾN ĐẦU NĂM {y}", "HIỆN CÓ ĐẦU NĂM {y}"),
)
YEAR_OR_NOTHING: Final = (
    *("ĐẾN NGÀY 15/12/{y}", "THỜI ĐIỂM 14/12/{y}"),
    *("6 THÁNG CUỐI NĂM {y}", "QUÝ IV NĂM {y}", "CẢ NĂM {y}", "12 THÁNG NĂM {y}", "THÁNG 12 NĂM {y}", "THÁNG 12/{y}"),
    *("NĂM {y} SO VỚI NĂM {y-1}", "NĂM {y} LÀM CƠ SỞ THỰC HIỆN CHÍNH SÁCH NĂM {y+1}", "NĂM {y} ÁP DỤNG CHO NĂM {y+1}"),
    *("NĂM {y} (SỬ DỤNG CHO NĂM {y+1})", "QUÝ 4/{y}"),
)
BEFORE_OR_NOTHING: Final = (
    "NĂM {y-1} CHUYỂN SANG NĂM {y}",
    "ÁP DỤNG NĂM {y}",
    "LÀM CĂN CỨ THỰC HIỆN CHÍNH SÁCH NĂM {y}",
)


def times() -> Iterator[Choice]:
    """Yield what titles say of the time."""
    for words in YEAR_ENDS:
        yield _time(words, same_year)
    for words in OF_NO_YEAR_END:
        yield _time(words, no_year)
    for words in AT_THE_BEGINNING:
        yield _time(words, year_before, may_refuse)
    for words in YEAR_OR_NOTHING:
        yield _time(words, same_year, may_refuse)
    for words in BEFORE_OR_NOTHING:
        yield _time(words, _this_or_before, may_refuse)
    yield from _times_elsewhere()


def _time(words: str, years: Years, further: Change = lambda draft: None) -> Choice:
    return Choice("time", words, both(sets(time=words, years=years), further), needs=FREE)


def _this_or_before(year: int) -> frozenset[int]:
    return frozenset({year, year - 1})


def _times_elsewhere() -> Iterator[Choice]:
    """Yield times that stand elsewhere than in the title, or in two places."""
    lines = (
        ("Năm rà soát: {y}", same_year, None),
        ("Năm báo cáo: {y}", same_year, None),
        ("Năm {y}", same_year, None),
        ("(Thời điểm 31/12/{y})", same_year, None),
        ("Kỳ báo cáo: 6 tháng đầu năm {y}", no_year, None),
        ("Kỳ báo cáo: Quý II/{y}", no_year, None),
        ("(Số liệu đầu năm {y})", year_before, may_refuse),
        ("(Tính đến ngày 30/6/{y})", no_year, None),
        ("Kỳ báo cáo: Năm {y}", same_year, may_refuse),
    )
    for words, years, further in lines:
        changes = both(sets(time="", time_line=words, years=years), further or (lambda draft: None))
        yield Choice("time", f"below the title: {words}", changes, needs=FREE)
    beside = (
        ("Năm rà soát: {y-1}", frozenset({0, -1})),
        ("(Số liệu đến ngày 30/6/{y})", frozenset[int]()),
        ("6 tháng đầu năm", frozenset[int]()),
        ("(đầu năm)", frozenset({-1})),
        ("Tháng 6", frozenset[int]()),
        ("Quý II", frozenset[int]()),
        ("Thời điểm cuối năm", frozenset({0})),
    )
    for words, steps in beside:
        change = both(sets(time_line=words, years=_steps(steps)), may_refuse)
        yield Choice("time", f"and below: {words}", change, needs=FREE)
    quiet = (
        "(Kèm theo Quyết định số 2345/QĐ-UBND ngày 25 tháng 12 năm {y} của UBND huyện)",
        "(Kèm theo Báo cáo số 15/BC-UBND ngày 10 tháng 01 năm {y+1} của UBND huyện)",
        "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/{y+1})",
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/12/{y})",
    )
    for words in quiet:
        yield Choice("time", f"and below: {words}", _line_below(words))
    yield Choice("time", "none", sets(time="", years=no_year), needs=FREE)
    yield Choice("time", "in the sheet's name", _in_sheet_name, needs=FREE | {"sheet names"})
    yield Choice("time", "in the file's name", _in_file_name, needs=FREE)
    for name, meant in SHEETS.items():
        yield Choice("time", f"sheet {name}", _names(meant, sheet_name=name), needs=FREE | {"sheet names"})
    for name, meant in FILES.items():
        yield Choice("time", f"file {name}", both(_names(meant, stem=name), may_refuse), needs=FREE)
    for name in ("6 tháng", "Quý 2", "9 tháng đầu năm", "Tháng 6"):
        change = both(sets(years=no_year, sheet_name=name), may_refuse)
        yield Choice("time", f"year in the title, sheet {name}", change, needs=FREE | {"sheet names"})
    yield Choice("time", "GIAI ĐOẠN 2021-2025", sets(time="GIAI ĐOẠN 2021-2025", years=no_year), needs=FREE)


def _steps(steps: frozenset[int]) -> Years:
    return lambda year: frozenset(year + step for step in steps)


def _line_below(words: str) -> Change:
    def change(draft: Draft) -> None:
        draft.lines_below.append(words)

    return change


def _names(years: Years, **names: str) -> Change:
    """Let the time stand in the name of the sheet or of the file alone."""

    def change(draft: Draft) -> None:
        draft.time, draft.years = "", years
        for field, name in names.items():
            setattr(draft, field, name.replace("{y}", str(draft.year)))

    return change


SHEETS: Final[dict[str, Years]] = {
    "6 tháng {y}": no_year,
    "Quý 2-{y}": no_year,
    "Đầu năm {y}": year_before,
    "Cuối năm {y}": same_year,
    "KH {y}": no_year,
    "{y}": same_year,
    "T6-{y}": no_year,
    "31-12-{y}": same_year,
    "HN {y}": same_year,
    "Dự kiến {y}": no_year,
}
FILES: Final[dict[str, Years]] = {
    "ho-ngheo-6-thang-{y}": no_year,
    "ho-ngheo-dau-nam-{y}": year_before,
    "ke-hoach-giam-ngheo-{y}": no_year,
    "ho-ngheo-cuoi-nam-{y}": same_year,
    "ho-ngheo-quy-2-{y}": no_year,
    "Hộ nghèo giữa năm {y}": no_year,
    "Kết quả rà soát năm {y}": same_year,
    "bao-cao-thang-6-{y}": no_year,
    "Dự kiến hộ nghèo {y}": no_year,
}


def _in_sheet_name(draft: Draft) -> None:
    draft.time, draft.sheet_name = "", f"Năm {draft.year}"


def _in_file_name(draft: Draft) -> None:
    draft.time, draft.stem = "", f"ho-ngheo-{draft.year}"


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
        yield Choice("status", f"below: {words}", both(_line_below(words), sets(statuses=only)))
    yield Choice(
        "status", "in the sheet's name", both(sets(statuses=only), _sheet("Sơ bộ")), needs=frozenset({"sheet names"})
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
        "THEO CHUẨN NGHÈO TP. HỒ CHÍ MINH",
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
        yield Choice("line", f"below: {words}", both(_line_below(words), sets(national=False), may_refuse))


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
        yield Choice("subject", words, both(sets(subject=words), nothing))
    for words in ("(Kế hoạch)", "(Dự kiến)", "(Chỉ tiêu giao)", "(Ước thực hiện)", "(Chỉ tính hộ có chủ hộ là nữ)"):
        yield Choice("subject", f"below: {words}", both(_line_below(words), nothing))
    for name in ("Kế hoạch", "Dự kiến", "Chỉ tiêu giao"):
        yield Choice("subject", f"sheet {name}", both(_sheet(name), nothing), needs=frozenset({"sheet names"}))


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
