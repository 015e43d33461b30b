"""Headers that hold counts of households and no column of units that is known: why a file has no table."""

from __future__ import annotations

from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import COUNTS
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.heading_table import Headings
from thidua_cli.normalise.sheet.headings import RATE
from thidua_cli.normalise.sheet.layout import header_too_large
from thidua_cli.read.faults import F003
from thidua_cli.read.grid import Grid, cell_name
from thidua_cli.read.limits import HEADER_COLUMNS, HEADER_ROWS

_SEARCH_ROWS: Final = 60
_FEWEST_FIGURES: Final = 2
_QUOTED: Final = 4
_LONGEST: Final = 60
_TOO_TALL: Final = Text(
    f"tiêu đề trải quá {HEADER_ROWS} dòng; bỏ gộp ô hoặc xóa các dòng không phải tiêu đề",
    f"its header goes over more than {HEADER_ROWS} rows; take the merge off, or delete the rows that are no headings",
)
_TOO_WIDE: Final = Text(
    f"tiêu đề có quá {HEADER_COLUMNS} cột; xóa các cột thừa ở ngoài biểu, hoặc chia biểu thành nhiều trang",
    f"its header has more than {HEADER_COLUMNS} columns; delete those beyond the table, or split the sheet",
)


def header_without_units(grid: Grid, cells: Cells, headings: Headings) -> Finding | None:
    """Return F003 at the heading that may be that of the units, for the first row that is a header but for it.

    Or at the first header that is no header because it is of too many rows or columns.
    """
    large = header_too_large(cells, headings)
    if large is not None:
        return Finding(F003, grid.origin(large.row), details={"reason": _TOO_WIDE if large.is_wide else _TOO_TALL})
    for row in range(min(len(cells.rows), _SEARCH_ROWS)):
        texts = {column: text for column in range(cells.first_column, cells.width) if (text := cells.text(row, column))}
        meanings = {column: headings.meaning((text,)) for column, text in texts.items()}
        figures = [column for column, meaning in meanings.items() if _is_figure(meaning)]
        if len(figures) < _FEWEST_FIGURES or not {"unit_name", "unit_code"}.isdisjoint(meanings.values()):
            continue
        unknown = [column for column, meaning in meanings.items() if meaning is None]
        column = unknown[0] if unknown else figures[0]
        return Finding(F003, grid.origin(row, column), details={"reason": _reason(texts, unknown, figures[0], row)})
    return None


def _is_figure(meaning: str | None) -> bool:
    return meaning is not None and (meaning in COUNTS or meaning.startswith(RATE))


def _reason(texts: dict[int, str], unknown: list[int], figure: int, row: int) -> Text:
    names = [f"“{texts[column][:_LONGEST]}” ({cell_name(row, column)})" for column in unknown]
    quoted = Text.joined(", ", [Text(name, name) for name in names[:_QUOTED]])
    head = Text(
        f"dòng {row + 1} có cột “{texts[figure]}” nhưng không có cột tên đơn vị",
        f"row {row + 1} has a column “{texts[figure]}” and none for the names of units",
    )
    if unknown:
        head = Text(f"{head.vi}; không nhận ra {quoted.vi}", f"{head.en}; not known: {quoted.en}")
    return Text(
        f"{head.vi}. Ghi tiêu đề cột tên đơn vị như “Xã, phường” hoặc “Đơn vị”, hoặc mô tả biểu bằng --mapping",
        f"{head.en}. Head the column of units “Xã, phường” or “Đơn vị”, or describe the form by --mapping",
    )
