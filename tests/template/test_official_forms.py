"""The table of official forms: what the reader and the writer of forms rely on."""

from __future__ import annotations

import pytest

from thidua_cli.model import COUNTS
from thidua_cli.normalise.forms.register import template_forms


@pytest.mark.parametrize("number", template_forms())
def test_headings_cover_every_cell_of_the_header_once(number: str) -> None:
    form = template_forms()[number]
    covered = [
        (row, column)
        for cell in form.heading_cells()
        for row in range(cell.top, cell.bottom + 1)
        for column in range(cell.left, cell.right + 1)
    ]
    width = len(form.labels) + len(form.columns)
    assert sorted(covered) == [(row, column) for row in range(form.header_rows) for column in range(width)]


@pytest.mark.parametrize("number", template_forms())
def test_columns_name_canonical_counts_once_each(number: str) -> None:
    named = [column.count for column in template_forms()[number].columns if column.count]
    assert len(named) == len(set(named))
    assert set(named) <= set(COUNTS)


@pytest.mark.parametrize(("number", "prefix"), [("09", "poor_"), ("10", "near_poor_")])
def test_movements_stand_in_the_order_of_the_canonical_columns(number: str, prefix: str) -> None:
    *movements, closing = template_forms()[number].columns
    opening = COUNTS.index(f"{prefix}opening")
    assert [column.count for column in movements] == list(COUNTS[opening : opening + 8])
    assert closing.count == f"{prefix}households"
    assert [abs(part) for part in closing.balance] == list(range(1, 9))
