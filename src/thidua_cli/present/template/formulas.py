"""Formulas of a form to be filled in. Each gives a dash while there is nothing to compute: missing is not zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.read.grid import cell_name

NOTHING: Final = "-"
"""Result of every formula of an empty form; a dash alone reads as no figure."""


@dataclass(frozen=True, slots=True)
class FormulaCells:
    """Where the figures of a form stand. Rows count from 0."""

    first: int
    """Sheet row of the first line."""
    rows_per_line: int
    labels: int
    """Columns before the numbered ones."""

    def row(self, index: int) -> int:
        """Return the first sheet row of a line."""
        return self.first + index * self.rows_per_line

    def cell(self, row: int, number: int) -> str:
        """Return the cell of a numbered column."""
        return cell_name(row, self.labels + number - 1)


def rate_formula(cells: FormulaCells, row: int, part: int, whole: int) -> str:
    """Return the quotient of two numbered columns of a row.

    >>> rate_formula(FormulaCells(8, 1, 2), 8, 3, 1)
    '=IF(COUNT(E9)=0,"-",IFERROR(E9/C9,"-"))'
    """
    above, below = cells.cell(row, part), cells.cell(row, whole)
    return f'=IF(COUNT({above})=0,"{NOTHING}",IFERROR({above}/{below},"{NOTHING}"))'


def balance_formula(cells: FormulaCells, row: int, balance: Sequence[int]) -> str:
    """Return the closing count: the opening one with every movement added or taken away; movements may be empty.

    >>> balance_formula(FormulaCells(9, 2, 3), 9, (1, -2, 5))
    '=IF(COUNT(D10)=0,"-",D10-E10+H10)'
    """
    opening = cells.cell(row, balance[0])
    movements = "".join(f"{'-' if number < 0 else '+'}{cells.cell(row, abs(number))}" for number in balance[1:])
    return f'=IF(COUNT({opening})=0,"{NOTHING}",{opening}{movements})'


def sum_formula(cells: FormulaCells, row: int, number: int, parts: Sequence[int], offset: int = 0) -> str:
    """Return the sum of one numbered column over lines, for the row `offset` of each line.

    Lines that follow each other are summed as a range, so that a row that is put in between is summed too; where a line
    has two rows, those of the same "Phân tổ" are.

    >>> sum_formula(FormulaCells(8, 1, 2), 8, 1, [1, 2, 3]), sum_formula(FormulaCells(8, 1, 2), 20, 1, [0, 4])
    ('=IF(COUNT(C10:C12)=0,"-",SUM(C10:C12))', '=IF(COUNT(C9,C13)=0,"-",SUM(C9,C13))')
    """
    first, last = cells.row(parts[0]), cells.row(parts[-1]) + cells.rows_per_line - 1
    follows = len(parts) > 1 and parts[-1] - parts[0] + 1 == len(parts)
    if follows and cells.rows_per_line > 1:
        kinds = f"${cell_name(first, cells.labels - 1)}:${cell_name(last, cells.labels - 1)}"
        kind = f"${cell_name(row, cells.labels - 1)}"
        figures = f"{cells.cell(first, number)}:{cells.cell(last, number)}"
        given = f"SUMPRODUCT(({kinds}={kind})*ISNUMBER({figures}))"
        return f'=IF({given}=0,"{NOTHING}",SUMIF({kinds},{kind},{figures}))'
    if follows:
        summed = f"{cells.cell(first, number)}:{cells.cell(last, number)}"
    else:
        summed = ",".join(cells.cell(cells.row(part) + offset, number) for part in parts)
    return f'=IF(COUNT({summed})=0,"{NOTHING}",SUM({summed}))'
