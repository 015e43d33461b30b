"""One worksheet part: cells get another format, and the sheet points to its comments. Nothing else is written anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.annotate.package import RELATIONS
from thidua_cli.present.annotate.xml_edit import (
    NotExtendableError,
    Splices,
    as_utf8,
    closing,
    opened,
    prefix_of,
    tag_end,
    walk,
    with_attributes,
)
from thidua_cli.read.grid import cell_name, column_index

_REFERENCE: Final = late_pattern(r"([A-Z]+)([0-9]+)")
_MERGED: Final = late_pattern(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+)([1-9][0-9]*):([A-Z]+)([1-9][0-9]*)["']"""
)
_AFTER_LEGACY_DRAWING: Final = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
_MAY_HOLD_CONTROLS: Final = "AlternateContent"
_USUAL_WIDTH: Final = 64


class Spot(NamedTuple):
    """A cell by its 0-based row and column."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The cell as Excel names it."""
        return cell_name(*self)


def merged_areas(source: bytes) -> list[tuple[Spot, Spot]]:
    """Return the first and last cell of every merged range of a sheet."""
    return [(_spot(*ends[:2]), _spot(*ends[2:])) for ends in _MERGED.findall(as_utf8(source))]


def _spot(letters: bytes, row: bytes) -> Spot:
    return Spot(int(row) - 1, column_index(letters.decode()))


