"""A sheet whose texts all pass the gate for foreign text, whoever writes them."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thidua_cli.present.toolkit.foreign_text import visible_lines


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
