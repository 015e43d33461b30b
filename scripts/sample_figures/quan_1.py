"""Quận 1 of Hồ Chí Minh City before and after 1 July 2025: invented counts, and an invented report on three divisions.

Three of its ten wards were divided among the four wards of today, so that the figures before the reform show what a
share settles. None of the numbers says anything about the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

COLUMNS: Final = (
    "unit_code",
    "year",
    "unit_name",
    "level",
    "parent_code",
    "households",
    "poor_households",
    "near_poor_households",
    "note",
)
SHARE_COLUMNS: Final = ("from", "to", "year", "households", "poor", "near_poor", "source")
ILLUSTRATIVE: Final = "Số liệu minh họa – không phải số liệu thật"

_WARDS: Final = {
    "26734": ("Phường Tân Định", 5600, 60, 90),
    "26737": ("Phường Đa Kao", 5200, 50, 80),
    "26740": ("Phường Bến Nghé", 4100, 30, 60),
    "26743": ("Phường Bến Thành", 4400, 40, 60),
    "26746": ("Phường Nguyễn Thái Bình", 3600, 40, 70),
    "26749": ("Phường Phạm Ngũ Lão", 4900, 50, 80),
    "26752": ("Phường Cầu Ông Lãnh", 3900, 40, 60),
    "26755": ("Phường Cô Giang", 4200, 60, 90),
    "26758": ("Phường Nguyễn Cư Trinh", 5100, 60, 80),
    "26761": ("Phường Cầu Kho", 4300, 50, 70),
}
"""Code → name, and the counts of the end of 2021: households, poor, near-poor."""
_WARDS_OF_2025: Final = {
    "26737": ("Phường Tân Định", 9100, 30, 50),
    "26740": ("Phường Sài Gòn", 7500, 20, 40),
    "26743": ("Phường Bến Thành", 13200, 40, 70),
    "26758": ("Phường Cầu Ông Lãnh", 16000, 60, 90),
}
_SHARES: Final = (("26737", "26740", 40), ("26746", "26740", 50), ("26752", "26743", 30))
"""Ward, one of its two successors, percent of its households that went there; the other successor has the rest."""


def rows() -> Iterator[dict[str, str | int | None]]:
    """Yield one row per ward and year-end: ten wards until 2024, four in 2025."""
    for year in (2021, 2022, 2023, 2024):
        for code, (name, *start) in _WARDS.items():
            households, poor, near_poor = _counts(start, year)
            yield _row(code, year, name, "760", households, poor, near_poor)
    for code, (name, households, poor, near_poor) in _WARDS_OF_2025.items():
        yield _row(code, 2025, name, "79", households, poor, near_poor)


def shares() -> Iterator[tuple[str | int, ...]]:
    """Yield one line per divided ward and year-end."""
    for year in (2021, 2022, 2023, 2024):
        for start, end, percent in _SHARES:
            counts = (count * percent // 100 for count in _counts(list(_WARDS[start][1:]), year))
            yield (start, end, year, *counts, f"{ILLUSTRATIVE}: báo cáo của quận")


def _counts(start: list[int], year: int) -> tuple[int, int, int]:
    """Return households, poor and near-poor: a tenth of the first poor leaves every year."""
    passed = year - 2021
    households, poor, near_poor = start
    return households + 20 * passed, poor - poor * passed // 5, near_poor - near_poor * passed // 10


def _row(
    code: str, year: int, name: str, parent: str, households: int, poor: int, near_poor: int
) -> dict[str, str | int | None]:
    values = (code, year, name, "commune", parent, households, poor, near_poor, ILLUSTRATIVE)
    return dict(zip(COLUMNS, values, strict=True))
