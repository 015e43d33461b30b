"""Huyện Đông Giang, 2021 to 2024: real units, invented counts chosen so that every kind of verdict occurs."""

from __future__ import annotations

from typing import Final

from forms.model import Area, FormRow

YEARS: Final = (2021, 2022, 2023, 2024)

COUNTS: Final[dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]]] = {
    "Thị trấn P Rao": ((1180, 1195, 1210, 1226), (210, 182, 132, 84), (96, 88, 80, 70)),
    "Xã Tà Lu": ((412, 418, 423, 429), (185, 146, 104, 63), (42, 44, 40, 33)),
    "Xã Sông Kôn": ((905, 914, 925, 934), (452, 420, 352, 262), (88, 92, 90, 81)),
    "Xã Jơ Ngây": ((730, 737, 744, 752), (360, 318, 236, 138), (70, 75, 66, 52)),
    "Xã A Ting": ((712, 720, 727, 735), (402, 372, 316, 236), (64, 70, 71, 66)),
    "Xã Tư": ((498, 503, 507, 512), (205, 178, 132, 83), (58, 55, 46, 37)),
    "Xã Ba": ((1545, 1562, 1578, 1596), (330, 288, 220, 140), (150, 140, 118, 95)),
    # 266 poor and near-poor households become 133: exactly half, which is not "more than 50%".
    "Xã A Rooi": ((356, 360, 364, 368), (236, 205, 172, 118), (30, 34, 33, 15)),
    "Xã Za Hung": ((402, 406, 410, 414), (214, 170, 126, 84), (41, 40, 34, 25)),
    "Xã Mà Cooi": ((566, 572, 578, 584), (348, 322, 275, 201), (46, 50, 49, 45)),
    "Xã Ka Dăng": ((448, 453, 458, 463), (260, 232, 184, 113), (38, 40, 36, 30)),
}
"""Unit → households, poor households, near-poor households at the four year-ends. Invented."""

_PRESS: Final = (
    "QĐ 861/QĐ-TTg, theo "
    "https://baoquangnam.vn/xa-hoi/quang-nam-co-58-xa-dac-biet-kho-khan-giai-doan-2021-2025-113056.html"
)
_INVENTED: Final = "Minh họa: giả định đã ra khỏi danh sách, không phải phân định thật"

CLASSES: Final = (
    # P Rao is really of area III; it is taken out here so that a unit without a criterion occurs.
    *(("20467", f"not_area_{area}", _INVENTED) for area in (1, 2, 3)),
    ("20470", "area_3", _PRESS),
    ("20473", "area_3", _PRESS),
    ("20476", "area_3", _PRESS),
    ("20479", "area_3", _PRESS),
    ("20482", "area_1", _PRESS),
    ("20485", "area_1", _PRESS),
    ("20488", "area_3", _PRESS),
    ("20491", "area_3", _PRESS),
    ("20494", "area_3", _PRESS),
    ("20497", "area_3", _PRESS),
)
"""Unit code, class and source. The district itself is left out: whether it is a poor one is for a person to state."""


def rows(year: int) -> list[FormRow]:
    """Return the rows of the district's form, one per commune."""
    at = YEARS.index(year)
    return [
        form_row(name, households[at], poor[at], near_poor[at])
        for name, (households, poor, near_poor) in COUNTS.items()
    ]


def form_row(name: str, households: int, poor: int, near_poor: int, depth: int = 1) -> FormRow:
    """Return one unit's row; persons are about four to a household."""
    return FormRow(
        name,
        households=households,
        persons=households * 41 // 10,
        poor=poor,
        poor_persons=poor * 43 // 10,
        near_poor=near_poor,
        near_poor_persons=near_poor * 42 // 10,
        area=Area.RURAL if name.startswith("Xã") else Area.URBAN,
        depth=depth,
    )
