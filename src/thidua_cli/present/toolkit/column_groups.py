"""Headings above several columns: which columns stand under which."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.document import TableColumn


class ColumnGroup(NamedTuple):
    """Columns side by side under one heading."""

    first: int
    last: int
    heading: str


def column_groups(columns: Sequence[TableColumn]) -> list[ColumnGroup]:
    """Return the runs of columns under a common heading, in order; columns without one are in none."""
    groups: list[ColumnGroup] = []
    for index, column in enumerate(columns):
        if not column.group:
            continue
        if groups and groups[-1].last == index - 1 and groups[-1].heading == column.group:
            groups[-1] = groups[-1]._replace(last=index)
        else:
            groups.append(ColumnGroup(index, index, column.group))
    return groups