class SheetEdit:
    """The marks of one sheet: which cells get which format.

    Args:
        source: The worksheet part.
        restyled: Cell → function from the number of its present format to that of the new one.
    """

    def __init__(self, source: bytes, restyled: Mapping[Spot, Callable[[int], int]]) -> None:
        self._source = as_utf8(source)
        self._splices = Splices(self._source)
        self._wanted: dict[int, dict[int, Callable[[int], int]]] = {}
        for place in sorted(restyled):
            self._wanted.setdefault(place.row, {})[place.column] = restyled[place]
        self._rows_ahead = deque(self._wanted)
        self._prefix = ""
        self._depth, self._row, self._column = 0, -1, -1
        self._row_tag = (0, 0)
        self._row_style = 0
        self._column_styles: list[tuple[int, int, int]] = []
        self._widths: list[tuple[int, int, int]] = []
        self._usual_width = _USUAL_WIDTH
        self._body_tag = (0, 0)
        self._legacy_at: int | None = None
        self._body_done = False
        self.legacy_relation = ""
        """Id of the drawing of notes and form controls that the sheet has already."""
        walk(self._source, self._on_start, self._on_end)

    def result(self, drawing: str | None) -> bytes:
        """Return the sheet; `drawing` is the relation of a new drawing of notes, None where it has one."""
        if drawing is not None:
            if self._legacy_at is None:
                raise NotExtendableError("the sheet has no end")
            tag = f'<{self._prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{drawing}"/>'
            self._splices.replace(self._legacy_at, self._legacy_at, tag.encode())
        return self._splices.result()

    def width_pixels(self, column: int) -> int:
        """Return about how wide a column is on a screen; 0 where it is hidden."""
        return next((width for low, high, width in self._widths if low <= column <= high), self._usual_width)

    def _on_start(self, name: str, attributes: Mapping[str, str], position: int) -> None:
        self._depth += 1
        if self._depth == 1:
            self._prefix = prefix_of(self._source, position)
        elif self._depth == 2:
            self._part_of_sheet(name.rpartition(":")[2], attributes, position)
        elif self._depth == 3 and name == f"{self._prefix}row":
            self._start_row(attributes, position)
        elif self._depth == 4 and name == f"{self._prefix}c":
            self._cell(attributes, position)
        elif self._depth == 3 and name == f"{self._prefix}col":
            self._columns(attributes)

    def _on_end(self, name: str, position: int) -> None:
        if self._depth == 3 and name == f"{self._prefix}row":
            self._end_row(position)
        elif self._depth == 2 and name == f"{self._prefix}sheetData":
            self._row_style = 0
            self._close(self._body_tag, position, self._new_rows(None))
            self._body_done = True
        elif self._depth == 1 and self._legacy_at is None:
            self._legacy_at = position
        self._depth -= 1

    def _part_of_sheet(self, name: str, attributes: Mapping[str, str], position: int) -> None:
        comes_after = name in _AFTER_LEGACY_DRAWING or (name == _MAY_HOLD_CONTROLS and self._body_done)
        if name == "sheetFormatPr" and "defaultColWidth" in attributes:
            self._usual_width = _pixels(attributes["defaultColWidth"])
        if name == "sheetData":
            self._body_tag = (position, tag_end(self._source, position))
        elif name == "legacyDrawing":
            self.legacy_relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        elif not comes_after:
            self._legacy_at = None  # a choice for another part stood before this one
        elif self._legacy_at is None:
            self._legacy_at = position

    def _columns(self, attributes: Mapping[str, str]) -> None:
        low, high, style = (int(attributes.get(key, "0")) for key in ("min", "max", "style"))
        self._column_styles.append((low - 1, high - 1, style))
        is_hidden = attributes.get("hidden") in ("1", "true")
        if is_hidden or "width" in attributes:
            self._widths.append((low - 1, high - 1, 0 if is_hidden else _pixels(attributes["width"])))

    def _start_row(self, attributes: Mapping[str, str], position: int) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        rows = self._new_rows(self._row)
        if rows:
            self._splices.replace(position, position, rows)
        if self._rows_ahead and self._rows_ahead[0] == self._row:
            self._rows_ahead.popleft()
            self._row_tag = (position, tag_end(self._source, position))
            has_format = attributes.get("customFormat") in ("1", "true")
            self._row_style = int(attributes.get("s", "0")) if has_format else 0

    def _cell(self, attributes: Mapping[str, str], position: int) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_index(reference[1]) if reference else self._column + 1
        wanted = self._wanted.get(self._row)
        if not wanted:
            return
        cells = self._new_cells(self._row, self._column)
        if cells:
            self._splices.replace(position, position, cells)
        restyle = wanted.pop(self._column, None)
        if restyle is not None:
            end = tag_end(self._source, position)
            style = restyle(int(attributes.get("s", "0")))
            self._splices.replace(position, end, with_attributes(self._source[position:end], {"s": str(style)}))

    def _end_row(self, position: int) -> None:
        if self._wanted.get(self._row):
            self._close(self._row_tag, position, self._new_cells(self._row, None))
        self._wanted.pop(self._row, None)
        self._row_style = 0

    def _close(self, tag: tuple[int, int], position: int, content: bytes) -> None:
        """Put `content` at the end of the element whose start tag is `tag`; an empty tag is opened for it."""
        start, end = tag
        written = self._source[start:end]
        if content and written.endswith(b"/>"):
            self._splices.replace(start, end, opened(written) + content + closing(written))
        elif content:
            self._splices.replace(position, position, content)

    def _new_rows(self, before: int | None) -> bytes:
        """Write the wanted rows that the sheet lacks above row `before`."""
        written: list[bytes] = []
        while self._rows_ahead and (before is None or self._rows_ahead[0] < before):
            row = self._rows_ahead.popleft()
            cells = self._new_cells(row, None)
            written.append(f'<{self._prefix}row r="{row + 1}">'.encode() + cells + f"</{self._prefix}row>".encode())
        return b"".join(written)

    def _new_cells(self, row: int, before: int | None) -> bytes:
        """Write the wanted cells that row `row` lacks left of column `before`."""
        wanted = self._wanted[row]
        columns = [column for column in wanted if before is None or column < before]
        return b"".join(
            f'<{self._prefix}c r="{cell_name(row, column)}" s="{wanted.pop(column)(self._style_of(column))}"/>'.encode()
            for column in columns
        )

    def _style_of(self, column: int) -> int:
        """Return the format an unwritten cell shows: its row's, else its column's."""
        ranges = (style for low, high, style in self._column_styles if low <= column <= high)
        return self._row_style or next(ranges, 0)


def _pixels(width: str) -> int:
    """Turn Excel's width in characters into pixels of its standard font."""
    return int(float(width) * 7) + 5
