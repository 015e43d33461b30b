"""Thirty and more lists as offices write them, each with the rows that it means, by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from openpyxl import Workbook

Value: TypeAlias = str | int | float | date | None
Sheet: TypeAlias = Sequence[Sequence[Value]]
Meant: TypeAlias = tuple[str, str, str]
"""Unit code, class, cell."""

QUANG_NAM: Final = "DANH SÁCH XÃ KHU VỰC I, II, III TỈNH QUẢNG NAM"
PERIOD: Final = (date(2021, 1, 1), date(2025, 12, 31))
PERIOD_2026: Final = (date(2026, 1, 1), date(2030, 12, 31))
ALWAYS: Final = (None, None)
SINCE: Final = (date(2021, 6, 4), None)


@dataclass(frozen=True)
class OfficersList:
    """One file and what it means."""

    name: str
    rows: Sheet
    meant: Sequence[Meant]
    days: tuple[date | None, date | None] = ALWAYS
    merged: Sequence[str] = ()
    sheet: str = "Sheet1"
    within: str | None = None
    codes: Sequence[str] = ()
    """Findings besides."""


def write(path: Path, one: OfficersList) -> Path:
    """Write a list as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = one.sheet
    for row in one.rows:
        sheet.append(list(row))
    for area in one.merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


