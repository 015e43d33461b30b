"""The words for a change of units: what happened, and how many of the households went along."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import NO_TEXT, Text
from thidua_cli.units.changes import Households

HOUSEHOLDS_TEXT: Final = {
    Households.ALL: Text("toàn bộ số hộ", "all households"),
    Households.ALL_PRESUMED: Text(
        "toàn bộ số hộ (chưa đối chiếu nghị quyết)", "all households (resolution not compared)"
    ),
    Households.PART: Text("một phần số hộ", "a part of the households"),
    Households.NONE: Text("chỉ diện tích, không có hộ", "area only, no households"),
    Households.UNKNOWN: Text("chưa rõ số hộ", "households not known"),
    Households.SAME: NO_TEXT,
}
KIND_TEXT: Final = {
    "merged": Text("sáp nhập", "merged"),
    "divided": Text("chia tách", "divided"),
    "part_transferred": Text("điều chỉnh một phần", "a part transferred"),
    "unchanged": Text("giữ nguyên", "unchanged"),
    "kept": Text("giữ mã, đổi địa bàn", "code kept, other area"),
    "moved": Text("chuyển sang huyện khác", "moved to another district"),
    "renamed": Text("đổi tên", "renamed"),
    "retyped": Text("đổi loại đơn vị", "retyped"),
    "recoded": Text("đổi mã", "recoded"),
    "tier_dropped": Text("bỏ cấp huyện", "district tier ended"),
    "unresolved": Text("chưa rõ về đâu", "successor not known"),
}
