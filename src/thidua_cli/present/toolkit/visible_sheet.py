"""A sheet whose texts all pass the gate for foreign text, whoever writes them."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from thidua_cli.model import column_letters
from thidua_cli.present.toolkit.foreign_text import visible_lines
from thidua_cli.present.toolkit.xml_text import escaped

_QUICK: Final = frozenset((CellBlankTuple, CellStringTuple, CellNumberTuple, CellFormulaTuple))


class VisibleSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter states no types
    """A sheet of XlsxWriter that writes what is seen: Excel shows no control character, and turns text around."""

    _first_page_is_bare = False

    def number_pages(self, font: str, points: float, margin: float) -> None:
        """Number the pages at the top centre, from the second on; `margin` in inches from the edge."""
        self.set_header(f'&C&"{font},Regular"&{points:.0f}&P', {"margin": margin})
        self._first_page_is_bare = True

    def _write_header_footer(self) -> None:
        """Write header and footer; XlsxWriter knows no first page of its own."""
        if not self._first_page_is_bare:
            super()._write_header_footer()
            return
        # Of the size that the decree asks for, whatever the scale of the table.
        self._xml_start_tag("headerFooter", [("differentFirst", 1), ("scaleWithDoc", 0)])
        self._write_odd_header()
        self._xml_end_tag("headerFooter")

    def put_formula(self, row: int, col: int, formula: str, cell_format: Format, value: str | float) -> None:
        """Write a formula of the program's own with its value.

        XlsxWriter searches each for thirty functions newer than Excel 2010, and the program uses none of them.
        """
        if not self._check_dimensions(row, col):
            self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)

    def join(self, row: int, first: int, last: int, border: Format | None = None) -> None:
        """Merge cells of one row that nothing was merged of before; those behind the first get a border, if any.

        XlsxWriter asks of each cell whether it was merged already, which takes longer than to write it.
        """
        self._check_dimensions(row, last)
        self.merge.append([row, first, row, last])
        if border is not None:
            blank = CellBlankTuple(border)
            for column in range(first + 1, last + 1):
                self.table[row][column] = blank

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write one cell of the file, of the sorts that tables hold; XlsxWriter takes thrice as long for the same."""
        kind, style = cell.__class__, cell.format
        if style is None or self.constant_memory or kind not in _QUICK:
            super()._write_cell(row, col, cell)
            return
        head = f'<c r="{column_letters(col)}{row + 1}" s="{style._get_xf_index()}"'
        if kind is CellBlankTuple:
            self.fh.write(f"{head}/>")
        elif kind is CellStringTuple:
            self.fh.write(f'{head} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{head}><v>{cell.number:.16G}</v></c>")
        elif isinstance(cell.value, str):
            self.fh.write(f'{head} t="str"><f>{escaped(cell.formula)}</f><v>{escaped(cell.value)}</v></c>')
        else:
            self.fh.write(f"{head}><f>{escaped(cell.formula)}</f><v>{cell.value}</v></c>")

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> Any:
        """Write a text, its characters visible."""
        return super().write_string(row, col, visible_lines(string), cell_format)

    def merge_range(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        data: Any,
        cell_format: Format | None = None,
    ) -> Any:
        """Merge cells over a value; a text is written with its characters visible."""
        shown = visible_lines(data) if isinstance(data, str) else data
        return super().merge_range(first_row, first_col, last_row, last_col, shown, cell_format)