LISTS: Final = (
    OfficersList(
        "program's own columns in a workbook",
        [["unit_code", "class", "from", "to", "source"], ["20440", "area_3", "2021-06-04", "", "QĐ 861"]],
        [("20440", "area_3", "B2")],
        SINCE,
    ),
    OfficersList(
        "title, empty row, header, names with a column of districts",
        [[QUANG_NAM], [], ["STT", "Tên xã", "Huyện", "Khu vực"], [1, "Xã Ga Ri", "Tây Giang", "III"]],
        [("20440", "area_3", "D4")],
    ),
    OfficersList(
        "district stands in the first of its rows alone",
        [
            [QUANG_NAM],
            ["TT", "Huyện", "Xã", "Thuộc khu vực"],
            [1, "Huyện Tây Giang", "Xã Ga Ri", "Khu vực III"],
            [2, "", "Ch'ơm", "KV III"],
            [3, "Nam Trà My", "Trà Don", "xã khu vực II"],
        ],
        [("20440", "area_3", "D3"), ("20437", "area_3", "D4"), ("20956", "area_2", "D5")],
    ),
    OfficersList(
        "district merged over its rows",
        [
            [QUANG_NAM],
            ["TT", "Huyện", "Xã", "Khu vực"],
            [1, "Huyện Tây Giang", "Xã Ga Ri", 3],
            [2, None, "Xã Ch'ơm", 1],
        ],
        [("20440", "area_3", "D3"), ("20437", "area_1", "D4")],
        merged=["B3:B4"],
    ),
    OfficersList(
        "districts as rows of their own",
        [
            [QUANG_NAM],
            ["STT", "Đơn vị", "Khu vực"],
            ["I", "Huyện Tây Giang", None],
            [1, "Xã Ga Ri", "III"],
            ["II", "Huyện Nam Trà My", None],
            [1, "Xã Trà Don", "III"],
            [None, "Tổng cộng: 2 xã", None],
        ],
        [("20440", "area_3", "C4"), ("20956", "area_3", "C6")],
    ),
    OfficersList(
        "class stands in the title",
        [
            ["UBND TỈNH QUẢNG NAM"],
            ["DANH SÁCH XÃ KHU VỰC III"],
            ["(Kèm theo Quyết định số 861/QĐ-TTg)"],
            ["STT", "Tên xã", "Huyện"],
            [1, "Xã Ga Ri", "Tây Giang"],
        ],
        [("20440", "area_3", "B5")],
    ),
    OfficersList(
        "class and years stand in the title",
        [
            ["DANH SÁCH XÃ KHU VỰC III TỈNH QUẢNG NAM GIAI ĐOẠN 2021-2025"],
            ["STT", "Tên xã", "Huyện"],
            [1, "Xã Ga Ri", "Tây Giang"],
        ],
        [("20440", "area_3", "B3")],
        PERIOD,
    ),
    OfficersList(
        "class stands in rows of its own",
        [
            ["Danh sách các xã tỉnh Quảng Nam"],
            ["STT", "Tên xã", "Huyện"],
            ["I", "Xã khu vực I", None],
            [1, "Xã Lăng", "Tây Giang"],
            ["II", "Xã khu vực III", None],
            [1, "Xã Ga Ri", "Tây Giang"],
        ],
        [("20449", "area_1", "B4"), ("20440", "area_3", "B6")],
    ),
    OfficersList(
        "class stands in rows with its number before it",
        [
            ["STT", "Tên xã", "Huyện", "Tỉnh"],
            ["A. Xã khu vực III (2 xã)", None, None, None],
            [1, "Xã Ga Ri", "Tây Giang", "Quảng Nam"],
            [2, "Xã Trà Don", "Nam Trà My", "Quảng Nam"],
        ],
        [("20440", "area_3", "B3"), ("20956", "area_3", "B4")],
    ),
    OfficersList(
        "class stands in the name of the sheet",
        [["Tên xã", "Huyện"], ["Xã Ga Ri", "Tây Giang"]],
        [("20440", "area_3", "A2")],
        sheet="Xã khu vực III",
    ),
    OfficersList(
        "one column for each class, with marks",
        [
            [QUANG_NAM],
            ["STT", "Tên xã", "Huyện", "Khu vực", None, None],
            [None, None, None, "I", "II", "III"],
            [1, "Xã Lăng", "Tây Giang", "x", None, None],
            [2, "Xã Ga Ri", "Tây Giang", None, None, "X"],
            [3, "Xã Trà Don", "Nam Trà My", None, "✓", None],
        ],
        [("20449", "area_1", "D4"), ("20440", "area_3", "F5"), ("20956", "area_2", "E6")],
        merged=["A2:A3", "B2:B3", "C2:C3", "D2:F2"],
    ),
    OfficersList(
        "one column for each class under a group that is not merged",
        [
            [QUANG_NAM],
            ["STT", "Tên xã", "Huyện", "Khu vực", None, None],
            [None, None, None, "I", "II", "III"],
            [1, "Xã Ga Ri", "Tây Giang", None, None, 1],
        ],
        [("20440", "area_3", "F4")],
    ),
    OfficersList(
        "yes and no below the name of a class",
        [
            ["STT", "Huyện", "Tỉnh", "Huyện nghèo"],
            [1, "Huyện Tây Giang", "Quảng Nam", "Có"],
            [2, "Huyện Đông Giang", "Quảng Nam", "Không"],
        ],
        [("504", "poor_district", "D2"), ("505", "not_poor_district", "D3")],
    ),
    OfficersList(
        "districts with a class in words",
        [
            ["PHÂN LOẠI HUYỆN TỈNH QUẢNG NAM"],
            ["STT", "Huyện", "Phân loại"],
            [1, "Tây Giang", "huyện nghèo"],
            [2, "Đông Giang", "không phải huyện nghèo"],
        ],
        [("504", "poor_district", "C3"), ("505", "not_poor_district", "C4")],
    ),
    OfficersList(
        "74 poor districts by title",
        [["DANH SÁCH 74 HUYỆN NGHÈO GIAI ĐOẠN 2021-2025"], ["TT", "Tỉnh", "Huyện"], [1, "Quảng Nam", "Tây Giang"]],
        [("504", "poor_district", "C3")],
        PERIOD,
    ),
    OfficersList(
        "coastal communes by title",
        [
            ["DANH SÁCH XÃ ĐẶC BIỆT KHÓ KHĂN VÙNG BÃI NGANG, VEN BIỂN VÀ HẢI ĐẢO"],
            ["STT", "Tỉnh", "Huyện", "Xã"],
            [1, "Thanh Hóa", "Hậu Lộc", "Ngư Lộc"],
        ],
        [("16090", "coastal_commune", "D3")],
    ),
    OfficersList(
        "coastal commune in short words",
        [["Mã xã", "Tên xã", "Phân loại"], ["16090", "Xã Ngư Lộc", "Xã ĐBKK vùng bãi ngang ven biển"]],
        [("16090", "coastal_commune", "C2")],
    ),
    OfficersList(
        "an island district of the coastal list",
        [["Mã", "Tên đơn vị", "Phân loại"], ["536", "Huyện Lý Sơn", "xã bãi ngang ven biển và hải đảo"]],
        [("536", "coastal_commune", "C2")],
    ),
    OfficersList(
        "known to be outside all areas",
        [["Mã xã", "Khu vực"], ["20440", "không thuộc khu vực I, II, III"]],
        [("20440", f"not_area_{number}", "B2") for number in (1, 2, 3)],
    ),
    OfficersList(
        "known to be outside one area",
        [["Mã xã", "Phân loại"], ["20440", "Không thuộc khu vực III"]],
        [("20440", "not_area_3", "B2")],
    ),
    OfficersList(
        "region in the class and in brackets",
        [
            ["Mã xã", "Phân loại"],
            ["20440", "Xã khu vực III thuộc vùng đồng bào dân tộc thiểu số và miền núi"],
            ["20437", "Xã KV III (xã ĐBKK)"],
        ],
        [("20440", "area_3", "B2"), ("20437", "area_3", "B3")],
    ),
    OfficersList(
        "mountain units of two tiers",
        [["Mã", "Tên", "Phân loại"], ["504", "Huyện Tây Giang", "huyện miền núi"], ["20440", "Xã Ga Ri", "miền núi"]],
        [("504", "mountain", "C2"), ("20440", "mountain", "C3")],
    ),
    OfficersList(
        "codes of three tiers side by side",
        [
            ["Mã tỉnh", "Mã huyện", "Mã xã", "Tên xã", "Khu vực"],
            ["49", "504", "20440", "Xã Ga Ri", "III"],
        ],
        [("20440", "area_3", "E2")],
    ),
    OfficersList(
        "codes as numbers",
        [["Mã xã", "Khu vực"], [20440, 3.0]],
        [("20440", "area_3", "B2")],
    ),
    OfficersList(
        "days as dates of Excel",
        [
            ["Mã xã", "Khu vực", "Từ ngày", "Đến ngày"],
            ["20440", "III", datetime(2021, 6, 4), datetime(2024, 7, 18)],
        ],
        [("20440", "area_3", "B2")],
        (date(2021, 6, 4), date(2024, 7, 18)),
    ),
    OfficersList(
        "days in words, to this day",
        [
            ["Mã xã", "Khu vực", "Từ ngày", "Đến ngày", "Căn cứ"],
            ["20440", "III", "ngày 04 tháng 6 năm 2021", "nay", "QĐ 861/QĐ-TTg"],
        ],
        [("20440", "area_3", "B2")],
        SINCE,
    ),
    OfficersList(
        "days as years",
        [["Mã xã", "Khu vực", "Từ", "Đến"], ["20440", "III", 2021, "2025"]],
        [("20440", "area_3", "B2")],
        PERIOD,
    ),
    OfficersList(
        "communes of today by years of the title",
        [
            ["UBND TỈNH ĐIỆN BIÊN"],
            ["DANH SÁCH XÃ KHU VỰC I, II, III GIAI ĐOẠN 2026 - 2030"],
            ["STT", "Tên xã, phường", "Khu vực"],
            [1, "Xã Sín Thầu", "III"],
            [2, "Phường Mường Lay", "II"],
        ],
        [("03158", "area_3", "C4"), ("03151", "area_2", "C5")],
        PERIOD_2026,
    ),
    OfficersList(
        "communes of former days by a first day",
        [
            ["Tên xã", "Tỉnh", "Khu vực", "Từ ngày"],
            ["Xã Sín Thầu", "Điện Biên", "III", "04/06/2021"],
        ],
        [("03154", "area_3", "C2")],
        SINCE,
    ),
    OfficersList(
        "years stand in the heading of the column",
        [
            ["Tên xã", "Tỉnh", "Khu vực giai đoạn 2026-2030"],
            ["Xã Sín Thầu", "Điện Biên", "III"],
        ],
        [("03158", "area_3", "C2")],
        PERIOD_2026,
    ),
    OfficersList(
        "a place stated beside the file",
        [["Tên xã", "Khu vực"], ["Ga Ri", "III"]],
        [("20440", "area_3", "B2")],
        within="504",
    ),
    OfficersList(
        "text below the table",
        [
            ["DANH SÁCH XÃ KHU VỰC III TỈNH QUẢNG NAM"],
            ["STT", "Tên xã", "Huyện"],
            [1, "Xã Ga Ri", "Tây Giang"],
            [],
            [None, None, "TM. ỦY BAN NHÂN DÂN"],
            [None, "Người lập biểu", "CHỦ TỊCH"],
        ],
        [("20440", "area_3", "B3")],
    ),
    OfficersList(
        "numbers of columns below the header",
        [["STT", "Tên xã", "Huyện", "Khu vực"], [1, 2, 3, 4], [1, "Xã Ga Ri", "Tây Giang", "III"]],
        [("20440", "area_3", "D3")],
    ),
    OfficersList(
        "two tables below each other",
        [
            ["I. DANH SÁCH XÃ KHU VỰC I TỈNH QUẢNG NAM"],
            ["STT", "Tên xã", "Huyện"],
            [1, "Xã Lăng", "Tây Giang"],
            [],
            ["II. DANH SÁCH XÃ KHU VỰC III TỈNH QUẢNG NAM"],
            ["STT", "Tên xã", "Huyện"],
            [1, "Xã Ga Ri", "Tây Giang"],
        ],
        [("20449", "area_1", "B3"), ("20440", "area_3", "B7")],
    ),
    OfficersList(
        "rows without a class are told and not taken",
        [["Mã xã", "Tên xã", "Khu vực"], ["20440", "Xã Ga Ri", "III"], ["20437", "Xã Ch'ơm", None]],
        [("20440", "area_3", "C2")],
        codes=["C005"],
    ),
    OfficersList(
        "columns that are of no use here",
        [
            ["STT", "Tên xã", "Huyện", "Dân số", "Số hộ nghèo", "Khu vực", "Ghi chú"],
            [1, "Xã Ga Ri", "Tây Giang", 1200, 40, "III", "biên giới"],
        ],
        [("20440", "area_3", "F2")],
    ),
    OfficersList(
        "English words",
        [["Unit code", "Unit", "Class"], ["20440", "Xã Ga Ri", "commune of area III"]],
        [("20440", "area_3", "C2")],
    ),
)
