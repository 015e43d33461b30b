"""What titles, and names of sheets and files, say of the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading.choice import Change, Choice, Years, both, line_below, may_refuse, no_year, same_year, sets, year_before
from reading.draft import Draft

FREE: Final = frozenset({"free year"})
SHEET_NAMES: Final = frozenset({"sheet names"})
"""Two choices cannot both name the sheet."""

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
        yield Choice("time", f"and below: {words}", line_below(words))
    yield Choice("time", "none", sets(time="", years=no_year), needs=FREE)
    yield Choice("time", "in the sheet's name", _in_sheet_name, needs=FREE | SHEET_NAMES, lacks=SHEET_NAMES)
    yield Choice("time", "in the file's name", _in_file_name, needs=FREE)
    for name, meant in SHEETS.items():
        change = _names(meant, sheet_name=name)
        if meant is year_before:  # read as such, with a word
            change = both(change, may_refuse)
        yield Choice("time", f"sheet {name}", change, needs=FREE | SHEET_NAMES, lacks=SHEET_NAMES)
    for name, meant in FILES.items():
        yield Choice("time", f"file {name}", both(_names(meant, stem=name), may_refuse), needs=FREE)
    for name in ("6 tháng", "Quý 2", "9 tháng đầu năm", "Tháng 6"):
        change = both(sets(years=no_year, sheet_name=name), may_refuse)
        yield Choice("time", f"year in the title, sheet {name}", change, needs=FREE | SHEET_NAMES, lacks=SHEET_NAMES)
    yield Choice("time", "GIAI ĐOẠN 2021-2025", sets(time="GIAI ĐOẠN 2021-2025", years=no_year), needs=FREE)


def _steps(steps: frozenset[int]) -> Years:
    return lambda year: frozenset(year + step for step in steps)


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
