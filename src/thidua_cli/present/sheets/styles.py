"""How cells look: black on white, and every colour joined by something that is seen without colour.

Numbers are stored as they are and shown rounded. A program shows 2 decimals of the 15 digits that it keeps, halves
away from zero; the texts beside them round exactly, halves away from zero. The two can only differ where the exact
value lies within 1e-14 of a half and is none, which no quotient of two counts below 10,000,000 households does, nor a
fall between two rates of units up to a province. The language of the numbers is part of their format: LibreOffice
shows 1.234 and 4,06 then whatever its own language is; Excel takes the marks of its own settings all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from thidua_cli.language import Language, Text
from thidua_cli.present.paper import measures
from thidua_cli.present.toolkit.document import ColumnType
from thidua_cli.present.toolkit.number_formats import number_format
from thidua_cli.present.toolkit.workbook_file import FILLS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Properties: TypeAlias = dict[str, object]

_FONT: Final[Properties] = {"font_name": measures.FONT, "valign": "vcenter"}
_HEAD_FILL: Final = "#EDEDED"
_BORDER: Final[Properties] = {"border": 1}
_DASHED: Final[Properties] = {"border": 3}
TONES: Final[dict[str, Properties]] = {
    "good": {"bold": True},
    "bad": {"bold": True, "underline": 1},
    "open": {"italic": True},
    "none": {},
    "doubt": {"bold": True, "italic": True, **_DASHED},
}
"""What is seen of a tone where it is printed in black and white."""
TONE_WORDS: Final = {
    "good": Text("xanh, chữ đậm", "green, bold"),
    "bad": Text("đỏ, chữ đậm gạch chân", "red, bold and underlined"),
    "open": Text("vàng, chữ nghiêng", "yellow, italic"),
    "none": Text("xám", "grey"),
    "doubt": Text("tím, chữ đậm nghiêng, viền đứt", "violet, bold italic, dashed border"),
}


class SheetStyles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._language = language
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[ColumnType, str | None, bool], Format] = {}
        self._lines: dict[tuple[float, bool, bool, str], Format] = {}

    def get(self, **properties: object) -> Format:
        """Return a format by its properties."""
        merged = {**_FONT, "font_size": measures.TABLE_POINTS, **properties}
        key = tuple(sorted(merged.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(merged)
        return self._made[key]

    def line(self, points: float, *, bold: bool = False, italic: bool = False, align: str = "left") -> Format:
        """Return the format of running text."""
        made = self._lines.get((points, bold, italic, align))
        if made is None:
            made = self.get(font_size=points, bold=bold, italic=italic, align=align, valign="top", text_wrap=True)
            self._lines[points, bold, italic, align] = made
        return made

    def heading(self) -> Format:
        """Return the format of the headings of a table."""
        return self.get(bold=True, align="center", text_wrap=True, bg_color=_HEAD_FILL, **_BORDER)

    def cell(self, type_: ColumnType, tone: str | None, *, number: bool = False) -> Format:
        """Return the format of a cell of a table; `number` says that it holds one in a column of texts."""
        made = self._cells.get((type_, tone, number))
        if made is None:
            made = self._cells[type_, tone, number] = self.get(**self._cell_properties(type_, tone))
        return made

    def _cell_properties(self, type_: ColumnType, tone: str | None) -> Properties:
        properties: Properties = {**_BORDER, "valign": "top"}
        if type_.is_text:
            properties |= {"text_wrap": True, "align": "left", "indent": 1}
        else:
            properties |= {"num_format": self.number_format(type_), "align": "right"}
        if type_ is ColumnType.YEAR:
            properties["align"] = "center"
        return {**properties, **TONES[tone], "bg_color": FILLS[tone]} if tone else properties

    def number_format(self, type_: ColumnType) -> str:
        """Return how numbers of a column are shown, with the marks of the language."""
        return number_format(type_, self._language)

    def conditional(self, tone: str) -> Format:
        """Return what a conditional format lays over a cell."""
        return self._book.add_format({**TONES[tone], "bg_color": FILLS[tone]})
