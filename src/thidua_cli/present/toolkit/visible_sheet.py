"""A sheet whose texts all pass the gate for foreign text, whoever writes them."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thidua_cli.present.toolkit.foreign_text import visible_lines


class VisibleSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter states no types
    """A sheet of XlsxWriter that writes what is seen: Excel shows no control character, and turns text around."""

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
