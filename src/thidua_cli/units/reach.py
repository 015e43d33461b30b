"""How far the shipped lists reach: from which day to which day they are known to be complete."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.language import NO_TEXT, Text
from thidua_cli.units.tables import COMPLETE_FROM, COMPLETE_UNTIL

REACH: Final = Text(
    "Danh mục đơn vị của chương trình đầy đủ từ {first} đến {last}.",
    "The program's lists of units are complete from {first} to {last}.",
).fill(
    first=Text(f"{COMPLETE_FROM:%d/%m/%Y}", f"{COMPLETE_FROM:%Y-%m-%d}"),
    last=Text(f"{COMPLETE_UNTIL:%d/%m/%Y}", f"{COMPLETE_UNTIL:%Y-%m-%d}"),
)
_BEYOND: Final = Text(
    " {reach} Đơn vị đổi tên, sắp xếp sau ngày đó có thể chưa có.",
    " {reach} Units renamed or rearranged since may be missing.",
).fill(reach=REACH)
_BEFORE: Final = Text(
    " {reach} Tên, loại đơn vị trước ngày đó có thể khác.",
    " {reach} Names and types before may have been others.",
).fill(reach=REACH)


def beyond_the_lists(on: date) -> Text:
    """Return what is said of a day on which the lists are not known to be complete, a sentence; else empty.

    >>> beyond_the_lists(date(2024, 12, 31)).en, beyond_the_lists(date(2027, 12, 31)).en.startswith(" The program's")
    ('', True)
    """
    if on > COMPLETE_UNTIL:
        return _BEYOND
    return _BEFORE if on < COMPLETE_FROM else NO_TEXT
