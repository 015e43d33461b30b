"""Published figures of real year-ends, on the poverty line of 2022–2025: only what the source prints."""

from __future__ import annotations

from typing import Final

COLUMNS: Final = (
    *("unit_code", "year", "unit_name", "level", "poverty_line", "status"),
    *("households", "poor_households", "near_poor_households", "source", "note"),
)


def _row(
    unit: tuple[str, str, str],
    year: int,
    counts: tuple[int | None, int | None, int | None],
    source: str,
    note: str = "",
) -> dict[str, str | int | None]:
    code, name, level = unit
    values = (code, year, name, level, "2022-2025", "final", *counts, source, note)
    return dict(zip(COLUMNS, values, strict=True))


NATION: Final = ("VN", "Toàn quốc", "country")
QUANG_NAM: Final = ("49", "Tỉnh Quảng Nam", "province")
DONG_GIANG: Final = ("505", "Huyện Đông Giang", "district")
QUANG_BINH: Final = ("44", "Tỉnh Quảng Bình", "province")
NINH_THUAN: Final = ("58", "Tỉnh Ninh Thuận", "province")
CA_MAU: Final = ("96", "Tỉnh Cà Mau", "province")

ROWS: Final = (
    _row(
        NATION,
        2022,
        (None, 1057374, 915274),
        "Quyết định 71/QĐ-LĐTBXH; https://congthuong.vn/ca-nuoc-con-1972767-ho-ngheo-da-chieu-chiem-752-240653.html",
    ),
    _row(
        NATION,
        2023,
        (None, 815101, 771235),
        "Quyết định 134/QĐ-BLĐTBXH ngày 31/01/2024; "
        "https://kontum.gov.vn/pages/detail/49858/Ket-qua-ra-soat-ho-ngheo-can-ngheo-toan-quoc-nam-2023.html",
    ),
    _row(
        NATION,
        2024,
        (None, 599608, None),
        "Quyết định 217/QĐ-BLĐTBXH ngày 04/02/2025; https://tuyenquangtv.vn/xa-hoi-79B63F1E6/"
        "6-tinh-thanh-pho-khong-con-ho-ngheo-B1DA7F197.html",
        "The source prints poor and near-poor together (1.258.997), not the near-poor alone.",
    ),
    _row(
        QUANG_NAM,
        2021,
        (436310, 33127, 8202),
        "http://www.molisa.gov.vn/Pages/tintuc/chitiet.aspx?tintucID=232840",
        "Start of the period: general review at the end of 2021.",
    ),
    _row(
        QUANG_NAM,
        2022,
        (439300, 29146, 8673),
        "Quyết định 3672/QĐ-UBND ngày 30/12/2022; http://giamngheo.sldtbxh.quangnam.gov.vn/chi-tiet-tin/group/364/nid/"
        "3406/nam-2-22-tinh-quang-nam-giam-3-981-ho-ngheo",
    ),
    _row(
        QUANG_NAM,
        2023,
        (442673, 24669, 8402),
        "Quyết định 16/QĐ-UBND năm 2024; https://baoquangnam.vn/ho-ngheo-da-chieu-nam-2023-giam-1-06-3128237.html",
    ),
    _row(DONG_GIANG, 2023, (None, 2878, 797), "https://baoquangnam.vn/print/3126968.html"),
    _row(
        QUANG_BINH,
        2022,
        (257085, 12855, 12248),
        "Quyết định 3627/QĐ-UBND; https://quangbinh.gov.vn/chi-tiet-tin/-/view-article/1/14012495781357/1672216839183",
        "The department's own site prints 12.250 near-poor households for the same decision.",
    ),
    _row(
        NINH_THUAN,
        2022,
        (None, 11015, 10087),
        "Báo cáo 320/BC-UBND; https://giamngheo.ninhthuan.gov.vn/giamngheo/1240/30526/40855/72055/Tin-tuc/"
        "Ket-qua-ra-soat-ho-ngheo--ho-can-ngheo-nam-2022-tinh-Ninh-Thuan.aspx",
    ),
    _row(
        NINH_THUAN,
        2023,
        (None, 7874, 8620),
        "http://giamngheo.ninhthuan.gov.vn/giamngheo/1240/30526/40856/72739/Hoat-dong-giam-ngheo/"
        "Ket-qua-thuc-ra-soat-ho-ngheo--ho-can-ngheo-tren-dia-ban-tinh-Ninh-Thuan-nam-2023-.aspx",
        "Replaces the preliminary 8.253 and 8.887.",
    ),
    _row(
        CA_MAU,
        2022,
        (None, 7407, 5710),
        "https://blcmhcmc.com/blogs/news/ca-mau-con-hon-7-400-ho-ngheo",
    ),
    _row(
        CA_MAU,
        2023,
        (None, 4900, 4788),
        "https://vietnamnet.vn/ca-mau-tro-luc-cho-nguoi-ngheo-theo-tung-dia-chi-nhu-cau-2351385.html",
        "Another source prints 9.604 and 6.943; these agree with the figures and changes of 2024.",
    ),
    _row(
        CA_MAU,
        2024,
        (None, 2890, 3865),
        "https://vietnamnet.vn/ca-mau-tro-luc-cho-nguoi-ngheo-theo-tung-dia-chi-nhu-cau-2351385.html",
    ),
)
"""One row per unit and year-end; None is not printed by the source, and nothing is derived."""

_REPORT: Final = (
    "https://giamngheo.ninhthuan.gov.vn/giamngheo/1240/30526/40855/72055/Tin-tuc/"
    "Ket-qua-ra-soat-ho-ngheo--ho-can-ngheo-nam-2022-tinh-Ninh-Thuan.aspx"
)
_FINAL_REPORT: Final = (
    "http://giamngheo.ninhthuan.gov.vn/giamngheo/1240/30526/40856/72739/Hoat-dong-giam-ngheo/"
    "Ket-qua-thuc-ra-soat-ho-ngheo--ho-can-ngheo-tren-dia-ban-tinh-Ninh-Thuan-nam-2023-.aspx"
)
RATE_COLUMNS: Final = (
    *("unit_code", "year", "unit_name", "level", "poverty_line", "status"),
    *("poor_rate_percent", "near_poor_rate_percent", "source", "note"),
)
_RATES: Final[tuple[tuple[int, str, str, str, str, str], ...]] = (
    (
        *(2021, "final", "5.93+1.89", "5.43+1.66", _REPORT),
        "Not printed as such: the rates of 2022 and the falls that were, as printed.",
    ),
    (2022, "final", "5.93", "5.43", f"Báo cáo 320/BC-UBND; {_REPORT}", ""),
    (
        *(2023, "final", "4.21", "4.61"),
        _FINAL_REPORT,
        "",
    ),
    (
        *(2024, "preliminary", "2.76", "3.94"),
        "https://vietnamnet.vn/hang-nghin-ho-o-ninh-thuan-da-thoat-ngheo-2343013.html",
        "Up to 15 October 2024, before the year-end was approved.",
    ),
)
RATE_ROWS: Final[tuple[dict[str, str | int | None], ...]] = tuple(
    dict(zip(RATE_COLUMNS, (NINH_THUAN[0], year, *NINH_THUAN[1:], "2022-2025", *rest), strict=True))
    for year, *rest in _RATES
)
"""A province of which the rates alone are published for every year-end."""
