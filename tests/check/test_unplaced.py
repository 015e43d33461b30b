"""A row that could not be placed accounts for one gap: that of its code, or of its name with or without the type."""

from __future__ import annotations

import pytest

from thidua_cli.check.unplaced import Unplaced
from thidua_cli.normalise.table_reading import UnplacedRow


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (UnplacedRow(frozenset(), 2023, "Xã Tà Lu"), True),
        (UnplacedRow(frozenset(), 2023, "tà lu"), True),
        (UnplacedRow(frozenset(), None, "Tà Lu"), True),
        (UnplacedRow(frozenset(), 2022, "Tà Lu"), False),
        (UnplacedRow(frozenset(), 2023, "Xã Ba"), False),
        (UnplacedRow(frozenset(), 2023, ""), False),
        (UnplacedRow(frozenset({"20470", "20473"}), 2023, "Xã Ba"), True),
        (UnplacedRow(frozenset({"20473"}), 2023, "Xã Ba"), False),
    ],
)
def test_a_row_accounts_for_the_gap_of_its_unit_and_year(row: UnplacedRow, expected: bool) -> None:
    assert Unplaced([row]).accounts_for("20470", "Xã Tà Lu", 2023) is expected


def test_a_row_accounts_for_one_gap_alone() -> None:
    rows = Unplaced([UnplacedRow(frozenset(), None, "Xã Tà Lu")])
    assert rows.accounts_for("20470", "Xã Tà Lu", 2023)
    assert not rows.accounts_for("20470", "Xã Tà Lu", 2024)
