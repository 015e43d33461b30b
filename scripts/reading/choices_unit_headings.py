"""Headings of the column of units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reading.choice import Choice, sets
from reading.places import DA_NANG, DONG_GIANG, QUANG_NAM, Place

UNIT_HEADINGS: Final[dict[Place, tuple[str, ...]]] = {
    DONG_GIANG: (
        *("Xã, phường, thị trấn", "Tên xã", "Đơn vị", "Địa bàn", "Các xã, thị trấn", "Xã/thị trấn", "Tên đơn vị", "XÃ"),
        *(
            "Địa phương",
            "Đơn vị (xã)",
            "Xã, TT",
            "Tên xã, thị trấn",
            "Xã - Thị trấn",
            "Đơn vị xã, thị trấn",
            "Tên địa phương",
        ),
        *(
            "Các xã",
            "Xã (thị trấn)",
            "Đơn vị hành chính",
            "UBND xã, thị trấn",
            "Khu vực/\nĐịa bàn",
            "Xã/ phường/ TT",
            "Tên các xã",
        ),
    ),
    DA_NANG: (
        *(
            "Xã, phường, đặc khu",
            "Các xã, phường",
            "Phường, xã",
            "Tên phường, xã",
            "Xã/phường/đặc khu",
            "Đơn vị cấp xã",
        ),
        *("Tên xã/phường/đặc khu", "Phường/xã/đặc khu", "Xã, phường", "Xã/ phường", "Các xã, phường, đặc khu"),
    ),
    QUANG_NAM: (
        *(
            "Huyện, TP",
            "Các huyện, thành phố",
            "Huyện, thị xã, thành phố",
            "Huyện/TX/TP",
            "Tên huyện",
            "Đơn vị",
            "Huyện",
        ),
        *("Quận, huyện", "Huyện, thị, thành phố", "Huyện/thành phố", "Tên huyện, thị xã, thành phố", "Địa phương"),
    ),
}


def unit_headings() -> Iterator[Choice]:
    """Yield headings of the column of units."""
    for place, names in UNIT_HEADINGS.items():
        for heading in names:
            yield Choice("unit heading", f"{heading} ({place.code})", sets(unit_heading=heading), place=place)
