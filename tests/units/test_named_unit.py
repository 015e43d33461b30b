"""The one unit that a person names."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_cli.errors import UsageError
from thidua_cli.units.named_unit import unit_named
from thidua_cli.units.tables import bundled


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("11", None, "Tỉnh Điện Biên"),  # fifteen wards are called so too
        ("11", date(2026, 12, 31), "Tỉnh Điện Biên"),
        ("20467", date(2024, 12, 31), "Thị trấn P Rao"),
        ("20467", date(2025, 12, 31), "Xã Đông Giang"),
        ("20467", None, "Xã Đông Giang"),
        ("Xã Tà Lu", date(2024, 12, 31), "Xã Tà Lu"),
        ("Tỉnh Lào Cai", date(2025, 12, 31), "Tỉnh Lào Cai"),
    ],
)
def test_a_code_or_a_name_is_the_unit_that_stands_on_the_day(text: str, day: date | None, name: str) -> None:
    assert unit_named(text, day, bundled()).name == name


@pytest.mark.parametrize(
    ("text", "day", "answer"),
    [
        ("10", date(2026, 11, 30), "Tỉnh Lào Cai (10) không tồn tại vào ngày 30/11/2026: chỉ đến ngày 30/06/2025"),
        ("Xã Tà Lu", date(2026, 12, 31), "Xã Tà Lu (20470) không tồn tại vào ngày 31/12/2026: chỉ đến ngày 30/06/2025"),
        ("Phường Sài Gòn", date(2024, 12, 31), "không tồn tại vào ngày 31/12/2024: có từ ngày 01/07/2025"),
        ("Phường 11", None, "“Phường 11” có thể là Phường 11"),
        ("99999", None, "không có đơn vị nào là “99999”"),
    ],
)
def test_what_is_no_unit_of_the_day_is_told_with_what_is_known(text: str, day: date | None, answer: str) -> None:
    with pytest.raises(UsageError) as refused:
        unit_named(text, day, bundled())
    assert answer in refused.value.text.vi
